"""Read models of the account: how far a report is, and where it stands on its way to the public."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from openintegriteit.accountability.answers import PERMISSIONS
from openintegriteit.accountability.models import (
    AnnualReport,
    AnswerStep,
    AnswerStepKind,
    Edition,
    EditionFile,
    ReportStep,
    ReportText,
    SectionComment,
    StepKind,
)
from openintegriteit.accountability.permissions import POLICY
from openintegriteit.accountability.rules import ANSWER_STEPS, STEPS, answer_steps_to_take, steps_to_take
from openintegriteit.accountability.sections import SECTIONS
from openintegriteit.core.documents.remarks import sentences
from openintegriteit.core.roles import Actor


@dataclass(frozen=True, slots=True)
class SectionCount:
    """How many sections a report has, and how many ask nothing more of their author: ready or left out."""

    in_all: int
    finished: int


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of a report as the page shows it. `address` is empty where the reader cannot record it now.

    `is_stale`: it was reviewed, but the report says something else by now.
    """

    label: str
    taken: ReportStep | None
    is_stale: bool
    address: str


@dataclass(frozen=True, slots=True)
class AnswerStepLine:
    """A step of the answers as the page shows it. `address` is empty where the reader cannot record it now."""

    label: str
    taken: AnswerStep | None
    address: str


@dataclass(frozen=True, slots=True)
class Course:
    """Where a report stands: its steps, its editions (the newest first), and how many comments are open."""

    steps: tuple[StepLine, ...]
    editions: tuple[Edition, ...]
    open_comments: int


def section_count(report: AnnualReport) -> SectionCount:
    """How far the author is with a report (one query)."""
    keys = [kind.key for kind in SECTIONS]
    finished = ReportText.objects.filter(Q(ready=True) | Q(left_out=True), report=report, section__in=keys).count()
    return SectionCount(len(keys), finished)


def course_of(report: AnnualReport, actor: Actor, names: Mapping[str, Any], content_hash: str) -> Course:
    """The course of a report for whoever looks (three queries). `content_hash` is that of the draft as it stands."""
    editions = tuple(report.editions.defer("content"))
    number = _number_at_hand(report, editions)
    taken = {step.kind: step for step in report.steps.filter(edition=number)}
    possible = steps_to_take(taken, is_open=report.is_open)
    lines = []
    for slug, kind in STEPS.items():
        step = taken.get(kind)
        stale = report.is_open and step is not None and step.content_hash != content_hash
        may = kind in possible and POLICY.allows(actor, needed_for(kind)) and (step is None or stale)
        address = reverse("accountability:step", args=[report.year, slug]) if may else ""
        lines.append(StepLine(step_label(kind, names), step, stale, address))
    return Course(tuple(lines), editions, SectionComment.objects.open().filter(report=report).count())


def steps_of(edition: Edition, names: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The steps of an edition with their labels, in the order in which they were recorded (one query)."""
    steps = ReportStep.objects.filter(report=edition.report_id, edition=edition.number)
    return [{"label": step_label(step.kind, names), "step": step} for step in steps]


def kinds_taken(report: AnnualReport) -> list[str]:
    """The steps that the edition at hand has taken: the newest, or the one that an open report will become."""
    number = _number_at_hand(report, tuple(report.editions.defer("content")[:1]))
    return list(report.steps.filter(edition=number).values_list("kind", flat=True))


def step_label(kind: str, names: Mapping[str, Any]) -> str:
    """What a step is called at a body with these names of offices."""
    match kind:
        case StepKind.ADOPTED:
            return _("Adopted by %(who)s") % {"who": names["executive"]}
        case StepKind.TO_REPRESENTATIVES:
            return _("Sent to %(who)s") % {"who": names["representative_body"]}
        case _:
            return capfirst(str(StepKind(kind).label))


def answer_step_label(kind: str, names: Mapping[str, Any]) -> str:
    """What a step of the answers is called at a body with these names of offices."""
    match kind:
        case AnswerStepKind.ADOPTED:
            return _("Answers adopted by %(who)s") % {"who": names["executive"]}
        case AnswerStepKind.SENT:
            return _("Answers sent to %(who)s") % {"who": names["representative_body"]}
        case _:
            return _("Answers drafted")


def answer_course(report: AnnualReport, actor: Actor, names: Mapping[str, Any]) -> tuple[AnswerStepLine, ...]:
    """How far the answers about a report are, for whoever looks (one query)."""
    taken = {step.kind: step for step in report.answer_steps.all()}
    possible = answer_steps_to_take(taken)
    lines = []
    for slug, kind in ANSWER_STEPS.items():
        may = kind in possible and POLICY.allows(actor, PERMISSIONS[kind])
        address = reverse("accountability:answer_step", args=[report.year, slug]) if may else ""
        lines.append(AnswerStepLine(answer_step_label(kind, names), taken.get(kind), address))
    return tuple(lines)


def needed_for(kind: str) -> str:
    """The permission that recording a step takes."""
    return {"reviewed": "review", "adopted": "adopt"}.get(kind, "send")


def _number_at_hand(report: AnnualReport, editions: tuple[Edition, ...]) -> int:
    newest = editions[0].number if editions else 0
    return newest + 1 if report.is_open else newest


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A document of others that an edition keeps, with what was noticed; whether the reader may open it."""

    file: EditionFile
    remarks: tuple[str, ...]
    is_shown: bool


def kept_files(edition: Edition, *, may_change: bool) -> tuple[KeptFile, ...]:
    """The documents of others that went with an edition, without their content (one query)."""
    rows = EditionFile.objects.filter(edition=edition).select_related("file").defer("file__content")
    return tuple(
        KeptFile(row, tuple(sentences(row.file.remarks)), is_shown=may_change or not row.confidential) for row in rows
    )
