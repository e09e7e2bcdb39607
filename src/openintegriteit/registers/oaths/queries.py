"""Who still owes an oath, what was taken, and in what words."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    DateTimeField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.urls import reverse

from openintegriteit.messages.models import OneTimeLink
from openintegriteit.organisations.models import HeldAs, Organisation, OrganisationKind, Person, PersonKind
from openintegriteit.organisations.queries import holding_as, term_began
from openintegriteit.registers.oaths.models import ForWhom, Oath, OathText
from openintegriteit.registers.oaths.rules import TAKEN_BEFOREHAND, WITHOUT_APPOINTMENT, kinds_of

STATEMENT_LINK = "oath:statement"  # the purpose of a link with which somebody signs the integrity statement


def with_duty(people: Any, day: date) -> Any:
    """People with, as `duty`, the group of which they take the oath on the day, and since when as `term_began`.

    `term_began` is that of `term_began`, None for who holds no office. `was_taken`: whether they took the oath of
    their duty at all, also for an earlier term.
    """
    named = people.annotate(duty=group_on(day))
    return named.annotate(term_began=term_began(day), was_taken=Exists(_taken_as_duty(day)))


def group_on(day: date, kind: str = "kind", person: str = "") -> Case:
    """As what people take the oath on the day, for an annotation; `kind` and `person` say where rows have these.

    Waterschapswet 34 and 45: who sits in the daily board takes it as a member of the general board, but for who comes
    from outside (41(3)). Gemeentewet 41a, Provinciewet 40a: an executive member there takes an own one.
    """
    water_board = Organisation.objects.filter(pk=OuterRef("organisation"), kind=OrganisationKind.WATER_BOARD)
    of_daily_board = Q(Exists(water_board), **{kind: PersonKind.EXECUTIVE_MEMBER})
    return Case(
        When(**{f"{kind}__in": WITHOUT_APPOINTMENT}, then=Value(ForWhom.NOT_EMPLOYED)),
        When(of_daily_board & ~holding_as([HeldAs.FROM_OUTSIDE], day, person), then=Value(ForWhom.ELECTED_MEMBER)),
        default=F(kind),
        output_field=CharField(),
    )


def group_of(person: Person, day: date) -> ForWhom:
    """The same of one person (one query)."""
    return ForWhom(Person.objects.filter(pk=person.pk).values_list(group_on(day), flat=True).get())


def without_oath_of_duty(day: date) -> Q:
    """People `with_duty` who took no oath of it: one of an earlier group or of an earlier term does not count."""
    counts_until = ExpressionWrapper(F("taken_on") + TAKEN_BEFOREHAND, output_field=DateTimeField())
    of_this_term = _taken_as_duty(day).alias(counts_until=counts_until).filter(counts_until__gte=OuterRef("term_began"))
    return Q(was_taken=False) | (Q(term_began__isnull=False) & ~Q(Exists(of_this_term)))


def _taken_as_duty(day: date) -> QuerySet[Oath]:
    rows: QuerySet[Oath] = Oath.objects.standing().filter(person=OuterRef("pk"))
    return rows.alias(group=group_on(day, "for_whom", "person__")).filter(group=OuterRef("duty"))


def owing(groups: Iterable[str], day: date) -> Any:
    """The people of these groups, present on the day, who took no oath as what they are now.

    Who is elected or appointed to an office again owes it anew, before they exercise it: Gemeentewet 14, 41a and 81g,
    Provinciewet 14, 40a and 79g, Waterschapswet 34, 50 and 51ag. `was_taken` tells them apart.
    """
    people = Person.objects.present_on(day).filter(kind__in=kinds_of(groups))
    return with_duty(people, day).filter(without_oath_of_duty(day))


def is_charged_to_act(person: Person, day: date) -> bool:
    """Whether somebody acts for the chair, charged from outside (one query; none for who is not in that office)."""
    charged = Person.objects.filter(holding_as([HeldAs.CHARGED_TO_ACT], day), pk=person.pk)
    return person.kind == PersonKind.CHAIR and charged.exists()


def statements_owed(people: Sequence[Person], day: date) -> list[Person]:
    """Those of these people who owe the integrity statement (one query; none for people with an appointment)."""
    keys = [person.pk for person in people if person.kind in WITHOUT_APPOINTMENT]
    return list(owing([ForWhom.NOT_EMPLOYED], day).filter(pk__in=keys)) if keys else []


def with_asked(people: Any, now: datetime) -> Any:
    """People with `asked`: whether a link waits for their answer."""
    waiting = OneTimeLink.objects.open_at(now).filter(purpose=STATEMENT_LINK, person=OuterRef("pk"))
    return people.annotate(asked=Exists(waiting))


def oaths_of(groups: Iterable[str]) -> QuerySet[Oath]:
    """What was taken by people of these groups, also what was withdrawn."""
    rows: QuerySet[Oath] = Oath.objects.filter(for_whom__in=list(groups))
    return rows


def current_text(for_whom: str, day: date) -> OathText | None:
    """The words that hold for a group on the day (one query); None: the body has entered none."""
    found: OathText | None = OathText.objects.in_force_on(day).filter(for_whom=for_whom).first()
    return found


def oath_address(identifier: UUID) -> str:
    """The page of one oath."""
    return reverse("oaths:oath", args=[identifier])
