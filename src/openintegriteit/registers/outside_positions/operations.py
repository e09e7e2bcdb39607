"""Declaring an outside position and changing what was declared, and what the law asks of office holders besides.

The event log tells whose position and which year, not what came of weighing it or was earned.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from openintegriteit.core.clock import today
from openintegriteit.core.locking import StaleRecord
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import create_once, save_changes
from openintegriteit.organisations.models import Person
from openintegriteit.registers.declarations import operations as declarations
from openintegriteit.registers.declarations.models import Declaration, Regime, RegisterKey
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.outside_positions.models import (
    Assessment,
    Earned,
    OutsidePosition,
    PositionIncome,
    Question,
)

REGISTER = RegisterKey.OUTSIDE_POSITIONS
WEIGHED = {
    Question.INCOMPATIBLE: "outside_position.laid_beside_the_law",
    Question.UNDESIRABLE: "outside_position.weighed",
}


def declare(*, actor: Actor, identifier: UUID, person: Person, values: Mapping[str, Any]) -> OutsidePosition:
    """Declare a position of a person; the same key twice makes one. PermissionDenied for who may not."""
    return declarations.declare(
        OutsidePosition, actor=actor, identifier=identifier, register=REGISTER, person=person, values=values
    )


def change(
    position: OutsidePosition, *, actor: Actor, expected_version: int, values: Mapping[str, Any]
) -> OutsidePosition:
    """Change what was declared; where a decision was taken, a new one is asked.

    Nothing happens when nothing differs. Raises Withdrawn, and StaleRecord when somebody else was first.
    """
    return declarations.change(position, actor=actor, expected_version=expected_version, values=values)


def record_intention(
    position: OutsidePosition, *, actor: Actor, expected_version: int, reported_on: date
) -> OutsidePosition:
    """Record on what day the intention to accept a position was reported to the representative body.

    PermissionDenied for who does not keep the register of office holders. Raises StaleRecord.
    """
    POLICY.require(actor, "record_office_holders")
    return save_changes(
        actor=actor,
        action="outside_position.intention_recorded",
        instance=position,
        expected_version=expected_version,
        values={"intention_reported_on": reported_on},
        label=position.declaration.person.full_name,
        names_only=True,
    )


@transaction.atomic
def record_assessment(
    *,
    actor: Actor,
    declaration: Declaration,
    identifier: UUID,
    question: Question,
    expected_revision: int,
    values: Mapping[str, Any],
) -> Assessment:
    """Record how a position of an office holder was weighed; the same key twice makes one.

    It holds for the position as it read in the revision that somebody saw. Without a day and a name in `values` it was
    weighed today, by the actor. Raises StaleRecord where it reads otherwise by now, and PermissionDenied for who does
    not keep the register of office holders.
    """
    POLICY.require(actor, "record_office_holders")
    if declaration.regime != Regime.OFFICE_HOLDERS:
        raise PermissionDenied
    held: Declaration = Declaration.objects.select_for_update().get(pk=declaration.pk)
    if held.revision != expected_revision and not Assessment.objects.filter(pk=identifier).exists():
        raise StaleRecord(held)
    told = {"weighed_on": today(), "weighed_by": actor.label, **values}
    return create_once(
        actor=actor,
        action=WEIGHED[question],
        model=Assessment,
        identifier=identifier,
        values={
            "declaration": declaration,
            "question": question,
            "revision": expected_revision,
            "recorded_by": actor.label,
            **told,
        },
        label=declaration.person.full_name,
    )


def record_income(
    *, actor: Actor, identifier: UUID, person: Person, year: int, values: Mapping[str, Any]
) -> PositionIncome:
    """Make public what somebody earned with positions in a year, or say that there is nothing to make public.

    The same key twice makes one, and so does telling twice the same of a year. Raises StaleRecord where something else
    was recorded of the year, and PermissionDenied for who may not declare for the person, and for a member who says
    themselves that the office is held part-time.
    """
    _require_telling(actor, person, values["outcome"])
    known: PositionIncome | None = PositionIncome.objects.filter(person=person, year=year).first()
    if known:
        if known.pk == identifier or all(getattr(known, name) == value for name, value in values.items()):
            return known
        raise StaleRecord(known)
    return create_once(
        actor=actor,
        action="position_income.recorded",
        model=PositionIncome,
        identifier=identifier,
        values={"person": person, "year": year, **values},
    )


def change_income(
    income: PositionIncome, *, actor: Actor, expected_version: int, values: Mapping[str, Any]
) -> PositionIncome:
    """Correct what was told of a year. Raises StaleRecord."""
    _require_telling(actor, income.person, values["outcome"])
    return save_changes(
        actor=actor,
        action="position_income.changed",
        instance=income,
        expected_version=expected_version,
        values=values,
        names_only=True,
    )


def _require_telling(actor: Actor, person: Person, outcome: str) -> None:
    declarations.require_writing(actor, person)
    if outcome == Earned.PART_TIME:
        POLICY.require(actor, "record_office_holders")
