"""Heads of sortable tables: the order is a parameter of the address, `sorteer=naam` or `sorteer=-naam`."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise

ORDER_PARAMETER = "sorteer"
PAGE_PARAMETER = "pagina"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `key` is its Dutch name in the address (empty: cannot be sorted on); `quiet` hides the
    head from sight, for a column of buttons or checkboxes."""

    label: str | Promise
    key: str = ""
    numeric: bool = False
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """What `c-data-table` shows: `url` sorts on this column (empty: cannot), `direction` is the value of aria-sort."""

    label: str | Promise
    url: str
    direction: str
    numeric: bool
    quiet: bool


def headers(columns: Sequence[Column], parameters: QueryDict, order: str = "") -> list[Header]:
    """The heads of a table that is now sorted by `order` ("naam" or "-naam"); filters of the address stay."""
    return [
        Header(
            column.label, _address(column, parameters, order), _direction(column, order), column.numeric, column.quiet
        )
        for column in columns
    ]


def _address(column: Column, parameters: QueryDict, order: str) -> str:
    if not column.key:
        return ""
    changed = parameters.copy()
    changed[ORDER_PARAMETER] = f"-{column.key}" if order == column.key else column.key
    changed.pop(PAGE_PARAMETER, None)
    return f"?{changed.urlencode()}"


def _direction(column: Column, order: str) -> str:
    if not column.key or order.removeprefix("-") != column.key:
        return ""
    return "descending" if order.startswith("-") else "ascending"
