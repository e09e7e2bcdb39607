"""An outside position on a phone without scripts, and the decision about one by keyboard alone."""

import pytest
from playwright.sync_api import expect

from openintegriteit.tests.browser import sign_in
from openintegriteit.tests.e2e.accessibility import NARROWEST, axe_violations, width_on_narrow_screen
from openintegriteit.tests.e2e.conftest import PHONE

pytestmark = pytest.mark.slow


def test_a_council_member_declares_on_a_phone_without_scripts(open_page, demonstration):
    phone = open_page(java_script_enabled=False, viewport=PHONE)
    sign_in(phone, demonstration.address, "volksvertegenwoordiger")
    phone.goto(f"{demonstration.address}/werk/mijn-opgaven/")
    phone.get_by_role("link", name="Iets opgeven (nevenfuncties)").click()
    phone.get_by_label("Wat u daar doet").fill("Voorzitter")
    phone.get_by_role("button", name="Bewaar en ga later verder").click()
    phone.get_by_role("link", name="Ga verder met nevenfuncties").click()
    phone.get_by_label("Organisatie of bedrijf").fill(" ")  # what the browser itself lets through
    phone.get_by_role("group", name="Betaald").get_by_label("nee").check()
    phone.get_by_role("button", name="Opgeven").click()

    expect(phone.get_by_role("alert")).to_contain_text("Verbeter één ding en verstuur opnieuw")
    expect(phone.get_by_label("Wat u daar doet")).to_have_value("Voorzitter")
    phone.get_by_label("Organisatie of bedrijf").fill("Muziekvereniging Crescendo")
    phone.get_by_role("button", name="Opgeven").click()

    expect(phone.get_by_role("heading", level=1)).to_have_text("Voorzitter, Muziekvereniging Crescendo")
    expect(phone.get_by_text("Gemeentewet, artikel 12")).to_be_visible()


def test_a_manager_decides_with_a_condition_by_keyboard(page, demonstration):
    sign_in(page, demonstration.address, "leidinggevende")
    page.goto(f"{demonstration.address}/werk/opgaven/beslissen/")
    page.get_by_role("link", name="Boekhouder, Eigen bedrijf").press("Enter")
    page.get_by_role("link", name="Beslissen", exact=True).press("Enter")
    problems = axe_violations(page)
    page.get_by_label("toegestaan", exact=True).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("Geen klanten die bij de gemeente een aanvraag hebben.")
    page.keyboard.press("Tab")
    page.keyboard.type("Zo raakt het uw werk niet.")
    page.get_by_role("button", name="Leg het besluit vast").press("Enter")

    expect(page.get_by_role("heading", name="Toegestaan onder voorwaarden")).to_be_visible()
    expect(page.get_by_text("Geen klanten die bij de gemeente een aanvraag hebben.")).to_be_visible()
    page.set_viewport_size(PHONE)
    assert problems + axe_violations(page) == []
    assert width_on_narrow_screen(page) <= NARROWEST


def test_an_official_changes_and_ends_what_was_declared(page, demonstration):
    sign_in(page, demonstration.address, "medewerker")
    page.goto(f"{demonstration.address}/werk/mijn-opgaven/")
    page.get_by_role("link", name="Verhuurder van een vakantiehuis").click()
    page.get_by_role("link", name="Wijzig", exact=True).click()
    problems = axe_violations(page)
    page.get_by_label("Uren per week").fill("4")
    expect(page.get_by_role("status").filter(has_text="Bewaard om")).to_be_visible(timeout=15_000)
    page.goto(f"{demonstration.address}/werk/mijn-opgaven/")
    problems += axe_violations(page)
    page.get_by_role("link", name="Ga verder met de wijziging").click()
    problems += axe_violations(page)
    expect(page.get_by_label("Uren per week")).to_have_value("4")
    page.get_by_role("button", name="Opgeven").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Verhuurder van een vakantiehuis, Eigen onderneming")
    page.get_by_role("link", name="Het stopt").click()
    page.set_viewport_size(PHONE)

    assert problems + axe_violations(page) == []
    assert width_on_narrow_screen(page) <= NARROWEST
