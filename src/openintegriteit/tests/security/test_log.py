"""The log of the server tells the technical administrator what went wrong, and nothing about people."""

import io
import json
import logging
import sys

import pytest
from django.core.exceptions import DisallowedHost
from django.db import IntegrityError
from django.test import Client
from django.utils import timezone

from openintegriteit.config.checkpoints import sign_checkpoints
from openintegriteit.core.logging import configure
from openintegriteit.messages.operations import send_due
from openintegriteit.organisations.tests.factories import PersonFactory

SECRET = "geheim-van-een-uitnodiging"
PERSON = "noor@proef.example"


@pytest.fixture
def log_of(capsys, monkeypatch):
    """What the server writes while something happens, as its lines."""

    def events(action):
        root = logging.getLogger()
        monkeypatch.setattr(root, "handlers", [])
        monkeypatch.setattr(root, "level", root.level)
        configure({"level": "INFO"})
        action()
        return [json.loads(line) for line in capsys.readouterr().out.splitlines()]

    return events


def test_a_refused_form_leaves_no_address_behind(organisation, log_of):
    events = log_of(lambda: Client(enforce_csrf_checks=True).post(f"/account/uitnodiging/{SECRET}/"))

    assert SECRET not in str(events)
    assert {"django.security.csrf", "openintegriteit.request"} <= {event["logger"] for event in events}


@pytest.mark.parametrize("logger", ["django.request", "django.security.csrf", "openintegriteit.anything"])
def test_no_line_holds_an_address(log_of, logger):
    events = log_of(lambda: logging.getLogger(logger).warning("Something: %s", f"/account/uitnodiging/{SECRET}/"))

    assert [event["event"] for event in events] == ["Something: -"]


def test_the_log_goes_on_when_standard_output_was_another_stream(capsys, monkeypatch):
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    with monkeypatch.context() as before:
        closed = io.StringIO()
        before.setattr(sys, "stdout", closed)
        configure({"level": "INFO"})
        closed.close()

    logging.getLogger("of.a.library").warning("still there")

    assert json.loads(capsys.readouterr().out)["event"] == "still there"


def test_a_line_with_named_values_is_told_too(log_of):
    named = {"size": 12, "of": f"/account/uitnodiging/{SECRET}/"}

    events = log_of(lambda: logging.getLogger("of.a.library").warning("%(size)d at %(of)s", named))

    assert [event["event"] for event in events] == ["12 at -"]


def fail():
    try:
        raise DisallowedHost("eerst")
    except DisallowedHost as error:
        raise IntegrityError(f"duplicate key\nDETAIL:  Key (email)=({PERSON}) already exists.") from error


def test_an_error_keeps_to_itself_what_was_typed(log_of):
    def failing():
        try:
            fail()
        except IntegrityError:
            logging.getLogger("openintegriteit.test").exception("failed")

    (event,) = log_of(failing)

    assert PERSON not in str(event)
    assert event["exception"].splitlines()[-1] == "django.db.utils.IntegrityError: duplicate key"
    assert "DisallowedHost: eerst" in event["exception"]
    assert "in fail" in event["exception"]


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ('invalid input syntax for type date: "Noor Jansen"', "invalid input syntax for type date: -"),
        ("invalid literal for int() with base 10: 'it's Noor'", "invalid literal for int() with base 10: -"),
        ("“Noor” is geen datum", "- is geen datum"),
        (f"no mail to {PERSON} now", "no mail to - now"),
        (
            'violates unique constraint "identity_user_email_key"',
            'violates unique constraint "identity_user_email_key"',
        ),
        ("UNIQUE constraint failed: identity_user.email", "UNIQUE constraint failed: identity_user.email"),
    ],
)
def test_an_error_keeps_its_sense_and_not_its_values(log_of, message, told):
    def failing():
        try:
            raise ValueError(message)
        except ValueError:
            logging.getLogger("openintegriteit.test").exception("failed")

    (event,) = log_of(failing)

    assert event["exception"].splitlines()[-1] == f"builtins.ValueError: {told}"


def test_nobody_is_in_the_log_of_a_working_day(organisation, client_as, log_of, settings, monkeypatch):
    name, typed, token = "Zwaantje Hoogeveen-Zoekmaar", "Geheimwoord-9182", "eenmaligtoken123"
    person = PersonFactory(organisation=organisation, family_name=name, email="zwaantje@proef.example")
    people, auditor, visitor = client_as("hr", "functional_administrator"), client_as("internal_auditor"), Client()

    def fall(request, **options):
        raise ValueError(f"cannot read '{name}'")

    def day():
        visitor.post("/account/inloggen/", {"login": "zwaantje@proef.example", "password": typed})
        visitor.get(f"/account/uitnodiging/{token}/")
        visitor.get(f"/nergens/{token}/?zoek={typed}")
        people.get("/werk/mensen/", {"zoek": name})
        people.get("/werk/zoeken/", {"zoek": typed})
        people.get(f"/werk/mensen/{person.pk}/")
        people.post("/werk/mensen/nieuw/", {"family_name": name, "email": "zwaantje@"})
        people.post(
            "/werk/rollen/uitnodigingen/nieuw/", {"email": "zwaantje@proef.example", "name": name, "roles": ["staff"]}
        )
        people.get(f"/werk/logboek/?wie={typed}")
        auditor.get("/werk/logboek/", {"wie": name})
        auditor.get("/werk/logboek/", {"formaat": "csv"})
        send_due(timezone.now())
        sign_checkpoints(timezone.now())
        with monkeypatch.context() as broken:
            broken.setattr("openintegriteit.organisations.views.log_reading", fall)
            people.raise_request_exception = False
            people.get("/werk/mensen/", {"zoek": name})

    settings.CHECKPOINT_MAIL = "ict@proef.example"
    events = log_of(day)

    told = json.dumps(events, ensure_ascii=False)
    assert {"openintegriteit.request", "django.request"} <= {event["logger"] for event in events}
    assert [event for event in events if event.get("status") == 500]
    for secret in (
        name,
        "Zwaantje",
        "zwaantje",
        "Hoogeveen",
        typed,
        token,
        "@proef.example",
        str(person.pk),
        "127.0.0.1",
    ):
        assert secret not in told
    for event in events:
        assert "?" not in str(event.get("event"))
