"""For how long somebody who left is not hired again; apart from any database and clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from openintegriteit.core.terms import add_months
from openintegriteit.registers.departures.models import CoolingOffRule


@dataclass(frozen=True, slots=True)
class Term:
    """The rule that holds for somebody who left, and the last day on which it does."""

    rule: CoolingOffRule
    last_day: date

    @property
    def free_from(self) -> date:
        """The first day on which the rule forbids nothing."""
        return self.last_day + timedelta(days=1)

    def runs_on(self, day: date) -> bool:
        """Whether the body keeps to it on the day."""
        return day <= self.last_day


def term_of(kind: str, left_on: date, rules: Iterable[CoolingOffRule]) -> Term | None:
    """The term for somebody of this kind whose last day was this; None: no rule sets one.

    The rule that held on the last day decides. The months are counted from that day; where the month in which they end
    is shorter, they end on its last day.
    """
    for rule in rules:
        ended = rule.ended_on is not None and rule.ended_on <= left_on
        if rule.for_whom == kind and rule.in_force_from <= left_on and not ended:
            return Term(rule, add_months(left_on, rule.months))
    return None
