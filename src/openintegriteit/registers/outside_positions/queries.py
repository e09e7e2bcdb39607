"""The positions of office holders beside what the law asks about them, and the income of each year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from openintegriteit.organisations.models import OFFICE_HOLDERS, Organisation, Person
from openintegriteit.organisations.queries import in_office_since
from openintegriteit.registers.declarations.models import Declaration, Regime, not_over_on
from openintegriteit.registers.outside_positions.law import Function, Law, law_of
from openintegriteit.registers.outside_positions.models import Earned, Finding, Found, OutsidePosition, PositionIncome
from openintegriteit.registers.outside_positions.operations import REGISTER
from openintegriteit.registers.outside_positions.rules import Reported, income_due, last_year_due, looks_like, reported


@dataclass(frozen=True, slots=True)
class Beside:
    """A position of an office holder beside the law.

    `finding`: what was found about it as it reads now, and `is_open`: its words look like a function of the list and
    nobody found anything yet.
    """

    position: OutsidePosition
    like: tuple[Function, ...]
    finding: str
    reported: Reported

    @property
    def declaration(self) -> Declaration:
        """The declaration of the position."""
        found: Declaration = self.position.declaration
        return found

    @property
    def is_open(self) -> bool:
        """Whether it asks somebody to look."""
        return bool(self.like) and not self.finding

    @property
    def is_to_be_given_up(self) -> bool:
        """Whether it was found that one of the two is given up. The position is over once it is."""
        return self.finding == Found.GIVEN_UP


def beside_the_law(organisation: Organisation, day: date, declaration: UUID | None = None) -> list[Beside]:
    """The positions that the office holders of the day hold or will hold (one query), or only that of a declaration."""
    newest = Finding.objects.filter(
        declaration=OuterRef("declaration"), revision=OuterRef("declaration__revision")
    ).order_by("-found_at")
    rows = (
        OutsidePosition.objects.filter(
            declaration__in=Declaration.objects.filter(
                not_over_on(day),
                person__in=Person.objects.present_on(day),
                person__kind__in=OFFICE_HOLDERS,
                register=REGISTER,
                regime=Regime.OFFICE_HOLDERS,
            )
        )
        .annotate(
            in_office_since=in_office_since(day, "declaration__person__"),
            finding=Subquery(newest.values("outcome")[:1]),
        )
        .select_related("declaration__person")
        .order_by("declaration__declared_on", "pk")
    )
    if declaration is not None:
        rows = rows.filter(declaration=declaration)
    law = law_of(organisation.kind)
    return [_beside(law, organisation.name, row) for row in rows]


def _beside(law: Law, own_name: str, row: Any) -> Beside:
    person = row.declaration.person
    of_office = law.incompatible.get(person.kind)
    return Beside(
        position=row,
        like=tuple(looks_like(row.role, row.where, of_office.functions, own_name)) if of_office else (),
        finding=row.finding or "",
        reported=reported(
            law,
            person.kind,
            ex_officio=row.ex_officio,
            starts_on=row.declaration.starts_on,
            in_office_since=row.in_office_since,
            reported_on=row.intention_reported_on,
        ),
    )


@dataclass(frozen=True, slots=True)
class YearOf:
    """What is known of the income of one person in a year: by the record of that year, or by an earlier one."""

    person: Person
    year: int
    article: str
    record: PositionIncome | None
    part_time_since: int | None = None  # the year of the earlier record that says so

    @property
    def is_asked(self) -> bool:
        """Whether somebody has still to make it public, or to say that there is nothing."""
        return self.record is None and self.part_time_since is None

    @property
    def is_late(self) -> bool:
        """Whether it became public after the day of the law."""
        record = self.record
        return record is not None and record.outcome == Earned.PUBLIC and record.told_on > income_due(self.year)

    @property
    def address(self) -> str:
        """The page where it is recorded."""
        return income_address(self.person.pk, self.year)


def income_of(organisation: Organisation, year: int, day: date, people: Iterable[Person] | None = None) -> list[YearOf]:
    """Of whom the law asks the income of a year: who is here and held the office in that year (two queries).

    Gemeentewet 41b(4) and 67(3), Provinciewet 40b(4) and 66(3), Waterschapswet 44k(4) and 48(3). `people` narrows it.
    """
    law = law_of(organisation.kind)
    if not law.income:
        return []
    began = in_office_since(day)
    asked = Person.objects.present_on(day).filter(kind__in=law.income).annotate(in_office_since=began)
    if people is not None:
        asked = asked.filter(pk__in=[person.pk for person in people])
    held = asked.filter(Q(in_office_since__isnull=True) | Q(in_office_since__lte=date(year, 12, 31)))
    known: dict[UUID, PositionIncome] = {}
    for record in PositionIncome.objects.filter(year__lte=year, person__kind__in=law.income).order_by("year"):
        known[record.person_id] = record
    return [_year_of(law, person, year, known.get(person.pk)) for person in held]


def _year_of(law: Law, person: Person, year: int, newest: PositionIncome | None) -> YearOf:
    article = law.income[person.kind]
    if newest is not None and newest.year == year:
        return YearOf(person, year, article, newest)
    holds = newest is not None and newest.outcome == Earned.PART_TIME and person.kind in law.part_time_exempt
    return YearOf(person, year, article, None, newest.year if newest is not None and holds else None)


def held_in(person: Person, year: int) -> QuerySet[Declaration]:
    """The positions that somebody declared and that were held in a year, for who looks at the income of it."""
    began = Q(starts_on__isnull=True) | Q(starts_on__lte=date(year, 12, 31))
    rows: QuerySet[Declaration] = Declaration.objects.filter(not_over_on(date(year, 1, 1)), began, person=person)
    return rows.filter(register=REGISTER).select_related("outside_position").order_by("title", "pk")


def public_incomes(organisation: Organisation, shown_since: date) -> QuerySet[PositionIncome]:
    """The income that can be public (one query): of whom the law asks it and who were here on `shown_since`.

    Who became another kind of person is not among them any more: what the law asks of them by now is not known here.

    That of a year stands until that of the next one has to be public, and then as long as the body shows what ended.
    """
    here = Q(person__ended_on__isnull=True) | Q(person__ended_on__gte=shown_since)
    rows: QuerySet[PositionIncome] = PositionIncome.objects.filter(
        here,
        person__kind__in=law_of(organisation.kind).income,
        outcome=Earned.PUBLIC,
        year__gte=last_year_due(shown_since),
    )
    return rows.select_related("person").order_by(
        F("person__family_name"), F("person__given_name"), F("person_id"), F("year").desc()
    )


def income_address(person: UUID, year: int) -> str:
    """The page where the income of somebody in a year is recorded."""
    return reverse("outside_positions:income", args=[person, year])
