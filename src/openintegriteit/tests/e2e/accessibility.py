"""What must hold of every page for people who see, hear or move differently."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
NARROWEST = 320  # WCAG 2.2, 1.4.10 (reflow)
TABLET = {"width": 820, "height": 1180}
PAPER = {"width": 700, "height": 990}  # A4 without its margins
CUT_OFF = """() => [...document.querySelectorAll(".oi-table__scroll")]
    .filter((frame) => frame.checkVisibility() && frame.scrollWidth > frame.clientWidth + 1)
    .map((frame) => `${location} cuts off: ${frame.querySelector("caption")?.textContent.trim()}`)"""
ON_PAPER = """() => [...document.querySelectorAll("button, .utrecht-button, .oi-filter, .oi-nav, .oi-tabs")]
    .filter((control) => control.checkVisibility())
    .map((control) => `${location} shows on paper: ${control.outerHTML.slice(0, 200)}`)"""


def axe_violations(page: Page) -> list[str]:
    """What axe finds on the page once it is there, each with the markup that it is about."""
    page.wait_for_load_state()
    return [
        f"{page.url}: {violation['id']} ({violation['impact']}): {violation['help']}: {node['html'][:200]}"
        for violation in AXE.run(page).response["violations"]
        for node in violation["nodes"]
    ]


def axe_clean(page: Page) -> None:
    """Fail with what axe finds on the page: no violation at all is allowed."""
    assert axe_violations(page) == []


def width_on_narrow_screen(page: Page) -> int:
    """How wide the page is on a screen of 320 pixels (400% zoom of a common screen)."""
    before = page.viewport_size
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    width = int(page.evaluate("document.documentElement.scrollWidth"))
    if before:
        page.set_viewport_size(before)
    return width


def fits_narrow_screens(page: Page) -> None:
    """Fail when the page has to be scrolled sideways at 320 pixels."""
    assert width_on_narrow_screen(page) <= NARROWEST


def cut_off_on_a_tablet(page: Page) -> list[str]:
    """The tables that one has to move sideways on a tablet to see how things stand."""
    page.set_viewport_size(TABLET)
    found: list[str] = page.evaluate(CUT_OFF)
    return found


def out_of_place_on_paper(page: Page) -> list[str]:
    """What one can only do on a screen and is printed all the same, and what falls off the paper."""
    page.set_viewport_size(PAPER)
    page.emulate_media(media="print")
    found: list[str] = page.evaluate(ON_PAPER)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append(f"{page.url} is wider than the paper")
    page.emulate_media(media="screen")
    return found
