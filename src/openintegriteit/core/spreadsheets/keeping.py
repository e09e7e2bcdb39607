"""What was read from a spreadsheet, kept between the pages of an import: reading 100,000 rows again takes seconds."""

import json
from datetime import date
from typing import Any

from openintegriteit.core.spreadsheets.workbook import Cell, Row, Sheet, Workbook


def packed(workbook: Workbook) -> bytes:
    """The sheets, rows and cells as JSON; `unpacked` gives the same workbook again."""
    sheets = [
        [sheet.name, [[row.number, [_told(cell) for cell in row.cells]] for row in sheet.rows], sheet.formulas]
        for sheet in workbook.sheets
    ]
    return json.dumps(sheets, separators=(",", ":")).encode()


def unpacked(content: bytes) -> Workbook:
    """The workbook that was packed."""
    return Workbook(
        tuple(
            Sheet(name, tuple(Row(number, tuple(map(_cell, cells))) for number, cells in rows), tuple(formulas))
            for name, rows, formulas in json.loads(content)
        )
    )


def _told(cell: Cell) -> Any:
    return [cell.isoformat()] if isinstance(cell, date) else cell


def _cell(told: Any) -> Cell:
    return date.fromisoformat(told[0]) if isinstance(told, list) else told
