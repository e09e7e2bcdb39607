"""Who confirmed an activity, and why it was called off."""

import uuid
from datetime import date

import pytest
import time_machine
from django.urls import reverse

from openintegriteit.programme.models import Activity
from openintegriteit.programme.tests.factories import activity

pytestmark = pytest.mark.database


@pytest.fixture(autouse=True)
def in_november_2026():
    with time_machine.travel("2026-11-21 12:00", tick=False):
        yield


@pytest.fixture
def client(client_as):
    return client_as("coordinator")


def form(**values) -> dict:
    given = {"title": "Training", "theme": "Trainingen", "kind": "training", "year": "2026", "status": "planned"}
    return given | values


def changed(client, about, **values):
    about.refresh_from_db()
    sent = form(version=about.version) | values
    return client.post(reverse("programme:activity_edit", args=[about.pk]), sent)


def test_what_becomes_confirmed_asks_by_whom(client, organisation) -> None:
    about = activity(organisation)

    silent = changed(client, about, status="confirmed", audience="Getypt")
    told = changed(client, about, status="confirmed", confirmed_by="de wethouder", confirmed_on="2026-11-20")

    assert (silent.status_code, told.status_code) == (422, 302)
    assert "Getypt" in silent.content.decode()
    about.refresh_from_db()
    assert (about.status, about.confirmed_by, about.confirmed_on) == ("confirmed", "de wethouder", date(2026, 11, 20))
    shown = client.get(reverse("activity", args=[about.pk])).content.decode()
    assert "de wethouder, 20 november 2026" in shown
    assert "door de wethouder" in client.get(reverse("programme:activities")).content.decode()


def test_what_was_confirmed_by_nobody_knows_whom_can_be_changed(client, organisation) -> None:
    about = activity(organisation, status="confirmed")

    assert changed(client, about, status="confirmed", theme="Ander thema").status_code == 302

    about.refresh_from_db()
    assert (about.theme, about.confirmed_by) == ("Ander thema", "")
    assert "Bevestigd door" in client.get(reverse("activity", args=[about.pk])).content.decode()


def test_a_new_activity_that_is_called_off_tells_why(client, organisation) -> None:
    sent = form(status="called_off", submission=uuid.uuid4())
    address = reverse("programme:activity_new")

    silent = client.post(address, sent | {"outcome": "Er kwam niemand."})
    told = client.post(address, sent | {"called_off_because": "De spreker was ziek."})

    assert (silent.status_code, told.status_code) == (422, 302)
    assert [(row.status, row.why_called_off) for row in Activity.objects.all()] == [
        ("called_off", "De spreker was ziek.")
    ]


def test_an_older_record_tells_as_its_outcome_why_it_was_called_off(client, organisation) -> None:
    old = activity(organisation, status="called_off", outcome="Te weinig aanmeldingen.")
    silent = activity(organisation, status="called_off")

    assert (old.why_called_off, silent.why_called_off) == ("Te weinig aanmeldingen.", "")
    assert activity(organisation, status="held", outcome="Goed.").why_called_off == ""
    assert changed(client, silent, status="called_off", theme="Ander thema").status_code == 302


def test_an_answer_calls_off_with_its_own_reason(client, organisation) -> None:
    about = activity(organisation, starts_on=date(2026, 11, 20))
    address = reverse("programme:activity_answer", args=[about.pk])
    sent = {"version": 1, "status": "called_off", "outcome": ""}

    assert client.post(address, sent | {"called_off_because": ""}).status_code == 422
    assert client.post(address, sent | {"status": "held", "called_off_because": "Ziek"}).status_code == 422
    assert client.post(address, sent | {"called_off_because": "Ziek"}).status_code == 302

    about.refresh_from_db()
    assert (about.status, about.called_off_because, about.outcome) == ("called_off", "Ziek", "")


def test_who_confirmed_and_why_called_off_can_be_searched(client, organisation) -> None:
    activity(organisation, title="Een", confirmed_by="wethouder De Wit")
    activity(organisation, title="Twee", status="called_off", called_off_because="Sneeuw")

    def found(words):
        listing = client.get(reverse("programme:activities"), {"zoek": words}).context["listing"]
        return [row.title for row in listing.page]

    assert (found("de wit"), found("sneeuw")) == (["Een"], ["Twee"])
