"""For how long somebody is not hired again: the rule that held on the last day, counted from that day."""

from datetime import date

import pytest

from openintegriteit.registers.departures.models import CoolingOffRule
from openintegriteit.registers.departures.rules import term_of


def rule(**values) -> CoolingOffRule:
    given = {"for_whom": "executive_member", "months": 12, "in_force_from": date(2020, 1, 1), "ended_on": None}
    return CoolingOffRule(**given | values)


@pytest.mark.parametrize(
    ("left_on", "months", "last_day"),
    [
        (date(2026, 3, 31), 12, date(2027, 3, 31)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 2, 28), 12, date(2027, 2, 28)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 1, 15), 24, date(2028, 1, 15)),
    ],
)
def test_the_last_day_is_the_same_day_of_the_month_or_the_end_of_a_shorter_one(left_on, months, last_day) -> None:
    term = term_of("executive_member", left_on, [rule(months=months)])

    assert term is not None
    assert (term.last_day, term.runs_on(last_day), term.runs_on(term.free_from)) == (last_day, True, False)


@pytest.mark.parametrize(
    ("values", "sets_a_term"),
    [
        ({}, True),
        ({"for_whom": "official"}, False),
        ({"in_force_from": date(2026, 3, 31)}, True),
        ({"in_force_from": date(2026, 4, 1)}, False),
        ({"ended_on": date(2026, 3, 31)}, False),
        ({"ended_on": date(2026, 4, 1)}, True),
    ],
)
def test_the_rule_that_held_on_the_last_day_decides(values, sets_a_term) -> None:
    assert (term_of("executive_member", date(2026, 3, 31), [rule(**values)]) is not None) is sets_a_term


def test_of_two_rules_after_each_other_the_one_of_that_day_counts() -> None:
    rules = [rule(ended_on=date(2026, 1, 1)), rule(months=6, in_force_from=date(2026, 1, 1))]

    found = [term_of("executive_member", day, rules) for day in (date(2025, 12, 31), date(2026, 1, 1))]

    assert [term.rule.months for term in found if term] == [12, 6]
