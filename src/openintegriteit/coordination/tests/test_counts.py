from datetime import date
from decimal import Decimal

import pytest

from openintegriteit.coordination.queries import counts_of
from openintegriteit.coordination.tests.factories import advice
from openintegriteit.coordination.yearbook import figures
from openintegriteit.core.contracts import Period
from openintegriteit.core.tests.counting import data_queries

pytestmark = pytest.mark.database


def many(organisation, number: int, **values) -> None:
    for _ in range(number):
        advice(organisation, **values)


def numbers(lines) -> dict[str, int | None]:
    return {line.name: line.number for line in lines if line.number != 0}


def test_totals_stand_as_they_are(organisation) -> None:
    many(organisation, 2, hours=Decimal("1.5"))
    advice(organisation, initiative="unasked")
    advice(organisation, day=date(2025, 12, 31))
    advice(organisation, day=date(2027, 1, 1))

    counts = counts_of(2026)

    assert (counts.total, counts.asked, counts.unasked) == (3, 2, 1)
    assert (counts.hours, counts.without_hours) == (Decimal("3.0"), 1)


def test_a_year_without_advice_is_zero_and_its_hours_are_not_known(organisation) -> None:
    counts = counts_of(2026)

    assert (counts.total, counts.asked, counts.unasked, counts.hours, counts.without_hours) == (0, 0, 0, None, 0)
    assert counts.by_theme is not None
    assert {line.number for line in counts.by_theme} == {0}


def test_a_small_number_is_hidden_together_with_the_one_that_gives_it_away(organisation) -> None:
    many(organisation, 9)
    many(organisation, 6, theme="omgangsvormen", function="manager")
    many(organisation, 2, theme="overig", function="hr")

    counts = counts_of(2026)

    assert counts.total == 17
    assert numbers(counts.by_theme) == {"Nevenwerkzaamheden": 9, "Omgangsvormen": None, "Overig": None}
    assert numbers(counts.by_function) == {"ambtenaar": 9, "leidinggevende": None, "personeelszaken": None}


def test_large_numbers_are_all_shown(organisation) -> None:
    many(organisation, 5)
    many(organisation, 7, theme="overig")

    assert numbers(counts_of(2026).by_theme) == {"Nevenwerkzaamheden": 5, "Overig": 7}


def test_a_single_piece_of_advice_cannot_be_found_in_a_breakdown(organisation) -> None:
    advice(organisation)

    counts = counts_of(2026)

    assert (counts.by_theme, counts.by_function) == (None, None)


@pytest.mark.parametrize("size", [10, 300])
def test_counting_asks_the_database_as_often_for_many(organisation, size) -> None:
    many(organisation, size)

    assert data_queries(lambda: counts_of(2026)) == 2


def test_the_yearbook_counts_asked_and_unasked_from_the_first_year_of_the_log_on(organisation) -> None:
    many(organisation, 3, day=date(2025, 12, 31))
    advice(organisation, day=date(2026, 1, 1), initiative="unasked")
    periods = [Period(year, date(year + 1, 3, 31)) for year in (2024, 2025, 2026)]

    assert data_queries(lambda: figures(organisation.pk, periods)) == 1
    told = {(figure.year, figure.code): figure.value for figure in figures(organisation.pk, periods)}

    assert told == {
        (2025, "advice-asked"): 3,
        (2025, "advice-unasked"): 0,
        (2026, "advice-asked"): 0,
        (2026, "advice-unasked"): 1,
    }


def test_a_body_that_keeps_no_log_has_no_figures(organisation) -> None:
    assert figures(organisation.pk, [Period(2025, date(2026, 3, 31))]) == []
