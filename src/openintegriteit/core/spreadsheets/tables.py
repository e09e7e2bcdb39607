"""A table on its way out: heads, rows, and values as files can hold them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

type Value = str | int | float | Decimal | bool | date | datetime | Promise | None
type Plain = str | int | float | Decimal | date | datetime | None

ROWS_MEASURED = 50
NARROWEST, WIDEST = 8, 60
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: a head for each column, and the rows below it.

    `notes` explain a column (shown as a remark), `choices` offer a list in a column, both by column index.
    """

    name: str
    heads: Sequence[str | Promise]
    rows: Iterable[Sequence[Value]]
    notes: Mapping[int, str] = field(default_factory=dict)
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)

    def measured(self) -> tuple[list[int], Iterator[Sequence[Value]]]:
        """Column widths in characters, by the heads and the first rows, and all rows."""
        rows = iter(self.rows)
        first = list(islice(rows, ROWS_MEASURED))
        widths = [
            max(NARROWEST, *(_longest_line(row[index]) for row in ([*self.heads], *first) if index < len(row)))
            for index in range(len(self.heads))
        ]
        return [min(width, WIDEST) + 2 for width in widths], chain(first, rows)


def plain_value(value: Value) -> Plain:
    """A value as it goes into a file: yes and no in words, instants on the Dutch clock, text that XML can hold."""
    match value:
        case bool():
            return _("yes") if value else _("no")
        case str() | Promise():
            return NOT_IN_XML.sub("", str(value).replace("\r\n", "\n"))
        case datetime() if timezone.is_aware(value):
            return timezone.make_naive(value)
        case _:
            return value


def sheet_name(name: str) -> str:
    """A name that every spreadsheet program accepts: at most 31 characters, no []:*?/\\ and no apostrophe around it."""
    return re.sub(r"[\[\]:*?/\\]", " ", name)[:31].strip(" '") or "1"


def _longest_line(value: Value) -> int:
    match plain := plain_value(value):
        case datetime():
            return len("31-12-2026 23:59")
        case date():
            return len("31-12-2026")
        case None:
            return 0
        case _:
            return max(map(len, str(plain).split("\n")))


def lines_of(text: str) -> int:
    """How many lines a text takes in its cell: its own, each as often as it fills the widest column."""
    return sum(max(1, -(-len(line) // WIDEST)) for line in text.split("\n"))
