"""Lists: filters, order and page from the address, and the same rows as CSV, XLSX or ODS.

A list is a `Listing` (its columns, as data) and a plain Django form with the filters. A view narrows the rows by the
form, and either shows a page of them or hands them out as a file:

    form = MeasureFilter(request.GET)
    rows = form.narrowed(Measure.objects.select_related("heading"))
    if export_format(request):
        return export(request, MEASURES, rows)
    return render(request, "programme/measures.html", {"listing": list_page(request, MEASURES, rows, form)})

In the template `listing.headers` goes to `c-data-table`, `listing.page` is walked and goes to `c-pagination`, and
`listing.filters`, `listing.active` and `listing.reset` go to `c-filter-bar`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.paginator import Page
from django.db.models import Choices, F, Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.clock import today
from openintegriteit.core.paging import Sort, found_page, page_of, sort_from
from openintegriteit.core.searching import Searchable, StandsIn, searchable
from openintegriteit.core.spreadsheets.writing import CONTENT_TYPES, Format, Table, Value, write
from openintegriteit.ui.tables import ORDER_PARAMETER, PAGE_PARAMETER, Column, Header, headers

FORMAT_PARAMETER = "formaat"
SEARCH_PARAMETER = "zoek"
ROWS_AT_ONCE = 2000
LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class ListColumn[M: Model]:
    """A column on screen and in the file.

    `value` gives the cell in the file (a number, date or text; None is an empty cell). `key` is the Dutch name in the
    address by which the list can be sorted on the fields in `order` (both empty: it cannot). `file_only` columns are
    too wide for the screen.
    """

    label: str | Promise
    value: Callable[[M], Value]
    key: str = ""
    order: str | tuple[str, ...] = ()
    numeric: bool = False
    file_only: bool = False


@dataclass(frozen=True, slots=True)
class Listing[M: Model]:
    """A kind of list: `name` is the Dutch name of the file, `default_order` a column key ("-key": descending)."""

    name: str
    columns: tuple[ListColumn[M], ...]
    default_order: str


@dataclass(frozen=True, slots=True)
class ListPage[M: Model]:
    """One page of a list with what stands around it. `active` is how many filters are on."""

    page: Page[M]
    headers: list[Header]
    filters: forms.Form
    active: int
    reset: str


def list_page[M: Model](
    request: HttpRequest,
    listing: Listing[M],
    rows: QuerySet[M],
    filters: forms.Form,
    shown: Callable[[QuerySet[M]], QuerySet[M]] | None = None,
) -> ListPage[M]:
    """The page, order and heads that the address asks for (two queries: the count or search, and the rows).

    `shown` adds what a page shows but its order does not need (joins, counts). The keys of the page are then found
    first, so that the pages before it cost none of that. A search shows at most the first thousand rows.
    """
    sort = _sort(request, listing)
    page = _page(request, rows.order_by(*sort.order_by), shown)
    columns = [Column(column.label, column.key, column.numeric) for column in listing.columns if not column.file_only]
    return ListPage(
        page=page,
        headers=headers(columns, request.GET, sort.value),
        filters=filters,
        active=sum(1 for name in filters.fields if request.GET.get(name)),
        reset=request.path,
    )


def _page[M: Model](
    request: HttpRequest, rows: QuerySet[M], shown: Callable[[QuerySet[M]], QuerySet[M]] | None
) -> Page[M]:
    number, order = request.GET.get(PAGE_PARAMETER), rows.query.order_by
    searches = bool(request.GET.get(SEARCH_PARAMETER, "").strip())
    page: Page[Any] = found_page(rows, number) if searches else page_of(rows, number)
    if searches or shown is not None:
        keys = page.object_list if searches else cast(QuerySet[M], page.object_list).values("pk")
        described = shown(rows.model._default_manager.all()) if shown else rows
        page.object_list = described.filter(pk__in=keys).order_by(*order)
    return page


def export_format(request: HttpRequest) -> Format | None:
    """The format in which the address asks for the list as a file; None: it asks for a page."""
    asked = request.GET.get(FORMAT_PARAMETER, "")
    return cast(Format, asked) if asked in CONTENT_TYPES else None


def export[M: Model](request: HttpRequest, listing: Listing[M], rows: QuerySet[M]) -> HttpResponse:
    """All rows in the asked order as a file with the date in its name.

    The file is complete before the answer starts: once the view has returned, the rows of the body are out of reach.
    Raises ValueError when the address asks for no known format.
    """
    ordered = rows.order_by(*_sort(request, listing).order_by)
    return as_file(request, listing.name, [column.label for column in listing.columns], _cells(listing, ordered))


def as_file(
    request: HttpRequest, name: str, heads: Sequence[str | Promise], rows: Iterable[Sequence[Value]]
) -> HttpResponse:
    """Rows as a file in the format that the address asks for, for lists that are no table of the database.

    Raises ValueError when the address asks for no known format.
    """
    file_format = export_format(request)
    if file_format is None:
        raise ValueError(request.GET.get(FORMAT_PARAMETER))
    content = write([Table(name.capitalize(), heads, rows)], file_format)
    dated = f"{name}-{today():%Y-%m-%d}.{file_format}"
    headers = {"Content-Disposition": f'attachment; filename="{dated}"'}
    return HttpResponse(content, content_type=CONTENT_TYPES[file_format], headers=headers)


def matching[M: Model](rows: QuerySet[M], words: str, fields: Sequence[str]) -> QuerySet[M]:
    """The rows in which every word stands in at least one of the fields, in any case and with or without accents.

    Reads every row: models with many have a `SearchTextField`, and are asked with `holding`.
    """
    for word in searchable(words).split():
        found = Q()
        for field in fields:
            found |= Q(StandsIn(Searchable(F(field)), word))
        rows = rows.filter(found)
    return rows


def chosen(form: forms.Form) -> dict[str, Any]:
    """The filters of a form that are filled in and valid; what anybody may have typed in the address is passed over."""
    form.is_valid()
    return {name: value for name, value in form.cleaned_data.items() if value not in (None, "", False)}


def with_all(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Choices of a filter, with "all" first."""
    return [("", _("All")), *choices]


def recent_years() -> list[tuple[str, str]]:
    """The choices of a filter on the year: this one and the nine before it, newest first."""
    return [(str(year), str(year)) for year in range(today().year, today().year - 10, -1)]


def choice_filter(label: Any, choices: type[Choices], *more: tuple[str, str | Promise]) -> forms.ChoiceField:
    """A filter on a choice of the model. The address holds the label of a choice as a word (`stand=op-schema`).

    `more` adds choices that stand for several: (word in the address, label); their cleaned value is that word.
    """

    def offered() -> list[tuple[str, str | Promise]]:
        return with_all([*((address_word(choice), choice.label) for choice in choices), *more])

    def value_of(word: str) -> str:
        return next((choice.value for choice in choices if address_word(choice) == word), word)

    return forms.TypedChoiceField(label=label, required=False, choices=offered, coerce=value_of, empty_value="")


@translation.override(settings.LANGUAGE_CODE)
def address_word(choice: Choices) -> str:
    """How a choice is written in an address: its Dutch label as a word, whatever the language of the screen."""
    return slugify(choice.label)


def search_field() -> forms.CharField:
    """The search box of a list."""
    return forms.CharField(
        label=_("Search"),
        required=False,
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search"}),
    )


def _sort[M: Model](request: HttpRequest, listing: Listing[M]) -> Sort:
    allowed = {column.key: column.order for column in listing.columns if column.key}
    return sort_from(request.GET.get(ORDER_PARAMETER), allowed, listing.default_order)


def _cells[M: Model](listing: Listing[M], rows: QuerySet[M]) -> Iterator[list[Value]]:
    for row in rows.iterator(chunk_size=ROWS_AT_ONCE):
        yield [column.value(row) for column in listing.columns]
