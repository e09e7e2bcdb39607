"""Every change to designations: permission, change and log entry together."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import create_once, save_changes
from openintegriteit.registers.designations.models import Designation
from openintegriteit.registers.designations.permissions import POLICY


def designate(*, actor: Actor, identifier: UUID, values: Mapping[str, Any]) -> Designation:
    """Designate a position; the same key twice does it once."""
    POLICY.require(actor, "change")
    return create_once(actor=actor, action="designation.made", model=Designation, identifier=identifier, values=values)


def change_designation(
    *, actor: Actor, designation: Designation, expected_version: int, values: Mapping[str, Any]
) -> Designation:
    """Change for what a position is designated, when to look again, or end it. Raises StaleRecord."""
    POLICY.require(actor, "change")
    return save_changes(
        actor=actor,
        action="designation.changed",
        instance=designation,
        expected_version=expected_version,
        values=values,
    )
