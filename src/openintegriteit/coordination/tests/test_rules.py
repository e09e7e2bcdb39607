from datetime import date

import pytest

from openintegriteit.coordination.rules import advice_problems

DAY = date(2026, 11, 21)
TOMORROW = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({}, set()),
        ({"given_on": DAY}, set()),
        ({"given_on": None}, set()),
        ({"given_on": TOMORROW}, {"day"}),
        ({"follow_up": "Nabellen"}, {"follow_up_on"}),
        ({"follow_up": "Nabellen", "follow_up_on": TOMORROW}, set()),
        ({"follow_up": "Nabellen", "followed_up_on": DAY}, set()),
        ({"follow_up": "Nabellen", "followed_up_on": TOMORROW}, {"followed_up_on"}),
        ({"follow_up_on": TOMORROW}, {"follow_up"}),
        ({"followed_up_on": DAY}, {"follow_up"}),
    ],
)
def test_what_is_wrong_with_advice(values, wrong) -> None:
    given = {"given_on": DAY, "follow_up": "", "follow_up_on": None, "followed_up_on": None, "day": DAY}

    assert set(advice_problems(**given | values)) == wrong
