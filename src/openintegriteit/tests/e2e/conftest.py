"""A real server and a real browser, which reaches nothing but that server."""

import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Route, sync_playwright

from openintegriteit.tests.browser import chromium, flags
from openintegriteit.tests.installation import Installation, Server
from openintegriteit.tests.tables import with_tables
from openintegriteit.tests.tls import https_in_front_of

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
DUTCH = {
    "viewport": WIDE,
    "locale": "nl-NL",
    "timezone_id": "Europe/Amsterdam",
    "reduced_motion": "reduce",  # colours are judged when they have arrived
    "ignore_https_errors": True,
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if item.path.parent.name == "e2e":
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="package")  # two of these cannot be open at once, and tests elsewhere open their own
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=flags())
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def demonstration(example_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The example municipality, as `make run` serves it. Tests add to its records."""
    folder = tmp_path_factory.mktemp("demonstration") / "data"
    with Installation(Path(shutil.copytree(example_folder, folder))).serving() as server:
        yield server


@pytest.fixture
def empty_server(tmp_path: Path) -> Iterator[Server]:
    """An installation in which nobody has done anything yet."""
    with Installation(with_tables(tmp_path)).serving() as server:
        yield server


@pytest.fixture
def protected_server(tmp_path: Path) -> Iterator[Server]:
    """An empty installation as it is meant to be used: no example, behind a web server that speaks https."""
    settings = {"DEMO": "", "SECRET_KEY": secrets.token_urlsafe(64), "HOSTS": "localhost", "BEHIND_PROXY": "1"}
    variables = {f"OPENINTEGRITEIT_{name}": value for name, value in settings.items()}
    installation = Installation(with_tables(tmp_path), variables)
    with installation.serving() as server, https_in_front_of(server.address, tmp_path) as address:
        yield replace(server, address=address)


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page in a fresh browser, with options of playwright's `new_context`.

    The test fails on errors in any of these pages, and on requests to other hosts than our own server.
    """
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def own_host_only(route: Route) -> None:
        asked = urlsplit(route.request.url)
        if asked.scheme in {"http", "https"} and asked.hostname != "localhost":
            problems.append(f"asked for {route.request.url}")
            route.abort()
        else:
            route.continue_()

    def listen(message: ConsoleMessage) -> None:
        # A refusal (403, 404, 409, 422) that a test asks for is written to the console by Chromium itself.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            problems.append(message.text)

    def open_one(**options: Any) -> Page:
        context = browser.new_context(**DUTCH | options)
        contexts.append(context)
        context.route("**/*", own_host_only)
        page = context.new_page()
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("console", listen)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A page in a fresh browser on a common screen."""
    return open_page()
