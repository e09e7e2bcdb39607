"""A passkey in a real browser, with a device that the browser imitates: made, used to sign in, and removed."""

import pytest
from playwright.sync_api import Page

from openintegriteit.tests.e2e.test_first_year import heading, press, set_up_the_installation

pytestmark = pytest.mark.slow


def test_a_passkey_signs_in_without_a_password(page, protected_server):
    device = plug_in_a_device(page)
    set_up_the_installation(page, protected_server)
    page.goto(f"{protected_server.address}/werk/account/")
    heading(page, "Fatima Bakker")

    page.get_by_role("link", name="Maak een passkey").click()
    heading(page, "Maak een passkey")
    page.get_by_label("Hoe noemt u deze passkey?").fill("laptop van het werk")
    press(page, "Maak de passkey")
    heading(page, "Fatima Bakker")
    page.get_by_text("Passkey: laptop van het werk").wait_for()

    sign_out(page)
    press(page, "Meld u aan met een passkey")
    heading(page, "Er is nu niets te bevestigen")

    sign_out(page)
    take_the_keys_away(page, device)
    press(page, "Meld u aan met een passkey")
    page.get_by_role("alert").filter(has_text="Het apparaat gaf geen passkey").wait_for()
    page.get_by_label("E-mailadres").wait_for()


def plug_in_a_device(page: Page) -> tuple[object, str]:
    """A device of the browser's own that always finds the right finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
    }
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def take_the_keys_away(page: Page, device) -> None:
    session, identifier = device
    session.send("WebAuthn.clearCredentials", {"authenticatorId": identifier})
    session.send("WebAuthn.setUserVerified", {"authenticatorId": identifier, "isUserVerified": False})


def sign_out(page: Page) -> None:
    press(page, "Meld af")
    heading(page, "Meld u aan")
