"""The log of the server tells the technical administrator what went wrong, and nothing about people."""

import json
import logging

import pytest
from django.core.exceptions import DisallowedHost
from django.db import IntegrityError
from django.test import Client

from openintegriteit.core.logging import configure

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
