"""The browser of the tests and the pictures: the system's own Chromium, which calls nobody but our server."""

import os
import shutil

from playwright.sync_api import Page

FLAGS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def chromium() -> str | None:
    """The path of Chromium or Chrome, if it is installed."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next((path for name in names if (path := shutil.which(name))), None)


def flags() -> list[str]:
    """The flags to start it with; as root it runs without its sandbox, or not at all."""
    return [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS


def sign_in(page: Page, server: str, role: str) -> None:
    """Choose a role, by its Dutch name, on the sign-in page of the demonstration."""
    page.goto(f"{server}/account/inloggen/")
    page.locator(f'button[aria-label$=", {role}"]').click()
    page.wait_for_url(f"{server}/werk/**")
