"""Colours of what stands where; the word always stands beside it."""

from datetime import date

from django import template

from openintegriteit.programme.models import Activity, ActivityStatus, FindingStatus, MeasureStatus
from openintegriteit.programme.rules import awaits_answer

register = template.Library()

TONES: dict[str, str] = {
    MeasureStatus.ON_SCHEDULE: "info",
    MeasureStatus.CONTINUOUS: "info",
    MeasureStatus.DELAYED: "soon",
    MeasureStatus.DONE: "ok",
    FindingStatus.OPEN: "soon",
    FindingStatus.IN_PROGRESS: "info",
    FindingStatus.RESOLVED: "ok",
    ActivityStatus.CONFIRMED: "info",
    ActivityStatus.RUNNING: "info",
    ActivityStatus.HELD: "ok",
}


@register.filter
def tone(status: str) -> str:
    """The status of `c-tag` for the status of a measure, finding or activity."""
    return TONES.get(status, "neutral")


@register.filter
def unanswered(activity: Activity, day: date) -> bool:
    """Whether the day of an activity has gone by and nobody told if it was held."""
    return awaits_answer(status=activity.status, starts_on=activity.starts_on, ends_on=activity.ends_on, day=day)
