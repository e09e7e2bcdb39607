"""What is asked of whom, who owes it still, and what was done."""

import operator
from collections.abc import Iterable, Sequence
from datetime import date
from functools import reduce
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse

from openintegriteit.core.terms import add_months
from openintegriteit.organisations.models import Organisation, Person
from openintegriteit.organisations.queries import in_office_since
from openintegriteit.registers.declarations.models import Regime
from openintegriteit.registers.declarations.registers import kinds_under, regime_of
from openintegriteit.registers.designations.queries import designated
from openintegriteit.registers.screening.law import LAW
from openintegriteit.registers.screening.models import AT_RISK, PASSED, Result, Screening, ScreeningRule
from openintegriteit.registers.screening.rules import Demand, Lack, lack_of


def in_force_on(day: date) -> QuerySet[ScreeningRule]:
    """The rules of the body that hold on the day."""
    return ScreeningRule.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=day), in_force_from__lte=day)


def demands_on(organisation: Organisation, regimes: Iterable[str], day: date) -> list[Demand]:
    """What is asked on the day under these regimes, what the law asks first (one query)."""
    wanted = set(regimes)
    of_law = [demand for demand in LAW.get(organisation.kind, ()) if demand.since <= day]
    return [demand for demand in (*of_law, *map(demand_of, in_force_on(day))) if demand.regime in wanted]


def demand_of(rule: ScreeningRule) -> Demand:
    """What a rule of the body asks."""
    return Demand(
        kind=rule.kind,
        person_kind="" if rule.for_whom == AT_RISK else rule.for_whom,
        fresh=rule.fresh,
        since=rule.in_force_from,
        also_present=rule.also_present,
        basis=rule.basis,
    )


def with_appointment(people: Any, day: date) -> Any:
    """People with `appointed_on`: when they began, or of an office holder when the newest office of the day did."""
    return people.annotate(appointed_on=in_office_since(day))


def here_or_coming(day: date) -> Any:
    """Everybody who has not left on the day, also who has still to begin: the law asks it before the appointment."""
    return Person.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=day))


def owing(people: Any, demands: Sequence[Demand], day: date) -> Any:
    """Who of the people lacks on the day something that is asked of them; nobody when nothing is asked."""
    if not demands:
        return people.none()
    owed = reduce(operator.or_, (_asked(demand, day) & ~_fulfilled(demand, day) for demand in demands))
    return with_appointment(people, day).filter(owed)


def _asked(demand: Demand, day: date) -> Q:
    if demand.person_kind:
        asked = Q(kind=demand.person_kind)
    else:
        asked = Q(pk__in=designated("is_at_risk", day), kind__in=kinds_under([Regime.OFFICIALS]))
    if demand.also_present:
        return asked
    return asked & (Q(appointed_on__isnull=True) | Q(appointed_on__gte=demand.since))


def _fulfilled(demand: Demand, day: date) -> Q:
    """What `rules.lack_of` says, for the database to find: the two are held against each other in the tests."""
    known = Screening.objects.standing().filter(regime=demand.regime, kind=demand.kind, done_on__lte=day)
    refused_later = known.filter(person=OuterRef("person"), result=Result.NOT_IN_ORDER, done_on__gt=OuterRef("done_on"))
    passed = known.filter(person=OuterRef("pk"), result__in=PASSED)
    good = passed.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day)).filter(~Exists(refused_later))
    if not demand.fresh:
        return Q(Exists(good))
    at_the_appointment = {"done_on__lte": OuterRef("appointed_on"), "fresh_until__gte": OuterRef("appointed_on")}
    return Q(Exists(good)) & Q(Exists(passed.filter(**at_the_appointment)))


def described(people: Any, day: date) -> Any:
    """People with all that `lacks_of` asks of them: when they were appointed, whether at risk, and what was done."""
    standing = Prefetch("screenings", queryset=Screening.objects.standing(), to_attr="standing_screenings")
    at_risk = Exists(Person.objects.filter(pk=OuterRef("pk"), pk__in=designated("is_at_risk", day)))
    return with_appointment(people, day).annotate(at_risk=at_risk).select_related("unit").prefetch_related(standing)


def lacks_of(person: Any, demands: Iterable[Demand], day: date) -> list[tuple[Demand, Lack]]:
    """What somebody who was `described` lacks, one line for each thing that is asked (no query)."""
    own = [row for row in person.standing_screenings if row.regime == regime_of(person)]
    asked = [
        demand
        for demand in demands
        if demand.asks(person.kind, at_risk=person.at_risk, appointed_on=person.appointed_on)
    ]
    found = ((demand, lack_of(demand, own, person.appointed_on, day)) for demand in asked)
    return [(demand, lack) for demand, lack in found if lack]


def good_until(person: Person, kind: str, done_on: date) -> date | None:
    """Until when a screening is good by the rule of the body; None: no rule sets a term (at most two queries).

    Where two rules do, the shortest term holds.
    """
    rules = in_force_on(done_on).filter(kind=kind, good_months__isnull=False)
    mine = [rule for rule in rules if rule.for_whom == person.kind]
    of_risk = [rule for rule in rules if rule.for_whom == AT_RISK]
    if of_risk and designated("is_at_risk", done_on).filter(person=person).exists():
        mine += of_risk
    return min((add_months(done_on, rule.good_months or 0) for rule in mine), default=None)


def to_renew(regimes: Iterable[str], day: date) -> QuerySet[Screening]:
    """Screenings of people who are here on the day that end some day, where no newer one of the kind replaced them."""
    newer = Screening.objects.standing().filter(
        person=OuterRef("person"), regime=OuterRef("regime"), kind=OuterRef("kind"), done_on__gt=OuterRef("done_on")
    )
    here = Q(person__ended_on__isnull=True) | Q(person__ended_on__gte=day)
    rows: QuerySet[Screening] = Screening.objects.standing().filter(
        here, ~Exists(newer), regime__in=list(regimes), result__in=PASSED, valid_until__isnull=False
    )
    return rows.select_related("person").order_by("valid_until", "id")


def screenings_of(regimes: Iterable[str]) -> QuerySet[Screening]:
    """What was done under these regimes, also what was withdrawn."""
    rows: QuerySet[Screening] = Screening.objects.filter(regime__in=list(regimes))
    return rows


def screening_address(identifier: UUID) -> str:
    """The page of one screening."""
    return reverse("screening:screening", args=[identifier])
