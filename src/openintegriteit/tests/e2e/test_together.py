"""Two people at once, and one person twice: nothing is lost, and nothing is there twice."""

import pytest
from playwright.sync_api import Locator, Page, expect

from openintegriteit.tests.browser import sign_in
from openintegriteit.tests.e2e.accessibility import axe_clean, fits_narrow_screens

pytestmark = pytest.mark.slow


@pytest.fixture
def colleagues(open_page, demonstration) -> tuple[Page, Page]:
    """Two browsers of people who may change measures."""
    pages = open_page(), open_page()
    for page in pages:
        sign_in(page, demonstration.address, "integriteitscoördinator")
    return pages


def test_two_people_change_one_measure_at_once(colleagues, demonstration):
    first, second = colleagues
    first.goto(f"{demonstration.address}/werk/maatregelen/?zoek=gedragscode")
    first.get_by_role("main").get_by_role("rowheader").first.get_by_role("link").click()
    address = first.url
    for page in colleagues:
        page.goto(f"{address}wijzigen/")
    first.get_by_label("Omschrijving").fill("Wat de een schreef.")
    first.get_by_role("button", name="Bewaar", exact=True).click()
    expect(paragraph(first, "Wat de een schreef.")).to_be_visible()
    second.get_by_label("Omschrijving").fill("Wat de ander schreef.")
    second.get_by_label("Eigenaar").fill("De ander")
    second.get_by_role("button", name="Bewaar", exact=True).click()

    compared = second.get_by_role("table", name="Wat verschilt").get_by_role("row")
    expect(compared.filter(has_text="Omschrijving")).to_contain_text("Wat de een schreef.")
    expect(compared.filter(has_text="Omschrijving")).to_contain_text("Wat de ander schreef.")
    expect(second.get_by_label("Omschrijving")).to_have_value("Wat de ander schreef.")
    axe_clean(second)
    fits_narrow_screens(second)
    first.reload()
    expect(paragraph(first, "Wat de een schreef.")).to_be_visible()

    second.get_by_label("Omschrijving").fill("Wat de een schreef. Wat de ander schreef.")
    second.get_by_role("button", name="Bewaar mijn tekst toch").click()
    expect(second).to_have_url(address)
    expect(paragraph(second, "Wat de een schreef. Wat de ander schreef.")).to_be_visible()
    expect(second.get_by_role("definition").filter(has_text="De ander")).to_be_visible()


def paragraph(page: Page, text: str) -> Locator:
    """The paragraph with this text."""
    return page.get_by_role("paragraph").filter(has_text=text)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_double_click_makes_one_measure(open_page, demonstration, scripts):
    page = open_page(java_script_enabled=scripts)
    sign_in(page, demonstration.address, "integriteitscoördinator")
    title = f"Bespreek het cadeaubeleid {'met' if scripts else 'zonder'} het team"
    page.goto(f"{demonstration.address}/werk/maatregelen/nieuw/")
    page.get_by_label("Maatregel", exact=True).fill(title)
    page.get_by_role("button", name="Bewaar", exact=True).dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)

    page.goto(f"{demonstration.address}/werk/maatregelen/?zoek={title}")

    expect(page.get_by_role("rowheader")).to_have_count(1)
