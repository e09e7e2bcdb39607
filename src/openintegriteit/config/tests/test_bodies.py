"""A second body from the console: found by its own host, with its own law and names, and nobody let in by mistake."""

import re

import pytest
from django.test import Client

from openintegriteit.config.console import run
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.models import Chain, Entry
from openintegriteit.identity.invitations import accept_as_new
from openintegriteit.identity.models import Invitation, RoleGrant
from openintegriteit.messages.models import Message
from openintegriteit.organisations.models import Organisation

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ADMINISTRATOR = ("--administrator", "harm@stroom.example", "--administrator-name", "Harm van der Sluis")
WATER_BOARD = ("--name", "Waterschap Stroom", "--kind", "waterschap", *ADMINISTRATOR)


@pytest.fixture(autouse=True)
def as_installed(monkeypatch):
    """The console within a test: the framework has been set up already."""
    monkeypatch.setattr("openintegriteit.config.console.django.setup", lambda: None)


@pytest.fixture
def first_body(db):
    return Organisation.objects.create(name="Gemeente Proef", kind="municipality", host="testserver")


def add(*options):
    return run(["organisation", "add", *options])


def latest_token(body):
    with organisation_scope(body.pk):
        mail = Message.objects.order_by("-created_at").first()
    return re.search(r"uitnodiging/([^/]+)/", mail.body)[1]


def test_a_second_body_is_made_with_an_invitation_for_its_administrator(first_body, capsys, settings):
    settings.ALLOWED_HOSTS = ["testserver"]

    assert add(*WATER_BOARD, "--host", "Stroom.example") == 0

    body = Organisation.objects.get(name="Waterschap Stroom")
    assert (body.kind, body.host) == ("water_board", "stroom.example")
    with organisation_scope(body.pk):
        assert Invitation.objects.get().roles == ["functional_administrator"]
        assert "://stroom.example" in Message.objects.get().body
        actions = list(Entry.objects.order_by("number").values_list("action", "actor_label"))
    assert actions == [("organisation.set_up", "console"), ("invitation.sent", "console")]
    assert "Zet stroom.example ook in OPENINTEGRITEIT_HOSTS" in capsys.readouterr().out


def test_the_first_administrator_waits_for_nobody_and_the_next_one_does(first_body):
    add(*WATER_BOARD, "--host", "stroom.example")
    body = Organisation.objects.get(name="Waterschap Stroom")

    with organisation_scope(body.pk):
        user = accept_as_new(token=latest_token(body), password="een heel lang wachtwoord")

        grant = RoleGrant.objects.in_force().get()
        assert (grant.user, grant.role) == (user, "functional_administrator")
        assert RoleGrant.objects.waiting().count() == 0
    with organisation_scope(first_body.pk):
        assert not RoleGrant.objects.exists()
    # when the console asks again, now that somebody administers it
    assert add(*WATER_BOARD, "--host", "stroom.example") == 1


def test_asking_again_replaces_the_invitation(first_body, capsys):
    add(*WATER_BOARD, "--host", "stroom.example")
    body = Organisation.objects.get(name="Waterschap Stroom")
    lost = latest_token(body)

    assert add(*WATER_BOARD, "--host", "stroom.example") == 0

    assert Organisation.objects.count() == 2
    assert latest_token(body) != lost
    with organisation_scope(body.pk):
        assert (Invitation.objects.count(), Invitation.objects.unanswered().count()) == (2, 1)
    assert Client(headers={"host": "stroom.example"}).get(f"/account/uitnodiging/{lost}/").status_code in (400, 410)


@pytest.mark.parametrize(
    ("options", "told"),
    [
        ((), "eigen webadres"),
        (("--host", "testserver"), "andere organisatie"),
        (("--host", "https://stroom.example"), "Schrijf alleen de naam"),
        (("--host", "stroom.example", "--administrator", "geen adres"), "mailadres"),
        (("--host", "stroom.example", "--name", "gemeente proef"), "deze naam"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_made(first_body, capsys, options, told):
    assert add(*WATER_BOARD, *options) == 1

    assert told in capsys.readouterr().err
    assert Organisation.objects.get() == first_body
    assert not Chain.objects.filter(length__gt=0).exists()


def test_a_first_body_without_an_address_gets_one_before_there_is_a_second(organisation, capsys):
    assert add(*WATER_BOARD, "--host", "stroom.example") == 1
    assert "Gemeente Proef" in capsys.readouterr().err

    assert run(["organisation", "address", "proef.example"]) == 0
    assert add(*WATER_BOARD, "--host", "stroom.example") == 0

    organisation.refresh_from_db()
    assert organisation.host == "proef.example"
    assert Entry.objects.filter(organisation_id=organisation.pk, action="body.changed").count() == 1


def test_an_address_of_another_body_is_refused(first_body, capsys):
    add(*WATER_BOARD, "--host", "stroom.example")

    assert run(["organisation", "address", "testserver", "--organisation", "Waterschap Stroom"]) == 1

    assert Organisation.objects.get(name="Waterschap Stroom").host == "stroom.example"
