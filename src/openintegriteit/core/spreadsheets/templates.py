"""An empty workbook to fill in: sheets with the right heads, examples, lists to choose from, and an explanation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.utils.translation import gettext as _

from openintegriteit.core.spreadsheets.columns import EXAMPLE_MARK, Column, Words, convert
from openintegriteit.core.spreadsheets.columns import Value as ColumnValue
from openintegriteit.core.spreadsheets.tables import Table, Value
from openintegriteit.core.spreadsheets.values import to_text
from openintegriteit.core.spreadsheets.writing import write

EXPLANATION_SHEET = "Uitleg"


@dataclass(frozen=True, slots=True)
class SheetTemplate:
    """One sheet to fill in. Without `examples` (values by column key) those of the columns make one row.

    `words` are what a column may hold, each with its meaning, by column key: told in the explanation, not enforced.
    """

    name: str
    intro: Words
    columns: tuple[Column, ...]
    examples: tuple[Mapping[str, ColumnValue], ...] = ()
    words: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)


def template_workbook(sheets: Sequence[SheetTemplate], format: Literal["xlsx", "ods"]) -> bytes:
    """A workbook with the given sheets, after a first sheet that explains every column.

    The examples start with a mark by which `read_table` passes them over.
    """
    explanation = Table(
        EXPLANATION_SHEET,
        (_("Sheet"), _("Column"), _("Required"), _("What you fill in"), _("Example")),
        list(_explanation(sheets)),
    )
    return write([explanation, *(_table(sheet) for sheet in sheets)], format)


def _explanation(sheets: Sequence[SheetTemplate]) -> Iterator[Sequence[Value]]:
    for instruction in (
        _("Fill in the sheets that you need and leave the others empty. One row is one record."),
        _("The order of the columns is free. Do not change the heads."),
        _("A row that starts with “%(mark)s” is an example. It is passed over; you may leave it or remove it.")
        % {"mark": EXAMPLE_MARK},
        _("Write dates like 31-01-2026 and numbers like 1234,5. Use no formulas."),
    ):
        yield "", "", "", instruction, ""
    for sheet in sheets:
        yield "", "", "", "", ""
        yield sheet.name, "", "", sheet.intro, ""
        for column in sheet.columns:
            yield sheet.name, column.name, _("yes") if column.required else "", describe(column), column.example
            for word, meaning in sheet.words.get(column.key, ()):
                yield sheet.name, column.name, "", meaning, word


def describe(column: Column) -> str:
    """What goes into a column, in a few sentences: its own help, and what its kind asks."""
    kinds = {
        "text": "",
        "integer": _("A whole number."),
        "decimal": _("A number, like 1234,5."),
        "date": _("A date, like 31-01-2026."),
        "choice": _("Choose from: %(choices)s.")
        % {"choices": ", ".join(label for _value, label in column.labelled_choices)},
        "yes_no": _("Write ja or nee."),
        "email": _("A mail address."),
    }
    return " ".join(part for part in (str(column.help), kinds[column.kind]) if part)


def _table(sheet: SheetTemplate) -> Table:
    examples = sheet.examples or ({column.key: _typed_example(column) for column in sheet.columns},)
    return Table(
        sheet.name,
        [str(column.name) for column in sheet.columns],
        [_example_row(sheet.columns, example) for example in examples],
        notes={index: note for index, column in enumerate(sheet.columns) if (note := _note(column))},
        choices={index: offered for index, column in enumerate(sheet.columns) if (offered := _offered(column))},
    )


def _typed_example(column: Column) -> ColumnValue:
    return convert(column, str(column.example)) if column.example else None


def _example_row(columns: Sequence[Column], example: Mapping[str, ColumnValue]) -> list[Value]:
    first, *others = (_shown(column, example.get(column.key)) for column in columns)
    return [f"{EXAMPLE_MARK} {_as_text(first)}".strip(), *others]


def _shown(column: Column, value: ColumnValue) -> Value:
    """A value as people would fill it in: the label of a choice instead of what is stored."""
    return dict(column.labelled_choices).get(value, value) if isinstance(value, str) else value


def _as_text(value: Value) -> str:
    return to_text(value) if isinstance(value, str | int | float) or value is None else str(value)


def _note(column: Column) -> str:
    required = _("Required.") if column.required else ""
    return " ".join(part for part in (required, describe(column)) if part)


def _offered(column: Column) -> Sequence[str]:
    if column.kind == "yes_no":
        return (_("yes"), _("no"))
    return tuple(label for _value, label in column.labelled_choices)
