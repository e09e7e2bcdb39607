"""Colours of what stands where; the word always stands beside it."""

from django import template

from openintegriteit.programme.models import ActivityStatus, FindingStatus, MeasureStatus

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
