"""Reading the workbook of a year: every mistake is named by sheet, row and column, before anything is stored."""

from datetime import date
from io import BytesIO

import pytest

from openintegriteit.accountability import importers
from openintegriteit.accountability.models import FormHeading
from openintegriteit.accountability.tests.factories import OWN_BODY, workbook
from openintegriteit.accountability.workbook.parsing import workbook_from_yaml
from openintegriteit.accountability.workbook.sheets import SHEETS
from openintegriteit.core.spreadsheets.reading import read_workbook
from openintegriteit.figures.tests.factories import year_figure
from openintegriteit.organisations.models import OrganisationKind
from openintegriteit.policy.models import Audience, RegulationKind
from openintegriteit.programme.models import (
    ActivityKind,
    ActivityStatus,
    FindingKind,
    FindingStatus,
    MeasureStatus,
    Priority,
    Scope,
)

pytestmark = [pytest.mark.django_db, pytest.mark.database]

MEASURE = {"Nummer": 1, "Maatregel": "Eed"}
ACTIVITY = {"Thema": "T", "Activiteit": "A", "Soort": "training", "Jaar": 2025, "Stand": "gehouden"}
FINDING = {"Nummer": 1, "Soort": "interne audit", "Bevinding": "B", "Stand": "open"}
QUESTION = {"Volgorde": 1, "Vraag": "Waarom?"}
OWN_FIGURE = {"Cijfer": "Rondjes", "Jaar": 2025, "Eenheid": "rondjes"}


def errors(organisation, **sheets):
    return [str(error) for error in importers.read_year(workbook(**sheets), organisation).errors]


def body(**values):
    return {**OWN_BODY, **values}


def test_a_body_and_its_reference_date_are_enough(organisation):
    file = importers.read_year(workbook(), organisation)

    assert (file.errors, file.warnings) == ((), ())
    assert file.report_row.values["year"] == 2025


@pytest.mark.parametrize(
    ("sheets", "problem"),
    [
        (
            {"Organisatie": [body(Naam="Gemeente Anders")]},
            "Blad Organisatie, rij 2, kolom Naam: dit werkboek is van Gemeente Anders, maar u werkt in Gemeente Proef. "
            "Kies het goede werkboek.",
        ),
        (
            {"Organisatie": [body(Soort="provincie")]},
            "Blad Organisatie, rij 2, kolom Soort: uw organisatie staat hier als een ander soort organisatie.",
        ),
        (
            {"Organisatie": [body(Peildatum=None)]},
            "Blad Organisatie, kolom Peildatum: geen enkele rij heeft een peildatum. "
            "Vul die in bij het jaar waarover u verslag doet.",
        ),
        (
            {"Organisatie": [body(), body(Jaar=2024, Peildatum=date(2025, 3, 31))]},
            "Blad Organisatie, rij 3, kolom Peildatum: maar één jaar kan een peildatum hebben.",
        ),
        (
            {"Organisatie": [body(Peildatum=date(2025, 12, 30))]},
            "Blad Organisatie, rij 2, kolom Peildatum: De peildatum kan niet voor het einde van het jaar liggen.",
        ),
        (
            {"Organisatie": [body(), body(Peildatum=None)]},
            "Blad Organisatie, rij 3, kolom Jaar: dit is hetzelfde als rij 2. Haal een van de twee weg.",
        ),
        (
            {"Voortgang": [{"Maatregel": 7, "Bericht": "B"}]},
            "Blad Voortgang, rij 2, kolom Maatregel: nummer 7 staat niet in het blad Maatregelen. "
            "Zet het daar bij, of verbeter het nummer.",
        ),
        (
            {"Activiteiten": [{**ACTIVITY, "Maatregel": 7}]},
            "Blad Activiteiten, rij 2, kolom Maatregel: nummer 7 staat niet in het blad Maatregelen. "
            "Zet het daar bij, of verbeter het nummer.",
        ),
        (
            {"Raadsvragen": [{**QUESTION, "Over maatregel": 7}]},
            "Blad Raadsvragen, rij 2, kolom Over maatregel: nummer 7 staat niet in het blad Maatregelen. "
            "Zet het daar bij, of verbeter het nummer.",
        ),
        (
            {"Maatregelen": [{**MEASURE, "Bevinding": 7}]},
            "Blad Maatregelen, rij 2, kolom Bevinding: nummer 7 staat niet in het blad Bevindingen. "
            "Zet het daar bij, of verbeter het nummer.",
        ),
        (
            {"Raadsvragen": [{**QUESTION, "Zelfde antwoord als": 7}]},
            "Blad Raadsvragen, rij 2, kolom Zelfde antwoord als: nummer 7 staat niet in het blad Raadsvragen. "
            "Zet het daar bij, of verbeter het nummer.",
        ),
        (
            {"Raadsvragen": [{**QUESTION, "Zelfde antwoord als": 1}]},
            "Blad Raadsvragen, rij 2, kolom Zelfde antwoord als: deze vraag heeft zelf geen eigen antwoord.",
        ),
        (
            {"Maatregelen": [{**MEASURE, "Pijler": 9}]},
            "Blad Maatregelen, rij 2, kolom Pijler: het getal mag ten hoogste 8 zijn.",
        ),
        (
            {"Maatregelen": [{**MEASURE, "Stand": "op schema", "Klaar op": date(2025, 1, 1)}]},
            "Blad Maatregelen, rij 2, kolom Klaar op: alleen een maatregel die klaar is, heeft deze datum. "
            "Maak de cel leeg, of zet de stand op klaar.",
        ),
        (
            {"Activiteiten": [{**ACTIVITY, "Datum": date(2025, 2, 2), "Tot en met": date(2025, 2, 1)}]},
            "Blad Activiteiten, rij 2, kolom Tot en met: deze dag ligt voor de eerste dag.",
        ),
        (
            {"Activiteiten": [{**ACTIVITY, "Gemiddeld cijfer": 7.25}]},
            "Blad Activiteiten, rij 2, kolom Gemiddeld cijfer: een cijfer heeft hoogstens één cijfer achter de komma.",
        ),
        (
            {"Activiteiten": [{**ACTIVITY, "Gemiddeld cijfer": 11}]},
            "Blad Activiteiten, rij 2, kolom Gemiddeld cijfer: het getal mag ten hoogste 10 zijn.",
        ),
        (
            {"Activiteiten": [{**ACTIVITY, "Stand": "gehouden", "Afgezegd omdat": "Sneeuw"}]},
            "Blad Activiteiten, rij 2, kolom Afgezegd omdat: alleen een activiteit die is afgezegd, heeft deze reden. "
            "Maak de cel leeg, of zet de stand op afgezegd.",
        ),
        (
            {"Jaarcijfers": [{"Cijfer": "Rondjes", "Jaar": 2025}]},
            "Blad Jaarcijfers, rij 2, kolom Cijfer: dit cijfer staat niet in de lijst. Gebruik een naam uit de lijst, "
            "of vul een eenheid in voor een eigen cijfer.",
        ),
        (
            {"Jaarcijfers": [{**OWN_FIGURE, "Cijfer": "???"}]},
            "Blad Jaarcijfers, rij 2, kolom Cijfer: geef uw eigen cijfer een naam met letters of cijfers.",
        ),
        (
            {"Jaarcijfers": [{**OWN_FIGURE, "Reeksbreuk": "ja"}]},
            "Blad Jaarcijfers, rij 2, kolom Uitleg reeksbreuk: leg uit wat u anders telt.",
        ),
        (
            {"Verslagteksten": [{"Onderdeel": "visie", "Kop": "Anders", "Tekst": "T"}]},
            "Blad Verslagteksten, rij 2, kolom Kop: alleen een tekst van het formulier heeft hier een kop.",
        ),
    ],
)
def test_what_is_wrong_is_named_by_its_cell(organisation, sheets, problem):
    assert errors(organisation, **sheets) == [problem]


def test_a_text_under_a_heading_that_is_not_in_the_form_is_refused_with_those_that_are(organisation):
    (problem,) = errors(organisation, Verslagteksten=[{"Onderdeel": "formulier", "Kop": "Anders", "Tekst": "T"}])

    assert problem.startswith("Blad Verslagteksten, rij 2, kolom Kop: deze kop staat niet in uw formulier.")
    assert "Toegankelijkheid, Geheimhouding" in problem


def test_the_form_is_that_of_the_body_itself(organisation):
    FormHeading.objects.create(organisation=organisation, key="eigen", group="Ons deel", title="Eigen kop")

    good = errors(organisation, Verslagteksten=[{"Onderdeel": "formulier", "Kop": "eigen KOP", "Tekst": "T"}])
    bad = errors(organisation, Verslagteksten=[{"Onderdeel": "formulier", "Kop": "Geheimhouding", "Tekst": "T"}])

    assert good == []
    assert len(bad) == 1


@pytest.mark.parametrize(
    ("sheet", "rows"),
    [
        ("Regelingen", [{"Titel": "Code", "Soort": "overig"}, {"Titel": "CODE", "Soort": "overig", "Versie": "1"}]),
        ("Beleidsdocumenten", [{"Titel": "Plan"}, {"Titel": "plan!"}]),
        ("Maatregelen", [MEASURE, {**MEASURE, "Maatregel": "Anders"}]),
        ("Activiteiten", [ACTIVITY, {**ACTIVITY, "Toelichting": "Anders"}]),
        ("Jaarcijfers", [{"Cijfer": "oath-persons", "Jaar": 2025}] * 2),
        ("Jaarcijfers", [OWN_FIGURE, {**OWN_FIGURE, "Cijfer": "RONDJES"}]),
        ("Jaarcijfers", [{**OWN_FIGURE, "Cijfer": "x" * 60 + end} for end in ("a", "b")]),
        ("Bevindingen", [FINDING, {**FINDING, "Bevinding": "Anders"}]),
        ("Raadsvragen", [QUESTION, {**QUESTION, "Vraag": "Anders?"}]),
        ("Verslagteksten", [{"Onderdeel": "visie", "Tekst": text} for text in ("Een", "Twee")]),
        (
            "Verslagteksten",
            [
                {"Onderdeel": "begroting", "Tekst": "Een"},
                {"Onderdeel": "formulier", "Kop": "Begroting", "Tekst": "Twee"},
            ],
        ),
        ("Bijlagen", [{"Volgorde": 1, "Titel": title, "Soort": "tekst"} for title in ("A", "B")]),
    ],
)
def test_a_row_that_stands_there_twice_is_refused(organisation, sheet, rows):
    (problem,) = errors(organisation, **{sheet: rows})

    assert problem.startswith(f"Blad {sheet}, rij 3, kolom ")
    assert problem.endswith(": dit is hetzelfde als rij 2. Haal een van de twee weg.")


def test_a_note_that_stands_there_twice_is_refused(organisation):
    problems = errors(organisation, Maatregelen=[MEASURE], Voortgang=[{"Maatregel": 1, "Bericht": "B"}] * 2)

    assert problems == ["Blad Voortgang, rij 3, kolom Maatregel: dit is hetzelfde als rij 2. Haal een van de twee weg."]


def test_a_figure_that_was_published_only_changes_on_its_own_page(organisation):
    year_figure(organisation, "adviser-contact-persons", 2024, 21, published_before=True)
    row = {"Cijfer": "Personen bij een vertrouwenspersoon", "Jaar": 2024}

    assert errors(organisation, Jaarcijfers=[{**row, "Waarde": 21}]) == []
    assert errors(organisation, Jaarcijfers=[{**row, "Waarde": 20}]) == [
        "Blad Jaarcijfers, rij 2, kolom Waarde: er is eerder een andere waarde gepubliceerd. "
        "Verbeter die op de pagina van het cijfer, met de reden."
    ]


def test_unknown_sheets_and_columns_are_passed_over_with_a_warning(organisation):
    file = importers.read_year(
        workbook(Recepten=[{"Soep": 1}], Maatregelen=[{**MEASURE, "Kleur": "rood"}]), organisation
    )

    assert file.errors == ()
    assert file.warnings == (
        "Het blad Recepten kennen wij niet. Wij slaan het over.",
        "Blad Maatregelen: de kolom Kleur kennen wij niet. Wij slaan haar over.",
    )


@pytest.mark.parametrize("file_format", ["xlsx", "ods"])
def test_the_template_as_handed_out_only_lacks_the_body(organisation, file_format):
    """Its examples are passed over; what is left to fill in is the reference date."""
    file = importers.read_year(read_workbook(BytesIO(importers.year_template(file_format))), organisation)

    assert [error.column for error in file.errors] == ["Peildatum"]
    assert sum(len(rows) for rows in file.rows.values()) == 0


@pytest.mark.parametrize(
    ("sheet", "column", "kind"),
    [
        ("organisation", "kind", OrganisationKind),
        ("regulations", "kind", RegulationKind),
        ("regulations", "audience", Audience),
        ("measures", "status", MeasureStatus),
        ("activities", "kind", ActivityKind),
        ("activities", "status", ActivityStatus),
        ("activities", "scope", Scope),
        ("findings", "kind", FindingKind),
        ("findings", "status", FindingStatus),
    ],
)
def test_the_words_of_a_choice_cover_what_the_records_hold(sheet, column, kind):
    columns = {found.key: found for found in next(row for row in SHEETS if row.key == sheet).columns}

    assert {value for value, _word in columns[column].choices} == set(kind.values)


def test_the_words_of_a_priority_cover_what_the_records_hold():
    columns = {found.key: found for found in next(row for row in SHEETS if row.key == "measures").columns}

    assert {int(value) for value, _word in columns["priority"].choices} == set(Priority.values)


def test_content_beside_the_code_holds_days_and_no_moments(tmp_path):
    file = tmp_path / "jaar.yaml"
    file.write_text("Organisatie: [{Naam: X, Peildatum: 2026-03-31T12:00:00}]")

    with pytest.raises(ValueError, match="days, not moments"):
        workbook_from_yaml(file)
