"""Machines of their own and an example body to copy, for tests that break things."""

import os

import psycopg
import pytest

from openintegriteit.core.spreadsheets.writing import Table, write
from openintegriteit.tests.environment import ON_POSTGRESQL
from openintegriteit.tests.installation import Installation

NEW_PEOPLE = 1500
HEADS = ("Personeelsnummer", "Voornaam", "Achternaam", "E-mail", "Soort", "Functie", "Afdeling", "In dienst")


@pytest.fixture(scope="session")
def clean(tmp_path_factory):
    """Make a clean machine: an empty data folder, and on PostgreSQL an empty database."""
    made = []

    def make(**variables):
        folder = tmp_path_factory.mktemp("machine") / "data"
        if ON_POSTGRESQL:
            name = f"machine_{len(made)}_{os.getpid()}"
            url = os.environ["OPENINTEGRITEIT_DATABASE_URL"]
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}")
            made.append((url, name))
            variables = {"OPENINTEGRITEIT_DATABASE_URL": url.rpartition("/")[0] + f"/{name}"} | variables
        return Installation(folder, variables)

    yield make
    for url, name in made:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def example(tmp_path_factory):
    """The example body, to be copied by each test."""
    folder = tmp_path_factory.mktemp("voorbeeld") / "data"
    Installation(folder).run("demo")
    return folder


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
