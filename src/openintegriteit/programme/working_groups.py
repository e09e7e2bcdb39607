"""Every change to working groups, their members and their evaluations: permission, change and log entry together.

Creating takes the key of the new record, so that doing it twice makes one. Changing takes the version that the person
saw, and raises StaleRecord when somebody else was first. Without the permission everything raises PermissionDenied.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import body_of, save_changes
from openintegriteit.event_log.operations import record
from openintegriteit.programme.models import GroupEvaluation, GroupMember, WorkingGroup
from openintegriteit.programme.permissions import POLICY


@transaction.atomic
def create_group(*, actor: Actor, identifier: UUID, values: Mapping[str, Any]) -> WorkingGroup:
    """Add a working group. Raises IntegrityError for a name that is there already."""
    POLICY.require(actor, "change")
    existing: WorkingGroup | None = WorkingGroup.objects.filter(pk=identifier).first()
    if existing:
        return existing
    group: WorkingGroup = WorkingGroup.objects.create(pk=identifier, organisation_id=body_of(actor), **values)
    record(actor=actor, action="working_group.created", subject=group)
    return group


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


@transaction.atomic
def add_member(*, actor: Actor, identifier: UUID, group: WorkingGroup, values: Mapping[str, Any]) -> GroupMember:
    """Add somebody to a working group. Raises IntegrityError for a second chair."""
    POLICY.require(actor, "change")
    existing: GroupMember | None = GroupMember.objects.filter(pk=identifier).first()
    if existing:
        return existing
    member: GroupMember = GroupMember.objects.create(
        pk=identifier, organisation_id=body_of(actor), group=group, **values
    )
    record(actor=actor, action="group_member.added", subject=member)
    return member


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


@transaction.atomic
def add_evaluation(
    *, actor: Actor, identifier: UUID, group: WorkingGroup, values: Mapping[str, Any]
) -> GroupEvaluation:
    """Add how a working group looks back on a year. Raises IntegrityError for a year that has it already."""
    POLICY.require(actor, "change")
    existing: GroupEvaluation | None = GroupEvaluation.objects.filter(pk=identifier).first()
    if existing:
        return existing
    evaluation: GroupEvaluation = GroupEvaluation.objects.create(
        pk=identifier, organisation_id=body_of(actor), group=group, **values
    )
    record(actor=actor, action="group_evaluation.added", subject=evaluation, label=f"{group}, {evaluation.year}")
    return evaluation


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
