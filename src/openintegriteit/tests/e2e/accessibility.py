"""What must hold of every page for people who see, hear or move differently."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
NARROWEST = 320  # WCAG 2.2, 1.4.10 (reflow)


def axe_violations(page: Page) -> list[str]:
    """What axe finds on the page, each with the markup that it is about."""
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
