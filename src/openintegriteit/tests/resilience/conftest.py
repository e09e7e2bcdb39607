"""The example body to copy, and a file with people to read in."""

import pytest

from openintegriteit.core.spreadsheets.writing import Table, write
from openintegriteit.tests.installation import Installation

NEW_PEOPLE = 1500
HEADS = ("Personeelsnummer", "Voornaam", "Achternaam", "E-mail", "Soort", "Functie", "Afdeling", "In dienst")


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
