"""Columns declared once: what a table may hold, how its heads are recognised, and how every bad cell is named."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openintegriteit.core.spreadsheets import values
from openintegriteit.core.spreadsheets.workbook import Cell, Row, Sheet, column_letters, plain, row_place

type Kind = Literal["text", "integer", "decimal", "date", "choice", "yes_no", "email"]
type Value = str | int | Decimal | date | bool | None
type Words = str | Promise

EXAMPLE_MARK = "voorbeeld:"
LONGEST_QUOTE = 60
# Where a column names no bounds of its own: what a database keeps in every case.
LARGEST = {"integer": 2_147_483_647, "decimal": 999_999_999_999}
# What spreadsheets show, in English and in Dutch, where a formula has no outcome.
ERROR_CELL = re.compile(r"#(N/[AB]|(REF|VERW|VALUE|WAARDE|DIV/0|DEEL/0|NUM|GETAL|NULL|LEEG)!|(NAME|NAAM)\?)|Err:\d+")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table that people fill in.

    `key` names the value in code, `name` is the head that people see, `synonyms` are other heads under which it is
    known. `choices` are (value, label) pairs as Django writes them. `minimum` and `maximum` bound numbers,
    `max_length` bounds texts. `help` and `example` go into the template.
    """

    key: str
    name: Words
    kind: Kind = "text"
    _: KW_ONLY
    required: bool = False
    choices: Sequence[tuple[str, Words]] = ()
    synonyms: tuple[Words, ...] = ()
    max_length: int | None = None
    minimum: int | None = None
    maximum: int | None = None
    help: Words = ""
    example: Words = ""

    @property
    def labelled_choices(self) -> tuple[tuple[str, str], ...]:
        """The choices with their labels in the language of now."""
        return tuple((str(stored), str(label)) for stored, label in self.choices)


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row that passed: the values by the keys of the columns. An empty text is "", any other empty cell None."""

    number: int
    values: dict[str, Value]


@dataclass(frozen=True, slots=True)
class TableError:
    """One thing that is wrong, and where; `str()` is the sentence for the user."""

    sheet: str
    row: int | None
    column: str | None
    problem: str

    def __str__(self) -> str:
        return f"{row_place(self.sheet, self.row, self.column)}: {self.problem}"


@dataclass(frozen=True, slots=True)
class TableResult:
    """What a sheet gave. `rows` holds the rows without an error; `present` the keys whose column is in the file.

    `examples` says in words where the rows are that were passed over because they are examples.
    """

    rows: tuple[TableRow, ...] = ()
    errors: tuple[TableError, ...] = ()
    warnings: tuple[str, ...] = ()
    unknown_columns: tuple[str, ...] = ()
    missing_columns: tuple[str, ...] = ()
    present: frozenset[str] = frozenset()
    examples: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing is wrong."""
        return not self.errors


def read_table(sheet: Sheet, columns: Sequence[Column], mapping: Mapping[str, str] | None = None) -> TableResult:
    """Read a sheet whose first row with something in it holds the heads, in any order.

    Heads match whatever their capitals, spaces and accents. `mapping` says for a head of the file which column key it
    is ("" for none) and goes before matching by name. Nothing raises: what is wrong stands in `errors`, every bad cell
    by sheet, row and column.
    """
    if not sheet.rows:
        return TableResult(missing_columns=_missing(columns, {}), errors=tuple(_missing_errors(sheet, columns, {})))
    heads, *body = sheet.rows
    places, unknown, errors = _match_heads(sheet, heads, columns, mapping or {})
    errors += _missing_errors(sheet, columns, places)
    rows = []
    for row in body:
        if _is_example(row) or not _holds_anything(row, places):
            continue
        row_values, row_errors = _read_row(sheet, row, columns, places)
        errors += row_errors
        if not row_errors:
            rows.append(TableRow(row.number, row_values))
    return TableResult(
        rows=tuple(rows),
        errors=tuple(errors),
        warnings=_headless_warnings(sheet, heads, body),
        unknown_columns=unknown,
        missing_columns=_missing(columns, places),
        present=frozenset(places),
        examples=tuple(row_place(sheet.name, row.number) for row in body if _is_example(row)),
    )


def _match_heads(
    sheet: Sheet, heads: Row, columns: Sequence[Column], mapping: Mapping[str, str]
) -> tuple[dict[str, int], tuple[str, ...], list[TableError]]:
    """Where each column stands in the file (key to index), the heads nobody knows, and the heads that stand twice."""
    known = {plain(str(name)): column.key for column in columns for name in (column.name, *column.synonyms)}
    chosen = {plain(head): key for head, key in mapping.items()}
    names = {column.key: str(column.name) for column in columns}
    places: dict[str, int] = {}
    unknown: list[str] = []
    errors: list[TableError] = []
    for index, cell in enumerate(heads.cells):
        head = values.to_text(cell)
        key = chosen.get(plain(head), known.get(plain(head)))
        if key is None and head:
            unknown.append(head)
        elif key and key in places:
            errors.append(TableError(sheet.name, heads.number, names[key], _("this column stands in the sheet twice.")))
        elif key:
            places[key] = index
    return places, tuple(unknown), errors


def _missing(columns: Sequence[Column], places: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(str(column.name) for column in columns if column.required and column.key not in places)


def _missing_errors(sheet: Sheet, columns: Sequence[Column], places: Mapping[str, int]) -> list[TableError]:
    problem = _("this column is missing. Add a column with this head, or start from the template.")
    return [TableError(sheet.name, None, name, problem) for name in _missing(columns, places)]


def _is_example(row: Row) -> bool:
    first = row.cells[0] if row.cells else None
    return isinstance(first, str) and first.casefold().startswith(EXAMPLE_MARK)


def _holds_anything(row: Row, places: Mapping[str, int]) -> bool:
    return any(_cell(row, index) is not None for index in places.values())


def _cell(row: Row, index: int | None) -> Cell:
    return row.cells[index] if index is not None and index < len(row.cells) else None


def _read_row(
    sheet: Sheet, row: Row, columns: Sequence[Column], places: Mapping[str, int]
) -> tuple[dict[str, Value], list[TableError]]:
    row_values: dict[str, Value] = {}
    errors = []
    for column in columns:
        try:
            row_values[column.key] = _read_cell(column, _cell(row, places.get(column.key)), column.key in places)
        except ValueError as problem:
            errors.append(TableError(sheet.name, row.number, str(column.name), str(problem)))
    return row_values, errors


def _read_cell(column: Column, cell: Cell, present: bool) -> Value:
    """The value of one cell; raises ValueError with the sentence for the user."""
    if cell is None:
        if column.required and present:
            raise ValueError(_("this cell is empty, but it must be filled in."))
        return "" if column.kind in ("text", "email") else None
    if isinstance(cell, str) and ERROR_CELL.fullmatch(cell):
        raise ValueError(_("the spreadsheet shows the error %(value)s here. Write the value itself.") % {"value": cell})
    if isinstance(cell, str) and len(cell) > LONGEST_QUOTE and column.kind != "text":
        raise ValueError(_("“%(value)s…” is too long for this column.") % {"value": cell[:LONGEST_QUOTE]})
    return _within_bounds(column, convert(column, cell))


def convert(column: Column, cell: Cell) -> Value:
    """The value of a cell that is not empty, by the kind of its column; ValueError holds a sentence for the user."""
    match column.kind:
        case "text":
            return values.to_text(cell)
        case "integer":
            return values.to_integer(cell)
        case "decimal":
            return values.to_decimal(cell)
        case "date":
            return values.to_date(cell)
        case "choice":
            return values.to_choice(cell, column.labelled_choices)
        case "yes_no":
            return values.to_yes_or_no(cell)
        case "email":
            return values.to_email(cell)


def _within_bounds(column: Column, value: Value) -> Value:
    if isinstance(value, str) and column.max_length is not None and len(value) > column.max_length:
        raise ValueError(
            _("this text has %(length)d characters; at most %(limit)d fit. Make it shorter.")
            % {"length": len(value), "limit": column.max_length}
        )
    if column.kind in LARGEST and isinstance(value, int | Decimal):
        maximum = LARGEST[column.kind] if column.maximum is None else column.maximum
        minimum = -LARGEST[column.kind] if column.minimum is None else column.minimum
        if value < minimum:
            raise ValueError(_("the number must be at least %(limit)s.") % {"limit": str(minimum)})
        if value > maximum:
            raise ValueError(_("the number must be at most %(limit)s.") % {"limit": str(maximum)})
    return value


def examples_passed_over(results: Iterable[TableResult]) -> tuple[str, ...]:
    """One sentence that names every example in the sheets of a file; nothing where there is none."""
    places = [place for result in results for place in result.examples]
    if not places:
        return ()
    sentence = ngettext(
        "A row that starts with “%(mark)s” is an example. This one was passed over: %(places)s.",
        "Rows that start with “%(mark)s” are examples. These were passed over: %(places)s.",
        len(places),
    )
    return (sentence % {"mark": EXAMPLE_MARK, "places": "; ".join(places)},)


def _headless_warnings(sheet: Sheet, heads: Row, body: Sequence[Row]) -> tuple[str, ...]:
    """Values in a column without a head would be lost in silence."""
    headed = {index for index, cell in enumerate(heads.cells) if values.to_text(cell)}
    lost = {index for row in body for index, cell in enumerate(row.cells) if cell is not None} - headed
    if not lost:
        return ()
    from_column = column_letters(min(lost) + 1)
    return (
        _("%(sheet)s: column %(column)s holds values but has no head. Those values are not read.")
        % {"sheet": row_place(sheet.name), "column": from_column},
    )
