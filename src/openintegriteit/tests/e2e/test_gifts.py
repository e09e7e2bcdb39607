"""A gift on a phone without scripts, and the rule on gifts by keyboard alone."""

import pytest
from playwright.sync_api import expect

from openintegriteit.tests.browser import sign_in
from openintegriteit.tests.e2e.accessibility import NARROWEST, axe_violations, width_on_narrow_screen
from openintegriteit.tests.e2e.conftest import PHONE

pytestmark = pytest.mark.slow


def test_an_official_reads_the_rule_and_declares_on_a_phone_without_scripts(open_page, demonstration):
    phone = open_page(java_script_enabled=False, viewport=PHONE)
    sign_in(phone, demonstration.address, "medewerker")
    phone.goto(f"{demonstration.address}/werk/mijn-opgaven/")
    phone.get_by_role("link", name="Iets opgeven (geschenken, diensten en uitnodigingen)").click()
    expect(phone.get_by_text("Tot en met € 50 mag u een geschenk houden zonder toestemming.")).to_be_visible()
    phone.get_by_label("geschenk", exact=True).check()
    phone.get_by_label("Wat het is").fill("Boekenbon")
    phone.get_by_label("Organisatie of bedrijf dat het aanbiedt").fill("Drukkerij Ster")
    phone.get_by_label("Wat de gever met uw werk of ambt te maken heeft").fill("Niets.")
    phone.get_by_label("Waarde in euro’s").fill("1,250")
    phone.get_by_label("Wanneer het is aangeboden").fill("2026-01-12")
    phone.get_by_role("group", name="Waar u het kreeg of werd gevraagd").get_by_label("op het werk").check()
    phone.get_by_role("group", name="Wat ermee is gebeurd").get_by_label("aangenomen").check()
    phone.get_by_role("button", name="Opgeven").click()

    expect(phone.get_by_role("alert")).to_contain_text("Schrijf een bedrag in euro’s, bijvoorbeeld 12,50.")
    phone.get_by_label("Waarde in euro’s").fill("12,50")
    phone.get_by_role("button", name="Opgeven").click()

    expect(phone.get_by_role("heading", level=1)).to_have_text("Boekenbon, Drukkerij Ster")
    expect(phone.get_by_text("€ 12,50")).to_be_visible()
    expect(phone.get_by_text("wacht op besluit")).to_have_count(0)
    expect(phone.get_by_text("Dit klopt nog")).to_have_count(0)


def test_a_coordinator_records_a_coming_rule_by_keyboard_and_takes_it_away(page, demonstration):
    sign_in(page, demonstration.address, "integriteitscoördinator")
    page.goto(f"{demonstration.address}/werk/geschenken/")
    page.get_by_role("link", name="De regel voor geschenken").press("Enter")
    page.get_by_role("link", name="Nieuwe regel").press("Enter")
    problems = axe_violations(page)
    page.get_by_label("In werking vanaf").fill("2099-01-01")
    page.get_by_label("Tot welk bedrag mag iemand een geschenk houden?").focus()
    page.keyboard.type("25")
    page.get_by_role("button", name="Leg de regel vast").press("Enter")

    expect(page.get_by_text("Vanaf 1 januari 2099: tot en met € 25")).to_be_visible()
    expect(page.get_by_text("Tot en met € 50 mag u een geschenk houden zonder toestemming.")).to_be_visible()
    page.get_by_text("Weghalen", exact=True).press("Enter")
    page.set_viewport_size(PHONE)
    assert problems + axe_violations(page) == []
    assert width_on_narrow_screen(page) <= NARROWEST
    page.get_by_role("button", name="Ja, haal weg").press("Enter")
    expect(page.get_by_text("Vanaf 1 januari 2099")).to_have_count(0)


def test_a_clerk_follows_a_giver_to_its_gifts(page, demonstration):
    sign_in(page, demonstration.address, "griffier")
    page.goto(f"{demonstration.address}/werk/geschenken/")
    page.get_by_role("link", name="Totalen per gever").click()
    problems = axe_violations(page)
    page.get_by_role("link", name="Softwarehuis Delta").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("1 geschenk met deze filters")
    expect(page.get_by_role("link", name="Werkbezoek met diner in Lille, Softwarehuis Delta")).to_be_visible()
    page.set_viewport_size(PHONE)
    assert problems + axe_violations(page) == []
    assert width_on_narrow_screen(page) <= NARROWEST
