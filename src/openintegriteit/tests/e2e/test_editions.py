"""The report from draft to the council in a real browser: kept while one writes, adopted, restated, sent."""

import re

import pytest
from playwright.sync_api import Page, expect

from openintegriteit.tests.browser import sign_in
from openintegriteit.tests.e2e.accessibility import axe_clean, fits_narrow_screens
from openintegriteit.tests.e2e.conftest import PHONE

pytestmark = pytest.mark.slow
REPORT = "/werk/verslagen/2025/"


def test_what_one_writes_is_kept_by_itself_and_the_button_still_saves(page, demonstration):
    sign_in(page, demonstration.address, "integriteitscoördinator")
    page.goto(f"{demonstration.address}{REPORT}tot-slot/?schrijf")
    text = page.get_by_label("Tekst")
    before = text.input_value()

    text.press("Control+End")
    text.press_sequentially(" Dit bewaart zichzelf.")
    expect(page.get_by_role("status").filter(has_text=re.compile(r"^Bewaard om \d\d:\d\d"))).to_be_visible(
        timeout=15_000
    )
    page.once("dialog", lambda dialog: pytest.fail(f"asked: {dialog.message}"))
    page.reload()
    expect(text).to_have_value(f"{before} Dit bewaart zichzelf.")

    text.fill(before)
    page.get_by_role("button", name="Bewaar de tekst").click()
    expect(page.get_by_role("status").filter(has_text="bewaard")).to_be_visible()


def test_the_secretary_reviews_and_the_council_gets_what_was_adopted(open_page, demonstration):
    page = open_page(viewport=PHONE)
    sign_in(page, demonstration.address, "secretaris")
    page.goto(demonstration.address + REPORT)
    record(page, "Nagekeken")
    record(page, "Vastgesteld door het college")
    expect(page.get_by_role("heading", level=1, name="Dit verslag is vastgesteld")).to_be_visible()
    record(page, "Verstuurd aan de raad")
    page.get_by_role("link", name=re.compile("^Uitgave 1, vastgesteld op")).click()
    looks_right(page)
    expect(page.get_by_role("heading", level=1, name="Jaarverslag 2025, uitgave 1")).to_be_visible()

    author = open_page()
    sign_in(author, demonstration.address, "integriteitscoördinator")
    author.goto(f"{demonstration.address}{REPORT}visie/?schrijf")
    expect(author.get_by_label("Tekst")).to_have_count(0)
    looks_right(author)
    author.goto(demonstration.address + REPORT)
    author.get_by_role("link", name="Begin een herziening").click()
    author.get_by_label("De reden").fill("Een cijfer was dubbel geteld.")
    looks_right(author)
    author.get_by_role("button", name="Bewaar").click()
    expect(author.get_by_text("Dit verslag wordt herzien: Een cijfer was dubbel geteld.")).to_be_visible()
    looks_right(author)


def record(page: Page, step: str) -> None:
    """Record a step with today as its day."""
    looks_right(page)
    page.get_by_role("link", name=re.compile(f"^Leg dit vast.*{step}")).click()
    looks_right(page)
    page.get_by_role("button", name="Leg dit vast").click()
    expect(page.get_by_role("status").filter(has_text="Vastgelegd.")).to_be_visible()


def looks_right(page: Page) -> None:
    """What must hold of every page."""
    axe_clean(page)
    fits_narrow_screens(page)
