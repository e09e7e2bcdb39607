"""The browser of the tests and the pictures: the system's own Chromium, which calls nobody but our server."""

import os
import shutil

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
