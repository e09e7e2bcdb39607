"""The example body: complete, reported in every format, and made all of it or not at all."""

from pathlib import Path

import pytest

from openintegriteit.accountability.tests.factories import OWN_BODY
from openintegriteit.config.console import run
from openintegriteit.core.clock import today
from openintegriteit.core.spreadsheets.writing import Table, write
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.desks import demo
from openintegriteit.desks.console import import_people_lines, import_year_lines
from openintegriteit.desks.demo_registers import add_secrecy
from openintegriteit.organisations.importers import people_template
from openintegriteit.organisations.models import Organisation, Person
from openintegriteit.programme.models import Measure
from openintegriteit.registers.secrecy.models import Exclusion, ImposedSecrecy

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def demo_mode(settings):
    settings.DEMO_MODE = True


def test_the_example_body_is_made_once_and_reported_in_four_formats(demo_mode, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    first, again = list(demo.build_demo()), list(demo.build_demo())

    files = [f"  jaarverslag-gemeentevoorbeeld-2025.{file_format}" for file_format in ("pdf", "docx", "odt", "html")]
    assert first[0] == "De voorbeeldorganisatie Gemeente Voorbeeld is gemaakt, met een vol jaar aan gegevens."
    assert first[2:6] == files
    assert again == first[1:]
    assert all((tmp_path / file.strip()).stat().st_size > 10_000 for file in files)


@pytest.fixture
def example():
    """The example body with its people and its year."""
    body = demo.example_body(demo.NAME, "municipality", demo.CONTENT / "example_year.yaml")
    with organisation_scope(body.pk):
        yield body


def test_the_example_shows_secrecy_in_every_state_of_a_municipality(example):
    add_secrecy(example)

    assert {str(row.state_on(today())[1]) for row in ImposedSecrecy.objects.all()} == {
        "geldt nog",
        "opnieuw bekijken",
        "nog niet vermeld",
        "nog niet aan het gekozen bestuur gegeven",
        "opgeheven",
        "ingetrokken",
    }
    assert Exclusion.objects.filter(withdrawn_on=None, ends_on__gt=today()).count() == 1
    assert Exclusion.objects.exclude(withdrawn_on=None).count() == 1


def test_the_example_does_not_come_into_a_real_installation(capsys):
    assert run(["demo"]) == 1

    assert "OPENINTEGRITEIT_DEMO=1" in capsys.readouterr().err
    assert not Organisation.objects.exists()


def test_a_file_elsewhere_is_shown_with_its_whole_path(tmp_path, monkeypatch):
    (tmp_path / "hier").mkdir()
    monkeypatch.chdir(tmp_path / "hier")

    assert demo.shown(tmp_path / "hier" / "var" / "x.pdf") == Path("var/x.pdf")
    assert demo.shown(tmp_path / "daar" / "x.pdf") == tmp_path / "daar" / "x.pdf"


def test_when_making_it_fails_nothing_is_left(monkeypatch):
    def fail(*_arguments, **_options):
        raise OSError("the disk is full")

    monkeypatch.setattr(demo.importers, "apply", fail)

    with pytest.raises(OSError, match="the disk is full"):
        demo.example_body("Gemeente Half", "municipality", demo.CONTENT / "example_year.yaml")

    assert not Organisation.objects.exists()


def test_the_second_body_can_be_made_beside_the_first():
    body = demo.example_body(
        "Waterschap Voorbeeldstroom", "water_board", demo.CONTENT / "second_body.yaml", host="stroom.example"
    )

    with organisation_scope(body.pk):
        assert (Person.objects.count(), Measure.objects.count()) == (5, 2)


def test_the_console_imports_people(organisation, tmp_path):
    file = tmp_path / "mensen.csv"
    file.write_text("Personeelsnummer;Achternaam\n1;Ramdin\n")

    accepted, lines = import_people_lines(file, organisation, dry_run=False)

    assert accepted
    assert "1 persoon toegevoegd" in lines
    assert Person.objects.get().family_name == "Ramdin"


def test_the_console_names_what_is_wrong_with_people(organisation, tmp_path):
    file = tmp_path / "mensen.csv"
    file.write_text("Personeelsnummer;Achternaam;In dienst\n1;Ramdin;31-02-2025\n")

    accepted, lines = import_people_lines(file, organisation, dry_run=False)

    assert not accepted
    assert "31-02-2025" in lines[0]
    assert not Person.objects.exists()


def test_the_console_imports_a_year(organisation, tmp_path):
    file = tmp_path / "jaar.xlsx"
    body = Table("Organisatie", tuple(OWN_BODY), (tuple(OWN_BODY.values()),))
    file.write_bytes(write([body, Table("Maatregelen", ("Nummer", "Maatregel"), ((1, "Eed"),))], "xlsx"))

    trial, foreseen = import_year_lines(file, organisation, dry_run=True)
    assert not Measure.objects.exists()
    accepted, lines = import_year_lines(file, organisation, dry_run=False)

    assert (trial, accepted) == (True, True)
    assert "Maatregelen, rij 2: nieuw: 1. Eed" in lines
    assert foreseen[-1].startswith("Dit zou veranderen: ")
    assert lines[-1].startswith("Ingelezen: ")
    assert Measure.objects.get().title == "Eed"


def test_the_console_names_what_is_wrong_with_a_year(organisation, tmp_path):
    file = tmp_path / "jaar.xlsx"
    file.write_bytes(people_template("xlsx"))

    accepted, lines = import_year_lines(file, organisation, dry_run=False)

    assert not accepted
    assert lines[-1] == "Niets is ingelezen. Herstel de fouten en probeer het opnieuw."
