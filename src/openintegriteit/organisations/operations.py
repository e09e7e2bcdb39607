"""Every change to the body, its units and its people: permission, change and log entry together.

Creating takes the key of the new record, so that doing it twice makes one. Changing takes the version that the person
saw, and raises StaleRecord when somebody else was first. Entries about people name the fields that changed and not
what was in them: the log outlives the reason to keep that.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.db.models.deletion import ProtectedError

from openintegriteit.core.locking import Overtaken, save_if_unchanged
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import save_changes
from openintegriteit.event_log.operations import record
from openintegriteit.organisations.models import (
    Appointment,
    HeadCount,
    Mandate,
    Organisation,
    Person,
    Position,
    Unit,
)
from openintegriteit.organisations.permissions import POLICY
from openintegriteit.organisations.queries import is_above


class StandsUnderItself(Overtaken):
    """A unit or person would come to stand, by way of others, under itself."""


class UnitInUse(Exception):
    """A unit cannot go while people, positions, head counts or other units belong to it."""


@transaction.atomic
def log_reading(*, actor: Actor, page: str, person: Person | None = None) -> None:
    """Tell the log that a page with personal data was opened: of one person, or a page of several."""
    if person is None:
        record(actor=actor, action="people.read", subject=page)
    else:
        record(actor=actor, action="people.read", subject=person, label=person.personnel_number)


@transaction.atomic
def create_person(*, actor: Actor, identifier: UUID, values: Mapping[str, Any]) -> Person:
    """Add a person. Raises IntegrityError when the personnel number is taken."""
    POLICY.require(actor, "change")
    existing: Person | None = Person.objects.filter(pk=identifier).first()
    if existing:
        return existing
    person: Person = Person.objects.create(pk=identifier, organisation_id=actor.organisation_id, **values)
    record(actor=actor, action="person.created", subject=person, label=person.personnel_number)
    return person


@transaction.atomic
def change_person(*, actor: Actor, person: Person, expected_version: int, values: Mapping[str, Any]) -> Person:
    """Change what is known of a person. Raises StandsUnderItself when the managers would form a ring."""
    POLICY.require(actor, "change")
    manager = values.get("manager")
    if manager is not None and is_above(person, manager, "manager"):
        raise StandsUnderItself
    return _save_person(actor, "person.changed", person, expected_version, values)


@transaction.atomic
def end_person(*, actor: Actor, person: Person, expected_version: int, last_day: date) -> Person:
    """Record the last day of a person; positions and offices that still ran end with it."""
    POLICY.require(actor, "change")
    ended = _save_person(actor, "person.ended", person, expected_version, {"ended_on": last_day})
    running = Q(ended_on__isnull=True) | Q(ended_on__gt=last_day)
    begun = Q(started_on__isnull=True) | Q(started_on__lte=last_day)
    ended.appointments.filter(running, begun).update(ended_on=last_day)
    ended.mandates.filter(running, begun).update(ended_on=last_day)
    return ended


@transaction.atomic
def appoint(*, actor: Actor, identifier: UUID, person: Person, values: Mapping[str, Any]) -> Appointment:
    """Give a person a position by its title and unit; the position is made when it does not exist yet."""
    POLICY.require(actor, "change")
    existing: Appointment | None = Appointment.objects.filter(pk=identifier).first()
    if existing:
        return existing
    fields = dict(values)
    title, unit = fields.pop("title"), fields.pop("unit")
    position, _made = Position.objects.get_or_create(organisation_id=actor.organisation_id, title=title, unit=unit)
    appointment: Appointment = Appointment.objects.create(
        pk=identifier, organisation_id=actor.organisation_id, person=person, position=position, **fields
    )
    record(actor=actor, action="person.appointed", subject=person, label=person.personnel_number)
    return appointment


@transaction.atomic
def give_mandate(*, actor: Actor, identifier: UUID, person: Person, values: Mapping[str, Any]) -> Mandate:
    """Record a public office or a written authority of a person."""
    POLICY.require(actor, "change")
    existing: Mandate | None = Mandate.objects.filter(pk=identifier).first()
    if existing:
        return existing
    mandate: Mandate = Mandate.objects.create(
        pk=identifier, organisation_id=actor.organisation_id, person=person, **values
    )
    record(actor=actor, action="person.mandated", subject=person, label=person.personnel_number)
    return mandate


@transaction.atomic
def end_holding(*, actor: Actor, holding: Appointment | Mandate, last_day: date) -> None:
    """End a position or an office that has no last day yet; one that has keeps the day it has."""
    POLICY.require(actor, "change")
    running = type(holding).objects.filter(pk=holding.pk, ended_on__isnull=True)
    if running.update(ended_on=last_day):
        action = "person.appointment_ended" if isinstance(holding, Appointment) else "person.mandate_ended"
        record(actor=actor, action=action, subject=holding.person, label=holding.person.personnel_number)


@transaction.atomic
def create_unit(*, actor: Actor, identifier: UUID, values: Mapping[str, Any]) -> Unit:
    """Add a unit. Raises IntegrityError when the code is taken."""
    POLICY.require(actor, "change")
    existing: Unit | None = Unit.objects.filter(pk=identifier).first()
    if existing:
        return existing
    unit: Unit = Unit.objects.create(pk=identifier, organisation_id=actor.organisation_id, **values)
    record(actor=actor, action="unit.created", subject=unit)
    return unit


@transaction.atomic
def change_unit(*, actor: Actor, unit: Unit, expected_version: int, values: Mapping[str, Any]) -> Unit:
    """Change a unit. Raises StandsUnderItself when it would come to stand under itself."""
    POLICY.require(actor, "change")
    parent = values.get("parent")
    if parent is not None and is_above(unit, parent, "parent"):
        raise StandsUnderItself
    return save_changes(
        actor=actor, action="unit.changed", instance=unit, expected_version=expected_version, values=values
    )


@transaction.atomic
def remove_unit(*, actor: Actor, unit: Unit) -> None:
    """Remove a unit that nothing belongs to. Raises UnitInUse otherwise."""
    POLICY.require(actor, "change")
    if unit.head_counts.exists():
        raise UnitInUse
    record(actor=actor, action="unit.removed", subject=unit)
    try:
        unit.delete()
    except ProtectedError as error:
        raise UnitInUse from error


def change_body(
    *, actor: Actor, organisation: Organisation, expected_version: int, values: Mapping[str, Any]
) -> Organisation:
    """Change the name or kind of the body."""
    POLICY.require(actor, "change_body")
    return save_changes(
        actor=actor, action="body.changed", instance=organisation, expected_version=expected_version, values=values
    )


@transaction.atomic
def create_head_count(*, actor: Actor, identifier: UUID, values: Mapping[str, Any]) -> HeadCount:
    """Record how many people worked here on 31 December. Raises IntegrityError for a year that is there already."""
    POLICY.require(actor, "change_head_counts")
    existing: HeadCount | None = HeadCount.objects.filter(pk=identifier).first()
    if existing:
        return existing
    count: HeadCount = HeadCount.objects.create(pk=identifier, organisation_id=actor.organisation_id, **values)
    record(actor=actor, action="head_count.created", subject=count)
    return count


def change_head_count(
    *, actor: Actor, head_count: HeadCount, expected_version: int, values: Mapping[str, Any]
) -> HeadCount:
    """Correct how many people worked here."""
    POLICY.require(actor, "change_head_counts")
    return save_changes(
        actor=actor, action="head_count.changed", instance=head_count, expected_version=expected_version, values=values
    )


def _save_person(actor: Actor, action: str, person: Person, expected_version: int, values: Mapping[str, Any]) -> Person:
    current: Person = Person.objects.get(pk=person.pk)
    changed = [name for name, value in values.items() if getattr(current, name) != value]
    if not changed:
        return current
    for name in changed:
        setattr(current, name, values[name])
    save_if_unchanged(current, expected_version=expected_version, fields=changed)
    record(actor=actor, action=action, subject=current, label=current.personnel_number, details={"fields": changed})
    return current
