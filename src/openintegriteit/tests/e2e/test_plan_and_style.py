"""Pages that no link of the example leads to: the next version of a plan, a template of one's own, asking to read."""

import re
from pathlib import Path

import pypandoc
import pytest
from playwright.sync_api import Page, expect

from openintegriteit.tests.browser import sign_in
from openintegriteit.tests.e2e.accessibility import axe_clean, fits_narrow_screens

pytestmark = pytest.mark.slow


def looks_right(page: Page) -> None:
    """What must hold of every page."""
    axe_clean(page)
    fits_narrow_screens(page)


def test_the_next_version_of_the_policy_plan_is_written_beside_the_one_that_holds(page, demonstration):
    sign_in(page, demonstration.address, "integriteitscoördinator")
    page.goto(f"{demonstration.address}/werk/beleidsplannen/")
    page.get_by_role("rowheader").get_by_role("link").first.click()
    page.get_by_role("button", name="Begin de volgende versie").click()
    looks_right(page)

    page.get_by_role("link", name=re.compile("^Wijzig doel 1$")).click()
    looks_right(page)
    page.get_by_role("button", name="Bewaar").click()
    expect(page.get_by_text("Tot deze versie is vastgesteld, geldt een andere:")).to_be_visible()
    page.get_by_role("link", name="Leg de vaststelling vast").click()
    looks_right(page)


def test_a_template_is_tried_before_it_is_used(page, demonstration, tmp_path: Path):
    template = tmp_path / "sjabloon.docx"
    pypandoc.convert_text("# Kop", "docx", format="markdown", outputfile=str(template))
    sign_in(page, demonstration.address, "functioneel beheerder")
    page.goto(f"{demonstration.address}/werk/organisatie/huisstijl/sjabloon/nieuw/")
    page.locator("input[type=file]").set_input_files(template)
    page.get_by_role("button", name="Probeer het sjabloon").click()

    expect(page.get_by_role("button", name="Gebruik dit sjabloon")).to_be_visible()
    looks_right(page)


def test_people_are_asked_to_read_a_version(page, demonstration):
    sign_in(page, demonstration.address, "integriteitscoördinator")
    page.goto(f"{demonstration.address}/werk/regelingen/?zoek=gedragscode+medewerkers")
    page.get_by_role("rowheader").get_by_role("link").first.click()
    page.get_by_role("main").get_by_role("link", name=re.compile("^Versie")).first.click()
    page.get_by_role("link", name="Laat lezen").click()

    looks_right(page)
