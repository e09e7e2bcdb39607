"""Everything works without JavaScript too, on a phone: scripts only make it kinder."""

import re
from io import BytesIO

import openpyxl
import pytest
from playwright.sync_api import Page, expect

from openintegriteit.tests.browser import sign_in
from openintegriteit.tests.e2e.conftest import PHONE

pytestmark = pytest.mark.slow
MINUTE = 60_000  # milliseconds


@pytest.fixture
def phone(open_page, demonstration) -> Page:
    """The coordinator's phone, on which scripts are switched off."""
    page: Page = open_page(java_script_enabled=False, viewport=PHONE)
    sign_in(page, demonstration.address, "integriteitscoördinator")
    return page


def test_a_measure_is_found_and_changed(phone):
    menu(phone, "Maatregelen")
    phone.get_by_label("Zoek", exact=True).fill("beleidsplan")
    phone.get_by_label("Stand").select_option("klaar")
    phone.get_by_role("button", name="Toon").click()
    expect(phone).to_have_url(re.compile("zoek=beleidsplan"))
    expect(phone.get_by_role("heading", level=1)).to_have_text("1 maatregel met deze filters")
    phone.get_by_role("main").get_by_role("link", name="Stel een nieuw beleidsplan integriteit vast").click()
    phone.get_by_role("main").get_by_role("link", name="Wijzig", exact=True).click()
    phone.get_by_label("Initiatief").fill("de gemeentesecretaris")
    phone.get_by_role("button", name="Bewaar", exact=True).click()

    expect(phone.get_by_role("definition").filter(has_text="de gemeentesecretaris")).to_be_visible()


def test_a_section_of_the_report_is_written(phone):
    menu(phone, "Jaarverslagen")
    phone.get_by_role("link", name="Open het verslag van 2025").click()
    phone.get_by_role("main").get_by_role("link", name="Tot slot").click()
    phone.get_by_role("link", name=re.compile("^(Wijzig de tekst|Schrijf uw eigen tekst)$")).click()
    phone.get_by_label("Tekst").fill("Wij danken iedereen die meedeed.")
    phone.get_by_role("button", name="Bewaar de tekst").click()

    expect(phone.get_by_role("article")).to_contain_text("Wij danken iedereen die meedeed.")


def test_the_report_comes_as_a_pdf_without_a_click_more(phone):
    menu(phone, "Jaarverslagen")
    phone.get_by_role("link", name="Open het verslag van 2025").click()

    with phone.expect_response(lambda answer: answer.status == 200 and "/pdf/" in answer.url, timeout=MINUTE) as found:
        phone.get_by_role("link", name="Bekijk als PDF").click()

    assert found.value.header_value("Content-Type") == "application/pdf"


def test_a_year_is_looked_at_and_read_in(phone):
    menu(phone, "Jaar inlezen")
    phone.get_by_label("Uw werkboek").set_input_files(
        {"name": "jaar.xlsx", "mimeType": "", "buffer": year_with_measure("Leg dilemma’s voor aan het team")}
    )
    phone.get_by_role("button", name="Laat zien wat er verandert").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Eén verandering in het jaar 2025")
    phone.get_by_text("Toon elke verandering").click()
    expect(phone.get_by_role("listitem").filter(has_text="Leg dilemma’s voor aan het team")).to_be_visible()
    phone.get_by_role("button", name="Bewaar dit alles").click()

    expect(phone.get_by_role("status").filter(has_text="Het jaar is ingelezen")).to_be_visible()
    menu(phone, "Maatregelen")
    phone.get_by_label("Zoek", exact=True).fill("dilemma’s voor aan")
    phone.get_by_role("button", name="Toon").click()
    expect(phone.get_by_role("link", name="Leg dilemma’s voor aan het team")).to_be_visible()


def test_who_cannot_make_a_passkey_comes_back_to_the_account(phone, demonstration):
    phone.goto(f"{demonstration.address}/account/passkeys/nieuw/")
    expect(phone.locator("noscript .utrecht-alert")).to_be_visible()  # a search by text passes noscript by
    expect(phone.get_by_role("button", name="Maak de passkey")).to_be_hidden()
    phone.get_by_role("link", name="Nu niet").click()

    expect(phone.get_by_role("heading", level=1)).to_have_text("Noor van Swinderen")


def menu(page: Page, name: str) -> None:
    """Unfold the menu and go to a page."""
    page.get_by_role("button", name="Menu", exact=True).click()
    page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name=name).click()


def year_with_measure(measure: str) -> bytes:
    """A workbook over the year that is there already, with one measure that is not."""
    workbook, content = openpyxl.Workbook(), BytesIO()
    workbook.active.title = "Organisatie"
    workbook["Organisatie"].append(["Naam", "Soort", "Jaar", "Peildatum"])
    workbook["Organisatie"].append(["Gemeente Voorbeeld", "gemeente", 2025, "2026-03-31"])
    workbook.create_sheet("Maatregelen").append(["Nummer", "Maatregel"])
    workbook["Maatregelen"].append([90, measure])
    workbook.save(content)
    return content.getvalue()
