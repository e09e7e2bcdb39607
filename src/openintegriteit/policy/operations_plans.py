"""Every change to policy plans: permission, change and log entry together.

A version that was adopted here never changes: each of these locks the version first, and raises PlanIsAdopted when it
was. Creating takes the key of the new record, so that doing it twice makes one. Changing takes the version of the
record that the person saw, and raises StaleRecord when somebody else was first.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone

from openintegriteit.core.locking import StaleRecord
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import body_of, create_once, save_changes
from openintegriteit.event_log.operations import record
from openintegriteit.policy.models import PlanGoal, PlanMeans, PlanPart, PlanRole, PolicyPlan
from openintegriteit.policy.permissions import POLICY
from openintegriteit.policy.plans import GOAL, MEANS, OWN, ROLE, content_of


class PlanIsAdopted(Exception):
    """This version was adopted, so it stays as it is; what is new stands in the next one."""


class PlanIsNotAdopted(Exception):
    """A next version begins only from one that was adopted here."""


class GoalIsCarried(Exception):
    """Measures name this goal, so it cannot be taken away."""


def create_plan(*, actor: Actor, identifier: UUID, values: Mapping[str, Any]) -> PolicyPlan:
    """Begin a policy plan with its first version."""
    POLICY.require(actor, "change")
    return create_once(actor=actor, action="policyplan.created", model=PolicyPlan, identifier=identifier, values=values)


@transaction.atomic
def change_plan(*, actor: Actor, plan: PolicyPlan, expected_version: int, values: Mapping[str, Any]) -> PolicyPlan:
    """Change the texts of a version that is still being written. Raises PlanIsAdopted and StaleRecord."""
    POLICY.require(actor, "change")
    _held(plan)
    return save_changes(
        actor=actor,
        action="policyplan.changed",
        instance=plan,
        expected_version=expected_version,
        values=values,
    )


@transaction.atomic
def adopt_plan(*, actor: Actor, plan: PolicyPlan, seen: str, adopted_by: str, adopted_on: date) -> PolicyPlan:
    """Record that a body adopted this version, and settle it for good. Doing it twice in the same words is one.

    `seen` is the mark of the content that the person saw; raises StaleRecord when it is another by now, and
    PlanIsAdopted when it was adopted already by others or on another day.
    """
    POLICY.require(actor, "change")
    current: PolicyPlan = PolicyPlan.objects.select_for_update().get(pk=plan.pk)
    if current.settled_at is not None:
        if (current.adopted_by, current.adopted_on) == (adopted_by, adopted_on):
            return current
        raise PlanIsAdopted
    if content_of(current).mark != seen:
        raise StaleRecord(current)
    return save_changes(
        actor=actor,
        action="policyplan.adopted",
        instance=current,
        expected_version=current.version,
        values={"adopted_by": adopted_by, "adopted_on": adopted_on, "settled_at": timezone.now()},
    )


@transaction.atomic
def start_next_version(*, actor: Actor, plan: PolicyPlan) -> PolicyPlan:
    """Begin the next version as a copy of this one; when it was begun already, that one.

    Raises PlanIsNotAdopted when this version was not adopted here.
    """
    POLICY.require(actor, "change")
    current: PolicyPlan = PolicyPlan.objects.select_for_update().get(pk=plan.pk)
    existing: PolicyPlan | None = PolicyPlan.objects.filter(follows=current).first()
    if existing:
        return existing
    if current.settled_at is None:
        raise PlanIsNotAdopted
    following: PolicyPlan = PolicyPlan.objects.create(
        organisation_id=current.organisation_id,
        follows=current,
        edition=current.edition + 1,
        **{name: getattr(current, name) for name in OWN},
    )
    content = content_of(current)
    for goal in content.goals:
        _copy(goal, following, GOAL, origin_id=goal.root)
    for role in content.roles:
        _copy(role, following, ROLE)
    for means in content.means:
        _copy(means, following, MEANS)
    record(actor=actor, action="policyplan.next_begun", subject=following)
    return following


def _copy(part: PlanPart, to: PolicyPlan, names: tuple[str, ...], **more: Any) -> None:
    values = {name: getattr(part, name) for name in names}
    type(part)._default_manager.create(
        organisation_id=to.organisation_id, plan=to, number=part.number, **values, **more
    )


@transaction.atomic
def add_part[P: (PlanGoal, PlanRole, PlanMeans)](
    *, actor: Actor, plan: PolicyPlan, model: type[P], identifier: UUID, values: Mapping[str, Any]
) -> P:
    """Add a goal, role or means to a version that is still being written, under the next number."""
    POLICY.require(actor, "change")
    _held(plan)
    existing = model.objects.filter(pk=identifier).first()
    if existing is not None:
        found: P = existing
        return found
    last = model.objects.filter(plan=plan).aggregate(last=Max("number"))["last"] or 0
    made: P = model.objects.create(pk=identifier, organisation_id=body_of(actor), plan=plan, number=last + 1, **values)
    record(actor=actor, action="plan_part.created", subject=made)
    return made


@transaction.atomic
def change_part[P: (PlanGoal, PlanRole, PlanMeans)](
    *, actor: Actor, part: P, expected_version: int, values: Mapping[str, Any]
) -> P:
    """Change a goal, role or means of a version that is still being written."""
    POLICY.require(actor, "change")
    _held(part.plan)
    return save_changes(
        actor=actor,
        action="plan_part.changed",
        instance=part,
        expected_version=expected_version,
        values=values,
    )


@transaction.atomic
def remove_part(*, actor: Actor, part: PlanPart) -> None:
    """Take a goal, role or means out of a version that is still being written.

    Raises GoalIsCarried for a goal that measures name: they would lose what they are for.
    """
    POLICY.require(actor, "change")
    _held(part.plan)
    record(actor=actor, action="plan_part.removed", subject=part)
    try:
        part.delete()
    except ProtectedError as error:
        raise GoalIsCarried from error


def _held(plan: PolicyPlan) -> None:
    """Lock a version that is still being written. Raises PlanIsAdopted."""
    if PolicyPlan.objects.select_for_update().get(pk=plan.pk).settled_at is not None:
        raise PlanIsAdopted
