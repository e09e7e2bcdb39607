import json
import uuid
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from openintegriteit.coordination.models import Advice, OwnTheme
from openintegriteit.coordination.operations import change_advice, create_advice, create_theme
from openintegriteit.coordination.tests.factories import advice
from openintegriteit.core.locking import StaleRecord
from openintegriteit.event_log.models import Entry

pytestmark = pytest.mark.database
VALUES = {
    "day": date(2026, 5, 12),
    "theme": "omgangsvormen",
    "initiative": "asked",
    "function": "manager",
    "question": "Geheime vraag",
    "advice": "Geheim antwoord",
}


@pytest.fixture
def coordinator(actor_with):
    return actor_with("coordinator")


def test_sending_new_advice_twice_makes_one(coordinator) -> None:
    key = uuid.uuid4()

    first = create_advice(actor=coordinator, identifier=key, values=VALUES)
    again = create_advice(actor=coordinator, identifier=key, values=VALUES)

    assert first == again
    assert Advice.objects.count() == Entry.objects.count() == 1


def test_the_event_log_tells_theme_and_day_but_never_what_was_said(coordinator) -> None:
    made = create_advice(actor=coordinator, identifier=uuid.uuid4(), values=VALUES)
    change_advice(
        actor=coordinator, advice=made, expected_version=1, values=VALUES | {"question": "Ander geheim", "hours": 2}
    )

    entries = list(Entry.objects.order_by("number"))

    assert [entry.action for entry in entries] == ["advice.created", "advice.changed"]
    assert {entry.subject_label for entry in entries} == {"Omgangsvormen, 12-05-2026"}
    assert [entry.details for entry in entries] == [{}, {"fields": ["question", "hours"]}]
    assert "eheim" not in json.dumps([entry.details for entry in entries])


def test_what_does_not_change_is_not_logged(coordinator) -> None:
    made = create_advice(actor=coordinator, identifier=uuid.uuid4(), values=VALUES)

    assert change_advice(actor=coordinator, advice=made, expected_version=1, values=VALUES).version == 1
    assert Entry.objects.count() == 1


def test_nobody_overwrites_silently(coordinator, organisation) -> None:
    about = advice(organisation, version=2)

    with pytest.raises(StaleRecord):
        change_advice(actor=coordinator, advice=about, expected_version=1, values={"question": "Van de tweede"})

    assert Advice.objects.get().question == "Mag een webwinkel?"
    assert Entry.objects.count() == 0


@pytest.mark.parametrize("role", ["internal_auditor", "secretary", "functional_administrator", "manager"])
def test_only_the_coordinator_writes(actor_with, organisation, role) -> None:
    actor, about = actor_with(role), advice(organisation)

    with pytest.raises(PermissionDenied):
        create_advice(actor=actor, identifier=uuid.uuid4(), values=VALUES)
    with pytest.raises(PermissionDenied):
        change_advice(actor=actor, advice=about, expected_version=1, values={"question": "Anders"})
    with pytest.raises(PermissionDenied):
        create_theme(actor=actor, identifier=uuid.uuid4(), name="Thuiswerken")

    assert Advice.objects.get().question == "Mag een webwinkel?"
    assert (OwnTheme.objects.count(), Entry.objects.count()) == (0, 0)


def test_a_body_adds_a_theme_once(coordinator) -> None:
    create_theme(actor=coordinator, identifier=uuid.uuid4(), name="Thuiswerken")

    with pytest.raises(IntegrityError), transaction.atomic():
        create_theme(actor=coordinator, identifier=uuid.uuid4(), name="Thuiswerken")

    assert [theme.code for theme in OwnTheme.objects.all()] == ["eigen-thuiswerken"]
    assert [entry.action for entry in Entry.objects.all()] == ["advice_theme.created"]


def test_the_database_refuses_a_day_of_follow_up_without_words(organisation) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        advice(organisation, follow_up_on=date(2026, 6, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        advice(organisation, hours=-1)
