"""Lists in pages and in an order that the reader chooses, from values in the address that anybody can type."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet

PER_PAGE = 50
MOST_FOUND = 1000


class FoundPages(Paginator[Any]):
    """Pages of what a search through all texts finds, as keys in their order; of the first thousand only.

    Searching reads every row, so it is done once: one query finds the keys and so how many there are. `more` tells that
    the search finds more than the pages hold.
    """

    def __init__(self, queryset: QuerySet[Any], per_page: int) -> None:
        keys = list(queryset.values_list("pk", flat=True)[: MOST_FOUND + 1])
        self.more = len(keys) > MOST_FOUND
        super().__init__(keys[:MOST_FOUND], per_page)


class RowPages(Paginator[Any]):
    """Pages of a queryset in whose order no two rows are alike.

    What lies nearer to the end is sought from there, so that the last page costs what the first does.
    """

    def page(self, number: Any) -> Page[Any]:
        """The page with this number. Raises InvalidPage for one that does not exist."""
        found: Page[Any] = super().page(number)
        before, after = max(found.start_index() - 1, 0), self.count - found.end_index()
        if after < before:
            rows: Any = self.object_list
            found.object_list = rows.filter(pk__in=rows.reverse().values("pk")[after : self.count - before])
        return found


def page_of[M: Model](queryset: QuerySet[M], request_page: str | None, per_page: int = PER_PAGE) -> Page[M]:
    """One page of a queryset as `RowPages` want it: one query that counts and one that fetches the rows.

    What is no page number gives the first page, what lies beyond the end the last.
    """
    return RowPages(queryset, per_page).get_page(request_page)


def found_page[M: Model](queryset: QuerySet[M], request_page: str | None, per_page: int = PER_PAGE) -> Page[Any]:
    """One page of the keys that a search finds, in the order of the queryset (one query). Pages as in `page_of`."""
    return FoundPages(queryset, per_page).get_page(request_page)


@dataclass(frozen=True, slots=True)
class Sort:
    """The order of a list. `order_by` ends with the primary key, so that no row stands on two pages."""

    name: str
    descending: bool
    order_by: tuple[str, ...]

    @property
    def value(self) -> str:
        """How this order is written in an address."""
        return f"-{self.name}" if self.descending else self.name


def sort_from(request_value: str | None, allowed: Mapping[str, str | tuple[str, ...]], default: str) -> Sort:
    """The order that an address asks for ("datum", or "-datum" for the other way), or the default.

    `allowed` gives the fields of the model for each name in the address; nothing else can be sorted by.
    """
    asked = request_value or default
    if asked.removeprefix("-") not in allowed:
        asked = default
    name, descending = asked.removeprefix("-"), asked.startswith("-")
    fields = allowed[name]
    direction = "-" if descending else ""
    ordered = (fields,) if isinstance(fields, str) else fields
    return Sort(name, descending, (*(f"{direction}{field}" for field in ordered), f"{direction}pk"))
