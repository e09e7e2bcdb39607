"""What officials were asked, declared and heard in a year, per register; counted, never by person."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from openintegriteit.campaigns.models import Ask, Campaign, CampaignState, Invitee
from openintegriteit.organisations.models import OFFICE_HOLDERS, Person
from openintegriteit.registers.declarations.models import (
    Decision,
    Declaration,
    NothingToDeclare,
    Regime,
    RegisterKey,
)
from openintegriteit.registers.declarations.registers import REGISTERS
from openintegriteit.registers.designations.queries import designated
from openintegriteit.registers.overview.rules import ASKED, Tally

# What concerns a few officials by name of their position tells of those, however it is counted.
SHOWN = tuple(key for key in RegisterKey if not REGISTERS[key].regimes[Regime.OFFICIALS].only_by_law)

type Place = tuple[str, str]  # the unit of somebody ("": none) and their kind


@dataclass(slots=True)
class RegisterYear:
    """The counts of one register in one year: by unit and kind of person together, and those told in all only."""

    register: str
    counted: Counter[tuple[Place, Tally]] = field(default_factory=Counter)
    in_all: Counter[Tally] = field(default_factory=Counter)

    @property
    def totals(self) -> dict[Tally, int]:
        """For the whole body."""
        in_all = Counter(self.in_all)
        for (_, tally), number in self.counted.items():
            in_all[tally] += number
        return {tally: in_all[tally] for tally in Tally}

    @property
    def asked(self) -> int:
        """How many people were asked, or owed an answer because of their position."""
        return sum(self.totals[tally] for tally in ASKED)

    def by(self, part: int) -> dict[str, dict[Tally, int]]:
        """Per unit (0) or kind of person (1); not yet fit to be shown."""
        lines: dict[str, dict[Tally, int]] = {}
        for (place, tally), number in self.counted.items():
            line = lines.setdefault(place[part], dict.fromkeys(Tally, 0))
            line[tally] += number
        return lines


def counts_of(year: int, day: date, places: Collection[str] = SHOWN) -> dict[str, RegisterYear]:
    """The counts of a year by register of `SHOWN`, as of `day` (today); a fixed number of queries.

    What is declared is counted by unit and kind of person for the registers `places` alone, because that takes the
    database ten times as long as counting all of it.

    Asked is who was asked in a round that began in the year, and who holds on its last day (or today) a position that
    is designated for the register. Late is who did not answer before the last day of the round.
    """
    found = {str(key): RegisterYear(str(key)) for key in RegisterKey}
    of_officials = Declaration.objects.filter(regime=Regime.OFFICIALS, first_declared_on__year=year)
    declared = of_officials.filter(withdrawn_on__isnull=True)
    for counted, tally in (
        (of_officials.to_decide(day), Tally.WAITING),
        (declared.exclude(register__in=places), Tally.DECLARED),
    ):
        for register, number in counted.order_by().values_list("register").annotate(number=Count("*")):
            found[register].in_all[tally] = number
    for rows, tally in (
        (_grouped(declared.filter(register__in=places), "*"), Tally.DECLARED),
        (_grouped(_nothing(year), "person", distinct=True), Tally.NOTHING),
    ):
        for register, unit, kind, number in rows:
            found[register].counted[(unit or "", kind), tally] += number
    decisions = Decision.objects.filter(
        declaration__regime=Regime.OFFICIALS, declaration__withdrawn_on__isnull=True, decided_on__year=year
    )
    for register, outcome, unit, kind, number in (
        decisions.order_by()
        .values_list("declaration__register", "outcome", "declaration__person__unit__name", "declaration__person__kind")
        .annotate(Count("pk"))
    ):
        found[register].counted[(unit or "", kind), Tally(outcome)] += number
    for register, states in _asked(year, day).items():
        found[register].counted.update(states.values())
    return {str(key): found[key] for key in SHOWN}


def _nothing(year: int) -> QuerySet[NothingToDeclare]:
    return NothingToDeclare.objects.filter(said_on__year=year).exclude(person__kind__in=OFFICE_HOLDERS)


def _grouped(
    rows: QuerySet[Any], counted: str, *, distinct: bool = False
) -> Iterable[tuple[str, str | None, str, int]]:
    return (
        rows.order_by()
        .values_list("register", "person__unit__name", "person__kind")
        .annotate(number=Count(counted, distinct=distinct))
    )


def _asked(year: int, day: date) -> Mapping[str, dict[UUID, tuple[Place, Tally]]]:
    """By register and person how it stands: by the last round of the year that asked, else by the designation."""
    states: dict[str, dict[UUID, tuple[Place, Tally]]] = {str(key): {} for key in RegisterKey}
    last_day = min(date(year, 12, 31), day)
    for key, register in REGISTERS.items():
        if duty := register.regimes[Regime.OFFICIALS].designated_for:
            states[key].update(_designated(key, duty, last_day))
    rounds = Campaign.objects.filter(asks=Ask.DECLARE, for_office_holders=False, opens_on__year=year)
    parts = dict(rounds.exclude(state=CampaignState.DRAFT).order_by("answer_before").values_list("pk", "subject_parts"))
    invited = Invitee.objects.filter(campaign__in=parts).order_by("campaign__answer_before")
    for campaign, person, unit, kind, answered_at, answer_before in invited.values_list(
        "campaign", "person", "person__unit__name", "person__kind", "answered_at", "campaign__answer_before"
    ):
        late = Tally.OVERDUE if answer_before <= day else Tally.NOT_YET
        for register in parts[campaign]:
            states[register][person] = ((unit or "", kind), Tally.ANSWERED if answered_at else late)
    return states


def _designated(register: str, duty: str, day: date) -> Iterable[tuple[UUID, tuple[Place, Tally]]]:
    about = {"person": OuterRef("pk"), "register": register}
    declared = Exists(Declaration.objects.filter(**about, withdrawn_on__isnull=True, first_declared_on__lte=day))
    answered = Q(declared) | Q(Exists(NothingToDeclare.objects.filter(**about, said_on__lte=day)))
    people = Person.objects.filter(pk__in=designated(duty, day)).exclude(kind__in=OFFICE_HOLDERS).order_by()
    rows = people.annotate(has_answered=answered).values_list("pk", "unit__name", "kind", "has_answered")
    return (
        (person, ((unit or "", kind), Tally.ANSWERED if has_answered else Tally.NOT_YET))
        for person, unit, kind, has_answered in rows
    )
