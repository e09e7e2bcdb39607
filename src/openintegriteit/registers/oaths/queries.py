"""Who still owes an oath, what was taken, and in what words."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Exists, F, OuterRef, QuerySet, Value, When
from django.urls import reverse

from openintegriteit.messages.models import OneTimeLink
from openintegriteit.organisations.models import HeldAs, Person, PersonKind
from openintegriteit.organisations.queries import holding_as
from openintegriteit.registers.oaths.models import ForWhom, Oath, OathText
from openintegriteit.registers.oaths.rules import WITHOUT_APPOINTMENT, kinds_of

STATEMENT_LINK = "oath:statement"  # the purpose of a link with which somebody signs the integrity statement


def with_duty(people: Any) -> Any:
    """People with, as `duty`, the group of which they take the oath now."""
    without = When(kind__in=WITHOUT_APPOINTMENT, then=Value(ForWhom.NOT_EMPLOYED))
    return people.annotate(duty=Case(without, default=F("kind"), output_field=CharField()))


def oath_of_duty() -> Exists:
    """Whether somebody took the oath of their `duty`: one of an earlier group does not count."""
    return Exists(Oath.objects.standing().filter(person=OuterRef("pk"), for_whom=OuterRef("duty")))


def owing(groups: Iterable[str], day: date) -> Any:
    """The people of these groups, present on the day, who took no oath as what they are now."""
    people = Person.objects.present_on(day).filter(kind__in=kinds_of(groups))
    return with_duty(people).filter(~oath_of_duty())


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
