"""Declaring what may be a prohibited act, and changing what was declared."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from openintegriteit.core.roles import Actor
from openintegriteit.organisations.models import Person
from openintegriteit.registers.declarations import operations as declarations
from openintegriteit.registers.declarations.models import RegisterKey
from openintegriteit.registers.prohibited_acts.models import ProhibitedAct

REGISTER = RegisterKey.PROHIBITED_ACTS


def declare(*, actor: Actor, identifier: UUID, person: Person, values: Mapping[str, Any]) -> ProhibitedAct:
    """Declare an act of a person; the same key twice makes one. PermissionDenied for who may not."""
    return declarations.declare(
        ProhibitedAct, actor=actor, identifier=identifier, register=REGISTER, person=person, values=values
    )


def change(act: ProhibitedAct, *, actor: Actor, expected_version: int, values: Mapping[str, Any]) -> ProhibitedAct:
    """Change what was declared.

    Nothing happens when nothing differs. Raises Withdrawn, and StaleRecord when somebody else was first.
    """
    return declarations.change(act, actor=actor, expected_version=expected_version, values=values)
