"""Declaring an outside position, and changing what was declared."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from openintegriteit.core.locking import save_if_unchanged
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import body_of
from openintegriteit.organisations.models import Person
from openintegriteit.registers.declarations import operations as declarations
from openintegriteit.registers.outside_positions.models import OutsidePosition

REGISTER = "outside_positions"
ON_DECLARATION = ("starts_on",)  # what the form asks and the declaration keeps


@transaction.atomic
def declare(*, actor: Actor, identifier: UUID, person: Person, values: Mapping[str, Any]) -> OutsidePosition:
    """Declare a position of a person; the same key twice makes one. PermissionDenied for who may not."""
    position = OutsidePosition(organisation_id=body_of(actor), **_own(values))
    position.declaration = declarations.add(
        actor=actor,
        identifier=identifier,
        register=REGISTER,
        person=person,
        values={"title": str(position), "starts_on": values.get("starts_on")},
    )
    existing: OutsidePosition | None = OutsidePosition.objects.filter(declaration=position.declaration).first()
    if existing:
        return existing
    position.save()
    return position


@transaction.atomic
def change(
    *, actor: Actor, position: OutsidePosition, expected_version: int, values: Mapping[str, Any]
) -> OutsidePosition:
    """Change what was declared; where a decision was taken, a new one is asked.

    Nothing happens when nothing differs. Raises Withdrawn, and StaleRecord when somebody else was first.
    """
    current: OutsidePosition = OutsidePosition.objects.select_related("declaration__person").get(pk=position.pk)
    own = {name: value for name, value in _own(values).items() if getattr(current, name) != value}
    dates = {name: values[name] for name in ON_DECLARATION if getattr(current.declaration, name) != values[name]}
    for name, value in own.items():
        setattr(current, name, value)
    declarations.revise(
        actor=actor,
        declaration=current.declaration,
        values={"title": str(current), **dates},
        changed=[*own, *dates],
    )
    if own or dates:
        save_if_unchanged(current, expected_version=expected_version, fields=own)
    return current


def _own(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in ON_DECLARATION}
