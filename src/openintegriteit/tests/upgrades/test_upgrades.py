"""Data of every version that was released come through every later migration.

Beside this file stands a backup of the example body per version, as that version had its tables. When a version is
released: `openintegriteit demo`, `openintegriteit backup`, and put the folder here under the number of the version.
"""

import json
import os
from pathlib import Path

import psycopg
import pytest

from openintegriteit.tests.environment import ON_POSTGRESQL
from openintegriteit.tests.installation import Installation

HERE = Path(__file__).parent
VERSIONS = sorted(file.parent for file in HERE.glob("*/manifest.json"))
pytestmark = [pytest.mark.slow, pytest.mark.database]


@pytest.fixture
def machine(tmp_path):
    """A clean machine: an empty data folder, and on PostgreSQL an empty database."""
    if not ON_POSTGRESQL:
        yield Installation(tmp_path / "data")
        return
    url, name = os.environ["OPENINTEGRITEIT_DATABASE_URL"], f"upgrade_{os.getpid()}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield Installation(tmp_path / "data", {"OPENINTEGRITEIT_DATABASE_URL": url.rpartition("/")[0] + f"/{name}"})
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def rows_of(folder):
    manifest = json.loads((folder / "manifest.json").read_bytes())
    return {table["model"]: table["rows"] for table in manifest["tables"]}


def test_there_is_a_version_to_come_from():
    assert [folder.name for folder in VERSIONS][:1] == ["0.1.0"]


@pytest.mark.parametrize("version", VERSIONS, ids=lambda folder: folder.name)
def test_data_of_an_older_version_come_through(version, machine, tmp_path):
    told = machine.run("restore", str(version))

    assert "logboeken kloppen" in told
    assert "klopt niet" not in machine.run("event-log", "verify")
    machine.run("backup", str(tmp_path / "nu"))
    before, after = rows_of(version), rows_of(tmp_path / "nu")
    kept = {"organisations.person", "programme.measure", "policy.regulation", "identity.rolegrant"}
    assert {model: after[model] for model in kept} == {model: before[model] for model in kept}
    report = tmp_path / "verslag.html"
    machine.run("report", "annual", "--format", "html", "--output", str(report))
    assert "Gemeente Voorbeeld" in report.read_text()
