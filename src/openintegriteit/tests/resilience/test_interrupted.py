"""A kill at any moment, or a full disk: a clear message where there is still somebody to give it, nothing half done.

The moments are fractions of how long the work takes here; what is asserted holds at every moment.
"""

import hashlib
import shutil
import sqlite3
import time
from contextlib import closing

import pytest

from openintegriteit.tests.resilience.conftest import NEW_PEOPLE

pytestmark = pytest.mark.slow
MOMENTS = (0.4, 0.6, 0.75, 0.9)
SMALLER_THAN_THE_REPORT = 40_000


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


def test_an_import_that_is_killed_has_happened_or_not(example_body, example_folder, people_file):
    before = people_in(example_body)
    started = time.monotonic()
    example_body.run("import", "people", str(people_file))
    duration = time.monotonic() - started
    after = people_in(example_body)
    assert after == before + NEW_PEOPLE

    for moment in MOMENTS:
        shutil.rmtree(example_body.folder)
        shutil.copytree(example_folder, example_body.folder)
        killed(example_body, "import", "people", str(people_file), after=duration * moment)

        assert people_in(example_body) in {before, after}
        example_body.run("event-log", "verify")
        example_body.run("import", "people", str(people_file))
        assert people_in(example_body) == after


def test_a_report_that_is_killed_leaves_no_half_file(example_body, tmp_path):
    shutil.rmtree(example_body.folder / "documents")
    output = tmp_path / "verslag.pdf"
    command = ("report", "annual", "--format", "pdf", "--output", str(output))
    started = time.monotonic()
    example_body.run(*command)
    duration = time.monotonic() - started
    whole = hashlib.sha256(output.read_bytes()).hexdigest()

    for moment in MOMENTS:
        shutil.rmtree(example_body.folder / "documents", ignore_errors=True)
        output.unlink(missing_ok=True)
        killed(example_body, *command, after=duration * moment)

        written = [*(example_body.folder / "documents").rglob("*.pdf"), *tmp_path.glob("verslag.pdf")]
        assert {hashlib.sha256(file.read_bytes()).hexdigest() for file in written} <= {whole}
        example_body.run(*command)
        assert hashlib.sha256(output.read_bytes()).hexdigest() == whole


def test_an_import_on_a_full_disk_says_so_and_changes_nothing(example_body, people_file):
    before = people_in(example_body)
    room = max(file.stat().st_size for file in example_body.folder.glob("openintegriteit.db*")) + 100_000

    process = example_body.start("import", "people", str(people_file), largest_file=room)
    printed, _ = process.communicate()

    assert process.returncode == 1, printed
    assert "schijf" in printed
    assert "Traceback" not in printed
    assert people_in(example_body) == before
    example_body.run("event-log", "verify")


def test_a_report_on_a_full_disk_says_so_and_keeps_the_one_that_was_there(example_body, tmp_path):
    output = tmp_path / "verslag.pdf"
    output.write_text("het vorige verslag")

    shutil.rmtree(example_body.folder / "documents")
    process = example_body.start(
        "report", "annual", "--format", "pdf", "--output", str(output), largest_file=SMALLER_THAN_THE_REPORT
    )
    printed, _ = process.communicate()

    assert process.returncode == 1, printed
    assert str(output) in printed
    assert "Traceback" not in printed
    assert output.read_text() == "het vorige verslag"
