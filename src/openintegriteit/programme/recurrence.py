"""Repeating an activity, and calling off what is still to come of a series. Each occurrence is an activity itself."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Max

from openintegriteit.core.locking import StaleRecord
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import body_of, save_changes
from openintegriteit.event_log.operations import Event, record_many
from openintegriteit.programme.models import Activity, ActivityStatus, Recurrence
from openintegriteit.programme.permissions import POLICY
from openintegriteit.programme.rules import repeat_problems, repeated_days

# What every occurrence has in common; how many times, how many people and how it went is for each of them to tell.
COPIED = (
    "title",
    "theme",
    "kind",
    "pillar",
    "scope",
    "audience",
    "led_by",
    "measure_id",
    "working_group_id",
)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A day on which the activity is repeated. `made`: the series has its activity of this month already."""

    key: UUID
    day: date
    made: bool


def occurrences(activity: Activity, every: Recurrence, last: date) -> list[Occurrence]:
    """The days of a repetition (one query).

    A series has one activity of a month, whatever day somebody moved it to: its key is made of series and month.
    Raises ValueError for a repetition that cannot be.
    """
    first = activity.starts_on
    if first is None or repeat_problems(first=first, every=every, last=last):
        raise ValueError("This activity cannot be repeated so.")
    series = activity.series or activity.pk
    days = {uuid5(series, f"{day:%Y-%m}"): day for day in repeated_days(first, every, last)}
    made = set(Activity.objects.filter(pk__in=days).values_list("pk", flat=True))
    return [Occurrence(key, day, made=key in made) for key, day in days.items()]


@transaction.atomic
def repeat_activity(
    *, actor: Actor, activity: Activity, expected_version: int, every: Recurrence, last: date
) -> Sequence[Activity]:
    """Make the occurrences that are not there yet, with a log entry each; doing it twice makes them once.

    Raises StaleRecord when the activity was changed since the person saw which days these are.
    """
    POLICY.require(actor, "change")
    current: Activity = Activity.objects.select_for_update().get(pk=activity.pk)
    if current.version != expected_version:
        raise StaleRecord(current)
    new = [occurrence for occurrence in occurrences(current, every, last) if not occurrence.made]
    if not new:
        return ()
    series = current.series or current.pk
    Activity.objects.filter(pk=current.pk).update(series=series)
    made: list[Activity] = Activity.objects.bulk_create(_repeated(actor, current, series, new))
    events = [Event("activity.repeated", current, details={"added": len(made)})]
    record_many(actor=actor, events=[*events, *(Event("activity.created", row) for row in made)])
    return made


def _repeated(actor: Actor, of: Activity, series: UUID, new: Sequence[Occurrence]) -> Iterator[Activity]:
    """The activities on the days, each told in the report as many years on, at the end of its year."""
    first = of.starts_on or new[0].day
    length = of.ends_on - first if of.ends_on else None
    years = {of.year + occurrence.day.year - first.year for occurrence in new}
    rows = Activity.objects.filter(year__in=years).order_by().values("year").annotate(last=Max("order"))
    orders = dict.fromkeys(years, 0) | {row["year"]: row["last"] for row in rows}
    shared = {name: getattr(of, name) for name in COPIED}
    for occurrence in new:
        year = of.year + occurrence.day.year - first.year
        orders[year] += 1
        yield Activity(
            pk=occurrence.key,
            organisation_id=body_of(actor),
            series=series,
            year=year,
            order=orders[year],
            starts_on=occurrence.day,
            ends_on=occurrence.day + length if length is not None else None,
            **shared,
        )


@transaction.atomic
def call_off_following(*, actor: Actor, activity: Activity, why: str) -> int:
    """Call off the activity and what is still to come of its series, with a log entry each; the number of them.

    A second time finds nothing more to call off. Raises ValueError without a reason.
    """
    POLICY.require(actor, "change")
    if not why.strip():
        raise ValueError("A series is called off with a reason.")
    rows: list[Activity] = list(Activity.objects.to_call_off_with(activity).select_for_update(of=("self",)))
    for row in rows:
        save_changes(
            actor=actor,
            action="activity.changed",
            instance=row,
            expected_version=row.version,
            values={"status": ActivityStatus.CALLED_OFF, "called_off_because": why.strip()},
        )
    return len(rows)
