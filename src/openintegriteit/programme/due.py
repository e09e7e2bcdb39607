"""What is due in the programme, for who keeps it."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from openintegriteit.core.contracts import CalendarItem, DueItem
from openintegriteit.core.roles import Actor
from openintegriteit.programme.models import (
    CLOSED_STATUSES,
    FORESEEN_STATUSES,
    Activity,
    Finding,
    FindingStatus,
    Measure,
)
from openintegriteit.programme.permissions import POLICY
from openintegriteit.programme.queries import activity_address, finding_address, measure_address
from openintegriteit.programme.rules import awaits_answer

MEASURES_AHEAD = timedelta(days=30)
FINDINGS_AHEAD = timedelta(days=60)
ACTIVITIES_AHEAD = timedelta(days=14)
MOST_OF_A_KIND = 50


def due_items(actor: Actor, today: date) -> list[DueItem]:
    """What asks the actor's attention, most urgent first, at most fifty of a kind (three queries).

    Measures due within thirty days, findings with a term within sixty, activities within fourteen or gone by without
    anybody telling whether they were held. Nothing for who may not change the programme.
    """
    if not POLICY.allows(actor, "change"):
        return []
    return sorted([*_measures(today), *_findings(today), *_activities(today)], key=lambda item: item.due_on or date.max)


def _measures(today: date) -> list[DueItem]:
    rows: Iterable[Any] = Measure.objects.due_before(today + MEASURES_AHEAD).order_by("due_on", "number")[
        :MOST_OF_A_KIND
    ]
    return [
        DueItem(
            title=row.title,
            detail=_("Measure %(number)d, owner %(owner)s") % {"number": row.number, "owner": row.owner}
            if row.owner
            else _("Measure %(number)d, without an owner") % {"number": row.number},
            due_on=row.due_on,
            address=measure_address(row.pk),
            action=_("Update"),
            kind="measure",
        )
        for row in rows
    ]


def _findings(today: date) -> list[DueItem]:
    rows = Finding.objects.unresolved().filter(due_on__lte=today + FINDINGS_AHEAD).order_by("due_on", "number")
    return [
        DueItem(
            title=row.text,
            detail=_("Finding %(number)d of %(finder)s")
            % {"number": row.number, "finder": row.found_by or row.get_kind_display()},
            due_on=row.due_on,
            address=finding_address(row.pk),
            action=_("View"),
            kind="finding",
        )
        for row in rows[:MOST_OF_A_KIND]
    ]


def _activities(today: date) -> list[DueItem]:
    foreseen: Any = Activity.objects.filter(status__in=FORESEEN_STATUSES)
    rows = foreseen.filter(starts_on__lte=today + ACTIVITIES_AHEAD).order_by("starts_on", "title")[:MOST_OF_A_KIND]
    return [
        DueItem(
            title=row.title,
            detail=_("Was this held? Tell how it went.") if _unanswered(row, today) else row.audience or row.theme,
            due_on=row.starts_on,
            address=activity_address(row.pk),
            action=_("Tell") if _unanswered(row, today) else _("View"),
            kind="activity",
        )
        for row in rows
    ]


def _unanswered(row: Activity, day: date) -> bool:
    return awaits_answer(status=row.status, starts_on=row.starts_on, ends_on=row.ends_on, day=day)


def calendar_items(actor: Actor, first_day: date, last_day: date, most: int) -> list[CalendarItem]:
    """Measures, terms and reinspections of findings, and activities that begin within the days, both included.

    At most `most` of each, as far as the actor may see them (four queries).
    """
    days = (first_day, last_day)
    items = _dated_measures(days, most) if POLICY.allows(actor, "view_measures") else []
    if not POLICY.allows(actor, "view"):
        return items
    return (
        items
        + _dated_findings("due_on", days, most)
        + _dated_findings("reinspected_on", days, most)
        + _begun(days, most)
    )


def _dated_measures(days: tuple[date, date], most: int) -> list[CalendarItem]:
    rows = Measure.objects.filter(due_on__range=days).order_by("due_on", "number")[:most]
    return [
        CalendarItem(
            title=str(row),
            detail=row.owner,
            day=row.due_on,
            address=measure_address(row.pk),
            kind="measure",
            state=row.get_status_display(),
            waiting=row.status not in CLOSED_STATUSES,
        )
        for row in rows
    ]


def _dated_findings(field: str, days: tuple[date, date], most: int) -> list[CalendarItem]:
    """Findings by their term ("due_on"), which can be overdue, or by their reinspection ("reinspected_on")."""
    rows = Finding.objects.filter(**{f"{field}__range": days}).order_by(field, "number")
    return [
        CalendarItem(
            title=str(row),
            detail=_("reinspection") if field == "reinspected_on" else _("term"),
            day=getattr(row, field),
            address=finding_address(row.pk),
            kind="finding",
            state=row.get_status_display(),
            waiting=field == "due_on" and row.status != FindingStatus.RESOLVED,
            part=field,
        )
        for row in rows[:most]
    ]


def _begun(days: tuple[date, date], most: int) -> list[CalendarItem]:
    rows = Activity.objects.filter(starts_on__range=days).order_by("starts_on", "title")[:most]
    return [
        CalendarItem(
            title=row.title,
            detail=_detail(row),
            day=row.starts_on,
            address=activity_address(row.pk),
            kind="activity",
            state=row.get_status_display(),
            waiting=row.status in FORESEEN_STATUSES,
        )
        for row in rows
    ]


def _detail(row: Activity) -> str:
    """For whom or about what it is, and whether it comes back."""
    about = row.audience or row.theme
    return _("%(about)s; part of a series") % {"about": about} if row.series else about
