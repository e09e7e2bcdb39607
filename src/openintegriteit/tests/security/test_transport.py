"""What an answer tells the browser to do, and which methods and origins are answered, as outside demo mode."""

import json
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client

from openintegriteit.core.roles import Role
from openintegriteit.identity.tests.factories import user_with_roles

HOST = "integriteit.proef.example"
ASK = f"""
import json, logging, django
django.setup()
logging.disable()
from django.test import Client
client = Client(headers={{"host": "{HOST}"}})
answers = [client.get("/healthz", secure=True), client.trace("/healthz", secure=True), client.get("/werk/?a=b")]
print(json.dumps([[answer.status_code, dict(answer.headers)] for answer in answers]))
"""


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """What a process with real settings says over https (twice), and over http."""
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "openintegriteit.config.settings",
        "OPENINTEGRITEIT_DATA_DIR": str(tmp_path_factory.mktemp("data")),
        "OPENINTEGRITEIT_SECRET_KEY": "een-geheim-van-meer-dan-vijftig-tekens-0123456789-abcdefghijklmnop",
        "OPENINTEGRITEIT_HOSTS": HOST,
    }
    done = subprocess.run([sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_over_https_every_answer_keeps_the_browser_to_https_for_a_year(answers):
    for status, headers in answers[:2]:
        assert status in (200, 405)
        assert headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_over_http_nothing_is_told_but_where_https_is(answers):
    status, headers = answers[2]

    assert (status, headers["Location"]) == (301, f"https://{HOST}/werk/?a=b")
    assert "Set-Cookie" not in headers


def test_every_answer_forbids_frames_guessing_of_types_and_telling_where_one_came_from(answers):
    for _status, headers in answers[:2]:
        policy = headers["Content-Security-Policy"]
        for directive in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"):
            assert directive in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_another_site_is_given_no_leave_to_read_a_page(client_as):
    response = client_as(Role.COORDINATOR).get("/werk/", headers={"origin": "https://elders.example"})

    assert response.status_code == 200
    assert [name for name in response.headers if name.startswith("Access-Control-")] == []


def test_a_form_that_another_site_posts_is_refused(organisation):
    client = Client(enforce_csrf_checks=True)

    assert client.post("/account/inloggen/", {"login": "a@proef.example", "password": "x"}).status_code == 403


def test_a_page_cannot_be_asked_to_repeat_a_request(client_as):
    response = client_as(Role.COORDINATOR).trace("/werk/", headers={"x-geheim": "niet herhalen"})

    assert b"niet herhalen" not in response.content
    assert response.status_code == 405


def test_every_text_says_its_character_set(client_as):
    client = client_as(Role.COORDINATOR)

    for address in ("/werk/", "/", "/huisstijl.css", "/bestaat-niet", "/healthz"):
        assert "charset=utf-8" in client.get(address)["Content-Type"], address


def test_cookies_are_for_this_site_and_not_for_scripts(organisation, client):
    user = user_with_roles(organisation, Role.STAFF)
    client.get("/account/inloggen/")
    client.post("/account/inloggen/", {"login": user.email, "password": "geheim wachtwoord 1"})
    client.post("/taal/en/")

    assert client.get("/werk/").status_code == 200
    kept = {name: (cookie["httponly"], cookie["samesite"]) for name, cookie in client.cookies.items()}
    names = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME)
    assert kept == dict.fromkeys(names, (True, "Lax"))


def test_every_page_of_who_is_signed_in_lets_one_sign_out(client_as):
    client = client_as(Role.COORDINATOR)

    for address in ("/werk/", "/werk/account/", "/werk/maatregelen/"):
        page = client.get(address).content.decode()
        assert re.search(r'<form[^>]*action="/account/uitloggen/"', page), address


def test_no_session_stands_in_an_address(client_as):
    client = client_as(Role.COORDINATOR)
    page = client.get("/werk/").content.decode()

    assert client.session.session_key not in page
