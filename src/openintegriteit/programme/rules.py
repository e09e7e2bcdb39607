"""What must hold for measures and activities: pure functions, no database and no clock."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import MAXYEAR, date
from decimal import Decimal

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
    *, was: str, status: str, starts_on: date | None, ends_on: date | None, because: str, day: date
) -> dict[str, str | Promise]:
    """What is wrong with an activity, by field: an end before the start, held in the future, called off without why.

    `was` is the status that it had. One that was called off before may go without a reason that nobody knows any more.
    """
    problems: dict[str, str | Promise] = {}
    if ends_on and not starts_on:
        problems["starts_on"] = _("Give the first day as well.")
    if starts_on and ends_on and ends_on < starts_on:
        problems["ends_on"] = _("The last day lies before the first day.")
    if status == ActivityStatus.HELD and starts_on and starts_on > day:
        problems["starts_on"] = _("An activity that was held cannot start after today.")
    called_off = status == ActivityStatus.CALLED_OFF
    if called_off and was != ActivityStatus.CALLED_OFF and not because.strip():
        problems["called_off_because"] = _("Tell why the activity was called off.")
    if because.strip() and not called_off:
        problems["called_off_because"] = _("Only an activity that was called off has this reason. Leave it empty.")
    return problems


def confirmation_problems(*, was: str, status: str, by: str, on: date | None, day: date) -> dict[str, str | Promise]:
    """What is wrong with the confirmation of an activity, by field. Nobody confirmed what is only planned.

    One that was confirmed before may go without a name: nobody may know it any more.
    """
    if status == ActivityStatus.CONFIRMED and was != ActivityStatus.CONFIRMED and not by.strip():
        return {"confirmed_by": _("Tell who confirmed it.")}
    if status == ActivityStatus.PLANNED and (by.strip() or on):
        return {"status": _("You tell that it was confirmed. Choose “confirmed”, or leave out by whom and when.")}
    if on and on > day:
        return {"confirmed_on": _("This day has not come yet.")}
    return {}


def evaluation_problems(*, evaluations: int | None, mark: Decimal | None) -> dict[str, str | Promise]:
    """What is wrong with an evaluation, by field: without answers there is no mark."""
    if mark is not None and evaluations == 0:
        return {"mark": _("Without evaluations there is no mark.")}
    return {}


MOST_REPEATED = 60


def repeated_days(first: date, every: int, last: date, most: int = MOST_REPEATED) -> list[date]:
    """The days after `first`, each so many months on, up to and including `last`; at most one more than `most`.

    A day that a month does not have becomes the last day of that month.
    """
    days: list[date] = []
    for number in range(1, most + 2):
        year, month = divmod(first.year * 12 + first.month - 1 + number * every, 12)
        if year > MAXYEAR:
            break
        day = date(year, month + 1, min(first.day, monthrange(year, month + 1)[1]))
        if day > last:
            break
        days.append(day)
    return days


def repeat_problems(*, first: date | None, every: int, last: date) -> dict[str, str | Promise]:
    """What is wrong with repeating an activity until a day, by field; "" for the whole."""
    if first is None:
        return {"": _("The activity has no date yet. Give it one first: the days are counted from there.")}
    if last.year > first.year + MOST_REPEATED:
        return {"last_day": _("This day lies too far ahead.")}
    number = len(repeated_days(first, every, last))
    if not number:
        return {"last_day": _("Nothing falls before this day. Choose a later day.")}
    if number > MOST_REPEATED:
        return {"last_day": _("These are more than 60 activities. Choose an earlier day.")}
    return {}
