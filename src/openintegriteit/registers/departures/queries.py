"""Who left, of whom that is not recorded yet, and whether somebody may be hired again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, DateField, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.urls import reverse

from openintegriteit.core.searching import holding
from openintegriteit.organisations.models import OFFICE_HOLDERS, Mandate, Person
from openintegriteit.registers.declarations.registers import kinds_under
from openintegriteit.registers.departures.models import CoolingOffRule, Departure
from openintegriteit.registers.departures.rules import Term, term_of

A_YEAR = timedelta(days=365)
MOST_FOUND = 20


def who_left(regimes: Iterable[str], first_day: date, last_day: date) -> Any:
    """People of these regimes with `left_on` between two days, both included.

    It is their last day in the list of people. Of an office holder who stands there without one, it is the last day of
    the newest office, when no office of theirs goes on.
    """
    goes_on = Mandate.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=last_day), person=OuterRef("pk"))
    ended = Mandate.objects.filter(person=OuterRef("pk"), ended_on__lte=last_day).order_by("-ended_on")
    without_day = Q(kind__in=OFFICE_HOLDERS, ended_on__isnull=True) & ~Q(Exists(goes_on))
    of_office = When(without_day, then=Subquery(ended.values("ended_on")[:1]))
    in_these_days = Q(ended_on__range=(first_day, last_day))
    ends = Mandate.objects.filter(in_these_days).values("person")  # few, so that nobody else is looked at
    people = Person.objects.filter(in_these_days | Q(pk__in=ends), kind__in=kinds_under(regimes))
    with_day = people.annotate(left_on=Case(of_office, default=F("ended_on"), output_field=DateField()))
    return with_day.filter(left_on__range=(first_day, last_day))


def recorded() -> Exists:
    """Whether the departure of somebody with `left_on` stands in the register."""
    return Exists(Departure.objects.standing().filter(person=OuterRef("pk"), left_on=OuterRef("left_on")))


def unrecorded(regimes: Iterable[str], first_day: date, last_day: date) -> Any:
    """Who left between two days, while the register does not hold it."""
    return who_left(regimes, first_day, last_day).filter(~recorded())


def last_days_of(person: Person) -> set[date]:
    """The last days that the list of people knows of somebody (one query for an office holder)."""
    known = {person.ended_on} if person.ended_on else set()
    if person.kind in OFFICE_HOLDERS:
        known |= set(Mandate.objects.filter(person=person, ended_on__isnull=False).values_list("ended_on", flat=True))
    return {day for day in known if day}


def departures_of(regimes: Iterable[str]) -> QuerySet[Departure]:
    """The departures under these regimes, also those that were withdrawn."""
    rows: QuerySet[Departure] = Departure.objects.filter(regime__in=list(regimes))
    return rows


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether somebody may be hired again. `term` None: no rule of the body sets one. `departure` None: no record."""

    person: Person
    left_on: date
    term: Term | None
    departure: Departure | None
    may: bool


def may_hire(words: str, regimes: Sequence[str], day: date) -> list[Answer]:
    """The answer for at most twenty people of this name who left before the day (three queries)."""
    mine = Departure.objects.standing().filter(regime__in=regimes, left_on__lt=day)
    left = Q(Exists(mine.filter(person=OuterRef("pk")))) | Q(kind__in=kinds_under(regimes), ended_on__lt=day)
    people = holding(Person.objects.filter(left), words).order_by("family_name", "given_name", "id")
    newest = Prefetch("departures", queryset=mine.order_by("-left_on"), to_attr="own_departures")
    rules = list(CoolingOffRule.objects.all())
    return [_answer(person, rules, day) for person in people.prefetch_related(newest)[:MOST_FOUND]]


def _answer(person: Any, rules: Sequence[CoolingOffRule], day: date) -> Answer:
    departure = next(iter(person.own_departures), None)
    if departure and (person.ended_on is None or person.ended_on <= departure.left_on):
        left_on, kind = departure.left_on, departure.kind
    else:
        left_on, kind, departure = person.ended_on, person.kind, None
    term = term_of(kind, left_on, rules)
    return Answer(person, left_on, term, departure, may=term is None or not term.runs_on(day))


def departure_address(identifier: UUID) -> str:
    """The page of one departure."""
    return reverse("departures:departure", args=[identifier])


def new_address(person: UUID) -> str:
    """Where the departure of somebody is recorded."""
    return f"{reverse('departures:new')}?persoon={person}"
