"""A kill at any moment, or a full disk: a clear message where there is still somebody to give it, nothing half done.

The moments are fractions of how long the work takes here; what is asserted holds at every moment.
"""

import hashlib
import shutil
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from openintegriteit.tests.installation import Installation
from openintegriteit.tests.resilience.conftest import NEW_PEOPLE

pytestmark = pytest.mark.slow
MOMENTS = (0.4, 0.6, 0.75, 0.9)
SMALLER_THAN_THE_REPORT = 40_000


@pytest.fixture
def installation(example, tmp_path):
    return Installation(Path(shutil.copytree(example, tmp_path / "data")))


def people_in(installation):
    """How many people stand in a database that is whole."""
    with closing(sqlite3.connect(installation.folder / "openintegriteit.db")) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return connection.execute("SELECT count(*) FROM organisations_person").fetchone()[0]


def killed(installation, *arguments, after):
    """Start the command and kill it (SIGKILL) after so many seconds; whether it was still running."""
    process = installation.start(*arguments)
    time.sleep(after)
    still_running = process.poll() is None
    process.kill()
    process.communicate()
    return still_running


def test_an_import_that_is_killed_has_happened_or_not(installation, example, people_file, tmp_path):
    before = people_in(installation)
    started = time.monotonic()
    installation.run("import", "people", str(people_file))
    duration = time.monotonic() - started
    after = people_in(installation)
    assert after == before + NEW_PEOPLE

    for moment in MOMENTS:
        shutil.rmtree(installation.folder)
        shutil.copytree(example, installation.folder)
        killed(installation, "import", "people", str(people_file), after=duration * moment)

        assert people_in(installation) in {before, after}
        installation.run("event-log", "verify")
        installation.run("import", "people", str(people_file))
        assert people_in(installation) == after


def test_a_report_that_is_killed_leaves_no_half_file(installation, tmp_path):
    shutil.rmtree(installation.folder / "documents")
    output = tmp_path / "verslag.pdf"
    command = ("report", "annual", "--format", "pdf", "--output", str(output))
    started = time.monotonic()
    installation.run(*command)
    duration = time.monotonic() - started
    whole = hashlib.sha256(output.read_bytes()).hexdigest()

    for moment in MOMENTS:
        shutil.rmtree(installation.folder / "documents", ignore_errors=True)
        output.unlink(missing_ok=True)
        killed(installation, *command, after=duration * moment)

        written = [*(installation.folder / "documents").rglob("*.pdf"), *tmp_path.glob("verslag.pdf")]
        assert {hashlib.sha256(file.read_bytes()).hexdigest() for file in written} <= {whole}
        installation.run(*command)
        assert hashlib.sha256(output.read_bytes()).hexdigest() == whole


def test_an_import_on_a_full_disk_says_so_and_changes_nothing(installation, people_file):
    before = people_in(installation)
    room = max(file.stat().st_size for file in installation.folder.glob("openintegriteit.db*")) + 100_000

    process = installation.start("import", "people", str(people_file), largest_file=room)
    printed, _ = process.communicate()

    assert process.returncode == 1, printed
    assert "schijf" in printed
    assert "Traceback" not in printed
    assert people_in(installation) == before
    installation.run("event-log", "verify")


def test_a_report_on_a_full_disk_says_so_and_keeps_the_one_that_was_there(installation, tmp_path):
    output = tmp_path / "verslag.pdf"
    output.write_text("het vorige verslag")

    shutil.rmtree(installation.folder / "documents")
    process = installation.start(
        "report", "annual", "--format", "pdf", "--output", str(output), largest_file=SMALLER_THAN_THE_REPORT
    )
    printed, _ = process.communicate()

    assert process.returncode == 1, printed
    assert str(output) in printed
    assert "Traceback" not in printed
    assert output.read_text() == "het vorige verslag"
