"""Read models of the programme for the annual report, the desk and other pages that collect."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Sum, prefetch_related_objects
from django.urls import reverse

from openintegriteit.policy.pillars import PILLARS, Pillar, pillar_named
from openintegriteit.programme.models import (
    CLOSED_STATUSES,
    NEWEST_FIRST,
    ActionPlan,
    Activity,
    EarlierPlace,
    Finding,
    FindingStatus,
    Measure,
    MeasureHeading,
    MeasureStatus,
    ProgressNote,
    WorkingGroup,
)


@dataclass(frozen=True, slots=True)
class Note:
    """A progress note; `noted_on` None: nobody knows the day."""

    noted_on: date | None
    text: str
    author: str


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure as the account tells it, its notes from old to new (undated ones first).

    `finished_later`: it was finished after the day up to which the account tells; `status` is how it stands now.
    """

    id: UUID
    number: int
    title: str
    description: str
    pillar: Pillar | None
    owner: str
    initiator: str
    when: str
    due_on: date | None
    status: MeasureStatus
    finished_on: date | None
    finished_later: bool
    finding_number: int | None
    notes: tuple[Note, ...]
    address: str


@dataclass(frozen=True, slots=True)
class HeadingGroup:
    """The measures under one heading of the plan; `title` is empty for those without a heading."""

    title: str
    measures: tuple[MeasureRow, ...]


@dataclass(frozen=True, slots=True)
class PillarCount:
    """How many measures and activities a pillar has. `pillar` None: those that belong to no pillar."""

    pillar: Pillar | None
    measures: int
    open: int
    late: int
    done: int


@dataclass(frozen=True, slots=True)
class FindingCount:
    """How many findings there are, and how many still ask something of the body."""

    in_all: int
    unresolved: int


@dataclass(frozen=True, slots=True)
class ActivityCount:
    """How many activities the account over a year tells, and their participants as far as these are known."""

    activities: int
    known_participants: int


@dataclass(frozen=True, slots=True)
class ThemeGroup:
    """The activities that the account tells under one theme, in their order."""

    theme: str
    activities: tuple[Activity, ...]


@dataclass(frozen=True, slots=True)
class PlanOutline:
    """An action plan by its key and title, with the key and title of each of its headings."""

    key: UUID
    title: str
    headings: list[tuple[UUID, str]]


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding with the measures that answer it (number and title)."""

    finding: Finding
    measures: tuple[tuple[int, str], ...]
    address: str


def plan_outlines() -> list[PlanOutline]:
    """The action plans with their headings, both in their order (one query)."""
    outlines: dict[UUID, PlanOutline] = {}
    rows = ActionPlan.objects.order_by(*NEWEST_FIRST, "pk", "headings__order", "headings__title")
    for key, title, heading, words in rows.values_list("pk", "title", "headings", "headings__title"):
        outline = outlines.setdefault(key, PlanOutline(key, title, []))
        if heading:
            outline.headings.append((heading, words))
    return list(outlines.values())


def plans_with_counts() -> QuerySet[ActionPlan]:
    """The action plans, newest first, with the numbers of their measures (one query).

    `in_all` and `still_open` are those that stand in the plan, `moved_on` those that a later plan took over.
    """
    still_open = Count("measures", filter=~Q(measures__status__in=CLOSED_STATUSES), distinct=True)
    counted = ActionPlan.objects.annotate(
        in_all=Count("measures", distinct=True),
        still_open=still_open,
        moved_on=Count("places_left", distinct=True),
    )
    in_order: QuerySet[ActionPlan] = counted.order_by(*NEWEST_FIRST)  # counting loses the order of the model
    return in_order


def measures_by_heading(told_until: date | None = None) -> list[HeadingGroup]:
    """The measures under the headings of their plan, both in their order; those without a heading last.

    With several plans the newest comes first, and a heading names its plan. A plan that began after `told_until` is
    not told yet.

    With `told_until` (the reference date of the account) a measure stands where it stood on that day, whatever plan
    took it over later; notes of a later day are left out, and so is the day on which a measure was finished when it
    lies later. Undated notes are told. Two queries, and one more where measures were taken over.
    """
    notes = ProgressNote.objects.order_by(F("noted_on").asc(nulls_first=True), "created_at")
    if told_until:
        notes = notes.filter(Q(noted_on__isnull=True) | Q(noted_on__lte=told_until))
    was_moved = Exists(EarlierPlace.objects.filter(measure=OuterRef("pk")))
    rows = Measure.objects.select_related("heading", "finding", "plan").annotate(was_moved=was_moved)
    measures = list(rows.prefetch_related(Prefetch("notes", queryset=notes)))
    left = Prefetch("earlier_places", queryset=EarlierPlace.objects.select_related("plan", "heading"))
    prefetch_related_objects([measure for measure in measures if measure.was_moved], left)
    stood = [(_place_on(measure, told_until), measure) for measure in measures]
    told = sorted(
        ((place, measure) for place, measure in stood if not _begins_later(place.plan, told_until)),
        key=lambda pair: pair[0].order,
    )
    several = len({place.plan for place, _measure in told}) > 1
    return [
        HeadingGroup(
            _heading_title(plan, heading, several),
            tuple(_measure_row(measure, place.number, told_until) for place, measure in group),
        )
        for (plan, heading), group in groupby(told, key=lambda pair: (pair[0].plan, pair[0].heading))
    ]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a measure stands or stood."""

    plan: ActionPlan
    heading: MeasureHeading | None
    number: int

    @property
    def order(self) -> tuple[Any, ...]:
        """The newest plan first, then headings in their order and those without one last."""
        day = self.plan.started_on
        under = (self.heading.order, self.heading.title) if self.heading else ()
        return -day.toordinal() if day else 0, self.plan.title, not under, under, self.number


def _place_on(measure: Any, day: date | None) -> _Place:
    """Where the measure stood on the day: in a later plan only once it was taken over and the plan had begun."""
    place = _Place(measure.plan, measure.heading, measure.number)
    for earlier in reversed(measure.earlier_places.all() if measure.was_moved else ()):
        if day is None or (earlier.left_on <= day and not _begins_later(place.plan, day)):
            break
        place = _Place(earlier.plan, earlier.heading, earlier.number)
    return place


def _begins_later(plan: ActionPlan, day: date | None) -> bool:
    return bool(day and plan.started_on and plan.started_on > day)


def _heading_title(plan: ActionPlan, heading: MeasureHeading | None, several: bool) -> str:
    told = (plan.title if several else "", heading.title if heading else "")
    return ": ".join(part for part in told if part)


def measures_per_pillar(day: date) -> list[PillarCount]:
    """The measures of all eight pillars, in their order; late is counted on the day (one query).

    Measures that belong to no pillar come last, and only when there are any.
    """
    is_open = ~Q(status__in=CLOSED_STATUSES)
    rows = (
        Measure.objects.order_by()
        .values("pillar")
        .annotate(
            measures=Count("pk"),
            open=Count("pk", filter=is_open),
            late=Count("pk", filter=is_open & Q(due_on__lt=day)),
            done=Count("pk", filter=Q(status=MeasureStatus.DONE)),
        )
    )
    counts = {row["pillar"]: PillarCount(pillar_named(row["pillar"]), *_numbers(row)) for row in rows}
    of_pillars = [counts.get(pillar.number, PillarCount(pillar_named(pillar.number), 0, 0, 0, 0)) for pillar in PILLARS]
    return [*of_pillars, counts[None]] if None in counts else of_pillars


def finding_count() -> FindingCount:
    """The findings of the body (one query, read from the index by due day alone)."""
    unresolved = ~Q(status=FindingStatus.RESOLVED)
    return FindingCount(**Finding.objects.aggregate(in_all=Count("*"), unresolved=Count("number", filter=unresolved)))


def activity_count(year: int) -> ActivityCount:
    """The activities that the account over the year looks back on (one query)."""
    looked_back_on = Activity.objects.looked_back_on(year)
    return ActivityCount(
        **looked_back_on.aggregate(activities=Count("*"), known_participants=Sum("participants", default=0))
    )


def activities_by_theme(year: int) -> list[ThemeGroup]:
    """Looking back: what was held in the account of the year or is under way, by theme (one query)."""
    return _by_theme(Activity.objects.looked_back_on(year).order_by("order", "starts_on", "title"))


def agenda(year: int) -> list[ThemeGroup]:
    """What is or was foreseen for the year, by theme; what was called off is left out (one query)."""
    return _by_theme(Activity.objects.on_agenda(year).order_by("order", "starts_on", "title"))


def meetings_held(activities: Iterable[Activity]) -> int | None:
    """How often a working group met in these activities; None when nobody knows it of one of them.

    A meeting on one day is one meeting, unless somebody told another number.
    """
    number = 0
    for activity in activities:
        if activity.sessions is None and (activity.starts_on is None or activity.ends_on):
            return None
        number += 1 if activity.sessions is None else activity.sessions
    return number


def meetings_per_year(group: WorkingGroup) -> list[tuple[int, int | None]]:
    """How often the group met, by year, the newest first; None when nobody knows (one query)."""
    held = Activity.objects.meetings_held().filter(working_group=group).order_by("-year")
    rows = held.only("year", "sessions", "starts_on", "ends_on")
    return [(year, meetings_held(of_year)) for year, of_year in groupby(rows, key=lambda activity: activity.year)]


def all_findings() -> list[FindingRow]:
    """Every finding by number, with the measures that answer it (two queries)."""
    answering = Prefetch("measures", queryset=Measure.objects.order_by("number").only("number", "title", "finding"))
    return [
        FindingRow(
            finding,
            tuple((measure.number, measure.title) for measure in finding.measures.all()),
            finding_address(finding.pk),
        )
        for finding in Finding.objects.prefetch_related(answering)
    ]


def _measure_row(measure: Measure, number: int, told_until: date | None) -> MeasureRow:
    finished_later = bool(told_until and measure.finished_on and measure.finished_on > told_until)
    return MeasureRow(
        id=measure.pk,
        number=number,
        title=measure.title,
        description=measure.description,
        pillar=pillar_named(measure.pillar),
        owner=measure.owner,
        initiator=measure.initiator,
        when=measure.when,
        due_on=measure.due_on,
        status=MeasureStatus(measure.status),
        finished_on=None if finished_later else measure.finished_on,
        finished_later=finished_later,
        finding_number=measure.finding.number if measure.finding else None,
        notes=tuple(Note(note.noted_on, note.text, note.author) for note in measure.notes.all()),
        address=measure_address(measure.pk),
    )


def _numbers(row: Mapping[str, Any]) -> tuple[int, int, int, int]:
    return row["measures"], row["open"], row["late"], row["done"]


def measure_address(identifier: UUID) -> str:
    """The page of a measure."""
    return reverse("measure", args=[identifier])


def finding_address(identifier: UUID) -> str:
    """The page of a finding."""
    return reverse("programme:finding", args=[identifier])


def activity_address(identifier: UUID) -> str:
    """The page of an activity."""
    return reverse("activity", args=[identifier])


def group_address(identifier: UUID) -> str:
    """The page of a working group."""
    return reverse("programme:working_group", args=[identifier])


def _by_theme(activities: Iterable[Activity]) -> list[ThemeGroup]:
    """Themes in the order in which their first activity stands; a theme that returns later is one group."""
    groups: dict[str, list[Activity]] = {}
    for activity in activities:
        groups.setdefault(activity.theme, []).append(activity)
    return [ThemeGroup(theme, tuple(rows)) for theme, rows in groups.items()]
