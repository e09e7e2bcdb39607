"""The work of a coordinator with the keyboard alone: one always sees where one is, and nothing is in the way."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from openintegriteit.tests.installation import Server

pytestmark = pytest.mark.slow
MOST_PRESSES = 60
NOTE = "Het eerste gesprek was deze week."
# What is wrong with how the focus shows: it is on nothing, outside the window, under something else, or not drawn.
TROUBLE = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return "nowhere";
  const box = at.getBoundingClientRect();
  const style = getComputedStyle(at);
  const x = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2;
  const y = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
  const top = document.elementFromPoint(x, y);
  const drawn = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  if (!box.width || !box.height || x < 0 || y < 0 || x > innerWidth || y > innerHeight) return "out of sight";
  if (!top || !(at.contains(top) || top.contains(at))) return "covered";
  return drawn ? "" : "not drawn";
}"""


@pytest.fixture
def at_work(page: Page, demonstration: Server) -> Iterator[Page]:
    """The coordinator, signed in by the keyboard."""
    page.goto(f"{demonstration.address}/account/inloggen/")
    follow(page, page.get_by_role("button", name=re.compile(", integriteitscoördinator$")))
    expect(page).to_have_url(f"{demonstration.address}/werk/")
    yield page


def test_a_note_is_added_to_a_measure_found_with_a_filter(at_work):
    follow(at_work, at_work.get_by_role("navigation").get_by_role("link", name="Maatregelen"))
    skip_to_content(at_work)
    press_until_on(at_work, at_work.get_by_label("Zoek", exact=True))
    at_work.keyboard.type("beleidsplan")
    with at_work.expect_navigation():
        at_work.keyboard.press("Enter")
    expect(at_work.get_by_role("heading", level=1)).to_have_text("1 maatregel met deze filters")
    expect(at_work.get_by_label("Zoek", exact=True)).to_be_focused()
    follow(at_work, at_work.get_by_role("link", name="Stel een nieuw beleidsplan integriteit vast"))
    expect(at_work.get_by_role("heading", level=1)).to_have_text("Stel een nieuw beleidsplan integriteit vast")
    skip_to_content(at_work)
    press_until_on(at_work, at_work.get_by_label("Wat is er te vertellen?"))
    at_work.keyboard.type(NOTE)
    press_until_on(at_work, at_work.get_by_role("button", name="Voeg bericht toe"))
    at_work.keyboard.press("Space")
    expect(at_work.get_by_role("listitem").filter(has_text=NOTE)).to_be_visible()


def test_choosing_in_a_filter_keeps_ones_place(at_work):
    follow(at_work, at_work.get_by_role("navigation").get_by_role("link", name="Maatregelen"))
    skip_to_content(at_work)
    press_until_on(at_work, at_work.get_by_label("Stand"))

    with at_work.expect_navigation():
        at_work.keyboard.press("k")

    expect(at_work).to_have_url(re.compile("stand="))
    expect(at_work.get_by_label("Stand")).to_be_focused()
    assert at_work.get_by_label("Stand").evaluate("field => field.selectedOptions[0].text") == "klaar"
    assert at_work.evaluate(TROUBLE) == ""


def test_one_sees_where_one_is_all_along_a_page(at_work):
    for path in ("/werk/", "/werk/maatregelen/", "/werk/verslagen/2025/", "/werk/verslagen/2025/terugblik/?schrijf"):
        at_work.goto(at_work.url.partition("/werk/")[0] + path)
        places = sum(1 for _place in places_on_the_way(at_work))
        assert places > 10


def skip_to_content(page: Page) -> None:
    """The first press of Tab offers to pass by the menu."""
    press_until_on(page, page.get_by_role("link", name="Naar de inhoud"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def follow(page: Page, target: Locator) -> None:
    """Go to the page that the target leads to."""
    press_until_on(page, target)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def press_until_on(page: Page, target: Locator) -> None:
    """Press Tab until the focus is on the target; on the way one always sees where one is."""
    for _press in range(MOST_PRESSES):
        page.keyboard.press("Tab")
        assert page.evaluate(TROUBLE) == "", page.evaluate("document.activeElement.outerHTML")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab does not lead to {target}")


def places_on_the_way(page: Page) -> Iterator[str]:
    """What Tab leads to, one by one, from the beginning of the page to its end."""
    at = "document.activeElement"
    for _press in range(300):
        page.keyboard.press("Tab")
        if page.evaluate(f"{at} === document.body || Boolean({at}.dataset.visited)"):
            return
        assert page.evaluate(TROUBLE) == "", page.evaluate(f"{at}.outerHTML")
        yield page.evaluate(f"({at}.dataset.visited = 'yes', {at}.outerHTML)")
    raise AssertionError("Tab does not come to an end")
