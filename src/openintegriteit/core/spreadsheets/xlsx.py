"""Tables as an XLSX file, row by row, so that the size of a table does not matter."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.datavalidation import DataValidation

from openintegriteit.core.spreadsheets.tables import Plain, Table, Value, plain_value, sheet_name
from openintegriteit.core.spreadsheets.workbook import column_letters

LAST_ROW = 1_048_576
LONGEST_LIST = 255
HEAD_FONT = Font(bold=True)
TOP = Alignment(vertical="top", wrap_text=True)
DATE_FORMAT, INSTANT_FORMAT = "dd-mm-yyyy", "dd-mm-yyyy hh:mm"


def write_xlsx(tables: Sequence[Table], file: IO[bytes]) -> None:
    """Write a workbook with a sheet for each table; heads are bold and stay in view."""
    workbook = Workbook(write_only=True)
    for table in tables:
        sheet = workbook.create_sheet(sheet_name(table.name))
        widths, rows = table.measured()
        for number, width in enumerate(widths, start=1):
            sheet.column_dimensions[column_letters(number)].width = width
        sheet.freeze_panes = "A2"
        _offer_choices(sheet, table)
        sheet.append([_head(sheet, str(head), table.notes.get(index)) for index, head in enumerate(table.heads)])
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
    workbook.save(file)


def _head(sheet: WriteOnlyWorksheet, head: str, note: str | None) -> Cell:
    cell = WriteOnlyCell(sheet, head)
    cell.data_type = "s"
    cell.font = HEAD_FONT
    if note:
        cell.comment = Comment(note, "", width=320, height=120)
    return cell


def _cell(sheet: WriteOnlyWorksheet, value: Value) -> Plain | Cell:
    plain = plain_value(value)
    if isinstance(plain, date):
        cell = WriteOnlyCell(sheet)
        cell.value = plain
        cell.number_format = INSTANT_FORMAT if isinstance(plain, datetime) else DATE_FORMAT
        return cell
    if isinstance(plain, str) and plain.startswith(("=", "+", "-", "@", "#")):
        cell = WriteOnlyCell(sheet, plain)
        cell.data_type = "s"
        cell.quotePrefix = True  # remains text when somebody edits the cell
        return cell
    if isinstance(plain, str) and "\n" in plain:
        cell = WriteOnlyCell(sheet, plain)
        cell.alignment = TOP
        return cell
    return plain


def _offer_choices(sheet: WriteOnlyWorksheet, table: Table) -> None:
    """Lists to choose from, where the format can hold them; a list that it cannot hold stands in the note."""
    for index, choices in table.choices.items():
        joined = ",".join(choices)
        if len(joined) > LONGEST_LIST or any("," in choice or '"' in choice for choice in choices):
            continue
        letters = column_letters(index + 1)
        validation = DataValidation(type="list", formula1=f'"{joined}"', allow_blank=True, errorStyle="warning")
        validation.add(f"{letters}2:{letters}{LAST_ROW}")
        sheet.data_validations.append(validation)  # type: ignore[attr-defined]  # unknown to the stubs only
