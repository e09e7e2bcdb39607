"""What an activity uses: added once, withdrawn with a reason, shown with safe links."""

import uuid

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.models import Entry
from openintegriteit.programme.material import add_material, withdraw_material
from openintegriteit.programme.models import Material
from openintegriteit.programme.tests.factories import activity

pytestmark = pytest.mark.database


@pytest.fixture(autouse=True)
def in_november_2026():
    with time_machine.travel("2026-11-21 12:00", tick=False):
        yield


@pytest.fixture
def client(client_as):
    return client_as("coordinator")


TYPED = {"title": "Dilemma over een cadeau", "kind": "dilemma", "place": "Map 12"}


def piece(organisation, about, **values) -> Material:
    return Material.objects.create(
        organisation=organisation, activity=about, **{"title": "Dia's", "place": "Archief"} | values
    )


def test_material_is_added_once_however_often_it_is_sent(client, organisation) -> None:
    address = reverse("programme:material_new", args=[activity(organisation).pk])
    form = TYPED | {"submission": uuid.uuid4()}

    answers = [client.post(address, form).status_code for _click in range(2)]

    assert answers == [302, 302]
    assert [(row.title, row.kind, row.place) for row in Material.objects.all()] == [
        ("Dilemma over een cadeau", "dilemma", "Map 12")
    ]
    assert Entry.objects.filter(action="activity.material_added").count() == 1


@pytest.mark.parametrize("wrong", [{"title": ""}, {"place": " "}, {"kind": "x"}])
def test_wrong_material_comes_back_as_typed(client, organisation, wrong) -> None:
    address = reverse("programme:material_new", args=[activity(organisation).pk])

    response = client.post(address, TYPED | {"submission": uuid.uuid4()} | wrong)

    assert response.status_code == 422
    assert any(text in response.content.decode() for text in ("Dilemma over een cadeau", "Map 12"))
    assert not Material.objects.exists()


def test_material_is_withdrawn_with_a_reason_and_stays_to_be_seen(client, organisation) -> None:
    about = activity(organisation)
    found = piece(organisation, about)
    address = reverse("programme:material_withdraw", args=[found.pk])

    answers = [client.post(address, {"why": why}).status_code for why in (" ", "Verouderd", "Anders")]

    assert answers == [422, 302, 302]
    assert Material.objects.get().withdrawn_why == "Verouderd"
    assert "Verouderd" in client.get(reverse("activity", args=[about.pk])).content.decode()
    assert Entry.objects.filter(action="activity.material_withdrawn").count() == 1


def test_the_database_keeps_no_withdrawal_without_a_reason(organisation) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        piece(organisation, activity(organisation), withdrawn_at=timezone.now())

    assert not Material.objects.exists()


def test_only_the_coordinator_adds_and_withdraws(actor_with, organisation) -> None:
    actor, about = actor_with("secretary"), activity(organisation)
    found = piece(organisation, about)

    with pytest.raises(PermissionDenied):
        add_material(actor=actor, identifier=uuid.uuid4(), activity=about, values={})
    with pytest.raises(PermissionDenied):
        withdraw_material(actor=actor, material=found, why="Verouderd")

    assert [row.withdrawn_at for row in Material.objects.all()] == [None]


def test_material_of_another_body_is_absent(client, organisation, other_organisation) -> None:
    with organisation_scope(other_organisation.pk):
        theirs = piece(other_organisation, activity(other_organisation))

    response = client.post(reverse("programme:material_withdraw", args=[theirs.pk]), {"why": "Verouderd"})

    assert response.status_code == 404
    with organisation_scope(other_organisation.pk):
        assert Material.objects.get().withdrawn_at is None


def test_a_place_that_is_no_web_address_is_no_link(client, organisation) -> None:
    about = activity(organisation)
    piece(organisation, about, place="javascript:alert(1)")
    piece(organisation, about, place="https://voorbeeld.example/dias")

    page = client.get(reverse("activity", args=[about.pk])).content.decode()

    assert 'href="javascript:' not in page
    assert 'href="https://voorbeeld.example/dias"' in page
