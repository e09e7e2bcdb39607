"""How people looked back on an activity, and who may see a mark of few answers."""

from decimal import Decimal

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from openintegriteit.event_log.models import Entry
from openintegriteit.programme.models import Activity
from openintegriteit.programme.operations import evaluate_activity
from openintegriteit.programme.tests.factories import activity

pytestmark = pytest.mark.database


@pytest.fixture(autouse=True)
def in_november_2026():
    with time_machine.travel("2026-11-21 12:00", tick=False):
        yield


@pytest.fixture
def client(client_as):
    return client_as("coordinator")


READERS = ("secretary", "chair", "executive_member", "internal_auditor")


def page(client, about) -> str:
    return client.get(reverse("activity", args=[about.pk])).content.decode()


def sent(client, about, **values):
    return client.post(reverse("programme:activity_evaluate", args=[about.pk]), {"version": about.version} | values)


def test_an_evaluation_is_recorded_and_unknown_stays_unknown(client, organisation) -> None:
    about = activity(organisation, status="held")

    assert sent(client, about, said="Nuttig", next_time="Kleinere groepen").status_code == 302

    about.refresh_from_db()
    assert (about.evaluations, about.mark, about.said, about.next_time) == (None, None, "Nuttig", "Kleinere groepen")
    assert "Kleinere groepen" in page(client, about)


@pytest.mark.parametrize("wrong", [{"mark": "0.9"}, {"mark": "10.1"}, {"mark": "7.25"}, {"evaluations": "-1"}])
def test_a_mark_lies_between_one_and_ten_with_one_decimal(client, organisation, wrong) -> None:
    about = activity(organisation, status="held")

    response = sent(client, about, **{"evaluations": "8", "mark": "7.5", "said": "Getypt"} | wrong)

    assert response.status_code == 422
    assert "Getypt" in response.content.decode()
    assert not Activity.objects.get().is_evaluated


def test_the_database_keeps_no_mark_of_eleven(organisation) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        activity(organisation, mark=Decimal("10.1"))

    assert not Activity.objects.exists()


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize(("answers", "told"), [(5, True), (4, False), (0, False), (None, False)])
def test_others_see_the_mark_of_at_least_five_answers_only(client_as, organisation, role, answers, told) -> None:
    about = activity(organisation, status="held", evaluations=answers, mark=Decimal("6.4"))

    assert ("6,4" in page(client_as(role), about)) is told
    assert "6,4" in page(client_as("coordinator"), about)


@pytest.mark.parametrize(("answers", "cell"), [(5, "6,4"), (4, ""), (None, "")])
def test_no_file_holds_a_mark_of_few_answers_not_even_of_the_coordinator(client, organisation, answers, cell) -> None:
    activity(organisation, status="held", evaluations=answers, mark=Decimal("6.4"))

    lines = client.get(reverse("programme:activities") + "?formaat=csv").content.decode("utf-8-sig").splitlines()

    row = dict(zip(lines[0].split(";"), lines[1].split(";"), strict=True))
    assert row["Gemiddeld cijfer"] == cell


def test_the_log_names_the_fields_and_not_the_mark(client, client_as, organisation) -> None:
    about = activity(organisation, status="held")

    sent(client, about, evaluations="3", mark="6.4")

    entry = Entry.objects.get(action="activity.evaluated")
    assert entry.details == {"fields": ["evaluations", "mark"]}
    assert "6,4" not in page(client_as("internal_auditor"), about)


def test_two_people_evaluate_one_activity(client, organisation) -> None:
    about = activity(organisation, status="held")
    sent(client, about, said="Van de eerste")

    response = sent(client, about, said="Van de tweede")

    assert response.status_code == 409
    assert Activity.objects.get().said == "Van de eerste"


def test_an_evaluation_that_says_the_same_changes_nothing(coordinator, organisation) -> None:
    about = activity(organisation, status="held", said="Nuttig")

    evaluate_activity(actor=coordinator, activity=about, expected_version=1, values={"said": "Nuttig"})

    assert (Activity.objects.get().version, Entry.objects.count()) == (1, 0)


def test_only_the_coordinator_evaluates(actor_with, organisation) -> None:
    about = activity(organisation, status="held")

    with pytest.raises(PermissionDenied):
        evaluate_activity(actor=actor_with("secretary"), activity=about, expected_version=1, values={"said": "Nee"})

    assert Activity.objects.get().said == ""


def test_what_is_still_planned_asks_no_evaluation(client, organisation) -> None:
    planned, held = activity(organisation), activity(organisation, status="held")

    assert reverse("programme:activity_evaluate", args=[planned.pk]) not in page(client, planned)
    assert reverse("programme:activity_evaluate", args=[held.pk]) in page(client, held)
