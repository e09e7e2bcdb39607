"""Writing: nothing that a spreadsheet would compute, numbers and dates as themselves, in three formats and any size."""

import io
import tempfile
import zipfile
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from openpyxl import load_workbook

from openintegriteit.core.spreadsheets import xlsx
from openintegriteit.core.spreadsheets.reading import read_workbook
from openintegriteit.core.spreadsheets.writing import Table, stream, write

FORMATS = ["csv", "xlsx", "ods"]
DANGEROUS = ["=1+1", "+31 6 12", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0", "＝1+1", "-5"]


def table(*rows, heads=("Kop",)):
    return Table("Blad", heads, rows)


def read_back(content):
    return [row.cells for row in read_workbook(content, name="Blad.csv").sheets[0].rows[1:]]


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("text", DANGEROUS)
def test_a_text_that_looks_like_a_formula_comes_back_as_that_text(format, text):
    content = write([table((text,))], format)

    assert read_back(content) == [(text,)]
    assert read_workbook(content, name="Blad.csv").warnings == ()


@pytest.mark.parametrize("text", DANGEROUS)
def test_csv_puts_an_apostrophe_before_it(text):
    assert write([table((text,))], "csv").decode("utf-8-sig").splitlines()[1].lstrip('"').startswith("'" + text[0])


@pytest.mark.parametrize("text", ["\t=1+1", "\r=1+1"])
def test_csv_also_where_a_space_of_another_kind_stands_before_it(text):
    assert write([table((text,))], "csv").decode("utf-8-sig").split("\n", 1)[1].lstrip('"').startswith("'")


def test_xlsx_holds_no_formula_and_keeps_text_text_when_it_is_edited():
    sheet = load_workbook(io.BytesIO(write([table(*[(text,) for text in DANGEROUS])], "xlsx"))).active

    assert {cell.data_type for cell in sheet["A"]} == {"s"}
    assert sheet["A2"].quotePrefix


MARKUP = ["<r><t>x</t></r>", '<r></is></c><c r="B2"><f>1+1</f></c></r>', "<r>", "<r>" + "x" * 32_764 + "</r>"]


@pytest.mark.parametrize("text", MARKUP)
def test_xlsx_takes_no_text_for_markup_of_the_library(text):
    content = write([table((text,))], "xlsx")

    assert read_back(content) == [(text[:32_767],)]
    assert read_workbook(content).warnings == ()


def test_xlsx_makes_no_links_and_no_numbers_of_texts():
    texts = ["https://voorbeeld.nl", "mailto:iemand@voorbeeld.nl", "internal:Blad!A1", "12", "2026-01-31"]

    sheet = load_workbook(io.BytesIO(write([table(*[(text,) for text in texts])], "xlsx"))).active

    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in sheet["A"][1:]] == [
        (text, "s", None) for text in texts
    ]


def test_ods_holds_no_formula():
    with zipfile.ZipFile(io.BytesIO(write([table(*[(text,) for text in DANGEROUS])], "ods"))) as archive:
        assert b"table:formula" not in archive.read("content.xml")


@pytest.mark.parametrize("format", ["xlsx", "ods"])
def test_numbers_and_dates_stay_numbers_and_dates(format):
    row = (-5, 1.5, Decimal("1234.50"), date(2026, 1, 31), None, "tekst", True)

    assert read_back(write([table(row, heads=("a", "b", "c", "d", "e", "f", "g"))], format)) == [
        (-5, 1.5, 1234.5, date(2026, 1, 31), None, "tekst", "ja")
    ]


def test_csv_is_written_as_dutch_spreadsheets_read_it():
    row = (-5, 1.5, Decimal("1234.50"), date(2026, 1, 31), None, 'zeg "ja"; nu', False)

    assert write([table(row, heads=("a", "b", "c", "d", "e", "f", "g"))], "csv") == (
        b'\xef\xbb\xbfa;b;c;d;e;f;g\r\n-5;1,5;1234,50;31-01-2026;;"zeg ""ja""; nu";nee\r\n'
    )


def test_instants_are_written_on_the_dutch_clock():
    instant = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)

    assert write([table((instant,))], "csv").decode("utf-8-sig").splitlines()[1] == "02-07-2026 00:30"
    sheet = load_workbook(io.BytesIO(write([table((instant,))], "xlsx"))).active
    assert (sheet["A2"].value, sheet["A2"].number_format) == (datetime(2026, 7, 2, 0, 30), "dd-mm-yyyy hh:mm")


@pytest.mark.parametrize("format", FORMATS)
def test_lines_spaces_and_characters_that_xml_cannot_hold(format):
    assert read_back(write([table(("een  twee\ndrie & <vier>\x0b",))], format)) == [("een  twee\ndrie & <vier>",)]


@pytest.mark.parametrize("format", FORMATS)
def test_lines_as_browsers_send_them(format):
    assert read_back(write([table(("een\r\ntwee",))], format)) == [("een\ntwee",)]
    assert b"_x000D_" not in write([table(("een\r\ntwee",))], format)


def test_text_that_looks_like_a_character_in_code_stays_as_it_is():
    assert read_back(write([table(("_x0041_ en _x000D_",))], "xlsx")) == [("_x0041_ en _x000D_",)]


def test_a_date_before_the_calendar_of_the_format_is_written_in_words():
    assert read_back(write([table((date(1899, 5, 1),))], "xlsx")) == [("01-05-1899",)]


def test_heads_are_bold_and_stay_in_view():
    sheet = load_workbook(io.BytesIO(write([table(("x",))], "xlsx"))).active

    assert sheet["A1"].font.bold
    assert sheet.freeze_panes == "A2"


def test_on_paper_all_columns_stand_beside_each_other():
    sheet = load_workbook(io.BytesIO(write([table(("x",))], "xlsx"))).active
    page = zipfile.ZipFile(io.BytesIO(write([table(("x",))], "ods"))).read("styles.xml").decode()

    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0  # as many as needed; one page wide is what XLSX means without a number
    assert sheet.print_title_rows == "$1:$1"
    assert 'style:scale-to-X="1" style:scale-to-Y="0"' in page


def test_columns_are_as_wide_as_what_is_in_them():
    sheet = load_workbook(io.BytesIO(write([table(("x" * 30, "y"), heads=("Kop", "Kop"))], "xlsx"))).active

    assert sheet.column_dimensions["A"].width == 32
    assert sheet.column_dimensions["B"].width == 10


def test_names_of_sheets_are_made_acceptable():
    workbook = read_workbook(write([Table("Maatregelen/acties: [2026] en nog veel meer", ("a",), [])], "xlsx"))

    assert workbook.sheets[0].name == "Maatregelen acties   2026  en n"
    assert read_workbook(write([Table("'t Overzicht'", ("a",), [])], "xlsx")).sheets[0].name == "t Overzicht"


def test_the_same_table_makes_the_same_xlsx_on_any_day():
    with time_machine.travel(datetime(2026, 1, 31, tzinfo=UTC)):
        first = write([table(("x", 1))], "xlsx")
    with time_machine.travel(datetime(2027, 7, 1, tzinfo=UTC)):
        assert write([table(("x", 1))], "xlsx") == first


def test_more_rows_than_xlsx_can_hold_are_refused_and_not_left_out(monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)

    assert len(read_back(write([table(("x",), ("y",))], "xlsx"))) == 2
    with pytest.raises(ValueError, match="Blad: more than 3 rows"):
        write([table(("x",), ("y",), ("z",))], "xlsx")


@pytest.mark.parametrize("format", ["xlsx", "ods"])
def test_a_table_that_breaks_off_leaves_nothing_on_disk(format, tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    def rows():
        yield ("een geheim",)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        list(stream(Table("Blad", ("Kop",), rows()), format))

    assert list(tmp_path.iterdir()) == []


def test_csv_holds_one_table():
    with pytest.raises(ValueError, match="unpack"):
        write([table(), table()], "csv")


@pytest.mark.parametrize("format", FORMATS)
def test_a_stream_gives_the_same_table_and_reads_the_rows_one_by_one(format):
    taken = []

    def rows():
        for number in range(3000):
            taken.append(number)
            yield number, f"maatregel {number}"

    pieces = stream(Table("Blad", ("Nummer", "Titel"), rows()), format)

    assert taken == []
    content = b"".join(pieces)
    assert len(taken) == 3000
    assert [cells[1] for cells in read_back(content)] == [f"maatregel {number}" for number in range(3000)]
