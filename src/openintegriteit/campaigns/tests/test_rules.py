from datetime import date, timedelta

import pytest

from openintegriteit.campaigns.rules import days_in, link_works_for, reminder_day

LAST = date(2026, 12, 15)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 30), None),
        (date(2026, 12, 1), date(2026, 12, 1)),
        (date(2026, 12, 7), date(2026, 12, 1)),
        (date(2026, 12, 8), date(2026, 12, 8)),
        (date(2026, 12, 20), date(2026, 12, 8)),
    ],
)
def test_the_last_day_of_reminding_that_has_come(day, expected):
    assert reminder_day(LAST, [14, 7], day) == expected


def test_without_days_nobody_is_reminded():
    assert reminder_day(LAST, [], LAST) is None


def test_a_link_works_for_a_month_after_the_last_day():
    assert link_works_for(LAST, date(2026, 12, 1)) == timedelta(days=44)
    assert link_works_for(LAST, date(2027, 1, 1)) == timedelta(days=30)


@pytest.mark.parametrize(
    ("text", "days"),
    [("14, 7", [14, 7]), ("7 en 14", [14, 7]), ("7;7", [7]), ("", []), ("0", None), ("een week", None), ("-3", None)],
)
def test_days_as_people_write_them(text, days):
    assert days_in(text) == days
