"""Somebody changes a line of the event log in the database file; the auditor sees it, and the console names it."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import expect

from openintegriteit.tests.browser import sign_in
from openintegriteit.tests.e2e.accessibility import axe_clean, fits_narrow_screens
from openintegriteit.tests.installation import Installation, Server

pytestmark = pytest.mark.slow
NIGHT = """
import django
django.setup()
from openintegriteit.config.checkpoints import verify_all
verify_all()
"""


@pytest.fixture
def server(example_body: Installation) -> Iterator[Server]:
    """An example municipality whose event log is nobody else's."""
    with example_body.serving() as serving:
        yield serving


def test_the_auditor_sees_from_which_line_the_log_was_changed(page, server):
    installation = Installation(server.log.parent)
    assert "klopt niet" not in installation.run("event-log", "verify")
    sign_in(page, server.address, "interne auditor")
    check_as_at_night(installation)
    page.goto(f"{server.address}/werk/logboek/")
    expect(page.get_by_role("heading", level=1, name="Het logboek klopt", exact=True)).to_be_visible()

    line = change_a_line(server.log.parent)
    with pytest.raises(RuntimeError, match=rf"exit code 1\n[^$]*klopt niet: regel {line} is veranderd\."):
        installation.run("event-log", "verify")

    check_as_at_night(installation)
    page.goto(f"{server.address}/werk/logboek/")
    expect(page.get_by_role("heading", level=1, name=f"Het logboek klopt niet vanaf regel {line}")).to_be_visible()
    expect(page.get_by_text("Vraag de technisch beheerder")).to_be_visible()
    axe_clean(page)
    fits_narrow_screens(page)


def change_a_line(folder: Path) -> int:
    """Blame somebody else for the tenth line of a body, with the rights of whoever owns the file. Gives its number."""
    with closing(sqlite3.connect(folder / "openintegriteit.db")) as database, database:
        database.execute("DROP TRIGGER event_log_no_update")
        key, number = database.execute(
            "SELECT id, number FROM event_log_entry WHERE organisation_id IS NOT NULL AND number = 10"
        ).fetchone()
        database.execute("UPDATE event_log_entry SET actor_label = 'Iemand Anders' WHERE id = ?", [key])
    return int(number)


def check_as_at_night(installation: Installation) -> None:
    """What the worker does at half past two."""
    environment = installation.environment() | {"DJANGO_SETTINGS_MODULE": "openintegriteit.config.settings"}
    subprocess.run([sys.executable, "-c", NIGHT], env=environment, check=True)
