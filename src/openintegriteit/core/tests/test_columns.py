"""Columns: heads in any order and spelling, values by Dutch habits, and every bad cell by its name."""

from datetime import date
from decimal import Decimal

import pytest

from openintegriteit.core.spreadsheets.columns import Column, TableResult, examples_passed_over, read_table
from openintegriteit.core.spreadsheets.workbook import Row, Sheet

STATUSES = (("on_track", "op schema"), ("done", "klaar"))
NUMBER = Column("number", "Nummer", "integer", required=True, synonyms=("Nr",), minimum=1, maximum=999)
TITLE = Column("title", "Titel", required=True, max_length=20)
DUE = Column("due", "Einddatum", "date")
STATUS = Column("status", "Stand", "choice", choices=STATUSES)
BUDGET = Column("budget", "Budget", "decimal")
ADVICE = Column("advice", "Advies gevraagd", "yes_no")
MAIL = Column("mail", "E-mail", "email")
COLUMNS = (NUMBER, TITLE, DUE, STATUS, BUDGET, ADVICE, MAIL)


def sheet(*rows):
    return Sheet("Maatregelen", tuple(Row(number, cells) for number, cells in enumerate(rows, start=1)))


def one(column, cell):
    """The value that one cell gives in one column, or the error as the user reads it."""
    result = read_table(sheet((str(column.name),), (cell,)), (column,))
    return str(result.errors[0]) if result.errors else result.rows[0].values[column.key]


def test_a_row_becomes_values_by_key():
    result = read_table(
        sheet(
            ("Nummer", "Titel", "Einddatum", "Stand", "Budget", "Advies gevraagd", "E-mail"),
            (3, "Eed afleggen", date(2026, 3, 31), "Op schema", 1234.5, "ja", "noor@gemeente.nl"),
        ),
        COLUMNS,
    )

    assert result.ok
    assert result.rows[0].number == 2
    assert result.rows[0].values == {
        "number": 3,
        "title": "Eed afleggen",
        "due": date(2026, 3, 31),
        "status": "on_track",
        "budget": Decimal("1234.5"),
        "advice": True,
        "mail": "noor@gemeente.nl",
    }


def test_heads_match_in_any_order_and_spelling_and_by_synonym():
    result = read_table(sheet((" TÍTEL ", "eind datum", "nr"), ("Eed", "1-2-2026", "7")), COLUMNS)

    assert result.rows[0].values["number"] == 7
    assert result.rows[0].values["title"] == "Eed"
    assert result.rows[0].values["due"] == date(2026, 2, 1)
    assert result.present == {"number", "title", "due"}


def test_columns_that_are_absent_give_empty_values():
    result = read_table(sheet(("Nummer", "Titel"), (1, "Eed")), COLUMNS)

    assert result.rows[0].values["due"] is None
    assert result.rows[0].values["mail"] == ""
    assert "due" not in result.present


def test_a_mapping_goes_before_the_name_and_can_leave_a_head_out():
    given_mapping = {"Omschrijving": "title", "Titel": ""}

    result = read_table(sheet(("Nummer", "Titel", "Omschrijving"), (1, "x", "Eed")), COLUMNS, given_mapping)

    assert result.rows[0].values["title"] == "Eed"
    assert result.unknown_columns == ()


def test_unknown_and_missing_columns_are_named():
    result = read_table(sheet(("Nummer", "Kleur"), (1, "rood")), COLUMNS)

    assert result.unknown_columns == ("Kleur",)
    assert result.missing_columns == ("Titel",)
    assert [str(error) for error in result.errors] == [
        "Blad Maatregelen, kolom Titel: deze kolom ontbreekt. Voeg een kolom met deze kop toe, of begin met het "
        "sjabloon."
    ]


def test_a_sheet_without_rows_lacks_its_required_columns():
    assert read_table(sheet(), COLUMNS).missing_columns == ("Nummer", "Titel")


def test_a_head_that_stands_twice_is_an_error():
    result = read_table(sheet(("Nummer", "Titel", "Nr"), (1, "Eed", 2)), COLUMNS)

    assert [str(error) for error in result.errors] == [
        "Blad Maatregelen, rij 1, kolom Nummer: deze kolom staat twee keer in het blad. Laat er één staan."
    ]


def test_every_bad_cell_is_named_and_good_rows_stay():
    result = read_table(
        sheet(
            ("Nummer", "Titel", "Einddatum"),
            (1, "Eed", "31-02-2026"),
            (2, "Training", "31-03-2026"),
            ("twee", None, None),
        ),
        COLUMNS,
    )

    assert [row.values["number"] for row in result.rows] == [2]
    assert [str(error) for error in result.errors] == [
        "Blad Maatregelen, rij 2, kolom Einddatum: 31-02-2026 is geen bestaande datum. "
        "Schrijf de datum als 31-01-2026.",
        "Blad Maatregelen, rij 4, kolom Nummer: “twee” is geen geheel getal. Schrijf alleen cijfers, zoals 12.",
        "Blad Maatregelen, rij 4, kolom Titel: deze cel is leeg, maar moet ingevuld zijn.",
    ]


def test_empty_rows_are_passed_over():
    result = read_table(sheet(("Nummer", "Titel"), (None, None), (1, "Eed")), COLUMNS)

    assert result.ok
    assert [row.number for row in result.rows] == [3]


def test_examples_are_passed_over_and_told():
    result = read_table(sheet(("Nummer", "Titel"), ("Voorbeeld: 1", "Eed"), (1, "Training")), COLUMNS)

    assert [row.values["title"] for row in result.rows] == ["Training"]
    assert examples_passed_over([result, TableResult()]) == (
        "Een rij die met “voorbeeld:” begint, is een voorbeeld. Deze is overgeslagen: Blad Maatregelen, rij 2.",
    )


def test_examples_of_several_sheets_are_told_in_one_sentence():
    result = read_table(sheet(("Nummer", "Titel"), ("voorbeeld: 1", "Eed"), ("voorbeeld: 2", "Lezing")), COLUMNS)

    assert examples_passed_over([result]) == (
        "Rijen die met “voorbeeld:” beginnen, zijn voorbeelden. Deze zijn overgeslagen: "
        "Blad Maatregelen, rij 2; Blad Maatregelen, rij 3.",
    )
    assert examples_passed_over([TableResult()]) == ()


def test_values_below_no_head_are_not_lost_in_silence():
    result = read_table(sheet(("Nummer", "Titel"), (1, "Eed", "los")), COLUMNS)

    assert result.warnings == (
        "Blad Maatregelen: kolom C heeft waarden, maar geen kop. Die waarden worden niet gelezen.",
    )


@pytest.mark.parametrize(
    "written",
    [
        date(2026, 3, 5), "5-3-2026", "05-03-2026", "05/03/2026", "5.3.2026", "2026-03-05", "2026-03-05T00:00:00",
        "5 maart 2026", "5 mrt. 2026",
    ],
)  # fmt: skip
def test_dutch_dates(written):
    assert one(DUE, written) == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("31-02-2026", "31-02-2026 is geen bestaande datum. Schrijf de datum als 31-01-2026."),
        ("13/13/2026", "13/13/2026 is geen bestaande datum. Schrijf de datum als 31-01-2026."),
        ("1-3-26", "“1-3-26” is geen datum. Schrijf de datum als 31-01-2026."),
        ("voorjaar", "“voorjaar” is geen datum. Schrijf de datum als 31-01-2026."),
        (46000, "“46000” is geen datum. Schrijf de datum als 31-01-2026."),
        ("1-3-0206", "het jaar van 01-03-0206 ligt niet tussen 1900 en 2199. Schrijf de datum als 31-01-2026."),
        (True, "“ja” is geen datum. Schrijf de datum als 31-01-2026."),
    ],
)
def test_what_is_no_date(written, problem):
    assert one(DUE, written) == f"Blad Maatregelen, rij 2, kolom Einddatum: {problem}"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (1234.5, "1234.5"), (0.1 + 0.2, "0.3"), (7, "7"), ("1234,5", "1234.5"), ("1.234,5", "1234.5"),
        ("1.234.567", "1234567"), ("€ 1.234,50", "1234.50"), ("-12", "-12"), ("−12", "-12"),
    ],
)  # fmt: skip
def test_dutch_numbers(written, value):
    assert one(BUDGET, written) == Decimal(value)


@pytest.mark.parametrize("written", ["1.5", "1,234.50", "12,5%", "1e5", "veel", "1 000", "١٢"])
def test_numbers_that_could_mean_two_things_are_refused(written):
    assert one(BUDGET, written) == (
        f"Blad Maatregelen, rij 2, kolom Budget: “{written}” is geen getal. Schrijf het getal als 1234,5."
    )


def test_whole_numbers_within_bounds():
    assert one(NUMBER, "12") == 12
    assert one(NUMBER, 12.5).endswith("“12,5” is geen geheel getal. Schrijf alleen cijfers, zoals 12.")
    assert one(NUMBER, 0).endswith("het getal moet ten minste 1 zijn.")
    assert one(NUMBER, 1000).endswith("het getal mag ten hoogste 999 zijn.")


def test_numbers_that_no_database_keeps_are_refused():
    assert one(BUDGET, 1e300).endswith("het getal mag ten hoogste 999999999999 zijn.")
    assert one(Column("n", "Aantal", "integer"), -1e12).endswith("het getal moet ten minste -2147483647 zijn.")


@pytest.mark.parametrize(
    ("written", "value"), [("Ja", True), ("j", True), (True, True), ("NEE", False), ("onwaar", False), (False, False)]
)
def test_yes_and_no(written, value):
    assert one(ADVICE, written) is value


def test_what_is_neither_yes_nor_no():
    assert one(ADVICE, "misschien").endswith("“misschien” is geen ja of nee. Schrijf ja of nee.")


@pytest.mark.parametrize("written", ["op schema", "Op Schema", "opschema", "on_track"])
def test_choices_by_label_or_value(written):
    assert one(STATUS, written) == "on_track"


def test_a_choice_that_is_not_there_names_the_ones_that_are():
    assert one(STATUS, "gaat goed").endswith("“gaat goed” is geen keuze die hier kan. Kies uit: op schema, klaar.")


def test_text_takes_numbers_and_dates_as_people_write_them():
    assert one(TITLE, 12) == "12"
    assert one(TITLE, 12.5) == "12,5"
    assert one(TITLE, date(2026, 3, 5)) == "05-03-2026"


def test_text_that_is_too_long():
    assert one(TITLE, "x" * 21).endswith("deze tekst heeft 21 tekens; er passen er 20. Maak de tekst korter.")


def test_mail_addresses():
    assert one(MAIL, "mailto:noor@gemeente.nl") == "noor@gemeente.nl"
    assert one(MAIL, "noor at gemeente").endswith("Schrijf het als naam@gemeente.nl.")


@pytest.mark.parametrize("shown", ["#N/A", "#VERW!", "#NAAM?", "Err:502"])
def test_an_error_of_the_spreadsheet_is_no_text(shown):
    assert one(TITLE, shown).endswith(f"het rekenblad toont hier de fout {shown}. Vul de waarde zelf in.")


@pytest.mark.parametrize("column", [NUMBER, BUDGET])
@pytest.mark.parametrize("cell", [float("inf"), float("nan")])
def test_a_number_cell_without_a_number_is_named(column, cell):
    assert str(cell) in one(column, cell)
