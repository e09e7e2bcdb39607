"""Setting up an empty installation: once, with the code from the console, all or nothing."""

import pytest
from django.db import transaction
from django.test import Client

from openintegriteit.core.roles import Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.queries import verify_chain
from openintegriteit.identity.models import RoleGrant, SetupCode, User
from openintegriteit.identity.operations import FirstAdministrator, new_setup_code, set_up, setup_code_hash
from openintegriteit.identity.refusal import Refused
from openintegriteit.organisations.models import Organisation

pytestmark = [pytest.mark.django_db, pytest.mark.database]
BODY = {"name": "Gemeente Nieuw", "kind": "municipality", "host": ""}
PERSON = {
    "name": "Eerste Beheerder",
    "email": "Eerste@Nieuw.example",
    "password": "een heel lang wachtwoord",
    "password_again": "een heel lang wachtwoord",
}


def walk(client, code, colour="#0b5d63"):
    """All steps but the last."""
    client.post("/inrichten/", {"code": code})
    client.post("/inrichten/organisatie/", BODY)
    client.post("/inrichten/huisstijl/", {"colour": colour})


def arguments(code):
    first = FirstAdministrator("Eerste", "eerste@nieuw.example", "een heel lang wachtwoord")
    body = {"name": "Gemeente Nieuw", "kind": "municipality", "host": None, "colour": "#0b5d63"}
    return {"code_hash": setup_code_hash(code), "first": first, **body}


def test_an_empty_installation_leads_every_visitor_to_its_set_up(client):
    for address in ("/", "/werk/", "/account/inloggen/"):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (302, "/inrichten/")


def test_the_steps_make_a_body_and_its_first_administrator_and_go_on_to_the_second_factor(client):
    # given
    code = new_setup_code()
    # when: typed in small letters, with spaces
    assert client.post("/inrichten/", {"code": code.lower().replace("-", " ")})["Location"] == "/inrichten/organisatie/"
    assert client.post("/inrichten/organisatie/", BODY)["Location"] == "/inrichten/huisstijl/"
    assert client.post("/inrichten/huisstijl/", {"colour": "#7A1F5C"})["Location"] == "/inrichten/beheerder/"
    before = client.session.session_key
    assert client.post("/inrichten/beheerder/", PERSON)["Location"] == "/werk/"
    # then
    body = Organisation.objects.get()
    assert (body.name, body.kind, body.host, body.primary_colour) == ("Gemeente Nieuw", "municipality", None, "#7a1f5c")
    assert client.session.session_key != before
    assert "setup" not in client.session
    assert client.get("/werk/account/")["Location"] == "/account/tweede-factor/app/"
    assert client.get("/account/tweede-factor/app/").status_code == 200
    with organisation_scope(body.pk):
        grant = RoleGrant.objects.in_force().get()
        assert (grant.role, grant.user.email) == (Role.FUNCTIONAL_ADMINISTRATOR, "eerste@nieuw.example")
        assert verify_chain(body.pk).first_bad is None
        assert verify_chain(body.pk).entries == 2
    assert User.objects.get().check_password(PERSON["password"])


def test_no_password_waits_in_the_session(client):
    walk(client, new_setup_code())
    client.post("/inrichten/beheerder/", PERSON | {"password_again": "iets anders dan dat"})
    assert PERSON["password"] not in str(dict(client.session))


@pytest.mark.parametrize("step", ["organisatie", "huisstijl", "beheerder"])
def test_no_step_opens_without_the_code(client, step):
    new_setup_code()
    for response in (client.get(f"/inrichten/{step}/"), client.post(f"/inrichten/{step}/", BODY | PERSON)):
        assert (response.status_code, response["Location"]) == (302, "/inrichten/")
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("typed", ["", "AAAAA-AAAAA-AAAAA-AAAAA", "' OR 1=1"])
def test_a_wrong_code_is_refused(client, typed):
    new_setup_code()
    assert client.post("/inrichten/", {"code": typed}).status_code == 422
    assert "setup" not in client.session


def test_a_new_code_replaces_the_one_before(client):
    old, new = new_setup_code(), new_setup_code()
    assert client.post("/inrichten/", {"code": old}).status_code == 422
    assert client.post("/inrichten/", {"code": new}).status_code == 302
    assert SetupCode.objects.count() == 1


def test_only_the_hash_of_a_code_is_kept():
    code = new_setup_code()
    assert SetupCode.objects.get().code_hash == setup_code_hash(code) != code
    assert len(code.replace("-", "")) == 20


def test_after_the_set_up_every_step_leads_away_and_there_are_no_more_codes(client):
    code = new_setup_code()
    walk(client, code)
    client.post("/inrichten/beheerder/", PERSON)
    # when somebody else tries, with the code and with the steps
    other = Client()
    for address in ("/inrichten/", "/inrichten/organisatie/", "/inrichten/huisstijl/", "/inrichten/beheerder/"):
        response = other.post(address, {"code": code} | BODY | PERSON)
        assert (response.status_code, response["Location"]) == (302, "/werk/")
    with pytest.raises(Refused):
        new_setup_code()
    assert (Organisation.objects.count(), User.objects.count()) == (1, 1)


def test_sending_the_last_step_twice_makes_one_body(client):
    code = new_setup_code()
    walk(client, code)
    twin = Client()
    twin.cookies = client.cookies.copy()
    answers = [one.post("/inrichten/beheerder/", PERSON).status_code for one in (client, twin)]
    assert answers == [302, 302]
    assert (Organisation.objects.count(), User.objects.count()) == (1, 1)


def test_whoever_loses_the_race_changes_nothing():
    # given two who both saw an empty installation and an unused code
    code = new_setup_code()
    set_up(**arguments(code))
    # when the second goes on
    with pytest.raises(Refused), transaction.atomic():
        set_up(**arguments(code))
    # then
    assert (Organisation.objects.count(), User.objects.count()) == (1, 1)


def test_a_code_does_not_work_beside_a_body(organisation):
    SetupCode.objects.create(code_hash=setup_code_hash("X"))
    with pytest.raises(Refused):
        set_up(**arguments("X"))
    assert SetupCode.objects.get().used_at is None
    assert Organisation.objects.get() == organisation


@pytest.mark.parametrize(
    ("address", "typed"),
    [
        ("organisatie", {"name": "", "kind": "municipality"}),
        ("organisatie", {"name": "X", "kind": "empire"}),
        ("organisatie", BODY | {"host": "https://voorbeeld.example/pad"}),
        ("huisstijl", {"colour": "petrol"}),
        ("huisstijl", {"colour": "#0b5d6"}),
        ("beheerder", PERSON | {"email": "geen adres"}),
        ("beheerder", PERSON | {"password": "kort", "password_again": "kort"}),
    ],
)
def test_what_cannot_be_is_shown_again(client, address, typed):
    walk(client, new_setup_code())
    assert client.post(f"/inrichten/{address}/", typed).status_code == 422
    assert not Organisation.objects.exists()


def test_the_colour_is_shown_before_it_is_kept(client):
    walk(client, new_setup_code())
    page = client.post("/inrichten/huisstijl/", {"colour": "#7a1f5c", "preview": "1"}).content.decode()
    assert "/inrichten/huisstijl.css?kleur=7a1f5c" in page
    assert client.session["setup"]["colour"] == "#0b5d63"
    assert "--oi-brand" in client.get("/inrichten/huisstijl.css?kleur=7a1f5c").content.decode()
