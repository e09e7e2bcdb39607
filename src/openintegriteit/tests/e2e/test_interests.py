"""An executive member changes a declared interest by keyboard, and reads that nothing of it becomes public."""

import pytest
from playwright.sync_api import expect

from openintegriteit.tests.browser import sign_in
from openintegriteit.tests.e2e.accessibility import NARROWEST, axe_violations, width_on_narrow_screen

pytestmark = pytest.mark.slow


def test_an_executive_member_changes_an_interest_by_keyboard(page, demonstration):
    sign_in(page, demonstration.address, "bestuurder")
    page.goto(f"{demonstration.address}/werk/mijn-opgaven/")
    page.get_by_role("link", name="adviesbureau", exact=False).first.press("Enter")
    page.get_by_role("link", name="Wijzig", exact=True).press("Enter")
    problems = axe_violations(page)
    page.get_by_label("Wat het is").fill("Een twintigste deel van een adviesbureau")
    page.get_by_role("button", name="Opgeven").press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Een twintigste deel van een adviesbureau")
    expect(page.get_by_text("openbare site")).to_have_count(0)
    assert problems + axe_violations(page) == []
    assert width_on_narrow_screen(page) <= NARROWEST
