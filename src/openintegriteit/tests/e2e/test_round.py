"""Somebody without an account says on a phone that what they declared is right, by the link in the mail."""

import pytest
from playwright.sync_api import expect

from openintegriteit.tests.browser import sign_in
from openintegriteit.tests.e2e.conftest import PHONE
from openintegriteit.tests.e2e.test_campaign import looks_right, send_what_waits
from openintegriteit.tests.e2e.test_first_year import link_in_mail

pytestmark = pytest.mark.slow
OFFICIAL = "geertje.postmus@voorbeeld.example"


def test_a_declaration_is_added_and_all_is_confirmed_on_a_phone(open_page, demonstration):
    send_what_waits(demonstration)
    mailed = link_in_mail(demonstration.log.parent / "mail", OFFICIAL, r"http://\S+/opgave/")
    phone = open_page(viewport=PHONE)
    phone.goto(f"{demonstration.address}/{mailed.split('/', 3)[3]}")
    looks_right(phone)

    phone.get_by_role("link", name="Iets opgeven (nevenfuncties)").click()
    phone.get_by_label("Wat u daar doet").fill("Penningmeester")
    phone.get_by_label("Organisatie of bedrijf").fill(" ")  # what the browser itself lets through
    phone.get_by_role("group", name="Betaald").get_by_label("nee").check()
    phone.get_by_label("Hoe het uw werk raakt").fill("Nee.")
    phone.get_by_role("button", name="Opgeven").click()
    expect(phone.get_by_role("alert").first).to_be_visible()
    looks_right(phone)
    phone.get_by_label("Organisatie of bedrijf").fill("Stichting De Brug")
    phone.get_by_role("button", name="Opgeven").click()
    expect(phone.get_by_text("Penningmeester, Stichting De Brug").first).to_be_visible()
    looks_right(phone)
    phone.get_by_role("button", name="Dit klopt en dit is alles").press("Enter")

    expect(phone.get_by_role("heading", level=1, name="Dank u, uw antwoord is vastgelegd")).to_be_visible()
    looks_right(phone)


def test_the_coordinator_asks_one_department_to_declare(open_page, demonstration):
    desk = open_page()
    sign_in(desk, demonstration.address, "integriteitscoördinator")
    desk.goto(f"{demonstration.address}/werk/campagnes/")
    desk.get_by_role("link", name="Om opgaven vragen").click()
    looks_right(desk)
    desk.get_by_label("Titel").fill("Opgaven van de griffie")
    desk.get_by_label("Griffie", exact=True).check()
    desk.get_by_role("button", name="Bewaar en bekijk wie het krijgt").click()
    expect(desk.get_by_role("heading", level=1, name="Opgaven van de griffie")).to_be_visible()
    looks_right(desk)
    desk.get_by_role("link", name="Wijzig", exact=True).click()
    looks_right(desk)
