"""Each address, tried by each role, by a visitor, and by somebody of another body: the matrix says what must happen."""

import re
from operator import attrgetter
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from openintegriteit.core.roles import Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.identity.tests.factories import add_second_factor, user_with_roles
from openintegriteit.organisations.models import Organisation
from openintegriteit.tests.architecture.pages import PAGES
from openintegriteit.tests.rows import make_row

OPENED = {200, 202, 302, 409, 422}
GONE = {404, 410}
PERSONAL = [name for name, page in PAGES.items() if page.kind != "everybody"]
GUARDED = [name for name, page in PAGES.items() if page.kind == "roles"]
CHANGING = [name for name, page in PAGES.items() if page.posts]
ABOUT_A_ROW = [name for name in GUARDED if any(isinstance(value, type) for value in PAGES[name].arguments.values())]
IDENTIFIER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
pytestmark = pytest.mark.django_db


@pytest.fixture
def bodies(db):
    return tuple(
        Organisation.objects.create(name=name, kind="municipality", host=host)
        for name, host in (("Gemeente Een", "testserver"), ("Gemeente Twee", "twee.example"))
    )


def all_names(patterns, namespace=""):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{namespace}{pattern.name}"
        else:
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from all_names(pattern.url_patterns, inner)


def address(name, organisation):
    """The address of the page, filled with rows of the body."""
    rows, arguments = {}, {}
    for key, value in PAGES[name].arguments.items():
        model, field = value if isinstance(value, tuple) else (value, "pk")
        if isinstance(model, type):
            rows[model] = rows.get(model) or make_row(model, organisation, **PAGES[name].given)
            arguments[key] = attrgetter(field.replace("__", "."))(rows[model])
        else:
            arguments[key] = value
    with organisation_scope(organisation.pk):
        return reverse(name, kwargs=arguments)


def client_of(organisation, *roles):
    user = user_with_roles(organisation, *roles)
    add_second_factor(user)
    client = Client(raise_request_exception=False)
    client.force_login(user)
    return client


def shown(response):
    """The page without what differs with each request: the address itself and the token against forgery."""
    return TOKEN.sub("", IDENTIFIER.sub("", response.content.decode()))


def ask(client, name, where):
    """The request that the page is for."""
    return client.post(where) if PAGES[name].posts else client.get(where)


def test_every_address_stands_in_the_matrix():
    names = list(all_names(get_resolver().url_patterns))

    assert sorted(set(names) - set(PAGES)) == []
    assert sorted(set(PAGES) - set(names)) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", GUARDED)
def test_only_the_roles_of_the_matrix_come_in(name, bodies):
    outcome, allowed = {}, PAGES[name].roles
    for role in Role:
        where, client = address(name, bodies[0]), client_of(bodies[0], role)
        status = ask(client, name, where).status_code
        outcome[role] = "opened" if status in (OPENED | GONE if PAGES[name].absent else OPENED) else status
        if role not in allowed | PAGES[name].strangers:
            assert client.post(where).status_code in {403, 405}

    refused = {role: 404 if role in PAGES[name].strangers else 403 for role in Role}
    assert outcome == refused | dict.fromkeys(allowed, "opened")


@pytest.mark.parametrize("name", PERSONAL)
def test_a_visitor_is_sent_to_sign_in(name, bodies):
    where = address(name, bodies[0])

    response = ask(Client(), name, where)

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", GUARDED)
def test_somebody_without_a_role_does_not_come_in(name, bodies):
    where = address(name, bodies[0])

    assert ask(client_of(bodies[0]), name, where).status_code == 403


@pytest.mark.parametrize("name", GUARDED)
def test_a_role_in_another_body_gives_nothing_here(name, bodies):
    where = address(name, bodies[0])

    assert ask(client_of(bodies[1], *PAGES[name].roles), name, where).status_code == 403


@pytest.mark.parametrize("name", ABOUT_A_ROW)
def test_a_row_of_another_body_is_as_absent(name, bodies):
    client = client_of(bodies[0], *PAGES[name].roles)
    foreign = address(name, bodies[1])
    absent = IDENTIFIER.sub(lambda _: str(uuid4()), foreign)

    answers = [ask(client, name, where) for where in (foreign, absent)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert shown(answers[0]) == shown(answers[1])


@pytest.mark.parametrize("name", CHANGING)
def test_what_changes_something_refuses_to_be_followed_as_a_link(name, bodies):
    client = client_of(bodies[0], *PAGES[name].roles)

    assert client.get(address(name, bodies[0])).status_code == 405


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_guarded_against_scripts_and_caches(name, bodies):
    client = client_of(bodies[0], *Role)

    response = ask(client, name, address(name, bodies[0]))

    assert response.status_code < 500
    policy = response["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert response["X-Content-Type-Options"] == "nosniff"
    if PAGES[name].kind != "everybody":
        assert response["Cache-Control"] == "no-store, private"
