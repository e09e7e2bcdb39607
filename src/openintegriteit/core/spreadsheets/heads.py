"""The heads of a sheet that somebody sent in, and which of our columns each of them most likely is."""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches

from openintegriteit.core.spreadsheets.columns import Column
from openintegriteit.core.spreadsheets.templates import EXPLANATION_SHEET
from openintegriteit.core.spreadsheets.values import to_text
from openintegriteit.core.spreadsheets.workbook import Sheet, Workbook, plain

LIKENESS = 0.85


def sheet_meant(workbook: Workbook, name: str, *others: str) -> Sheet | None:
    """The sheet of this name, or else the first with rows that is neither one of the others nor the explanation."""
    passed_over = {plain(other) for other in (*others, EXPLANATION_SHEET)}
    unnamed = (sheet for sheet in workbook.sheets if sheet.rows and plain(sheet.name) not in passed_over)
    return workbook.sheet(name) or next(unnamed, None)


def heads_of(sheet: Sheet | None) -> list[str]:
    """The heads of a sheet, as they stand in the file."""
    return [head for head in map(to_text, sheet.rows[0].cells) if head] if sheet and sheet.rows else []


def unused_heads(sheet: Sheet | None, mapping: Mapping[str, str]) -> list[str]:
    """The heads of a sheet of which somebody said that they are none of our columns."""
    return [head for head in heads_of(sheet) if mapping.get(head) == ""]


def sample_values(sheet: Sheet | None, head: str, count: int = 3) -> list[str]:
    """A few values under a head, so that people recognise the column."""
    if sheet is None or not sheet.rows:
        return []
    place = [to_text(cell) for cell in sheet.rows[0].cells].index(head)
    texts = (to_text(row.cells[place]) for row in sheet.rows[1:20] if place < len(row.cells))
    return [text for text in texts if text][:count]


def guess_mapping(heads: Sequence[str], columns: Sequence[Column]) -> dict[str, str]:
    """Which column each head most likely is ("" for none): by its name, a name it is known by, or one very like it.

    No column is guessed twice; a head that matches exactly goes before one that is alike.
    """
    known = {plain(str(name)): column.key for column in columns for name in (column.name, *column.synonyms)}
    guessed = {head: known[plain(head)] for head in _first_of_each(heads, known)}
    for head in heads:
        if head not in guessed:
            alike = get_close_matches(plain(head), known, n=1, cutoff=LIKENESS)
            key = known[alike[0]] if alike else ""
            guessed[head] = key if key not in guessed.values() else ""
    return guessed


def _first_of_each(heads: Sequence[str], known: Mapping[str, str]) -> list[str]:
    """The heads that are known by name; of two for one column the one whose name comes first in that column."""
    order = {name: place for place, name in enumerate(known)}
    best: dict[str, str] = {}
    for head in sorted((head for head in heads if plain(head) in known), key=lambda head: order[plain(head)]):
        best.setdefault(known[plain(head)], head)
    return list(best.values())
