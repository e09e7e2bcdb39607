"""The year calendar in a browser: month by month with the keyboard or on a phone, and in one's own calendar program."""

import re

import pytest
from icalendar import Calendar
from playwright.sync_api import expect

from openintegriteit.tests.browser import sign_in
from openintegriteit.tests.e2e.conftest import PHONE
from openintegriteit.tests.e2e.test_every_page import problems_of

pytestmark = pytest.mark.slow
JUNE = "/werk/jaarkalender/?jaar=2026&weergave=maand&maand=6"


@pytest.fixture
def coordinator(open_page, demonstration):
    page = open_page()
    sign_in(page, demonstration.address, "integriteitscoördinator")
    return page


def test_everybody_can_use_the_grid_of_a_month(coordinator, demonstration):
    coordinator.goto(demonstration.address + JUNE)

    assert problems_of(coordinator) == []


def test_the_keyboard_goes_from_month_to_month_and_to_an_item(coordinator, demonstration):
    coordinator.goto(demonstration.address + JUNE)
    coordinator.get_by_role("link", name="Vorige maand: mei 2026").focus()
    coordinator.keyboard.press("Tab")
    coordinator.keyboard.press("Enter")
    expect(coordinator.get_by_role("heading", level=2, name="Juli 2026")).to_be_visible()

    coordinator.goto(demonstration.address + JUNE)
    coordinator.get_by_role("link", name="Volgende maand: juli 2026").focus()
    coordinator.keyboard.press("Tab")  # the table itself is no stop
    first = coordinator.get_by_role("table").get_by_role("link").first
    expect(first).to_be_focused()


def test_a_screen_reader_finds_each_item_under_its_day_and_week(coordinator, demonstration):
    coordinator.goto(demonstration.address + JUNE)
    grid = coordinator.get_by_role("table", name=re.compile("^Juni 2026"))

    expect(grid.get_by_role("columnheader")).to_have_text(
        ["Week", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"]
    )
    expect(grid.get_by_role("rowheader")).to_have_text(["Week 23", "Week 24", "Week 25", "Week 26", "Week 27"])
    expect(grid.get_by_role("cell").filter(has_text="Dinsdag 30 juni").get_by_role("listitem")).not_to_have_count(0)


def test_on_a_phone_without_scripts_the_month_is_a_list(open_page, demonstration):
    phone = open_page(java_script_enabled=False, viewport=PHONE)
    sign_in(phone, demonstration.address, "integriteitscoördinator")
    phone.goto(f"{demonstration.address}/werk/jaarkalender/?jaar=2026")
    phone.get_by_role("link", name="Maand", exact=True).click()
    phone.get_by_label("Maand", exact=True).select_option("juni")
    phone.get_by_role("button", name="Toon").click()

    expect(phone.get_by_text("Dinsdag 30 juni")).to_be_visible()
    expect(phone.get_by_text("Woensdag 10 juni")).to_be_hidden()


def test_a_secret_address_is_made_read_and_stopped(coordinator, open_page, demonstration):
    coordinator.goto(f"{demonstration.address}/werk/jaarkalender/agenda/")
    coordinator.get_by_role("button", name="Maak een adres").click()
    address = coordinator.get_by_label("Uw geheime adres").input_value()
    assert problems_of(coordinator) == []
    where = demonstration.address + address[address.index("/agenda/") :]

    read = open_page().request.get(where)
    assert read.status == 200
    assert Calendar.from_ical(read.body()).walk("VEVENT")

    coordinator.locator("summary", has_text="Stop het adres").click()
    coordinator.get_by_role("button", name="Ja, stop het").click()
    expect(coordinator.get_by_role("heading", level=1)).to_have_text("Zet de jaarkalender in uw eigen agenda")
    assert open_page().request.get(where).status == 410
