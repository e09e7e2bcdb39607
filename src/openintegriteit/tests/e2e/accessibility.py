"""What must hold of every page for people who see, hear or move differently."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe()
NARROWEST = 320  # WCAG 2.2, 1.4.10 (reflow)


def axe_clean(page: Page) -> None:
    """Fail with what axe finds on the page: no violation at all is allowed."""
    results = AXE.run(page).response["violations"]
    found = [
        f"{violation['id']} ({violation['impact']}): {violation['help']}\n    "
        + "\n    ".join(node["html"][:200] for node in violation["nodes"])
        for violation in results
    ]
    assert not found, f"{page.url}\n" + "\n".join(found)


def fits_narrow_screens(page: Page) -> None:
    """Fail when the page has to be scrolled sideways at 320 pixels (400% zoom of a common screen)."""
    before = page.viewport_size
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    width = page.evaluate("document.documentElement.scrollWidth")
    if before:
        page.set_viewport_size(before)
    assert width <= NARROWEST, f"{page.url} is {width} pixels wide"
