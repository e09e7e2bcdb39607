"""A whole year of a coordinator, from January to the questions of the council, through nothing but the screens."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from openintegriteit.tests.browser import sign_in
from openintegriteit.tests.e2e.accessibility import axe_clean, fits_narrow_screens
from openintegriteit.tests.installation import Installation, Server

pytestmark = pytest.mark.slow
YEAR = 2024  # over, and a year of which the example has no report
FINDING = "De afspraken over geschenken zijn niet bij iedereen bekend."
MEASURE = "Leg de afspraken over geschenken uit in elk team"
ACTIVITY = "Gesprek over geschenken in het team Vergunningen"
QUESTION = "Hoeveel teams spraken over geschenken?"
PROMISE = "Vertel de raad in juni hoeveel teams over geschenken spraken"


@pytest.fixture
def server(example_body: Installation) -> Iterator[Server]:
    """The example municipality in an installation of its own: the year that passes here is nobody else's."""
    with example_body.serving() as serving:
        yield serving


def test_a_year_from_january_to_the_questions_of_the_council(page, open_page, server):
    sign_in(page, server.address, "integriteitscoördinator")
    january_a_code_comes_into_force(page, server)
    february_a_finding_and_the_measure_that_answers_it(page, server)
    march_an_activity_is_planned_and_held(page, server)
    april_somebody_asks_advice(page, server)
    december_the_measure_is_done_and_proven(page, server)
    january_the_report_is_written(page, server)
    secretary = open_page()
    sign_in(secretary, server.address, "secretaris")
    february_it_is_reviewed_adopted_and_sent(secretary, server)
    march_the_council_asks_and_gets_its_answers(page, server)
    the_promise_stands_in_the_plan(page, server)


def january_a_code_comes_into_force(page: Page, server: Server) -> None:
    go(page, server, "regelingen/nieuw/")
    fill(page, {"Titel": "Regeling geschenken", "Soort": "regeling", "Voor wie": "ambtenaren"})
    send(page, "Bewaar")
    page.get_by_role("link", name="Nieuwe versie").first.click()
    fill(
        page,
        {"Vastgesteld door": "het college", "Vastgesteld op": f"{YEAR}-01-13", "In werking vanaf": f"{YEAR}-02-01"},
    )
    send(page, "Bewaar")
    expect(page.get_by_text("1 februari 2024").first).to_be_visible()


def february_a_finding_and_the_measure_that_answers_it(page: Page, server: Server) -> None:
    go(page, server, "bevindingen/nieuw/")
    fill(page, {"Bevinding": FINDING, "Soort": "interne audit", "Overgenomen": "ja"})
    send(page, "Bewaar")
    go(page, server, f"bevindingen/?zoek={FINDING}")
    finding = page.get_by_role("row").filter(has_text=FINDING).get_by_role("cell").first.inner_text().strip()
    go(page, server, "maatregelen/nieuw/")
    fill(page, {"Maatregel": MEASURE, "Antwoord op bevinding": finding, "Eigenaar": "team Integriteit"})
    fill(page, {"Einddatum": f"{YEAR}-12-15"})
    send(page, "Bewaar")
    expect(page.get_by_role("link", name=re.compile(re.escape(FINDING[:40])))).to_be_visible()


def march_an_activity_is_planned_and_held(page: Page, server: Server) -> None:
    go(page, server, "activiteiten/nieuw/")
    fill(page, {"Activiteit": ACTIVITY, "Thema": "Geschenken", "Soort": "teamgesprek", "Datum": f"{YEAR}-03-10"})
    fill(page, {"Jaar van het verslag": str(YEAR), "Stand": "gepland"})
    send(page, "Bewaar")
    page.get_by_role("button", name="Zij is gehouden").click()
    expect(page.get_by_text("gehouden").first).to_be_visible()


def april_somebody_asks_advice(page: Page, server: Server) -> None:
    go(page, server, "adviezen/nieuw/")
    fill(page, {"Datum": f"{YEAR}-04-07", "Vraag in het algemeen": "Mag een team een taart van een bedrijf aannemen?"})
    fill(page, {"Advies in het kort": "Bedanken en delen met iedereen; niet als er een besluit loopt."})
    for label in ("Thema", "Gevraagd of ongevraagd", "Functie die het vroeg of kreeg"):
        page.get_by_label(label).select_option(index=1)
    send(page, "Bewaar")


def december_the_measure_is_done_and_proven(page: Page, server: Server) -> None:
    open_measure(page, server, MEASURE)
    fill(page, {"Stand": "klaar", "Klaar op": f"{YEAR}-11-20"})
    send(page, "Bewaar de stand")
    page.get_by_role("link", name="Voeg bewijs toe").click()
    fill(page, {"Wat het is": "Verslagen van de teamgesprekken", "Waar het ligt": "Zaaksysteem, map 12"})
    send(page, "Voeg bewijs toe")
    expect(page.get_by_text("Verslagen van de teamgesprekken")).to_be_visible()


def january_the_report_is_written(page: Page, server: Server) -> None:
    go(page, server, "verslagen/nieuw/")
    fill(page, {"Jaar": str(YEAR), "Peildatum": f"{YEAR + 1}-01-31"})
    send(page, "Begin het verslag")
    page.get_by_role("link", name=re.compile("Terugblik op 2024")).first.click()
    expect(page.get_by_text(ACTIVITY).first).to_be_visible()
    looks_right(page)
    go(page, server, f"verslagen/{YEAR}/tot-slot/?schrijf")
    fill(page, {"Tekst": "Het gesprek over geschenken gaat volgend jaar door."})
    send(page, "Bewaar de tekst")


def february_it_is_reviewed_adopted_and_sent(page: Page, server: Server) -> None:
    for step in ("Nagekeken", "Vastgesteld door het college", "Verstuurd aan de raad"):
        go(page, server, f"verslagen/{YEAR}/")
        page.get_by_role("link", name=re.compile(f"^Leg dit vast.*{step}")).click()
        send(page, "Leg dit vast")
    go(page, server, f"verslagen/{YEAR}/uitgaven/1/")
    with page.expect_download(timeout=60_000) as adopted:
        page.get_by_role("link", name="HTML", exact=True).click()
    report = Path(adopted.value.path()).read_text()
    assert "Het gesprek over geschenken gaat volgend jaar door." in report
    assert ACTIVITY in report


def march_the_council_asks_and_gets_its_answers(page: Page, server: Server) -> None:
    go(page, server, f"vragen/{YEAR}/nieuw/")
    fill(page, {"Vraag": QUESTION, "Antwoord": "Vier teams. Wij vertellen u in juni hoe het verder ging."})
    send(page, "Bewaar")
    page.get_by_role("link", name="Maak een maatregel").first.click()
    fill(page, {"Maatregel": PROMISE, "Einddatum": "2025-06-30"})
    send(page, "Bewaar")
    for step in ("opgesteld", "vastgesteld", "verstuurd"):
        go(page, server, f"vragen/{YEAR}/")
        page.get_by_role("link", name=re.compile(f"^Leg dit vast.*{step}")).click()
        send(page, re.compile("^(Leg dit vast|Bewaar)$"))


def the_promise_stands_in_the_plan(page: Page, server: Server) -> None:
    open_measure(page, server, PROMISE)
    page.get_by_role("link", name=QUESTION).click()
    expect(page.get_by_role("heading", name=QUESTION)).to_be_visible()
    go(page, server, "jaarkalender/?jaar=2025")
    expect(page.get_by_text(PROMISE).first).to_be_visible()


def open_measure(page: Page, server: Server, title: str) -> None:
    """Find the measure in the list and open it."""
    go(page, server, f"maatregelen/?zoek={title}")
    page.get_by_role("rowheader").get_by_role("link", name=title).click()


def go(page: Page, server: Server, address: str) -> None:
    """Open a page of those who are signed in."""
    page.goto(f"{server.address}/werk/{address}")


def fill(page: Page, values: dict[str, str]) -> None:
    """Fill in fields by the words beside them; choices by their words."""
    for label, value in values.items():
        field = page.get_by_role("main").get_by_label(re.compile(rf"^{re.escape(label)}(\s*\(niet verplicht\))?\s*$"))
        field.wait_for(state="attached")  # of the page that a link led to
        if not field.is_visible():
            field.locator("xpath=ancestor::details/summary").click()
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=value)
        else:
            field.fill(value)


def send(page: Page, button: str | re.Pattern[str]) -> None:
    """Press the button of a form that is right, on a page that is as it must be."""
    looks_right(page)
    page.get_by_role("main").get_by_role("button", name=button).first.click()
    expect(page.get_by_role("alert")).to_have_text([])


def looks_right(page: Page) -> None:
    """What must hold of every page."""
    axe_clean(page)
    fits_narrow_screens(page)
