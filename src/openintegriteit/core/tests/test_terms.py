"""Terms by the Algemene termijnenwet: the vectors and holidays of the domain reference, and what must hold always."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openintegriteit.core.terms import (
    Length,
    Unit,
    add_months,
    easter_sunday,
    extend,
    holidays,
    is_working_day,
    kings_day,
    statutory_term,
)

SEVEN_DAYS, THREE_MONTHS = Length(7, Unit.DAYS), Length(3, Unit.MONTHS)
DAYS = st.dates(date(2014, 1, 1), date(2098, 12, 31))
LENGTHS = st.one_of(
    st.builds(Length, st.integers(1, 120), st.just(Unit.DAYS)),
    st.builds(Length, st.integers(1, 15), st.just(Unit.WEEKS)),
    st.builds(Length, st.integers(1, 6), st.just(Unit.MONTHS)),
    st.builds(Length, st.integers(1, 3), st.just(Unit.YEARS)),
)


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2026, "01-01 04-03 04-06 04-27 05-05 05-14 05-25 12-25 12-26"),
        (2027, "01-01 03-26 03-29 04-27 05-05 05-06 05-17 12-25 12-26"),
        (2028, "01-01 04-14 04-17 04-27 05-05 05-25 06-05 12-25 12-26"),
        (2029, "01-01 03-30 04-02 04-27 05-05 05-10 05-21 12-25 12-26"),
        (2030, "01-01 04-19 04-22 04-27 05-05 05-30 06-10 12-25 12-26"),
    ],
)
def test_holidays_of_article_3(year, days):
    assert holidays(year) == {date.fromisoformat(f"{year}-{day}") for day in days.split()}


def test_kings_day_moves_to_saturday_when_the_27th_is_a_sunday():
    assert kings_day(2031) == date(2031, 4, 26)
    assert date(2031, 4, 27) not in holidays(2031)


def test_holidays_before_the_first_kings_day_are_not_guessed():
    with pytest.raises(ValueError, match="2014"):
        holidays(2013)


@pytest.mark.parametrize(
    ("start", "unadjusted", "extended"),
    [
        ("2026-12-18", "2026-12-25", "2026-12-28"),
        ("2026-12-24", "2026-12-31", "2026-12-31"),
        ("2026-12-25", "2027-01-01", "2027-01-04"),
        ("2027-03-19", "2027-03-26", "2027-03-30"),
        ("2027-04-20", "2027-04-27", "2027-04-28"),
        ("2027-04-28", "2027-05-05", "2027-05-07"),
        ("2026-11-21", "2026-11-28", "2026-11-30"),
    ],
)
def test_seven_days_after_receipt(start, unadjusted, extended):
    term = statutory_term(date.fromisoformat(start), SEVEN_DAYS)

    assert (term.unadjusted_due, term.atw_due) == (date.fromisoformat(unadjusted), date.fromisoformat(extended))


@pytest.mark.parametrize(
    ("start", "unadjusted", "extended"),
    [
        ("2026-11-30", "2027-02-28", "2027-03-01"),
        ("2027-02-06", "2027-05-06", "2027-05-07"),
        ("2026-12-26", "2027-03-26", "2027-03-30"),
        ("2027-01-05", "2027-04-05", "2027-04-05"),
    ],
)
def test_three_months_after_confirmation(start, unadjusted, extended):
    term = statutory_term(date.fromisoformat(start), THREE_MONTHS)

    assert (term.unadjusted_due, term.atw_due) == (date.fromisoformat(unadjusted), date.fromisoformat(extended))


def test_a_month_ends_on_its_last_day_also_in_a_leap_year():
    assert add_months(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert add_months(date(2026, 10, 31), 4) == date(2027, 2, 28)
    assert add_months(date(2026, 12, 15), 1) == date(2027, 1, 15)


def test_a_short_term_holds_two_working_days():
    """Article 2: Christmas and a weekend leave one working day in three days, so the term gets another one."""
    term = statutory_term(date(2026, 12, 24), Length(3, Unit.DAYS))

    assert (term.unadjusted_due, term.atw_due) == (date(2026, 12, 27), date(2026, 12, 29))


def test_a_term_of_two_days_is_not_lengthened_by_article_2():
    assert statutory_term(date(2026, 12, 24), Length(2, Unit.DAYS)).atw_due == date(2026, 12, 28)


def test_a_day_named_by_royal_decree_counts_as_a_holiday():
    extra = frozenset({date(2026, 11, 30)})

    assert statutory_term(date(2026, 11, 21), SEVEN_DAYS, extra).atw_due == date(2026, 12, 1)


@pytest.mark.parametrize(
    "length", [Length(91, Unit.DAYS), Length(13, Unit.WEEKS), Length(4, Unit.MONTHS), Length(1, Unit.YEARS)]
)
def test_terms_that_article_4_excepts_are_not_extended(length):
    sunday = date(2026, 11, 29)

    assert extend(sunday, date(2025, 11, 29), length) == sunday


@pytest.mark.parametrize("length", [Length(90, Unit.DAYS), Length(12, Unit.WEEKS), Length(3, Unit.MONTHS)])
def test_the_longest_terms_that_article_4_leaves_are_extended(length):
    assert extend(date(2026, 11, 29), date(2026, 8, 29), length) == date(2026, 11, 30)


def test_a_term_lasts_at_least_one_unit():
    with pytest.raises(ValueError, match="at least one"):
        Length(0, Unit.DAYS)


@given(DAYS, LENGTHS)
def test_an_extended_term_never_ends_earlier_and_never_much_later(start, length):
    term = statutory_term(start, length)

    assert term.unadjusted_due <= term.atw_due <= term.unadjusted_due + timedelta(days=7)


@given(DAYS, st.integers(3, 90))
def test_an_extended_term_ends_on_a_working_day_and_holds_two(start, count):
    due = statutory_term(start, Length(count, Unit.DAYS)).atw_due

    assert is_working_day(due)
    assert sum(is_working_day(start + timedelta(days=n)) for n in range(1, (due - start).days + 1)) >= 2


@given(DAYS, LENGTHS)
def test_extending_what_is_extended_changes_nothing(start, length):
    term = statutory_term(start, length)

    assert extend(term.atw_due, start, length) == term.atw_due


@given(st.integers(1900, 2199))
def test_easter_is_a_sunday_in_its_season(year):
    easter = easter_sunday(year)

    assert easter.weekday() == 6
    assert date(year, 3, 22) <= easter <= date(year, 4, 25)


@pytest.mark.parametrize("day", ["2008-03-23", "2011-04-24", "2024-03-31", "2025-04-20", "2038-04-25"])
def test_easter_of_known_years(day):
    assert easter_sunday(int(day[:4])) == date.fromisoformat(day)
