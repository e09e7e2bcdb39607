"""What must hold for measures and activities: pure functions, no database and no clock."""

from collections.abc import Sequence
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from openintegriteit.programme.models import (
    FORESEEN_STATUSES,
    NOT_WHOLLY,
    ActivityStatus,
    FindingStatus,
    MeasureStatus,
    Rhythm,
    TakenOver,
)


def digest_period(rhythm: str, day: date) -> str:
    """The week or month of a day: "2026-W48" by ISO 8601, or "2026-11"; empty for a body that reminds nobody."""
    if rhythm == Rhythm.WEEKLY:
        year, week, _weekday = day.isocalendar()
        return f"{year}-W{week:02}"
    return f"{day:%Y-%m}" if rhythm == Rhythm.MONTHLY else ""


def finished_day(status: str, finished_on: date | None, *, was_done: bool, day: date) -> date | None:
    """The day on which a measure was finished: only one that is done has it.

    A measure that becomes done without a day gets `day`; one that was done already keeps an unknown day unknown.
    """
    if status != MeasureStatus.DONE:
        return None
    return finished_on if finished_on or was_done else day


def measure_problems(status: str, finished_on: date | None, day: date) -> dict[str, str | Promise]:
    """What is wrong with a measure, by field."""
    if finished_on and status != MeasureStatus.DONE:
        return {"finished_on": _("Only a measure that is done has a day on which it was finished.")}
    if finished_on and finished_on > day:
        return {"finished_on": _("This day has not come yet. Give the day on which the measure was finished.")}
    return {}


def taken_over_problems(*, taken_over: str, by: str, on: date | None, why: str, day: date) -> dict[str, str | Promise]:
    """What is wrong with the decision on what a finder advises, by field.

    Not taking it over, or only partly, asks for a reason. Without a decision nobody took one on a day.
    """
    problems: dict[str, str | Promise] = {}
    if taken_over in NOT_WHOLLY and not why.strip():
        problems["taken_over_why"] = _("Tell why this is not taken over, or only partly.")
    if taken_over == TakenOver.UNDECIDED and (by.strip() or on or why.strip()):
        problems["taken_over"] = _("Choose what was decided, or leave out by whom, when and why.")
    elif on and on > day:
        problems["taken_over_on"] = _("This day has not come yet.")
    return problems


def seems_resolved(status: str, measures: Sequence[str]) -> bool:
    """Whether the body may want to call a finding resolved: it is not yet, and all measures that answer it are done."""
    all_done = bool(measures) and all(measure == MeasureStatus.DONE for measure in measures)
    return all_done and status != FindingStatus.RESOLVED


def awaits_answer(*, status: str, starts_on: date | None, ends_on: date | None, day: date) -> bool:
    """Whether the last day of an activity has gone by while nobody told if it was held; without a day nothing has."""
    last_day = ends_on or starts_on
    return status in FORESEEN_STATUSES and last_day is not None and last_day < day


def activity_problems(
    *, status: str, starts_on: date | None, ends_on: date | None, outcome: str, day: date
) -> dict[str, str | Promise]:
    """What is wrong with an activity, by field: an end before the start, held in the future, called off without why."""
    problems: dict[str, str | Promise] = {}
    if ends_on and not starts_on:
        problems["starts_on"] = _("Give the first day as well.")
    if starts_on and ends_on and ends_on < starts_on:
        problems["ends_on"] = _("The last day lies before the first day.")
    if status == ActivityStatus.HELD and starts_on and starts_on > day:
        problems["starts_on"] = _("An activity that was held cannot start after today.")
    if status == ActivityStatus.CALLED_OFF and not outcome.strip():
        problems["outcome"] = _("Tell why the activity was called off.")
    return problems
