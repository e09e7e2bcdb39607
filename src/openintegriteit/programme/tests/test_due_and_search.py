from datetime import date

import pytest

from openintegriteit.programme.due import due_items
from openintegriteit.programme.search import search
from openintegriteit.programme.tests.factories import activity, finding, measure

pytestmark = pytest.mark.database
TODAY = date(2026, 11, 21)


def test_what_is_due_comes_most_urgent_first(coordinator, organisation, django_assert_num_queries) -> None:
    measure(organisation, title="te laat", status="delayed", due_on=date(2026, 11, 9))
    measure(organisation, title="over een maand", due_on=date(2026, 12, 21))
    measure(organisation, title="later", due_on=date(2026, 12, 22))
    measure(organisation, title="klaar", status="done", due_on=date(2026, 11, 9))
    finding(organisation, text="termijn", due_on=date(2026, 12, 1))
    finding(organisation, text="opgelost", status="resolved", due_on=date(2026, 12, 1))
    activity(organisation, title="morgen", starts_on=date(2026, 11, 22))
    activity(organisation, title="voorbij", starts_on=date(2026, 11, 1), status="confirmed")
    activity(organisation, title="gehouden", starts_on=date(2026, 11, 1), status="held")

    with django_assert_num_queries(3):
        items = due_items(coordinator, TODAY)

    assert [item.title for item in items] == ["voorbij", "te laat", "morgen", "termijn", "over een maand"]
    assert [item.kind for item in items] == ["activity", "measure", "activity", "finding", "measure"]


def test_who_may_not_change_the_programme_has_nothing_to_do_in_it(actor_with, organisation) -> None:
    measure(organisation, due_on=date(2026, 11, 9))

    assert due_items(actor_with("secretary"), TODAY) == []


def test_every_word_is_found_in_what_the_actor_may_see(actor_with, organisation) -> None:
    measure(organisation, number=9, title="Rollen bij inkoop scheiden", owner="Financiën")
    finding(organisation, number=1, text="Bij inkoop doet één persoon alles")
    activity(organisation, title="Analyse van inkoop", theme="Processen")

    everything = search(actor_with("coordinator"), "INKOOP", 5)

    assert [hit.title for hit in everything] == [
        "9. Rollen bij inkoop scheiden",
        "1. Bij inkoop doet één persoon alles",
        "Analyse van inkoop",
    ]
    assert [hit.title for hit in search(actor_with("manager"), "inkoop financiën", 5)] == [
        "9. Rollen bij inkoop scheiden"
    ]
    assert search(actor_with("staff"), "inkoop", 5) == []
    assert search(actor_with("coordinator"), "  ", 5) == []


def test_a_search_gives_at_most_so_many_of_a_kind(coordinator, organisation) -> None:
    for _ in range(4):
        measure(organisation, title="Inkoop")

    assert len(search(coordinator, "inkoop", 3)) == 3
