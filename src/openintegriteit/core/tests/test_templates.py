"""The workbook to fill in: explained, with examples and choices, and readable by our own reader."""

import io
import zipfile
from datetime import date

import pytest
from openpyxl import load_workbook

from openintegriteit.core.spreadsheets.columns import Column, read_table
from openintegriteit.core.spreadsheets.reading import read_workbook
from openintegriteit.core.spreadsheets.templates import SheetTemplate, template_workbook

COLUMNS = (
    Column("number", "Nummer", "integer", required=True, help="Het vaste nummer.", example="3"),
    Column("due", "Einddatum", "date", example="31 maart 2026"),
    Column("status", "Stand", "choice", choices=(("on_track", "op schema"), ("done", "klaar")), example="op schema"),
    Column("advice", "Advies gevraagd", "yes_no", example="nee"),
    Column("budget", "Budget", "decimal", example="1.234,5"),
)
SHEETS = (SheetTemplate("Maatregelen", "Alle maatregelen van het plan.", COLUMNS),)
FORMATS = pytest.mark.parametrize("format", ["xlsx", "ods"])


@FORMATS
def test_the_example_row_holds_real_values_and_is_passed_over_by_the_reader(format):
    sheet = read_workbook(template_workbook(SHEETS, format)).sheet("Maatregelen")

    assert [row.cells for row in sheet.rows] == [
        ("Nummer", "Einddatum", "Stand", "Advies gevraagd", "Budget"),
        ("voorbeeld: 3", date(2026, 3, 31), "op schema", "nee", 1234.5),
    ]
    result = read_table(sheet, COLUMNS)
    assert (result.rows, result.errors) == ((), ())


@FORMATS
def test_examples_of_the_sheet_go_before_those_of_the_columns(format):
    examples = ({"number": 1, "status": "done", "due": date(2026, 5, 1), "advice": True}, {"number": 2})

    sheet = read_workbook(template_workbook([SheetTemplate("M", "", COLUMNS, examples)], format)).sheet("M")

    assert [row.cells for row in sheet.rows[1:]] == [
        ("voorbeeld: 1", date(2026, 5, 1), "klaar", "ja"),
        ("voorbeeld: 2",),
    ]


@FORMATS
def test_what_is_filled_in_below_the_examples_is_read(format):
    content = template_workbook(SHEETS, format)
    sheet = read_workbook(content).sheet("Maatregelen")
    filled = type(sheet)(sheet.name, (*sheet.rows, type(sheet.rows[0])(3, (4, "1-2-2026", "klaar", "ja", "10"))))

    assert read_table(filled, COLUMNS).rows[0].values["status"] == "done"


@FORMATS
def test_the_first_sheet_explains_every_column(format):
    explanation = read_workbook(template_workbook(SHEETS, format)).sheets[0]
    cells = [row.cells for row in explanation.rows]

    assert explanation.name == "Uitleg"
    assert cells[0] == ("Blad", "Kolom", "Verplicht", "Wat u invult", "Voorbeeld")
    assert ("Maatregelen", None, None, "Alle maatregelen van het plan.") in cells
    assert ("Maatregelen", "Nummer", "ja", "Het vaste nummer. Een geheel getal.", "3") in cells
    assert ("Maatregelen", "Stand", None, "Kies uit: op schema, klaar.", "op schema") in cells
    assert any("“voorbeeld:”" in str(row) for row in cells)


def test_xlsx_offers_choices_and_remarks():
    sheet = load_workbook(io.BytesIO(template_workbook(SHEETS, "xlsx")))["Maatregelen"]
    offers = {str(offer.sqref): offer for offer in sheet.data_validations.dataValidation}

    assert {place: offer.formula1 for place, offer in offers.items() if offer.type == "list"} == {
        "C2:C1048576": '"op schema,klaar"',
        "D2:D1048576": '"ja,nee"',
    }
    remark = offers["A2:A1048576"]
    assert (remark.promptTitle, remark.prompt) == ("Nummer", "Verplicht. Het vaste nummer. Een geheel getal.")


def test_ods_offers_choices_and_remarks():
    with zipfile.ZipFile(io.BytesIO(template_workbook(SHEETS, "ods"))) as archive:
        content = archive.read("content.xml").decode()

    assert """table:condition='of:cell-content-is-in-list("op schema";"klaar")'""" in content
    assert "<office:annotation><text:p>Verplicht. Het vaste nummer. Een geheel getal.</text:p>" in content


def test_a_choice_with_a_comma_is_not_offered_as_two():
    column = Column("kind", "Soort", "choice", choices=(("a", "wet, regeling"), ("b", "code")))

    sheet = load_workbook(io.BytesIO(template_workbook([SheetTemplate("M", "", (column,))], "xlsx")))["M"]

    assert [offer.type for offer in sheet.data_validations.dataValidation] == [None]


def test_an_example_that_its_own_column_refuses_is_a_mistake_of_ours():
    with pytest.raises(ValueError, match="geen bestaande datum"):
        template_workbook([SheetTemplate("M", "", (Column("due", "Datum", "date", example="31-02-2026"),))], "xlsx")
