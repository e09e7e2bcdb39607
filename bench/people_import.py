"""Importing 10,000 people from XLSX: at most 20 s, the first time and again."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.measuring import Result, timed
from openintegriteit.core.roles import console_actor
from openintegriteit.core.spreadsheets.writing import Table, write
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.organisations.importers.console import import_people
from openintegriteit.organisations.models import Organisation, Person

PEOPLE, TEAMS = 10_000, 50
HEADS = ("Personeelsnummer", "Voornaam", "Achternaam", "E-mail", "Soort", "Functie", "Afdeling", "In dienst")


def workbook() -> bytes:
    """A file as a personnel system hands it out."""
    people = [
        (f"P{number}", "Noor", f"Jansen {number}", f"p{number}@proef.example", "ambtenaar", "Adviseur",
         f"T{number % TEAMS}", "01-02-2020")
        for number in range(PEOPLE)
    ]  # fmt: skip
    teams = [(f"T{number}", f"Team {number}") for number in range(TEAMS)]
    return write([Table("Afdelingen", ("Code", "Naam"), teams), Table("Mensen", HEADS, people)], "xlsx")


def measure() -> Iterator[Result]:
    """The first import adds everybody; the second finds nothing to change."""
    organisation = Organisation.objects.create(name="Gemeente Import", kind="municipality", host="import.example")
    actor = console_actor(organisation.pk)
    with tempfile.TemporaryDirectory() as folder, organisation_scope(organisation.pk):
        file = Path(folder) / "mensen.xlsx"
        file.write_bytes(workbook())
        for what in ("import of people, first time", "import of the same people again"):
            seconds = timed(lambda: import_people(file, actor=actor, dry_run=False), 1, warm_up=0)
            assert Person.objects.count() == PEOPLE
            yield Result(what, "<= 20 s", PEOPLE, None, seconds)
