"""What the records tell about a half-year, a quarter or a month, gathered in a fixed number of queries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils import translation

from openintegriteit.accountability.models import AnnualReport, AnswerStep, AnswerStepKind, CouncilQuestion, ReportStep
from openintegriteit.accountability.periods import LETTERS, PartOfYear, part_with
from openintegriteit.accountability.sections import office_names
from openintegriteit.campaigns.models import Campaign
from openintegriteit.campaigns.queries import ClosedCampaign, closed_within
from openintegriteit.coordination.queries import AdviceInPart, advice_within
from openintegriteit.organisations.models import Organisation
from openintegriteit.policy.models import PolicyPlan, Regulation, RegulationVersion
from openintegriteit.programme.models import (
    CLOSED_STATUSES,
    Activity,
    ActivityStatus,
    Finding,
    FindingStatus,
    Measure,
    MeasureStatus,
    ProgressNote,
)
from openintegriteit.programme.yearbook import COUNTED

type Course = Literal["over", "running", "coming"]


@dataclass(frozen=True, slots=True)
class CountedInPart:
    """A figure counted from the activities of a part of a year.

    `known` adds the numbers that were filled in, `unknown` is of how many activities nobody did.
    """

    code: str
    activities: int
    known: int
    unknown: int


@dataclass(frozen=True, slots=True)
class SentAnswers:
    """That the answers about the report over a year were sent, and how many questions that report has now."""

    year: int
    sent_on: date
    questions: int


@dataclass(frozen=True, slots=True)
class PeriodFacts:
    """The records of a part of a year as they are on the day `today`."""

    organisation: Organisation
    names: dict[str, Any]
    part: PartOfYear
    today: date
    activities: tuple[Activity, ...]  # that begin in it, and in the part after it
    without_day: tuple[Activity, ...]  # of the account of the year
    measures: tuple[Measure, ...]  # finished in it, or due in it, before it or in the part after it
    done_without_day: int
    notes: tuple[ProgressNote, ...]
    findings: tuple[Finding, ...]  # received or lifted in it, or with a term in the part after it
    regulations: tuple[RegulationVersion, ...]
    policy_plans: tuple[PolicyPlan, ...]
    reviews: tuple[Regulation, ...]  # due in the part after it
    questions: tuple[CouncilQuestion, ...]  # received in it, or with an answer due in the part after it
    answers_sent: tuple[SentAnswers, ...]
    report_steps: tuple[ReportStep, ...]
    reports_due: tuple[AnnualReport, ...]  # that go to the representative body in the part after it
    campaigns: tuple[ClosedCampaign, ...]
    advice: AdviceInPart | None

    @property
    def course(self) -> Course:
        """Whether the part of the year is over, running or still to come."""
        if self.today > self.part.last_day:
            return "over"
        return "running" if self.today >= self.part.first_day else "coming"

    @property
    def moment(self) -> date:
        """The day whose state is told: the last day of the part, or today as long as it is not over."""
        return min(self.part.last_day, self.today)

    def begun(self, *statuses: ActivityStatus) -> tuple[Activity, ...]:
        """The activities that begin in the part and have one of the statuses now."""
        return tuple(a for a in self.activities if self.part.contains(a.starts_on) and a.status in statuses)

    @property
    def coming_activities(self) -> tuple[Activity, ...]:
        """The activities that begin in the part after it; what was called off is left out."""
        after = self.part.following
        return tuple(
            a for a in self.activities if after.contains(a.starts_on) and a.status != ActivityStatus.CALLED_OFF
        )

    @property
    def finished(self) -> tuple[Measure, ...]:
        """The measures that were finished in the part."""
        return tuple(measure for measure in self.measures if self.part.contains(measure.finished_on))

    @property
    def due(self) -> tuple[Measure, ...]:
        """The measures with a date in the part, however they stand."""
        return self._due_in(self.part)

    @property
    def late(self) -> tuple[Measure, ...]:
        """The measures that were late: when the part was over, or today as long as it is not."""
        day = self.moment + timedelta(days=1) if self.course == "over" else self.today
        return tuple(m for m in self.measures if m.due_on and m.due_on < day and was_open(m, self.moment))

    @property
    def due_after(self) -> tuple[Measure, ...]:
        """The measures with a date in the part after it that were not finished yet."""
        return tuple(measure for measure in self._due_in(self.part.following) if was_open(measure, self.moment))

    def _due_in(self, part: PartOfYear) -> tuple[Measure, ...]:
        return tuple(measure for measure in self.measures if part.contains(measure.due_on))

    @property
    def counted(self) -> tuple[CountedInPart, ...]:
        """What the activities that were held or are running count, for each kind that there is something of."""
        told = self.begun(ActivityStatus.HELD, ActivityStatus.RUNNING)
        rows = ((rule, [getattr(a, rule.count) for a in told if a.kind == rule.kind]) for rule in COUNTED)
        return tuple(_counted(rule.code, counts) for rule, counts in rows if counts)

    @property
    def is_empty(self) -> bool:
        """Whether the records tell nothing about the part itself.

        The log of advice has no say in it: that a month is not empty would tell that somebody asked advice.
        """
        return not (
            any(self.part.contains(activity.starts_on) for activity in self.activities)
            or self.finished
            or self.due
            or self.notes
            or any(self.part.contains(day) for f in self.findings for day in (f.letter_on, f.lifted_on))
            or self.regulations
            or self.policy_plans
            or any(self.part.contains(question.received_on) for question in self.questions)
            or self.answers_sent
            or self.report_steps
            or self.campaigns
        )


def was_open(measure: Measure, day: date) -> bool:
    """Whether a measure was not closed on the day, as far as days tell.

    One that was finished later was open then. Of one that was dropped, or done without a day, nobody knows since when:
    it counts as closed.
    """
    if measure.status == MeasureStatus.DONE and measure.finished_on:
        return measure.finished_on > day
    return measure.status not in CLOSED_STATUSES


def was_unresolved(finding: Finding, day: date) -> bool:
    """Whether a finding still asked something on the day, as far as days tell."""
    if finding.lifted_on:
        return finding.lifted_on > day
    return finding.status != FindingStatus.RESOLVED


@translation.override(settings.LANGUAGE_CODE)
def gather_part(part: PartOfYear, organisation: Organisation, today: date) -> PeriodFacts:
    """The facts of a part of a year (sixteen queries)."""
    days, ahead = part.days, part.following.days
    after = ahead[1]
    return PeriodFacts(
        organisation=organisation,
        names=office_names(organisation.kind),
        part=part,
        today=today,
        activities=tuple(Activity.objects.filter(starts_on__range=(days[0], after)).order_by("starts_on", "title")),
        without_day=tuple(Activity.objects.filter(year=part.year, starts_on=None).order_by("order", "title")),
        measures=tuple(Measure.objects.filter(Q(due_on__lte=after) | Q(finished_on__range=days)).order_by("number")),
        done_without_day=Measure.objects.filter(status=MeasureStatus.DONE, finished_on=None).count(),
        notes=tuple(
            ProgressNote.objects.filter(noted_on__range=days)
            .select_related("measure")
            .order_by("measure__number", "noted_on", "created_at")
        ),
        findings=tuple(
            Finding.objects.filter(Q(letter_on__range=days) | Q(lifted_on__range=days) | Q(due_on__range=ahead))
        ),
        regulations=tuple(
            RegulationVersion.objects.filter(Q(adopted_on__range=days) | Q(adopted_on=None, in_force_on__range=days))
            .select_related("regulation")
            .order_by("regulation__title", "adopted_on")
        ),
        policy_plans=tuple(PolicyPlan.objects.filter(adopted_on__range=days)),
        reviews=tuple(Regulation.objects.filter(review_due_on__range=ahead).order_by("review_due_on", "title")),
        questions=tuple(
            CouncilQuestion.objects.filter(Q(received_on__range=days) | Q(answer_due_on__range=ahead))
            .select_related("report")
            .prefetch_related("parts")
            .order_by("received_on", "report__year", "order")
        ),
        answers_sent=tuple(
            SentAnswers(*row)
            for row in AnswerStep.objects.filter(kind=AnswerStepKind.SENT, taken_on__range=days)
            .annotate(questions=Count("report__questions"))
            .order_by("taken_on")
            .values_list("report__year", "taken_on", "questions")
        ),
        report_steps=tuple(
            ReportStep.objects.filter(taken_on__range=days).select_related("report").order_by("taken_on", "recorded_at")
        ),
        reports_due=tuple(AnnualReport.objects.filter(council_on__range=ahead).order_by("council_on")),
        campaigns=tuple(closed_within(*days)),
        advice=advice_within(*days) if part.first_day <= today else None,
    )


def _counted(code: str, counts: Iterable[int | None]) -> CountedInPart:
    counts = list(counts)
    known = [count for count in counts if count is not None]
    return CountedInPart(code, len(counts), sum(known), len(counts) - len(known))


def parts_with_something() -> dict[int, dict[int, list[PartOfYear]]]:
    """The parts of years of which a record has a day: per year (the newest first), per number of months, in order.

    Each source is asked for its months only, so it costs as much for many records as for few (one query a source).
    """
    months = {month for dates in _sources() for month in dates}
    parts = {part_with(month, length) for month in months for length in LETTERS.values()}
    years: dict[int, dict[int, list[PartOfYear]]] = {}
    for part in sorted((p for p in parts if p.is_known), key=lambda p: (-p.year, -p.months, p.number)):
        years.setdefault(part.year, {}).setdefault(part.months, []).append(part)
    return years


def _sources() -> Iterator[QuerySet[Any, date]]:
    """The months of every kind of day that an overview tells of its own part, but for advice (see `is_empty`)."""
    yield _months(Activity, "starts_on")
    yield _months(Measure, "due_on")
    yield _months(Measure, "finished_on")
    yield _months(ProgressNote, "noted_on")
    yield _months(Finding, "letter_on")
    yield _months(Finding, "lifted_on")
    yield _months(RegulationVersion, "adopted_on")
    yield RegulationVersion.objects.filter(adopted_on=None).dates("in_force_on", "month")
    yield _months(PolicyPlan, "adopted_on")
    yield _months(CouncilQuestion, "received_on")
    yield AnswerStep.objects.filter(kind=AnswerStepKind.SENT).dates("taken_on", "month")
    yield _months(ReportStep, "taken_on")
    yield _months(Campaign, "closed_on")


def _months(model: Any, field: str) -> QuerySet[Any, date]:
    found: QuerySet[Any, date] = model.objects.dates(field, "month")
    return found
