import uuid
from datetime import date

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from openintegriteit.event_log.models import Entry
from openintegriteit.organisations.models import Organisation
from openintegriteit.programme.evidence import add_evidence, withdraw_evidence
from openintegriteit.programme.models import Evidence, Measure
from openintegriteit.programme.tests.factories import measure

pytestmark = pytest.mark.database
TYPED = {"title": "Besluit over rollen", "kind": "decision", "place": "Archief 2026-17", "dated_on": "2026-11-20"}


@pytest.fixture(autouse=True)
def in_november_2026():
    with time_machine.travel("2026-11-21 12:00", tick=False):
        yield


@pytest.fixture
def client(client_as):
    return client_as("coordinator")


def proof(organisation: Organisation, about: Measure, **values) -> Evidence:
    values = {"title": "Besluit", "place": "Archief", "dated_on": date(2026, 11, 20)} | values
    return Evidence.objects.create(organisation=organisation, measure=about, **values)


def test_evidence_is_added_once_however_often_it_is_sent(client, organisation) -> None:
    about = measure(organisation)
    address, form = reverse("programme:evidence_new", args=[about.pk]), TYPED | {"submission": uuid.uuid4()}

    answers = [client.post(address, form).status_code for _click in range(2)]

    assert answers == [302, 302]
    assert [(row.title, row.kind, row.place) for row in Evidence.objects.all()] == [
        ("Besluit over rollen", "decision", "Archief 2026-17")
    ]
    assert Entry.objects.filter(action="measure.proven").count() == 1


@pytest.mark.parametrize("wrong", [{"title": ""}, {"place": " "}, {"dated_on": "2026-11-22"}, {"kind": "x"}])
def test_wrong_evidence_comes_back_as_typed(client, organisation, wrong) -> None:
    address = reverse("programme:evidence_new", args=[measure(organisation).pk])

    response = client.post(address, TYPED | {"submission": uuid.uuid4()} | wrong)

    assert response.status_code == 422
    assert any(text in response.content.decode() for text in ("Besluit over rollen", "Archief 2026-17"))
    assert not Evidence.objects.exists()


def test_evidence_is_withdrawn_with_a_reason_and_stays_to_be_seen(client, organisation) -> None:
    about = measure(organisation, status="done")
    found = proof(organisation, about)
    address = reverse("programme:evidence_withdraw", args=[found.pk])

    silent = client.post(address, {"why": " "})
    told = client.post(address, {"why": "Vervallen"})
    again = client.post(address, {"why": "Anders"})

    assert (silent.status_code, told.status_code, again.status_code) == (422, 302, 302)
    assert Evidence.objects.get().withdrawn_why == "Vervallen"
    page = client.get(reverse("measure", args=[about.pk]))
    assert page.context["standing"] == 0
    assert "Vervallen" in page.content.decode()
    assert Entry.objects.filter(action="measure.evidence_withdrawn").count() == 1


def test_the_list_shows_what_is_done_while_nothing_proves_it(client, organisation) -> None:
    proof(organisation, measure(organisation, number=1, status="done"))
    measure(organisation, number=2, status="done")
    withdrawn = {"withdrawn_at": timezone.now(), "withdrawn_why": "Vervallen"}
    proof(organisation, measure(organisation, number=3, status="done"), **withdrawn)
    measure(organisation, number=4)

    listing = client.get(reverse("programme:measures") + "?stand=klaar-zonder-bewijs").context["listing"]

    assert [row.number for row in listing.page] == [2, 3]


def test_the_database_keeps_no_withdrawal_without_a_reason(organisation) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        proof(organisation, measure(organisation), withdrawn_at=timezone.now())

    assert not Evidence.objects.exists()


def test_only_the_coordinator_adds_and_withdraws(actor_with, organisation) -> None:
    actor, about = actor_with("internal_auditor"), measure(organisation)
    found = proof(organisation, about)

    with pytest.raises(PermissionDenied):
        add_evidence(actor=actor, identifier=uuid.uuid4(), measure=about, values={})
    with pytest.raises(PermissionDenied):
        withdraw_evidence(actor=actor, evidence=found, why="Vervallen")

    assert [row.withdrawn_at for row in Evidence.objects.all()] == [None]


def test_a_place_that_is_no_web_address_is_no_link(client, organisation) -> None:
    about = measure(organisation)
    proof(organisation, about, place="javascript:alert(1)")
    proof(organisation, about, place="https://voorbeeld.example/besluit")

    page = client.get(reverse("measure", args=[about.pk])).content.decode()

    assert 'href="javascript:' not in page
    assert 'href="https://voorbeeld.example/besluit"' in page
