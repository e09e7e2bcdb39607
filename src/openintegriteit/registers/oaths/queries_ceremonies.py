"""Ceremonies, who is on their lists, and how it went with each of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Actor
from openintegriteit.organisations.models import Person
from openintegriteit.programme.models import FORESEEN_STATUSES, Activity, ActivityKind, ActivityStatus, Material
from openintegriteit.registers.oaths.models import Attendance, Ceremony, Oath, OathForm
from openintegriteit.registers.oaths.permissions import sides_to
from openintegriteit.registers.oaths.queries import owing, with_duty, without_oath_of_duty
from openintegriteit.registers.oaths.rules import for_whom_of, forms_of, groups_of

MOST_PLANNED = 10


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody on the list. `oath`: what they took there. `has_taken`: what they owe was taken, there or elsewhere."""

    attendance: Attendance
    oath: Oath | None
    has_taken: bool
    can_take: tuple[OathForm, ...]

    @property
    def person(self) -> Person:
        """Who it is."""
        return self.attendance.person


def ceremonies_to(action: str, actor: Actor) -> QuerySet[Ceremony]:
    """The ceremonies that the actor may "view" or "record", with their activity."""
    rows: QuerySet[Ceremony] = Ceremony.objects.filter(for_office_holders__in=sides_to(action, actor))
    return rows.select_related("activity")


def with_numbers(ceremonies: QuerySet[Ceremony]) -> QuerySet[Ceremony]:
    """Ceremonies with `listed` and `present`, counted in the same query."""
    return ceremonies.annotate(listed=Count("attendance"), present=Count("attendance", filter=Q(attendance__came=True)))


def lines_of(ceremony: Ceremony) -> list[Line]:
    """Everybody on the list by name (three queries)."""
    rows = list(ceremony.attendance.select_related("person__unit"))
    here = {oath.person_id: oath for oath in Oath.objects.standing().filter(ceremony=ceremony)}
    people = Person.objects.filter(pk__in=[row.person_id for row in rows])
    day = ceremony.activity.starts_on or today()
    still_owe = set(with_duty(people, day).filter(without_oath_of_duty(day)).values_list("pk", flat=True))
    groups = groups_of(ceremony.for_office_holders)
    lines = []
    for row in rows:
        duty = for_whom_of(row.person.kind)
        free = row.person_id in still_owe and row.person_id not in here and duty in groups
        lines.append(Line(row, here.get(row.person_id), row.person_id not in still_owe, forms_of(duty) if free else ()))
    return lines


def to_invite(ceremony: Ceremony) -> Any:
    """Who owes an oath on the day of a ceremony, with `asked`: whether a mail told them of that day.

    Today for one of which somebody took the day away.
    """
    day = ceremony.activity.starts_on or today()
    told = Attendance.objects.filter(ceremony=ceremony, person=OuterRef("pk"), mailed_for=day)
    return owing(groups_of(ceremony.for_office_holders), day).annotate(asked=Exists(told))


def told_otherwise(ceremony: Ceremony) -> list[str]:
    """The names of those on the list whom no mail told of the day as it is now (one query)."""
    rows = ceremony.attendance.exclude(mailed_for=ceremony.activity.starts_on).select_related("person")
    return [row.person.full_name for row in rows]


def material_of(ceremony: Ceremony) -> list[Material]:
    """What the activity uses and was not withdrawn (one query)."""
    return list(ceremony.activity.material.filter(withdrawn_at__isnull=True))


def planned_without_list() -> list[Activity]:
    """Ceremonies in the programme that nobody keeps a list of yet, the next first (one query)."""
    foreseen = Activity.objects.filter(kind=ActivityKind.CEREMONY, status__in=FORESEEN_STATUSES, ceremony=None)
    return list(foreseen.order_by("starts_on", "title")[:MOST_PLANNED])


def unanswered(ceremonies: QuerySet[Ceremony], day: date) -> QuerySet[Ceremony]:
    """Ceremonies whose day has come, of which nobody noted of everybody whether they came."""
    waiting = Attendance.objects.unknown().filter(ceremony=OuterRef("pk"))
    return still_on(ceremonies).filter(Exists(waiting), activity__starts_on__lte=day)


def still_on(ceremonies: QuerySet[Ceremony]) -> QuerySet[Ceremony]:
    """Ceremonies that were not called off."""
    return ceremonies.exclude(activity__status=ActivityStatus.CALLED_OFF)


def ceremony_address(identifier: UUID) -> str:
    """The page of one ceremony."""
    return reverse("oaths:ceremony", args=[identifier])


def ceremony_of(actor: Actor, activity: Activity) -> tuple[str, str] | None:
    """What the page of an activity says of its list, and where that stands (one query; none for other activities)."""
    if activity.kind != ActivityKind.CEREMONY:
        return None
    found = ceremonies_to("view", actor).filter(activity=activity).first()
    return (_("Who takes the oath"), ceremony_address(found.pk)) if found else None
