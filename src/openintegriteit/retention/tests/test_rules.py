"""The arithmetic of terms, before anything was built on it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openintegriteit.retention.rules import address_of_person, is_over, kept_until, latest_beginning

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
MONTHS = st.integers(1, 1200)


@pytest.mark.parametrize(
    ("began", "months", "last_day"),
    [
        (date(2021, 5, 12), 60, date(2026, 5, 12)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2026, 2, 28), 1, date(2026, 3, 28)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
    ],
)
def test_a_record_is_kept_through_the_last_day_of_its_term(began, months, last_day):
    assert kept_until(began, months) == last_day
    assert not is_over(began, months, last_day)
    assert is_over(began, months, last_day + timedelta(days=1))


@given(DAYS, MONTHS, DAYS)
def test_what_a_database_compares_is_the_rule_itself(began, months, day):
    assert is_over(began, months, day) == (day > kept_until(began, months))


@given(MONTHS, DAYS)
def test_the_latest_beginning_is_the_latest(months, day):
    latest = latest_beginning(months, day)

    assert kept_until(latest, months) < day
    assert kept_until(latest + timedelta(days=1), months) >= day


def test_an_unknown_beginning_is_never_over():
    assert not is_over(None, 1, date(9999, 12, 31))


def test_a_term_that_is_still_to_begin_is_not_over():
    assert not is_over(date(2027, 1, 1), 1, date(2026, 11, 27))


def test_before_the_calendar_nothing_can_have_begun():
    assert latest_beginning(1200, date(100, 1, 1)) is None
    assert not is_over(date(1, 1, 1), 1200, date(100, 1, 1))


@pytest.mark.parametrize(
    "other", ["Jan@Gemeente.example", " jan@gemeente.example", "jan+beheer@gemeente.example", "JAN+2@gemeente.EXAMPLE"]
)
def test_two_accounts_of_one_box_are_one_person(other):
    assert address_of_person(other) == address_of_person("jan@gemeente.example")


@pytest.mark.parametrize("other", ["jan@ander.example", "jan.jansen@gemeente.example", "j@gemeente.example"])
def test_other_boxes_are_other_people(other):
    assert address_of_person(other) != address_of_person("jan@gemeente.example")
