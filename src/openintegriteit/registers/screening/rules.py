"""How old a certificate may be at an appointment, and what somebody lacks; apart from any database and clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.terms import add_months
from openintegriteit.organisations.models import OFFICE_HOLDERS
from openintegriteit.registers.declarations.models import Regime
from openintegriteit.registers.screening.models import PASSED, Result, Screening, ScreeningKind

FRESH_MONTHS = 3  # Gemeentewet 36a(2), Provinciewet 35b(2), Waterschapswet 41(1)


class Lack(TextChoices):
    """Why a screening that is asked is owed still."""

    NEVER = "never", _("none yet")
    NOT_IN_ORDER = "not_in_order", _("the newest result was not in order")
    ENDED = "ended", _("has to be done again")
    DAY_UNKNOWN = "day_unknown", _("the day of the appointment is not known")
    TOO_OLD = "too_old", _("was older than three months at the appointment")
    TOO_LATE = "too_late", _("is of after the appointment")


@dataclass(frozen=True, slots=True)
class Demand:
    """That some people need a screening, by law or by a rule of the body.

    `person_kind` is whom it is about; empty: whoever holds a position at risk. `fresh`: at the appointment it is not
    older than three months. `since`: whoever was appointed before this day is not asked, unless `also_present`.
    """

    kind: str
    person_kind: str
    fresh: bool
    since: date
    also_present: bool
    basis: str

    @property
    def regime(self) -> Regime:
        """Under which regime it falls; positions at risk are those of officials."""
        return Regime.OFFICE_HOLDERS if self.person_kind in OFFICE_HOLDERS else Regime.OFFICIALS

    @property
    def label(self) -> str:
        """What is asked, in words."""
        return str(ScreeningKind(self.kind).label)

    def asks(self, person_kind: str, *, at_risk: bool, appointed_on: date | None) -> bool:
        """Whether it asks this of somebody; of whom nobody knows when they were appointed, it does."""
        if person_kind != self.person_kind if self.person_kind else not at_risk or person_kind in OFFICE_HOLDERS:
            return False
        return self.also_present or appointed_on is None or appointed_on >= self.since


def fresh_until(done_on: date) -> date:
    """The last day of an appointment at which a certificate of this day is not older than three months.

    The three months are counted back from the day of the appointment: for 31 May they begin on the last day of
    February. So a certificate of the last day of a month holds up to the last day of the third month after it.
    """
    same_day = add_months(done_on, FRESH_MONTHS)
    if (done_on + timedelta(days=1)).day > 1:
        return same_day
    return add_months(same_day.replace(day=1), 1) - timedelta(days=1)


def lack_of(demand: Demand, screenings: Iterable[Screening], appointed_on: date | None, day: date) -> Lack | None:
    """What somebody lacks on the day of what is asked of them; None: nothing.

    `screenings` are those of the person under the regime of the demand that were not withdrawn.
    """
    known = [row for row in screenings if row.kind == demand.kind and row.done_on <= day]
    passed = [row for row in known if row.result in PASSED]
    refused = max((row.done_on for row in known if row.result == Result.NOT_IN_ORDER), default=date.min)
    standing = [row for row in passed if row.done_on >= refused]
    if not standing:
        return Lack.NOT_IN_ORDER if known else Lack.NEVER
    if demand.fresh and (late := _late(passed, appointed_on)):
        return late
    return None if any(row.is_good_on(day) for row in standing) else Lack.ENDED


def _late(passed: list[Screening], appointed_on: date | None) -> Lack | None:
    if appointed_on is None:
        return Lack.DAY_UNKNOWN
    before = [row for row in passed if row.done_on <= appointed_on]
    if not before:
        return Lack.TOO_LATE
    return None if any(row.fresh_until >= appointed_on for row in before) else Lack.TOO_OLD
