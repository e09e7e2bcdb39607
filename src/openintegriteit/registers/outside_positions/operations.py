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
from openintegriteit.registers.declarations.models import Declaration
from openintegriteit.registers.outside_positions.models import OutsidePosition

REGISTER = "outside_positions"
ON_DECLARATION = ("starts_on",)  # what the form asks and the declaration keeps


@transaction.atomic
def declare(*, actor: Actor, identifier: UUID, person: Person, values: Mapping[str, Any]) -> OutsidePosition:
    """Declare a position of a person; the same key twice makes one. PermissionDenied for who may not."""
    declarations.require_writing(actor, person)
    existing = OutsidePosition.objects.filter(declaration=identifier).select_related("declaration").first()
    if existing:
        return existing
    position = OutsidePosition(organisation_id=body_of(actor), **_own(values))
    position.declaration = declarations.add(
        actor=actor,
        identifier=identifier,
        register=REGISTER,
        person=person,
        values={"title": str(position), "starts_on": values.get("starts_on")},
    )
    position.save()
    return position


@transaction.atomic
def change(
    *, actor: Actor, position: OutsidePosition, expected_version: int, values: Mapping[str, Any]
) -> OutsidePosition:
    """Change what was declared; where a decision was taken, a new one is asked.

    Nothing happens when nothing differs. Raises Withdrawn, and StaleRecord when somebody else was first.
    """
    declaration: Declaration = Declaration.objects.select_for_update().get(pk=position.declaration_id)
    declarations.require_writing(actor, declaration.person)
    current: OutsidePosition = OutsidePosition.objects.get(pk=position.pk)
    own = {name: value for name, value in _own(values).items() if getattr(current, name) != value}
    dates = {name: values[name] for name in ON_DECLARATION if getattr(declaration, name) != values[name]}
    if not own and not dates:
        return current
    for name, value in own.items():
        setattr(current, name, value)
    save_if_unchanged(current, expected_version=expected_version, fields=own)
    declarations.revise(
        actor=actor,
        declaration=declaration,
        expected_version=declaration.version,
        values={"title": str(current), **dates},
        changed=[*own, *dates],
    )
    return current


def _own(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in ON_DECLARATION}
