"""The page that shows every component in every state, for who builds pages and for the tests."""

from datetime import UTC, date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from openintegriteit.ui.forms import ExampleFilter, ExampleForm
from openintegriteit.ui.tables import ORDER_PARAMETER, PAGE_PARAMETER, Column, headers

EXAMPLE_CHART = mark_safe(
    '<svg viewBox="0 0 420 150">'
    '<rect x="60" y="118" width="56" height="12" fill="#6f9396"/><rect x="182" y="14" width="56" height="116"'
    ' fill="#6f9396"/><rect x="304" y="86" width="56" height="44" fill="#0b5d63"/>'
    '<line x1="30" x2="390" y1="130.5" y2="130.5" stroke="#8795a1"/><g fill="#14293d" font-size="13"'
    ' text-anchor="middle"><text x="88" y="112">2</text><text x="254" y="26">21</text><text x="332" y="80">8</text>'
    '<text x="88" y="147">2023</text><text x="210" y="147">2024</text><text x="332" y="147">2025</text></g></svg>'
)


def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state, with invented content."""
    return render(request, "ui/components.html", examples(request))


def examples(request: HttpRequest) -> dict[str, Any]:
    """The invented content of the page of components; order and page come from the address."""
    columns = (
        Column(_("Measure"), "maatregel"),
        Column(_("Owner"), "eigenaar"),
        Column(_("Budget in euros"), "budget", numeric=True),
        Column(_("Status")),
    )
    return {
        "form": ExampleForm(),
        "sent": ExampleForm({"day": "31-02-2026"}, prefix="wrong"),
        "filter": ExampleFilter(request.GET),
        "headers": headers(columns, request.GET, request.GET.get(ORDER_PARAMETER, "maatregel")),
        "page": Paginator(range(1, 1043), 50).get_page(request.GET.get(PAGE_PARAMETER, 7)),
        "differences": [{"label": _("Owner"), "stored": "Financiën", "typed": "Inkoop\nFinanciën"}],
        "lines": [
            {
                "at": datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
                "action": "Maatregel veranderd",
                "actor": "F. de Wit",
                "changes": [{"label": "einddatum", "before": "1 oktober", "after": "9 november"}],
            }
        ],
        "chart": EXAMPLE_CHART,
        "today": date(2026, 11, 21),
        "days": [date(2026, 11, 9), date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 24), date(2026, 12, 31)],
    }
