"""Changing many measures at once: what it would do to each, and doing it in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import save_changes
from openintegriteit.programme.models import Measure, MeasureStatus
from openintegriteit.programme.permissions import POLICY
from openintegriteit.programme.rules import finished_day

MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """What came of it: how many measures changed, and which were left alone because somebody else was first."""

    changed: int
    left: tuple[Measure, ...]


def values_for(measure: Measure, values: Mapping[str, Any], day: date) -> dict[str, Any]:
    """What the chosen values change in one measure; empty when it is so already.

    The day on which a measure was finished goes with its status, and stays as it was where it was done before. A
    measure without an owner in words takes the name of the person for reminders.
    """
    wanted = dict(values)
    if "status" in wanted:
        was_done = measure.status == MeasureStatus.DONE
        wanted["finished_on"] = finished_day(wanted["status"], measure.finished_on, was_done=was_done, day=day)
    if wanted.get("owner_person") and "owner" not in wanted and not measure.owner:
        wanted["owner"] = wanted["owner_person"].full_name
    return {name: value for name, value in wanted.items() if getattr(measure, name) != value}


@transaction.atomic
def change_measures(*, actor: Actor, versions: Mapping[UUID, int], values: Mapping[str, Any]) -> BulkOutcome:
    """Change the measures that still have the version that the person saw, with one log entry for each.

    Those that somebody else changed meanwhile stay as they are and are named. Doing it twice changes nothing more.
    """
    POLICY.require(actor, "change")
    changed, left = 0, []
    rows = Measure.objects.filter(pk__in=versions).order_by("number")
    for measure in rows.select_for_update(of=("self",)).select_related("heading", "owner_person", "goal"):
        wanted = values_for(measure, values, today())
        if not wanted:
            continue
        if measure.version != versions[measure.pk]:
            left.append(measure)
            continue
        save_changes(
            actor=actor,
            action="measure.changed",
            instance=measure,
            expected_version=measure.version,
            values=wanted,
        )
        changed += 1
    return BulkOutcome(changed, tuple(left))
