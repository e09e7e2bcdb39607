"""What is left of a spreadsheet after reading: names, rows and values, and nothing that can run."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openintegriteit.core.searching import searchable

type Cell = str | int | float | bool | date | None

CELLS_NAMED = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One row; `number` is the one that people see in their spreadsheet (the first row is 1)."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows that hold something, and the cells whose value was computed by a formula ("C12")."""

    name: str
    rows: tuple[Row, ...]
    formulas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """All sheets of one file, in the order of the file."""

    sheets: tuple[Sheet, ...]

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of this name; capitals, spaces and accents make no difference."""
        return next((sheet for sheet in self.sheets if plain(sheet.name) == plain(name)), None)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the reader should know: one sentence for each sheet that holds formulas."""
        return tuple(_formula_warning(sheet) for sheet in self.sheets if sheet.formulas)


def plain(text: str) -> str:
    """A name reduced to what people mean by it: lower case letters and digits without accents."""
    return "".join(character for character in searchable(text) if character.isalnum())


def column_letters(number: int) -> str:
    """The letters of a column as spreadsheets show them: 1 is A, 27 is AA."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _formula_warning(sheet: Sheet) -> str:
    named = ", ".join(sheet.formulas[:CELLS_NAMED]) + (", …" if len(sheet.formulas) > CELLS_NAMED else "")
    return ngettext(
        "Sheet %(sheet)s: cell %(cells)s holds a formula. We use the outcome that was saved with the file. "
        "Check that outcome.",
        "Sheet %(sheet)s: %(count)d cells hold a formula (%(cells)s). We use the outcomes that were saved with the "
        "file. Check those outcomes.",
        len(sheet.formulas),
    ) % {"sheet": sheet.name, "cells": named, "count": len(sheet.formulas)}


def row_place(sheet: str, row: int | None = None, column: str | None = None) -> str:
    """Where something is, in words: "Sheet Measures, row 12, column Date"."""
    if row is None and column is None:
        return _("Sheet %(sheet)s") % {"sheet": sheet}
    if column is None:
        return _("Sheet %(sheet)s, row %(row)d") % {"sheet": sheet, "row": row}
    if row is None:
        return _("Sheet %(sheet)s, column %(column)s") % {"sheet": sheet, "column": column}
    return _("Sheet %(sheet)s, row %(row)d, column %(column)s") % {"sheet": sheet, "row": row, "column": column}
