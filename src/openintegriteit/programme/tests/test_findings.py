from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from openintegriteit.programme.models import Finding
from openintegriteit.programme.tests.factories import finding, measure

pytestmark = pytest.mark.database
DECIDED = {"text": "Zwak", "kind": "audit", "status": "open", "version": "1", "taken_over": "no"}


@pytest.fixture(autouse=True)
def in_november_2026():
    with time_machine.travel("2026-11-21 12:00", tick=False):
        yield


@pytest.fixture
def client(client_as):
    return client_as("coordinator")


def shown(client, query: str) -> list[int]:
    return [row.number for row in client.get(reverse("programme:findings") + query).context["listing"].page]


def test_who_does_not_take_it_over_tells_why(client, organisation) -> None:
    about = finding(organisation, text="Zwak")
    address = reverse("programme:finding_edit", args=[about.pk])

    silent = client.post(address, DECIDED | {"taken_over_by": "Het college"})
    told = client.post(address, DECIDED | {"taken_over_by": "Het college", "taken_over_why": "Te duur"})

    assert (silent.status_code, told.status_code) == (422, 302)
    assert 'value="Het college"' in silent.content.decode()
    found = Finding.objects.get()
    assert (found.taken_over, found.taken_over_by, found.taken_over_why) == ("no", "Het college", "Te duur")
    changes = client.get(reverse("programme:finding", args=[about.pk])).context["history"][0].changes
    assert [(line.label, line.before, line.after) for line in changes] == [
        ("overgenomen", "niet besloten", "nee"),
        ("besloten door", "", "Het college"),
        ("waarom zo besloten", "", "Te duur"),
    ]


def test_the_database_keeps_no_refusal_without_a_reason(organisation) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        finding(organisation, taken_over="partly")

    assert not Finding.objects.exists()


def test_findings_are_filtered_by_decision_and_by_term(client, organisation) -> None:
    finding(organisation, number=1, taken_over="yes", due_on=date(2026, 11, 20))
    finding(organisation, number=2, due_on=date(2026, 11, 21))
    finding(organisation, number=3, taken_over="yes", status="resolved", due_on=date(2026, 11, 20))

    assert shown(client, "?overgenomen=ja") == [1, 3]
    assert shown(client, "?overgenomen=niet-besloten") == [2]
    assert shown(client, "?stand=te-laat") == [1]


def test_the_file_tells_the_decision(client, organisation) -> None:
    finding(organisation, taken_over="no", taken_over_by="De raad", taken_over_why="Te duur")

    told = client.get(reverse("programme:findings") + "?formaat=csv").content.decode("utf-8-sig")

    assert ";nee;" in told
    assert ";De raad;;Te duur;" in told


def test_done_measures_suggest_that_a_finding_is_resolved_and_decide_nothing(client, organisation) -> None:
    about = finding(organisation)
    measure(organisation, finding=about, status="done")
    address = reverse("programme:finding", args=[about.pk])

    assert "Is zij opgelost?" in client.get(address).content.decode()
    assert Finding.objects.get().status == "open"

    measure(organisation, finding=about, status="delayed")
    assert "Is zij opgelost?" not in client.get(address).content.decode()
