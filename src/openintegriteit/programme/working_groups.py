"""Every change to working groups, their members and their evaluations: permission, change and log entry together.

Creating takes the key of the new record, so that doing it twice makes one. Changing takes the version that the person
saw, and raises StaleRecord when somebody else was first. Without the permission everything raises PermissionDenied.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import create_once, save_changes
from openintegriteit.programme.models import GroupEvaluation, GroupMember, WorkingGroup
from openintegriteit.programme.permissions import POLICY


def create_group(*, actor: Actor, identifier: UUID, values: Mapping[str, Any]) -> WorkingGroup:
    """Add a working group. Raises IntegrityError for a name that is there already."""
    POLICY.require(actor, "change")
    return create_once(
        actor=actor, action="working_group.created", model=WorkingGroup, identifier=identifier, values=values
    )


def change_group(
    *, actor: Actor, group: WorkingGroup, expected_version: int, values: Mapping[str, Any]
) -> WorkingGroup:
    """Change a working group."""
    POLICY.require(actor, "change")
    return save_changes(
        actor=actor,
        action="working_group.changed",
        instance=group,
        expected_version=expected_version,
        values=values,
    )


def add_member(*, actor: Actor, identifier: UUID, group: WorkingGroup, values: Mapping[str, Any]) -> GroupMember:
    """Add somebody to a working group. Raises IntegrityError for a second chair."""
    POLICY.require(actor, "change")
    return create_once(
        actor=actor,
        action="group_member.added",
        model=GroupMember,
        identifier=identifier,
        values={**values, "group": group},
    )


def change_member(
    *, actor: Actor, member: GroupMember, expected_version: int, values: Mapping[str, Any]
) -> GroupMember:
    """Change what is known of a member, or the last day in the group."""
    POLICY.require(actor, "change")
    return save_changes(
        actor=actor,
        action="group_member.changed",
        instance=member,
        expected_version=expected_version,
        values=values,
    )


def add_evaluation(
    *, actor: Actor, identifier: UUID, group: WorkingGroup, values: Mapping[str, Any]
) -> GroupEvaluation:
    """Add how a working group looks back on a year. Raises IntegrityError for a year that has it already."""
    POLICY.require(actor, "change")
    return create_once(
        actor=actor,
        action="group_evaluation.added",
        model=GroupEvaluation,
        identifier=identifier,
        values={**values, "group": group},
        label=f"{group}, {values['year']}",
    )


def change_evaluation(
    *, actor: Actor, evaluation: GroupEvaluation, expected_version: int, values: Mapping[str, Any]
) -> GroupEvaluation:
    """Change how a working group looks back on a year."""
    POLICY.require(actor, "change")
    return save_changes(
        actor=actor,
        action="group_evaluation.changed",
        instance=evaluation,
        expected_version=expected_version,
        values=values,
    )
