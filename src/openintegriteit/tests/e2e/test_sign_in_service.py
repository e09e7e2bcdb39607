"""Signing in with the body's account in a real browser, over https: a group gives a role, and its end takes it away."""

import secrets
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from openintegriteit.identity.tests.running_provider import DOMAIN, RunningProvider
from openintegriteit.tests.e2e.test_first_year import heading, press, set_up_the_installation
from openintegriteit.tests.installation import Installation, Server
from openintegriteit.tests.tables import with_tables
from openintegriteit.tests.tls import certificate, https_in_front_of

pytestmark = pytest.mark.slow


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningProvider]:
    """A sign-in service over https, whose certificate the product and the tests trust."""
    file = certificate(tmp_path / "service.pem")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(file))
    with RunningProvider(file).running() as provider:
        yield provider


@pytest.fixture
def server(tmp_path: Path, service: RunningProvider) -> Iterator[Server]:
    """An empty installation as it is meant to be used, whose body has that sign-in service."""
    said = {"name": "Gemeentenet", "issuer": service.issuer, "client_id": "oi", "client_secret": "geheim"}
    lines = ["[[provider]]", *(f'{key} = "{value}"' for key, value in said.items()), f'domains = ["{DOMAIN}"]']
    (tmp_path / "oidc.toml").write_text("\n".join(lines))
    settings = {"DEMO": "", "SECRET_KEY": secrets.token_urlsafe(64), "HOSTS": "localhost", "BEHIND_PROXY": "1"}
    settings["OIDC_FILE"] = str(tmp_path / "oidc.toml")
    variables = {f"OPENINTEGRITEIT_{name}": value for name, value in settings.items()}
    installation = Installation(with_tables(tmp_path), variables)
    with installation.serving() as server, https_in_front_of(server.address, tmp_path) as address:
        yield replace(server, address=address)


def test_a_group_opens_the_desk_and_who_leaves_it_comes_in_no_more(open_page, server, service):
    # given a body where a group of the service gives a role
    administrator = open_page()
    set_up_the_installation(administrator, server)
    administrator.goto(f"{server.address}/werk/rollen/aanmelddienst/")
    heading(administrator, "Inloggen met Gemeentenet")
    administrator.get_by_label("Groep of rol bij de aanmelddienst").fill("personeel")
    administrator.get_by_label("Rol hier").select_option(label="Medewerker")
    press(administrator, "Voeg deze groep toe")
    administrator.get_by_text("personeel", exact=True).wait_for()

    # when somebody of the group comes by the service
    service.knows("xena", groups=["personeel"])
    here, elsewhere = (plain_pages_of(service, open_page()) for _browser in range(2))
    sign_in_with_the_service(here, server, "xena")

    # then there is a desk, under that person's name
    expect(here).to_have_url(f"{server.address}/werk/")
    here.goto(f"{server.address}/werk/account/")
    heading(here, "Xena")

    # when the group is taken away there, and the service is asked again from elsewhere
    service.knows("xena", groups=[])
    sign_in_with_the_service(elsewhere, server, "xena")

    # then neither browser opens anything
    heading(elsewhere, "U hebt hier geen rol")
    here.reload()
    heading(here, "U hebt hier geen rol")

    # and somebody who was in no such group gets no account
    service.knows("mallory", groups=["gasten"])
    stranger = plain_pages_of(service, open_page())
    sign_in_with_the_service(stranger, server, "mallory")
    heading(stranger, "Inloggen is niet gelukt")
    stranger.goto(f"{server.address}/werk/")
    heading(stranger, "Meld u aan")


def sign_in_with_the_service(page: Page, server: Server, subject: str) -> None:
    """From our page to that of the service, and back."""
    page.goto(f"{server.address}/account/inloggen/")
    page.get_by_role("link", name="Log in met Gemeentenet").click()
    page.get_by_label("Subject").fill(subject)
    press(page, "Authorize")
    page.wait_for_url(f"{server.address}/**")


def plain_pages_of(service: RunningProvider, page: Page) -> Page:
    """The page, in which those of the service go without the style that they ask of a third party."""

    def leave_style_out(route: Route) -> None:
        asked = route.request
        if asked.resource_type == "stylesheet" and asked.frame.url.startswith(service.issuer):
            route.fulfill(content_type="text/css", body="")
        else:
            route.fallback()

    page.route("**/*", leave_style_out)
    return page
