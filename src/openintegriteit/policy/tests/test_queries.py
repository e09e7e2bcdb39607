from datetime import date

import pytest

from openintegriteit.policy.due import due_items
from openintegriteit.policy.models import Regulation
from openintegriteit.policy.queries import versions_of, with_version_in_force
from openintegriteit.policy.search import search
from openintegriteit.policy.tests.factories import plan, regulation, version

pytestmark = pytest.mark.database
TODAY = date(2026, 11, 21)


def in_force() -> str | None:
    return with_version_in_force(Regulation.objects.all(), TODAY).get().version_label


def test_the_last_version_that_took_effect_is_in_force(organisation) -> None:
    code = regulation(organisation)
    assert in_force() is None

    version(code, "onbekend")
    assert in_force() == "onbekend"

    version(code, "1", in_force_on=date(2014, 4, 1))
    version(code, "2", in_force_on=TODAY)
    version(code, "3", in_force_on=date(2026, 11, 22))
    assert in_force() == "2"
    assert [row.label for row in versions_of(code)] == ["3", "2", "1", "onbekend"]


def test_regulations_ask_attention_sixty_days_before_their_review(coordinator, actor_with, organisation) -> None:
    regulation(organisation, title="te laat", review_due_on=date(2026, 4, 1))
    regulation(organisation, title="straks", review_due_on=date(2027, 1, 20))
    regulation(organisation, title="later", review_due_on=date(2027, 1, 21))
    regulation(organisation, title="nooit")

    assert [item.title for item in due_items(coordinator, TODAY)] == ["te laat", "straks"]
    assert due_items(actor_with("clerk"), TODAY) == []


def test_norms_are_found_by_who_may_see_them(actor_with, organisation) -> None:
    regulation(organisation, title="Regeling nevenwerkzaamheden", kind="scheme")
    plan(organisation, title="Beleid", chapters="Nevenwerkzaamheden")

    assert [hit.title for hit in search(actor_with("clerk"), "nevenwerk", 5)] == [
        "Regeling nevenwerkzaamheden",
        "Beleid",
    ]
    assert search(actor_with("manager"), "nevenwerk", 5) == []
    assert search(actor_with("clerk"), "", 5) == []
