"""The positions of office holders beside what the law asks about them, and the income of each year."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from openintegriteit.organisations.models import ACTING, OFFICE_HOLDERS, HeldAs, Mandate, Organisation, Person
from openintegriteit.organisations.queries import held_as, holding_as, in_office_since
from openintegriteit.registers.declarations.models import Declaration, DeclarationQuerySet, Regime, not_over_on
from openintegriteit.registers.outside_positions.law import Function, Law, Norm, law_of
from openintegriteit.registers.outside_positions.models import (
    Assessment,
    Earned,
    Outcome,
    OutsidePosition,
    PositionIncome,
    Question,
)
from openintegriteit.registers.outside_positions.operations import REGISTER
from openintegriteit.registers.outside_positions.rules import (
    Reported,
    clues_of,
    income_due,
    last_year_due,
    looks_like,
    offices_of,
    reported,
)


@dataclass(frozen=True, slots=True)
class Beside:
    """A position of an office holder beside the law.

    `offices`: those whose rules hold for the person, and `acts`: whether one of them is held for the chair. `found` and
    `weighed`: what came of it as it reads now, beside the functions that the law forbids and for whether it is
    undesirable; empty: nothing yet.
    """

    position: OutsidePosition
    offices: tuple[str, ...]
    acts: bool
    from_outside: bool
    like: tuple[Function, ...]
    found: str
    weighed: str
    norm: Norm | None
    reported: Reported

    @property
    def declaration(self) -> Declaration:
        """The declaration of the position."""
        found: Declaration = self.position.declaration
        return found

    @property
    def is_open(self) -> bool:
        """Whether its words look like a function of the list and nobody found anything yet."""
        return bool(self.like) and not self.found

    @property
    def is_unweighed(self) -> bool:
        """Whether the law asks that it is not undesirable, and nobody recorded how that was weighed."""
        return self.norm is not None and not self.weighed

    @property
    def is_to_be_given_up(self) -> bool:
        """Whether it was found that one of the two is given up. The position is over once it is."""
        return self.found == Outcome.GIVEN_UP

    @property
    def is_undesirable(self) -> bool:
        """Whether it was found to be undesirable. The position is over once it has been given up."""
        return self.weighed in (Outcome.UNDESIRABLE_GIVEN_UP, Outcome.UNDESIRABLE_KEPT)


def beside_the_law(organisation: Organisation, day: date, declaration: UUID | None = None) -> list[Beside]:
    """The positions that the office holders of the day hold or will hold (one query), or only that of a declaration."""
    declared = _declared_in_office(day)
    return _told(organisation, day, declared if declaration is None else declared.filter(pk=declaration))


def may_ask_a_look(organisation: Organisation, day: date) -> list[Beside]:
    """Of `beside_the_law` those about which the law can ask something (three queries).

    About most positions that members declare it asks nothing, and no word of a list of the law stands in their text:
    of those only the text is read.
    """
    law = law_of(organisation.kind)
    clues = clues_of(law, organisation.name)
    asked = Q(kind__in={*law.intention, *law.undesirable}) | Q(holding_as(ACTING, day))
    of_office = Q(person__in=Person.objects.filter(asked, kind__in=OFFICE_HOLDERS))
    declared = _declared_in_office(day)
    texts = declared.order_by().values_list("search_text", flat=True)
    worded = [text for text in texts if any(clue in text for clue in clues)]
    found = declared.order_by().filter(of_office | Q(search_text__in=worded)).values_list("pk", flat=True)
    keys = list(found)
    return _told(organisation, day, Declaration.objects.filter(pk__among=keys)) if keys else []


def _declared_in_office(day: date) -> DeclarationQuerySet:
    """The positions that the office holders of the day hold or will hold, as declarations."""
    people = Person.objects.present_on(day).filter(kind__in=OFFICE_HOLDERS)
    rows: DeclarationQuerySet = Declaration.objects.current_on(day).filter(
        person__in=people, register=REGISTER, regime=Regime.OFFICE_HOLDERS
    )
    return rows


def _told(organisation: Organisation, day: date, declared: DeclarationQuerySet) -> list[Beside]:
    """What these positions are beside the law, with what decides which law holds for them (one query)."""
    law = law_of(organisation.kind)
    rows: QuerySet[OutsidePosition] = OutsidePosition.objects.filter(declaration__in=declared).annotate(
        in_office_since=in_office_since(day, "declaration__person__"),
        acts=holding_as(ACTING, day, "declaration__person__"),
        acting_since=Subquery(held_as(ACTING, day, "declaration__person__").values("started_on")[:1]),
        from_outside=holding_as([HeldAs.FROM_OUTSIDE], day, "declaration__person__"),
        found=_newest(Question.INCOMPATIBLE),
        weighed=_newest(Question.UNDESIRABLE),
    )
    shown = rows.select_related("declaration__person").order_by("declaration__declared_on", "pk")
    return [_beside(law, organisation.name, row) for row in shown]


def _newest(question: Question) -> Subquery:
    """What came last of weighing a position as it reads now."""
    of_revision = Assessment.objects.filter(
        declaration=OuterRef("declaration"), revision=OuterRef("declaration__revision"), question=question
    )
    return Subquery(of_revision.order_by("-recorded_at").values("outcome")[:1])


def _beside(law: Law, own_name: str, row: Any) -> Beside:
    offices = offices_of(row.declaration.person.kind, acts=row.acts)
    forbidden = law.forbidden_beside(offices)
    own, *of_acting = (
        reported(
            law,
            office,
            ex_officio=row.ex_officio,
            starts_on=row.declaration.starts_on,
            in_office_since=since,
            reported_on=row.intention_reported_on,
        )
        for office, since in zip(offices, (row.in_office_since, row.acting_since), strict=False)
    )
    return Beside(
        position=row,
        offices=offices,
        acts=row.acts,
        from_outside=row.from_outside,
        like=tuple(looks_like(row.role, row.where, forbidden.functions, own_name)) if forbidden else (),
        found=row.found or "",
        weighed=row.weighed or "",
        norm=law.norm_for(offices),
        reported=of_acting[0] if of_acting and own == Reported.NOT_ASKED else own,
    )


def offices_held_by(person: Person, day: date) -> tuple[str, ...]:
    """The offices whose rules on positions hold for a person on the day (one query; none for others)."""
    people = Person.objects.filter(holding_as(ACTING, day), pk=person.pk)
    return offices_of(person.kind, acts=person.kind in OFFICE_HOLDERS and people.exists())


@dataclass(frozen=True, slots=True)
class YearOf:
    """What is known of the income of one person in a year: by the record of that year, or by an earlier one."""

    person: Person
    year: int
    article: str
    acts: bool
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
    ends = date(year, 12, 31)
    acts = ExpressionWrapper(Q(holding_as(ACTING, day)) & Q(holding_as(ACTING, ends)), output_field=BooleanField())
    acted = Q(pk__in=Mandate.objects.filter(held_as__in=ACTING).values("person"))
    few = Person.objects.filter(Q(kind__in=law.income) | acted, kind__in=OFFICE_HOLDERS).order_by()  # found first
    here = Person.objects.present_on(day).filter(pk__in=few.values("pk"))
    asked = here.annotate(in_office_since=in_office_since(day), acts=acts)
    if people is not None:
        asked = asked.filter(pk__in=[person.pk for person in people])
    in_office = Q(in_office_since__isnull=True) | Q(in_office_since__lte=ends)
    held = asked.filter(in_office & Q(kind__in=law.income) | Q(acts=True))
    known: dict[UUID, PositionIncome] = {}
    for record in PositionIncome.objects.filter(year__lte=year, person__kind__in=OFFICE_HOLDERS).order_by("year"):
        known[record.person_id] = record
    return [_year_of(law, person, year, known.get(person.pk)) for person in held]


def _year_of(law: Law, person: Any, year: int, newest: PositionIncome | None) -> YearOf:
    offices = offices_of(person.kind, acts=person.acts)
    article = next(law.income[office] for office in offices if office in law.income)
    told = YearOf(person, year, article, acts=person.acts, record=None)
    if newest is not None and newest.year == year:
        return replace(told, record=newest)
    holds = newest is not None and newest.outcome == Earned.PART_TIME and law.part_time_exempt.issuperset(offices)
    return replace(told, part_time_since=newest.year) if newest is not None and holds else told


def held_in(person: Person, year: int) -> QuerySet[Declaration]:
    """The positions that somebody declared and that were held in a year, for who looks at the income of it."""
    began = Q(starts_on__isnull=True) | Q(starts_on__lte=date(year, 12, 31))
    rows: QuerySet[Declaration] = Declaration.objects.filter(not_over_on(date(year, 1, 1)), began, person=person)
    return rows.filter(register=REGISTER).select_related("outside_position").order_by("title", "pk")


def public_incomes(organisation: Organisation, shown_since: date) -> QuerySet[PositionIncome]:
    """The income that can be public (one query): of whom the law asks it and who were here on `shown_since`.

    Who became another kind of person is not among them any more: what the law asks of them by now is not known here.
    Who acted for the chair is.

    That of a year stands until that of the next one has to be public, and then as long as the body shows what ended.
    """
    here = Q(person__ended_on__isnull=True) | Q(person__ended_on__gte=shown_since)
    acted = Exists(Mandate.objects.filter(person=OuterRef("person"), held_as__in=ACTING))
    rows: QuerySet[PositionIncome] = PositionIncome.objects.filter(
        here,
        acted | Q(person__kind__in=law_of(organisation.kind).income),
        outcome=Earned.PUBLIC,
        year__gte=last_year_due(shown_since),
    )
    return rows.order_by(F("person__family_name"), F("person__given_name"), F("person_id"), F("year").desc())


def income_address(person: UUID, year: int) -> str:
    """The page where the income of somebody in a year is recorded."""
    return reverse("outside_positions:income", args=[person, year])
