"""Declaring an outside position, and changing what was declared."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from openintegriteit.core.roles import Actor
from openintegriteit.organisations.models import Person
from openintegriteit.registers.declarations import operations as declarations
from openintegriteit.registers.declarations.models import RegisterKey
from openintegriteit.registers.outside_positions.models import OutsidePosition

REGISTER = RegisterKey.OUTSIDE_POSITIONS


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
