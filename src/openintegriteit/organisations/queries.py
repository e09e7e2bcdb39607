"""Reading about bodies, units and people."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db.models import Case, Count, DateField, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, Greatest

from openintegriteit.core.once import looked_up_once
from openintegriteit.core.tenancy import organisation_in_scope
from openintegriteit.organisations.models import (
    OFFICE_HOLDERS,
    Appointment,
    HeldAs,
    Mandate,
    Organisation,
    Person,
    Unit,
)

MOST_SUGGESTED = 6


@looked_up_once
def body_in_scope() -> Organisation:
    """The body whose rows are at hand (one query)."""
    return Organisation.objects.get(pk=organisation_in_scope())


def organisation_for_host(host: str) -> tuple[Organisation | None, bool]:
    """The body that answers on a host name, and whether the installation has no body at all (one query).

    An installation with one body answers on every host; with several, only the named hosts lead to one.
    """
    name = host.rsplit(":", 1)[0].lower()
    bodies = list(Organisation.objects.all())
    if len(bodies) <= 1:
        return (bodies[0], False) if bodies else (None, True)
    return next((body for body in bodies if body.host == name), None), False


def organisation_named(name: str | None) -> Organisation:
    """The body that a console command means; needless to name with one body.

    Raises LookupError, with the names to choose from, when no body or several answer.
    """
    bodies = list(Organisation.objects.all())
    matching = [body for body in bodies if name is None or body.name.casefold() == name.casefold()]
    if len(matching) == 1:
        return matching[0]
    raise LookupError(", ".join(body.name for body in bodies))


def web_address(body: Organisation, path: str) -> str:
    """The full address of a page of the body, for who reads it outside the website: in a mail or a calendar."""
    site = urlsplit(settings.SITE_ADDRESS)
    port = f":{site.port}" if site.port else ""
    return f"{site.scheme}://{body.host or site.hostname}{port}{path}"


def is_above(below: Unit | Person, candidate: Unit | Person, link: str) -> bool:
    """Whether `candidate`, or one above it by `link` ("parent" or "manager"), is `below` itself: a ring if it went
    on top of it. One query for each step up."""
    model, seen = type(below), set()
    key: UUID | None = candidate.pk
    while key is not None and key not in seen:
        if key == below.pk:
            return True
        seen.add(key)
        key = model._default_manager.filter(pk=key).values_list(f"{link}_id", flat=True).first()
    return False


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit in its place in the tree, and how many people work in it today (0 where that was not asked)."""

    unit: Unit
    depth: int
    people: int = 0

    @property
    def indent(self) -> str:
        """The room before the name: more the deeper it stands."""
        return "\u2003" * self.depth

    @property
    def indented_name(self) -> str:
        """The name, further to the right the deeper it stands, for lists to choose from."""
        return self.indent + self.unit.name


class UnitTree:
    """All units of the body in scope, each under the one it belongs to (one query)."""

    def __init__(self, *, counted_on: date | None = None) -> None:
        units = Unit.objects.select_related("parent").order_by("name")
        if counted_on is not None:
            present = Person.objects.present_on(counted_on).filter(unit=OuterRef("pk")).order_by().values("unit")
            units = units.annotate(present=Subquery(present.annotate(number=Count("pk")).values("number")))
        self._below: dict[UUID | None, list[Unit]] = {}
        for unit in units:
            self._below.setdefault(unit.parent_id, []).append(unit)

    def lines(self, top: UUID | None = None, depth: int = 0) -> Iterator[UnitLine]:
        """Every unit under `top` (None: all), each followed by the ones under it."""
        for unit in self._below.get(top, []):
            yield UnitLine(unit, depth, getattr(unit, "present", None) or 0)
            yield from self.lines(unit.pk, depth + 1)

    def with_everything_under(self, unit_id: UUID) -> list[UUID]:
        """The unit itself and all that stand under it."""
        return [unit_id, *(line.unit.pk for line in self.lines(unit_id))]


def with_position(people: Any, day: date) -> Any:
    """People with, as `position_title`, the position that they hold on the day; of several the one begun last."""
    holding = Appointment.objects.filter(
        Q(started_on__isnull=True) | Q(started_on__lte=day),
        Q(ended_on__isnull=True) | Q(ended_on__gte=day),
        person=OuterRef("pk"),
    )
    return people.annotate(position_title=Subquery(holding.order_by("-started_on", "pk").values("position__title")[:1]))


def listed(people: Any, day: date) -> Any:
    """People with everything that the list of them shows."""
    return with_position(people.select_related("unit", "manager"), day)


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What the page of one person shows."""

    person: Person
    appointments: list[Appointment]
    mandates: list[Mandate]
    team_size: int
    namesakes: list[Person]


def person_page(person_id: UUID, day: date) -> PersonPage:
    """One person with positions, offices, the size of their team and who has the same name (five queries).

    Raises Person.DoesNotExist.
    """
    person = Person.objects.select_related("unit", "manager").get(pk=person_id)
    return PersonPage(
        person=person,
        appointments=list(person.appointments.select_related("position__unit").order_by("-started_on", "pk")),
        mandates=list(person.mandates.order_by("-started_on", "pk")),
        team_size=Person.objects.present_on(day).filter(manager=person).count(),
        namesakes=namesakes_of(person),
    )


def namesakes_of(person: Person) -> list[Person]:
    """Others with the same name and another mail address or none, the first few (one query).

    Nothing ties their lines together when they are one human being, so they could be each other's second person.
    """
    named = Person.objects.filter(
        family_name=person.family_name, given_name=person.given_name, infix=person.infix
    ).exclude(pk=person.pk)
    others = named.exclude(email_lower=person.email.lower()) if person.email else named
    return list(others[:MOST_SUGGESTED])


def people_meant_by(text: str) -> list[Person]:
    """The person with this personnel number, or else the first few whose name holds every word of the text."""
    by_number = list(Person.objects.filter(personnel_number=text.strip()))
    return by_number or list(Person.objects.matching(text)[:MOST_SUGGESTED])


def in_office_since(day: date, person: str = "") -> Case:
    """When people began, or of an office holder when the newest office of the day did, for an annotation.

    Of an office holder without an office in the list of people it is the day on which they began; who stands in for
    the chair goes on in their own. `person` is the relation of the row with two underscores behind it; empty: the rows
    are people.
    """
    going_on = Q(ended_on__isnull=True) | Q(ended_on__gte=day)
    own = Mandate.objects.exclude(held_as=HeldAs.STANDS_IN)
    held = own.filter(going_on, person=OuterRef(f"{person}pk"), started_on__isnull=False)
    began: Any = Subquery(held.order_by("-started_on").values("started_on")[:1])
    of_office = When(Q(**{f"{person}kind__in": OFFICE_HOLDERS}), then=Coalesce(began, F(f"{person}started_on")))
    return Case(of_office, default=F(f"{person}started_on"), output_field=DateField())


def held_as(ways: Collection[str], day: date, person: str = "") -> QuerySet[Mandate]:
    """What people hold in one of these ways on the day, for a subquery; `person` as in `in_office_since`."""
    begun = Q(started_on__isnull=True) | Q(started_on__lte=day)
    going_on = Q(ended_on__isnull=True) | Q(ended_on__gte=day)
    rows: QuerySet[Mandate] = Mandate.objects.filter(begun, going_on, held_as__in=ways)
    return rows.filter(person=OuterRef(f"{person}pk"))


def holding_as(ways: Collection[str], day: date, person: str = "") -> Exists:
    """Whether people hold an office in one of these ways on the day, for a filter."""
    return Exists(held_as(ways, day, person))


def term_began(day: date, person: str = "") -> Case:
    """When the term of an office holder on a day began, for an annotation; None for others, and where nobody knows.

    Whoever is elected or appointed again has a new line for the same office, and of each office the newest line that
    goes on counts; who took on another office beside it still is in the term of the first, and who stands in for
    somebody begins no term by it. Without an office in the list of people it is the day on which they began. `person`
    as in `in_office_since`.
    """
    going_on = Q(ended_on__isnull=True) | Q(ended_on__gte=day)
    own = Mandate.objects.exclude(held_as=HeldAs.STANDS_IN)
    again = own.filter(
        person=OuterRef("person"), office=OuterRef("office"), started_on__gt=OuterRef("started_on"), started_on__lte=day
    )
    held = own.filter(going_on, person=OuterRef(f"{person}pk"), started_on__lte=day)
    began: Any = Subquery(held.exclude(Exists(again)).order_by("started_on").values("started_on")[:1])
    of_office = When(Q(**{f"{person}kind__in": OFFICE_HOLDERS}), then=Coalesce(began, F(f"{person}started_on")))
    return Case(of_office, default=Value(None), output_field=DateField())


def end_of_service(person: str = "person") -> Case:
    """The last day on which the person of a row worked for the body or governed it, for an annotation.

    None while somebody does, or where nobody knows. Who came back counts as here: by an office without an end, or by
    another line in the list of people with the same mail address. `person` is the relation of the row; empty: the row
    is the person.
    """
    path = f"{person}__" if person else ""
    mailbox = Q(email_lower=OuterRef(f"{path}email_lower")) & ~Q(email="")
    same = Person.objects.filter(mailbox).order_by("-ended_on")
    offices = Mandate.objects.filter(person=OuterRef(f"{path}pk")).order_by("-ended_on")
    is_here = Exists(same.filter(ended_on__isnull=True)) | Exists(offices.filter(ended_on__isnull=True))
    own = F(f"{path}ended_on")
    return Case(
        When(Q(**{f"{path}ended_on__isnull": True}) | is_here, then=Value(None)),
        default=Greatest(
            own,
            Coalesce(Subquery(same.values("ended_on")[:1]), own),
            Coalesce(Subquery(offices.values("ended_on")[:1]), own),
        ),
        output_field=DateField(),
    )
