"""A real server and a real browser, which reaches nothing but that server."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from openintegriteit.tests.browser import chromium, flags
from openintegriteit.tests.installation import Installation, Server

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if item.path.parent.name == "e2e":
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=flags())
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The example municipality, as `make run` serves it; tests leave its records as they found them."""
    installation = Installation(tmp_path_factory.mktemp("demonstration"))
    installation.run("demo")
    with installation.serving() as server:
        yield server


@pytest.fixture
def empty_server(tmp_path) -> Iterator[Server]:  # type: ignore[no-untyped-def]
    """An installation in which nobody has done anything yet."""
    with Installation(tmp_path).serving() as server:
        yield server


@pytest.fixture
def foreign_requests() -> list[str]:
    """The addresses outside our own server that pages asked for; the fixture `page` fills it, and fails if any."""
    return []


@pytest.fixture
def page(browser: Browser, foreign_requests: list[str]) -> Iterator[Page]:
    """A page in a fresh browser; the test fails on errors in the page and on requests to other hosts."""
    context = browser.new_context(viewport=WIDE, locale="nl-NL", timezone_id="Europe/Amsterdam", accept_downloads=True)
    errors: list[str] = []

    def own_host_only(route: Route) -> None:
        if route.request.url.startswith(("http://localhost:", "data:", "blob:")):
            route.continue_()
        else:
            foreign_requests.append(route.request.url)
            route.abort()

    context.route("**/*", own_host_only)
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert foreign_requests == []
    # A refusal (403, 404, 409, 422) that a test asks for is written to the console by Chromium itself.
    assert [error for error in errors if not error.startswith("Failed to load resource")] == []
