"""From draft to publication: reviewing, adopting and restating a report, and where it was sent.

Adopting freezes the report: its document, figures and all, becomes an edition that never changes. A restatement opens
the report again and ends in a next edition, which says why; the edition before it stays as it was.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from openintegriteit.accountability.building import document_of
from openintegriteit.accountability.comparing import marks_of
from openintegriteit.accountability.facts import gather
from openintegriteit.accountability.frozen import hash_of
from openintegriteit.accountability.models import (
    Annex,
    AnnualReport,
    Edition,
    EditionFile,
    ReportStep,
    SectionComment,
    StepKind,
)
from openintegriteit.accountability.permissions import POLICY
from openintegriteit.accountability.phrasing import day
from openintegriteit.accountability.rules import changed_parts
from openintegriteit.core.documents.model import Document, paragraph
from openintegriteit.core.documents.storing import as_data
from openintegriteit.core.locking import save_if_unchanged
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import body_of
from openintegriteit.event_log.operations import record
from openintegriteit.organisations.models import Organisation

JUDGEMENT_FIELDS = ("judgement", "judgement_note", "judged_on", "judged_by")


class ReportAdopted(Exception):
    """The report has been adopted, so its texts, annexes and reference date stay as they are."""


class NotAdopted(Exception):
    """The report is a draft, or open for a restatement, so nothing of it goes out."""


class ReportMoved(Exception):
    """Parts of the report are other than the ones that were seen; `parts` names them by their headings."""

    def __init__(self, parts: tuple[str, ...]) -> None:
        super().__init__(", ".join(parts))
        self.parts = parts


def locked_while_open(report: AnnualReport) -> AnnualReport:
    """The report, held until the end of the transaction. Raises ReportAdopted when it cannot be changed."""
    held: AnnualReport = AnnualReport.objects.select_for_update().get(pk=report.pk)
    if not held.is_open:
        raise ReportAdopted
    return held


def review(*, actor: Actor, report: AnnualReport, taken_on: date, note: str, seen: dict[str, str]) -> ReportStep:
    """Record that somebody other than its author read the report as it stands. `seen`: the marks of what was read.

    Raises ReportMoved when it changed while it was read, and ReportAdopted.
    """
    POLICY.require(actor, "review")
    with transaction.atomic():
        held = locked_while_open(report)
        content_hash = hash_of(_seen(held, seen))
        steps = held.steps.filter(edition=next_number(held), kind=StepKind.REVIEWED, content_hash=content_hash)
        earlier: ReportStep | None = steps.filter(recorded_by=actor.label).first()
        return earlier or _step(actor, held, StepKind.REVIEWED, next_number(held), taken_on, note, content_hash)


def adopt(*, actor: Actor, report: AnnualReport, taken_on: date, note: str, seen: dict[str, str]) -> Edition:
    """Record that the executive adopted the report, and freeze it as its next edition.

    `seen` holds the marks of the report that was on the screen: what nobody saw is not adopted. Raises ReportMoved when
    an author wrote or a record changed meanwhile, and ReportAdopted for who comes second.
    """
    POLICY.require(actor, "adopt")
    with transaction.atomic():
        held = locked_while_open(report)
        number = next_number(held)
        document = as_edition(_seen(held, seen), number, taken_on, held.restated_because)
        edition = Edition.objects.create(
            organisation_id=body_of(actor),
            report=held,
            number=number,
            reason=held.restated_because,
            adopted_on=taken_on,
            content=as_data(document),
            content_hash=hash_of(document),
        )
        _keep_files(edition)
        held.is_open, held.restated_because = False, ""
        save_if_unchanged(held, expected_version=held.version, fields=["is_open", "restated_because"])
        _step(actor, held, StepKind.ADOPTED, number, taken_on, note, edition.content_hash)
    return edition


def _keep_files(edition: Edition) -> None:
    """Let the edition keep the documents of others that its report names, as they are judged now."""
    with_file = Annex.objects.with_files().filter(report=edition.report, file__isnull=False)
    EditionFile.objects.bulk_create(
        EditionFile(
            organisation_id=edition.organisation_id,
            edition=edition,
            file=annex.file,
            order=annex.order,
            title=annex.title,
            author=annex.author,
            confidential=annex.confidential,
            **{name: getattr(annex.file, name) for name in JUDGEMENT_FIELDS},
        )
        for annex in with_file
    )


def send(*, actor: Actor, report: AnnualReport, kind: str, taken_on: date, note: str) -> ReportStep:
    """Record where the newest edition went; doing it twice makes one. Raises NotAdopted for a report that is open."""
    POLICY.require(actor, "send")
    with transaction.atomic():
        held = AnnualReport.objects.select_for_update().get(pk=report.pk)
        edition = held.editions.first()
        if held.is_open or edition is None:
            raise NotAdopted
        earlier: ReportStep | None = held.steps.filter(edition=edition.number, kind=kind).first()
        return earlier or _step(actor, held, kind, edition.number, taken_on, note, edition.content_hash)


def restate(*, actor: Actor, report: AnnualReport, reason: str) -> None:
    """Open an adopted report for its next edition, with the reason that this will tell. Doing it twice does it once."""
    POLICY.require(actor, "change")
    with transaction.atomic():
        held = AnnualReport.objects.select_for_update().get(pk=report.pk)
        if held.is_open:
            return
        held.is_open, held.restated_because = True, reason
        save_if_unchanged(held, expected_version=held.version, fields=["is_open", "restated_because"])
        record(actor=actor, action="annual_report.restated", subject=held, details={"reason": reason})


@transaction.atomic
def comment(*, actor: Actor, report: AnnualReport, identifier: Any, section: str, text: str) -> SectionComment:
    """Say something about a section to author or reviewer; the same key twice makes one."""
    POLICY.require(actor, "comment")
    existing: SectionComment | None = SectionComment.objects.filter(pk=identifier).first()
    if existing:
        return existing
    made: SectionComment = SectionComment.objects.create(
        pk=identifier, organisation_id=body_of(actor), report=report, section=section, text=text, author=actor.label
    )
    record(actor=actor, action="report_comment.written", subject=made, label=f"{report.year}: {section}")
    return made


@transaction.atomic
def resolve(*, actor: Actor, comment: SectionComment) -> None:
    """Say that a comment has been dealt with."""
    POLICY.require(actor, "comment")
    done = SectionComment.objects.open().filter(pk=comment.pk)
    if done.update(resolved_at=timezone.now(), resolved_by=actor.label):
        record(actor=actor, action="report_comment.resolved", subject=comment, label=f"{comment.report.year}")


def next_number(report: AnnualReport) -> int:
    """The number of the edition that the report will be when it is adopted (one query)."""
    newest = report.editions.first()
    return newest.number + 1 if newest else 1


def as_draft(document: Document) -> Document:
    """The document of a report that has not been adopted, which says so."""
    return replace(document, subject=f"Concept. {document.subject}")


def as_edition(document: Document, number: int, adopted_on: date, reason: str) -> Document:
    """The document of an edition; a restatement says on top that it is one, and why."""
    if number == 1:
        return document
    told = f"Dit is uitgave {number} van dit verslag, vastgesteld op {day(adopted_on)}. Zij vervangt de vorige uitgave."
    return replace(document, blocks=(paragraph(f"{told} De reden: {reason}"), *document.blocks))


def _seen(held: AnnualReport, seen: Mapping[str, str]) -> Document:
    """The document as it stands now. Raises ReportMoved when that is not what was seen."""
    document = document_of(gather(held, Organisation.objects.get(pk=held.organisation_id)))
    if moved := changed_parts(dict(seen), marks_of(document)):
        raise ReportMoved(moved)
    return document


def _step(
    actor: Actor, report: AnnualReport, kind: str, edition: int, taken_on: date, note: str, content_hash: str
) -> ReportStep:
    step: ReportStep = ReportStep.objects.create(
        organisation_id=body_of(actor),
        report=report,
        edition=edition,
        kind=kind,
        taken_on=taken_on,
        note=note,
        content_hash=content_hash,
        recorded_by=actor.label,
    )
    details = {"step": kind, "edition": edition, "day": taken_on.isoformat(), "sha256": content_hash}
    record(actor=actor, action="annual_report.step", subject=report, details=details)
    return step
