"""Each body has a sign-in service of its own: in its file, on its pages, and for nobody else."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from openintegriteit.core.roles import Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.identity.claims import add_claim_role, rules_of
from openintegriteit.identity.models import ClaimRole, RoleGrant, User
from openintegriteit.identity.providers import read_providers
from openintegriteit.identity.tests.provider_visits import ADMINISTRATOR, SIGN_IN, account, is_signed_in
from openintegriteit.identity.tests.running_provider import LEAVE, path_of

pytestmark = pytest.mark.django_db


# -- Two bodies


def test_what_the_service_of_one_body_opens_stays_closed_at_the_other(
    service, client, organisation, other_organisation, settings
):
    settings.OIDC_PROVIDERS = (service.of_body("testserver"),)
    user = account(organisation, "kees", Role.STAFF)
    with organisation_scope(other_organisation.pk):
        RoleGrant.objects.create(
            organisation=other_organisation, user=user, role=Role.STAFF, confirmed_at="2026-01-01T00:00Z"
        )
    service.knows("kees")
    service.sign_in(client, "kees")
    assert client.get("/werk/account/").status_code == 200
    there = {"host": "ander.example"}
    assert client.get("/werk/account/", headers=there)["Location"].startswith(SIGN_IN)
    assert client.get(LEAVE, headers=there).status_code == 404
    assert "Gemeentenet" not in client.get(SIGN_IN, headers=there).content.decode()


def test_an_answer_for_one_body_is_not_accepted_by_another_with_the_same_service(
    service, client, organisation, other_organisation, settings
):
    settings.OIDC_PROVIDERS = (service.of_body("testserver"), service.of_body("ander.example"))
    account(organisation, "lot", Role.STAFF)
    service.knows("lot")
    back = path_of(service.approve(client.get(LEAVE)["Location"], "lot"))
    assert client.get(back, headers={"host": "ander.example"}).status_code == 403
    assert not is_signed_in(client)


def test_each_body_has_its_own_service_and_its_own_groups(
    service, client, administrator, organisation, other_organisation, settings
):
    settings.OIDC_PROVIDERS = (service.of_body("testserver"), service.of_body("ander.example"))
    add_claim_role(actor=administrator, value="personeel", role=Role.STAFF)
    service.knows("moos", groups=["personeel"])
    service.sign_in(client, "moos")
    user = User.objects.get(email="moos@proef.example")
    there = service.sign_in(Client(), "moos", host="ander.example")
    assert there.status_code == 403
    with organisation_scope(other_organisation.pk):
        assert not RoleGrant.objects.filter(user=user).exists()


# -- The pages and the file


def test_the_page_maps_groups(client_as, service, organisation):
    client = client_as(ADMINISTRATOR)
    assert "Inloggen met Gemeentenet" in client.get("/werk/rollen/aanmelddienst/").content.decode()
    wrong = client.post("/werk/rollen/aanmelddienst/groepen/", {"value": "Beheer", "role": "handler"})
    assert wrong.status_code == 422
    assert "Beheer" in wrong.content.decode()
    for _twice in range(2):
        client.post("/werk/rollen/aanmelddienst/groepen/", {"value": "Beheer", "role": "coordinator"})
    mapped = ClaimRole.objects.get()
    client.post(f"/werk/rollen/aanmelddienst/groepen/{mapped.pk}/weg/")
    assert not ClaimRole.objects.exists()


def test_two_who_change_the_rules_at_once_see_each_other(client_as, organisation):
    client = client_as(ADMINISTRATOR)
    rules = rules_of(organisation.pk)
    typed = {"claim": "roles", "second_factor": "mfa", "version": rules.version}
    assert client.post("/werk/rollen/aanmelddienst/regels/", typed).status_code == 302
    again = client.post("/werk/rollen/aanmelddienst/regels/", typed | {"claim": "groepen"})
    assert again.status_code == 409
    assert "groepen" in again.content.decode()


GOOD = """
[[provider]]
host = "Een.example"
name = "Een"
issuer = "https://een.example"
client_id = "a"
client_secret = "b"
domains = ["@Een.example"]
"""


def test_the_file_names_a_service_for_each_body(tmp_path):
    file = tmp_path / "oidc.toml"
    file.write_text(GOOD + GOOD.replace("Een.example", "twee.example"))
    one, two = read_providers(str(file), allow_http=False)
    assert (one.host, one.domains, two.host) == ("een.example", ("een.example",), "twee.example")
    assert read_providers("", allow_http=False) == ()


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace("https://", "http://"),
        GOOD.replace('client_secret = "b"', ""),
        GOOD.replace('["@Een.example"]', "[]"),
        GOOD + 'secret = "x"',
        GOOD + GOOD,
        GOOD + GOOD.replace('host = "Een.example"', ""),
        "geen toml",
        None,
    ],
)
def test_a_file_that_is_not_right_stops_the_start(tmp_path, text):
    file = tmp_path / "oidc.toml"
    if text is not None:
        file.write_text(text)
    with pytest.raises(ImproperlyConfigured, match="OPENINTEGRITEIT_OIDC_FILE"):
        read_providers(str(file), allow_http=False)
