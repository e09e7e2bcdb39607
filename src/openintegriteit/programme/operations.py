"""Every change to the programme: permission, change and log entry together.

Creating takes the key of the new record, so that doing it twice makes one. Changing takes the version that the person
saw, and raises StaleRecord when somebody else was first. Without the permission everything raises PermissionDenied.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from openintegriteit.core.clock import today
from openintegriteit.core.locking import save_if_unchanged
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import body_of, save_changes
from openintegriteit.event_log.operations import record
from openintegriteit.programme.models import (
    ActionPlan,
    Activity,
    ActivityKind,
    Finding,
    Measure,
    MeasureHeading,
    MeasureStatus,
    ProgressNote,
)
from openintegriteit.programme.permissions import POLICY, require_activity
from openintegriteit.programme.rules import finished_day


@transaction.atomic
def create_action_plan(*, actor: Actor, identifier: UUID, values: Mapping[str, Any]) -> ActionPlan:
    """Begin an action plan; the one that began last is the newest, in which new measures come."""
    POLICY.require(actor, "change")
    existing: ActionPlan | None = ActionPlan.objects.filter(pk=identifier).first()
    if existing:
        return existing
    plan: ActionPlan = ActionPlan.objects.create(pk=identifier, organisation_id=body_of(actor), **values)
    record(actor=actor, action="action_plan.created", subject=plan)
    return plan


def change_action_plan(
    *, actor: Actor, plan: ActionPlan, expected_version: int, values: Mapping[str, Any]
) -> ActionPlan:
    """Give an action plan another title, or another day on which it began."""
    POLICY.require(actor, "change")
    return save_changes(
        actor=actor, action="action_plan.changed", instance=plan, expected_version=expected_version, values=values
    )


@transaction.atomic
def create_measure(*, actor: Actor, identifier: UUID, values: Mapping[str, Any]) -> Measure:
    """Add a measure to a plan (`plan` among the values; without one the newest) under the next number.

    A number never changes and is never given twice.
    """
    POLICY.require(actor, "change")
    if existing := Measure.objects.filter(pk=identifier).first():
        return existing
    values = dict(values)
    plan = plan_for_update(actor, values.pop("plan", None))
    measure = Measure.objects.create(
        pk=identifier,
        organisation_id=body_of(actor),
        plan=plan,
        number=max(numbers_given(plan), default=0) + 1,
        **_with_finished_day(values, was_done=False),
    )
    record(actor=actor, action="measure.created", subject=measure)
    return measure


@transaction.atomic
def change_measure(*, actor: Actor, measure: Measure, expected_version: int, values: Mapping[str, Any]) -> Measure:
    """Change a measure; one that becomes done gets today as the day unless another is given."""
    POLICY.require(actor, "change")
    was_done = Measure.objects.filter(pk=measure.pk, status=MeasureStatus.DONE).exists()
    return save_changes(
        actor=actor,
        action="measure.changed",
        instance=measure,
        expected_version=expected_version,
        values=_with_finished_day(values, was_done=was_done),
    )


@transaction.atomic
def add_note(*, actor: Actor, identifier: UUID, measure: Measure, values: Mapping[str, Any]) -> ProgressNote:
    """Add what is to be said of a measure; notes are never changed. The author is the actor."""
    POLICY.require(actor, "change")
    existing: ProgressNote | None = ProgressNote.objects.filter(pk=identifier).first()
    if existing:
        return existing
    note: ProgressNote = ProgressNote.objects.create(
        pk=identifier, organisation_id=body_of(actor), measure=measure, author=actor.label, **values
    )
    record(actor=actor, action="measure.noted", subject=measure, details={"note": str(note.pk)})
    return note


@transaction.atomic
def create_heading(*, actor: Actor, identifier: UUID, values: Mapping[str, Any]) -> MeasureHeading:
    """Add a heading to a plan (`plan` among the values; without one the newest)."""
    POLICY.require(actor, "change")
    existing: MeasureHeading | None = MeasureHeading.objects.filter(pk=identifier).first()
    if existing:
        return existing
    values = dict(values)
    plan = plan_for_update(actor, values.pop("plan", None))
    heading: MeasureHeading = MeasureHeading.objects.create(
        pk=identifier, organisation_id=body_of(actor), plan=plan, **values
    )
    record(actor=actor, action="heading.created", subject=heading)
    return heading


@transaction.atomic
def change_heading(*, actor: Actor, heading: MeasureHeading, title: str, order: int) -> MeasureHeading:
    """Give a heading another name or place; its measures stay under it."""
    POLICY.require(actor, "change")
    current: MeasureHeading = MeasureHeading.objects.select_for_update().get(pk=heading.pk)
    before = [current.title, current.order]
    if before == [title, order]:
        return current
    current.title, current.order = title, order
    current.save(update_fields=["title", "order"])
    changes = {"title": [before[0], title], "order": [before[1], order]}
    record(actor=actor, action="heading.changed", subject=current, details={"changes": changes})
    return current


@transaction.atomic
def create_finding(*, actor: Actor, identifier: UUID, values: Mapping[str, Any]) -> Finding:
    """Add a finding under the next number."""
    POLICY.require(actor, "change")
    if existing := Finding.objects.filter(pk=identifier).first():
        return existing
    plan_for_update(actor)  # two new findings wait for each other here
    last = Finding.objects.aggregate(last=Max("number"))["last"] or 0
    finding = Finding.objects.create(pk=identifier, organisation_id=body_of(actor), number=last + 1, **values)
    record(actor=actor, action="finding.created", subject=finding)
    return finding


def change_finding(*, actor: Actor, finding: Finding, expected_version: int, values: Mapping[str, Any]) -> Finding:
    """Change a finding."""
    POLICY.require(actor, "change")
    return save_changes(
        actor=actor,
        action="finding.changed",
        instance=finding,
        expected_version=expected_version,
        values=values,
    )


@transaction.atomic
def create_activity(*, actor: Actor, identifier: UUID, values: Mapping[str, Any]) -> Activity:
    """Add an activity, at the end of its year."""
    require_activity(actor, values.get("kind", ActivityKind.OTHER))
    if existing := Activity.objects.filter(pk=identifier).first():
        return existing
    last = Activity.objects.filter(year=values["year"]).aggregate(last=Max("order"))["last"] or 0
    activity = Activity.objects.create(pk=identifier, organisation_id=body_of(actor), order=last + 1, **values)
    record(actor=actor, action="activity.created", subject=activity)
    return activity


def change_activity(*, actor: Actor, activity: Activity, expected_version: int, values: Mapping[str, Any]) -> Activity:
    """Change an activity."""
    require_activity(actor, activity.kind, values.get("kind", activity.kind))
    return save_changes(
        actor=actor,
        action="activity.changed",
        instance=activity,
        expected_version=expected_version,
        values=values,
    )


@transaction.atomic
def evaluate_activity(
    *, actor: Actor, activity: Activity, expected_version: int, values: Mapping[str, Any]
) -> Activity:
    """Store how people looked back on an activity.

    The entry names the fields, not what stands in them: a mark of few answers is for the coordinator alone.
    """
    POLICY.require(actor, "change")
    current: Activity = Activity.objects.get(pk=activity.pk)
    changed = [name for name, value in values.items() if getattr(current, name) != value]
    if not changed:
        return current
    for name in changed:
        setattr(current, name, values[name])
    save_if_unchanged(current, expected_version=expected_version, fields=changed)
    record(actor=actor, action="activity.evaluated", subject=current, details={"fields": changed})
    return current


def _with_finished_day(values: Mapping[str, Any], *, was_done: bool) -> dict[str, Any]:
    if "status" not in values:
        return dict(values)
    given: date | None = values.get("finished_on")
    return {**values, "finished_on": finished_day(values["status"], given, was_done=was_done, day=today())}


def numbers_given(plan: ActionPlan) -> set[int]:
    """The numbers that a plan has given, also to measures that were taken over from it since (two queries)."""
    standing = set(plan.measures.values_list("number", flat=True))
    return standing | set(plan.places_left.values_list("number", flat=True))


def plan_for_update(actor: Actor, chosen: ActionPlan | None = None) -> ActionPlan:
    """The chosen plan or the newest of the body, locked; a body without one gets its first."""
    ActionPlan.objects.exists() or ActionPlan.objects.create(organisation_id=body_of(actor), title=_("Action plan"))
    plans = ActionPlan.objects.select_for_update()
    plan: ActionPlan = plans.get(pk=chosen.pk) if chosen else plans.newest()
    return plan
