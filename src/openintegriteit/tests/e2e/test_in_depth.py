"""Many measures at once, what proves one, and an answer that was sent: each page is judged as people use it."""

import re

import pytest
from playwright.sync_api import Page, expect

from openintegriteit.tests.browser import sign_in
from openintegriteit.tests.e2e.accessibility import axe_clean, fits_narrow_screens

pytestmark = pytest.mark.slow


@pytest.fixture
def desk(page, demonstration):
    """The coordinator at work."""
    sign_in(page, demonstration.address, "integriteitscoördinator")
    return page


def looks_right(page: Page) -> None:
    """What must hold of every page."""
    axe_clean(page)
    fits_narrow_screens(page)


def test_many_measures_change_at_once_after_a_look(desk, demonstration):
    desk.goto(f"{demonstration.address}/werk/maatregelen/")
    boxes = desk.get_by_role("checkbox", name=re.compile("^Kies maatregel"))
    for box in boxes.all()[:2]:
        box.press("Space")
    desk.get_by_role("button", name="Wijzig de aangevinkte maatregelen").press("Enter")
    looks_right(desk)
    desk.get_by_label("Prioriteit").select_option("hoog")
    desk.get_by_role("button", name="Bekijk wat er verandert").press("Enter")
    looks_right(desk)
    desk.get_by_role("button", name="Wijzig deze maatregelen").press("Enter")
    expect(desk.get_by_role("status").first).to_be_visible()
    looks_right(desk)


def test_what_proves_a_measure_is_added_and_withdrawn(desk, demonstration):
    desk.goto(f"{demonstration.address}/werk/maatregelen/")
    desk.get_by_role("rowheader").get_by_role("link").first.click()
    desk.get_by_role("link", name="Voeg bewijs toe").click()
    looks_right(desk)
    desk.get_by_label("Wat het is").fill("Verslag van het teamoverleg")
    desk.get_by_label("Waar het ligt").fill("Zaaksysteem, map 12")
    desk.get_by_role("button", name="Voeg bewijs toe").click()
    looks_right(desk)
    desk.get_by_role("link", name=re.compile("^Trek in")).click()
    looks_right(desk)


def test_the_answers_go_out_and_one_is_corrected_with_a_reason(desk, demonstration):
    questions = f"{demonstration.address}/werk/vragen/2025/"
    for step in ("opgesteld", "vastgesteld", "verstuurd"):
        desk.goto(questions)
        desk.get_by_role("link", name=re.compile(f"^Leg dit vast.*{step}")).click()
        looks_right(desk)
        desk.get_by_role("button", name=re.compile("^(Leg dit vast|Bewaar)$")).click()
    looks_right(desk)
    desk.get_by_role("link", name=re.compile("^Verbeter")).first.click()
    looks_right(desk)


def test_a_visit_does_not_end_under_the_hands_of_who_types(desk, demonstration):
    desk.clock.install()
    desk.goto(f"{demonstration.address}/werk/maatregelen/nieuw/")
    asked = []
    desk.on("request", lambda request: asked.append(request.url.endswith("/bezig/")))
    desk.get_by_label("Omschrijving").press_sequentially("Een ")
    desk.clock.fast_forward("06:00")
    with desk.expect_response("**/werk/account/bezig/") as answer:
        desk.get_by_label("Omschrijving").press_sequentially("lange tekst")
    assert answer.value.status == 204
    assert asked.count(True) == 1
