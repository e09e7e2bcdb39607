"""Answering what the law asks, and a duty of one's own, with the keyboard alone."""

import pytest
from playwright.sync_api import expect

from openintegriteit.tests.browser import sign_in
from openintegriteit.tests.e2e.accessibility import axe_clean, fits_narrow_screens

pytestmark = pytest.mark.slow


def looks_right(page):
    axe_clean(page)
    fits_narrow_screens(page)


def test_a_coordinator_answers_a_duty_of_law_by_keyboard(page, demonstration):
    sign_in(page, demonstration.address, "integriteitscoördinator")
    page.goto(f"{demonstration.address}/werk/verplichtingen/?wet=ambtenarenwet-2017&stand=niet-beantwoord")
    looks_right(page)
    duty = page.get_by_role("rowheader").get_by_role("link").first
    asked = duty.inner_text()
    duty.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(asked)

    page.get_by_role("radio", name="voldaan", exact=True).press("Space")
    page.get_by_label("Toelichting").press_sequentially("Staat in de agenda van elk overleg.")
    page.get_by_label("Eigenaar").press_sequentially("Concerncontroller")
    page.get_by_role("button", name="Bewaar het antwoord").press("Enter")
    expect(page.get_by_role("status").filter(has_text="Het antwoord is vastgelegd.")).to_be_visible()
    looks_right(page)


def test_a_duty_of_ones_own_is_added_and_ended(page, demonstration):
    sign_in(page, demonstration.address, "integriteitscoördinator")
    page.goto(f"{demonstration.address}/werk/verplichtingen/")
    page.get_by_role("link", name="Voeg een verplichting toe").click()
    looks_right(page)
    page.get_by_label("Wet of bron").fill("Convenant regionale integriteit")
    page.get_by_label("Wie", exact=True).fill("de gemeente")
    page.get_by_label("Wat er wordt gevraagd").fill("Doet mee aan het regionale overleg.")
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_role("heading", level=1, name="Doet mee aan het regionale overleg.")).to_be_visible()
    looks_right(page)

    page.get_by_role("link", name="Wijzig de verplichting").click()
    looks_right(page)
    page.get_by_label("Geldt niet meer vanaf").fill("2026-01-01")
    page.get_by_role("button", name="Bewaar").click()
    page.goto(f"{demonstration.address}/werk/verplichtingen/?zoek=regionale+overleg")
    expect(page.get_by_role("rowheader")).to_have_count(0)
