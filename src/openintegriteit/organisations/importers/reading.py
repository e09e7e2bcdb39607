"""The rows of a file of people, and everything in it that is wrong by itself."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from openintegriteit.core.spreadsheets.columns import (
    Column,
    TableError,
    TableResult,
    TableRow,
    examples_passed_over,
    read_table,
)
from openintegriteit.core.spreadsheets.heads import sheet_meant, unused_heads
from openintegriteit.core.spreadsheets.workbook import Sheet, Workbook
from openintegriteit.organisations.importers.columns import PEOPLE_COLUMNS, PEOPLE_SHEET, UNIT_COLUMNS, UNITS_SHEET

NUMBER_COLUMN = PEOPLE_COLUMNS[0]


@dataclass(frozen=True, slots=True)
class FileContents:
    """What a file says. `present` are the columns of people that it has; `numbers` every person it names, also in rows
    that hold a mistake elsewhere."""

    people: tuple[TableRow, ...]
    units: tuple[TableRow, ...]
    present: frozenset[str]
    numbers: frozenset[str]
    people_sheet: str
    errors: tuple[TableError, ...]
    warnings: tuple[str, ...]
    unused_columns: tuple[str, ...]


def sheet_of_people(workbook: Workbook) -> Sheet | None:
    """The sheet of people: by its name, or else the first that is neither that of the units nor the explanation."""
    return sheet_meant(workbook, PEOPLE_SHEET, UNITS_SHEET)


def read_file(workbook: Workbook, mapping: Mapping[str, str] | None = None) -> FileContents:
    """Read both sheets. `mapping` says for heads of the people's sheet which column they are ("" for none)."""
    people_sheet, units_sheet = sheet_of_people(workbook), workbook.sheet(UNITS_SHEET)
    people = read_table(people_sheet, PEOPLE_COLUMNS, mapping) if people_sheet else TableResult()
    units = read_table(units_sheet, UNIT_COLUMNS) if units_sheet and units_sheet.rows else TableResult()
    errors = [*units.errors, *people.errors]
    if people_sheet:
        errors += _twice(people_sheet.name, NUMBER_COLUMN, people.rows)
    if units_sheet:
        errors += _twice(units_sheet.name, UNIT_COLUMNS[0], units.rows)
    return FileContents(
        people=people.rows,
        units=units.rows,
        present=people.present,
        numbers=_numbers(people_sheet, mapping, people),
        people_sheet=people_sheet.name if people_sheet else PEOPLE_SHEET,
        errors=tuple(errors),
        warnings=(*workbook.warnings, *units.warnings, *people.warnings, *examples_passed_over([units, people])),
        unused_columns=(*units.unknown_columns, *people.unknown_columns, *unused_heads(people_sheet, mapping or {})),
    )


def _twice(sheet: str, column: Column, rows: Sequence[TableRow]) -> Iterable[TableError]:
    first_rows: dict[Any, int] = {}
    for row in rows:
        key = row.values[column.key]
        if key in first_rows:
            problem = _("“%(value)s” stands in row %(row)d as well. Each one may stand in the file once.") % {
                "value": key,
                "row": first_rows[key],
            }
            yield TableError(sheet, row.number, str(column.name), problem)
        first_rows.setdefault(key, row.number)


def _numbers(sheet: Sheet | None, mapping: Mapping[str, str] | None, people: TableResult) -> frozenset[str]:
    rows: Sequence[TableRow] = people.rows
    if people.errors and sheet is not None:
        only_number = {head: key if key == NUMBER_COLUMN.key else "" for head, key in (mapping or {}).items()}
        rows = read_table(sheet, [NUMBER_COLUMN], only_number).rows
    return frozenset(str(row.values[NUMBER_COLUMN.key]) for row in rows)
