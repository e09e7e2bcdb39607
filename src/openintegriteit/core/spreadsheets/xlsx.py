"""Tables as an XLSX file, row by row through XlsxWriter, so that the size of a table does not matter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from tempfile import TemporaryDirectory
from typing import IO, Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from openintegriteit.core.spreadsheets.inspection import MOST_ROWS
from openintegriteit.core.spreadsheets.tables import Table, Value, lines_of, plain_value, sheet_name

OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# The same tables make the same file, whenever it is written.
CREATED = datetime(2000, 1, 1, tzinfo=UTC)
LONGEST_TEXT = 32_767
LONGEST_LIST = LONGEST_PROMPT = 255
LONGEST_PROMPT_TITLE = 32
A4 = 9  # as XLSX numbers paper
LINE, HIGHEST = 15, 409  # points: a line of text, and the highest row that XLSX knows
PIXELS_PER_CHARACTER = 7
# The calendar of the format starts in 1900, and counts a day in it that never was.
FIRST_YEAR = 1901
COMPUTED = ("=", "+", "-", "@")
MARKUP_OF_XLSXWRITER = "<r>"


@dataclass(frozen=True, slots=True)
class Formats:
    """How cells look. `as_text` keeps a text a text when somebody edits the cell."""

    plain: Format
    head: Format
    day: Format
    instant: Format
    as_text: Format
    lines: Format


def write_xlsx(tables: Sequence[Table], file: IO[bytes]) -> None:
    """Write a workbook with a sheet for each table; heads are bold and stay in view.

    Raises ValueError where a table has more rows than a sheet of this format can hold.
    """
    with TemporaryDirectory() as folder, Workbook(file, {**OPTIONS, "tmpdir": folder}) as workbook:
        workbook.set_properties({"created": CREATED})
        formats = _formats(workbook)
        for table in tables:
            _write_sheet(workbook.add_worksheet(sheet_name(table.name)), table, formats)


def _formats(workbook: Workbook) -> Formats:
    return Formats(
        plain=workbook.add_format({"valign": "top"}),
        head=workbook.add_format({"bold": True}),
        day=workbook.add_format({"num_format": "dd-mm-yyyy", "valign": "top"}),
        instant=workbook.add_format({"num_format": "dd-mm-yyyy hh:mm", "valign": "top"}),
        as_text=workbook.add_format({"quote_prefix": True}),
        lines=workbook.add_format({"text_wrap": True, "valign": "top"}),
    )


def _write_sheet(sheet: Worksheet, table: Table, formats: Formats) -> None:
    widths, rows = table.measured()
    sheet.freeze_panes(1, 0)
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)  # all columns beside each other on paper too, on as many pages as the rows need
    sheet.repeat_rows(0)
    for column, width in enumerate(widths):
        sheet.set_column_pixels(column, column, width * PIXELS_PER_CHARACTER)
    for column, head in enumerate(table.heads):
        _write_text(sheet, 0, column, str(head), formats.head, formats)
    for number, row in enumerate(rows, start=1):
        if number == MOST_ROWS:
            raise ValueError(f"{table.name}: more than {MOST_ROWS} rows")
        lines = max((lines_of(value) for value in row if isinstance(value, str)), default=1)
        if lines > 1:
            sheet.set_row(number, min(lines * LINE, HIGHEST))
        for column, value in enumerate(row):
            _write_cell(sheet, number, column, value, formats)
    for column in sorted({*table.notes, *table.choices}):
        sheet.data_validation(1, column, MOST_ROWS - 1, column, _validation(table, column))


def _write_cell(sheet: Worksheet, row: int, column: int, value: Value, formats: Formats) -> None:
    match plain := plain_value(value):
        case None | "":
            pass
        case date() if plain.year < FIRST_YEAR:
            sheet.write_string(row, column, plain.strftime("%d-%m-%Y"), formats.as_text)
        case datetime():
            sheet.write_datetime(row, column, plain, formats.instant)
        case date():
            sheet.write_datetime(row, column, plain, formats.day)
        case int() | float() | Decimal():
            sheet.write_number(row, column, plain, formats.plain)
        case _:
            in_lines = formats.lines if lines_of(plain) > 1 else formats.plain
            style = formats.as_text if plain.startswith(COMPUTED) else in_lines
            _write_text(sheet, row, column, plain, style, formats)


def _write_text(sheet: Worksheet, row: int, column: int, text: str, style: Format, formats: Formats) -> None:
    """Write a text as nothing but text.

    XlsxWriter takes what stands between <r> and </r> for XML of its own and does not escape it: whoever fills in such a
    text could write formulas into the file. Handed over in two pieces, each is escaped.
    """
    if text.startswith(MARKUP_OF_XLSXWRITER):
        text = text[:LONGEST_TEXT]
        sheet.write_rich_string(row, column, text[0], formats.plain, text[1:], style)
    else:
        sheet.write_string(row, column, text, style)


def _validation(table: Table, column: int) -> dict[str, Any]:
    """A remark that appears at the cells of a column, and the list to choose from where the format can hold it."""
    asked: dict[str, Any] = {"validate": "any", "error_type": "warning"}
    if note := table.notes.get(column):
        title = str(table.heads[column])
        asked |= {"input_title": title[:LONGEST_PROMPT_TITLE], "input_message": note[:LONGEST_PROMPT]}
    choices = list(table.choices.get(column, ()))
    if choices and len(",".join(choices)) <= LONGEST_LIST and not any({",", '"'} & {*choice} for choice in choices):
        asked |= {"validate": "list", "source": choices}
    return asked
