"""Machines of their own and an example body to copy, for tests that break things."""

import os
import shutil
import subprocess
import sys

import psycopg
import pytest

from openintegriteit.core.spreadsheets.writing import Table, write
from openintegriteit.tests.environment import ON_POSTGRESQL
from openintegriteit.tests.installation import Installation
from openintegriteit.tests.tables import with_tables

NEW_PEOPLE = 1500
HEADS = ("Personeelsnummer", "Voornaam", "Achternaam", "E-mail", "Soort", "Functie", "Afdeling", "In dienst")


@pytest.fixture(scope="session")
def machine(tmp_path_factory):
    """Make a machine of one's own with its own data folder and, on PostgreSQL, its own database; as another one is."""
    made = []

    def make(like=None):
        folder = tmp_path_factory.mktemp("machine") / "data"
        if like:
            shutil.copytree(like.folder, folder)
        if not ON_POSTGRESQL:
            return Installation(with_tables(folder))
        name = f"machine_{len(made)}_{os.getpid()}"
        url = os.environ["OPENINTEGRITEIT_DATABASE_URL"]
        template = f" TEMPLATE {database_of(like)}" if like else ""
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}{template}")
        made.append((url, name))
        return Installation(folder, {"OPENINTEGRITEIT_DATABASE_URL": url.rpartition("/")[0] + f"/{name}"})

    yield make
    for url, name in made:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def database_of(installation):
    """The name of its database, on PostgreSQL."""
    return installation.variables["OPENINTEGRITEIT_DATABASE_URL"].rpartition("/")[2]


@pytest.fixture(scope="session")
def started(machine):
    """A machine that was started and not set up, to be copied."""
    installation = machine()
    if ON_POSTGRESQL:
        settings = {"DJANGO_SETTINGS_MODULE": "openintegriteit.config.settings"}
        migrate = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
        subprocess.run(migrate, env=installation.environment() | settings, check=True)
    return installation


@pytest.fixture(scope="session")
def clean(machine, started):
    """Make a machine with nothing in its tables."""
    return lambda: machine(started)


@pytest.fixture(scope="session")
def example_machine(clean):
    """A machine with the example body, to be copied."""
    installation = clean()
    installation.run("demo")
    return installation


@pytest.fixture(scope="session")
def with_example(machine, example_machine):
    """Make a machine with the example body."""
    return lambda: machine(example_machine)


@pytest.fixture
def people_file(tmp_path):
    rows = [
        (
            f"P{number}",
            "Noor",
            f"Jansen {number}",
            f"p{number}@proef.example",
            "ambtenaar",
            "Adviseur",
            "N1",
            "01-02-2020",
        )
        for number in range(NEW_PEOPLE)
    ]
    file = tmp_path / "mensen.xlsx"
    tables = [Table("Afdelingen", ("Code", "Naam"), [("N1", "Nieuwe afdeling")]), Table("Mensen", HEADS, rows)]
    file.write_bytes(write(tables, "xlsx"))
    return file
