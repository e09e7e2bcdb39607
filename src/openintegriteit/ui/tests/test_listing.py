import io
from datetime import date

import pytest
import time_machine
from django import forms
from django.db.models import F
from django.test import RequestFactory

from openintegriteit.core.spreadsheets.reading import read_workbook
from openintegriteit.event_log.models import Chain
from openintegriteit.ui.listing import (
    ListColumn,
    Listing,
    chosen,
    export,
    export_format,
    list_page,
    matching,
    search_field,
    with_all,
)
from openintegriteit.ui.templatetags.ui import more_than

CHAINS: Listing[Chain] = Listing(
    name="ketens",
    columns=(
        ListColumn("Keten", lambda chain: chain.key, key="keten", order="key"),
        ListColumn("Lengte", lambda chain: chain.length, key="lengte", order="length", numeric=True),
        ListColumn("Dag", lambda chain: date(2026, 11, 21)),
        ListColumn("Stempel", lambda chain: chain.last_hash or None, file_only=True),
    ),
    default_order="keten",
)


class Filter(forms.Form):
    zoek = search_field()
    soort = forms.ChoiceField(required=False, choices=with_all([("a", "A"), ("b", "B")]))


@pytest.fixture
def chains(db) -> None:
    for key, length in (("beta", 3), ("alfa", 2), ("=gamma", 1)):
        Chain.objects.create(key=key, length=length, last_hash="")


def shown(query: str, rows=None):
    request = RequestFactory().get(f"/lijst/?{query}")
    return list_page(request, CHAINS, Chain.objects.all() if rows is None else rows, Filter(request.GET))


def exported(query: str) -> bytes:
    return export(RequestFactory().get(f"/lijst/?{query}"), CHAINS, Chain.objects.all()).content


def test_the_address_says_the_order(chains) -> None:
    assert [chain.key for chain in shown("").page] == ["=gamma", "alfa", "beta"]
    assert [chain.length for chain in shown("sorteer=-lengte").page] == [3, 2, 1]


def test_what_cannot_be_sorted_on_gives_the_default_order(chains) -> None:
    assert [chain.key for chain in shown("sorteer=last_hash").page] == ["=gamma", "alfa", "beta"]


def test_a_search_keeps_the_order_and_what_the_page_adds(chains) -> None:
    rows = Chain.objects.annotate(double=F("length") * 2)

    assert [chain.double for chain in shown("zoek=a&sorteer=-lengte", rows).page] == [6, 4, 2]


@pytest.mark.slow
def test_a_search_that_finds_too_much_says_so(db) -> None:
    Chain.objects.bulk_create(Chain(key=f"keten {number:05}", length=1) for number in range(1001))

    page = shown("zoek=keten&pagina=2").page

    assert next(iter(page)).key == "keten 00050"
    assert more_than(page) == "Meer dan "
    assert more_than(shown("").page) == ""
    assert shown("").page.paginator.count == 1001


def test_heads_lead_to_the_other_order_and_keep_the_filters(chains) -> None:
    listing = shown("zoek=a&sorteer=lengte&pagina=2")

    assert [header.label for header in listing.headers] == ["Keten", "Lengte", "Dag"]
    assert listing.headers[1].url == "?zoek=a&sorteer=-lengte"
    assert listing.headers[2].url == ""


def test_filters_that_are_on_are_counted(chains) -> None:
    assert (shown("").active, shown("zoek=a&soort=b&sorteer=lengte").active) == (0, 2)


def test_what_is_no_choice_is_passed_over() -> None:
    assert chosen(Filter({"zoek": " a ", "soort": "x"})) == {"zoek": "a"}
    assert chosen(Filter({"zoek": "a\x00b"})) == {}
    assert chosen(Filter({"zoek": "a" * 201, "soort": "b"})) == {"soort": "b"}


def test_every_word_must_be_found(chains) -> None:
    assert [chain.key for chain in matching(Chain.objects.all(), "BE ta", ["key"])] == ["beta"]
    assert not matching(Chain.objects.all(), "be alfa", ["key"]).exists()
    assert not matching(Chain.objects.all(), "%", ["key"]).exists()
    assert matching(Chain.objects.all(), "  ", ["key"]).count() == 3


def test_only_known_formats_are_files() -> None:
    assert export_format(RequestFactory().get("/?formaat=ods")) == "ods"
    assert export_format(RequestFactory().get("/?formaat=exe")) is None
    with pytest.raises(ValueError):
        export(RequestFactory().get("/?formaat=exe"), CHAINS, Chain.objects.none())


def test_csv_holds_all_columns_in_the_asked_order_and_no_formula(chains) -> None:
    lines = exported("formaat=csv&sorteer=lengte").decode("utf-8-sig").splitlines()

    assert lines == [
        "Keten;Lengte;Dag;Stempel",
        "'=gamma;1;21-11-2026;",
        "alfa;2;21-11-2026;",
        "beta;3;21-11-2026;",
    ]


@pytest.mark.parametrize("file_format", ["xlsx", "ods"])
def test_workbooks_keep_numbers_and_dates(chains, file_format) -> None:
    sheet = read_workbook(io.BytesIO(exported(f"formaat={file_format}"))).sheets[0]

    assert sheet.name == "Ketens"
    assert sheet.rows[2].cells[:3] == ("alfa", 2, date(2026, 11, 21))
    assert sheet.formulas == ()


@time_machine.travel("2026-11-21 12:00")
def test_the_name_of_the_file_has_the_date(chains) -> None:
    response = export(RequestFactory().get("/?formaat=csv"), CHAINS, Chain.objects.none())

    assert response["Content-Disposition"] == 'attachment; filename="ketens-2026-11-21.csv"'
    assert response["Content-Type"] == "text/csv; charset=utf-8"
