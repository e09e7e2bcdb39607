"""Every change of the account: permission, change and log entry together."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from openintegriteit.accountability.answers import require_unsent
from openintegriteit.accountability.editions import ReportAdopted, locked_while_open
from openintegriteit.accountability.facts import form_headings
from openintegriteit.accountability.models import Annex, AnnualReport, CouncilQuestion, FormHeading, ReportText
from openintegriteit.accountability.permissions import POLICY
from openintegriteit.accountability.rules import reference_date_problem
from openintegriteit.core.locking import StaleRecord, save_if_unchanged
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import body_of, save_changes
from openintegriteit.event_log.operations import record
from openintegriteit.organisations.models import Organisation


@transaction.atomic
def start_report(*, actor: Actor, year: int, reference_date: date) -> AnnualReport:
    """Begin the report over a year; the one that exists when somebody was first.

    Raises ValidationError when the reference date does not fit the year.
    """
    POLICY.require(actor, "change")
    if problem := reference_date_problem(year, reference_date):
        raise ValidationError({"reference_date": problem})
    store_form(actor=actor)
    report: AnnualReport
    report, made = AnnualReport.objects.get_or_create(
        organisation_id=body_of(actor), year=year, defaults={"reference_date": reference_date}
    )
    if made:
        record(actor=actor, action="annual_report.created", subject=report)
    return report


@transaction.atomic
def write_section(
    *, actor: Actor, report: AnnualReport, section: str, text: str, ready: bool, expected_version: int
) -> ReportText:
    """Store what the author wrote for a section. `expected_version` 0: the author saw no text but the draft.

    Raises StaleRecord when somebody else wrote meanwhile, and ReportAdopted when the report cannot be changed.
    """
    return _store_text(actor, report, section, expected_version, text=text, ready=ready, left_out=False)


@transaction.atomic
def leave_out_section(*, actor: Actor, report: AnnualReport, section: str, expected_version: int) -> ReportText:
    """Leave a section out of the document; its text stays. Raises StaleRecord when somebody else wrote meanwhile."""
    return _store_text(actor, report, section, expected_version, left_out=True)


@transaction.atomic
def back_to_draft(*, actor: Actor, report: AnnualReport, section: str, expected_version: int) -> ReportText:
    """Let the draft speak again. Raises StaleRecord when somebody else wrote meanwhile."""
    return _store_text(actor, report, section, expected_version, text="", ready=False, left_out=False)


def _store_text(
    actor: Actor, report: AnnualReport, section: str, expected_version: int, **values: str | bool
) -> ReportText:
    POLICY.require(actor, "change")
    locked_while_open(report)  # and the first text of a section is written once
    text: ReportText | None = ReportText.objects.filter(report=report, section=section).first()
    if text is None:
        text = ReportText(organisation_id=body_of(actor), report=report, section=section, **values)
        text.save(force_insert=True)
    else:
        if text.version != expected_version:
            raise StaleRecord(text)
        if all(getattr(text, name) == value for name, value in values.items()):
            return text
        for name, value in values.items():
            setattr(text, name, value)
        save_if_unchanged(text, expected_version=expected_version, fields=values)
    record(actor=actor, action="report_text.changed", subject=text, label=f"{report.year}: {section}")
    return text


@transaction.atomic
def change_report(
    *, actor: Actor, report: AnnualReport, expected_version: int, values: Mapping[str, Any]
) -> AnnualReport:
    """Change up to which day the report tells, and when it goes to the representative body.

    Raises StaleRecord when somebody else was first, and ReportAdopted for another reference date of an adopted report.
    """
    POLICY.require(actor, "change")
    held = AnnualReport.objects.select_for_update().get(pk=report.pk)
    if not held.is_open and values["reference_date"] != held.reference_date:
        raise ReportAdopted
    return save_changes(
        actor=actor, action="annual_report.changed", instance=report, expected_version=expected_version, values=values
    )


@transaction.atomic
def create_question(
    *, actor: Actor, report: AnnualReport, identifier: UUID, values: Mapping[str, Any]
) -> CouncilQuestion:
    """Add a question of the representative body, as the last one; the same key twice makes one."""
    POLICY.require(actor, "change")
    existing: CouncilQuestion | None = CouncilQuestion.objects.filter(pk=identifier).first()
    if existing:
        return existing
    order = _next_order(CouncilQuestion, report)
    question: CouncilQuestion = CouncilQuestion.objects.create(
        pk=identifier, organisation_id=body_of(actor), report=report, order=order, **values
    )
    record(actor=actor, action="council_question.created", subject=question)
    return question


@transaction.atomic
def change_question(
    *, actor: Actor, question: CouncilQuestion, expected_version: int, values: Mapping[str, Any]
) -> CouncilQuestion:
    """Change a question or its answer. Raises StaleRecord when somebody else did meanwhile, and AnswersSent."""
    POLICY.require(actor, "change")
    require_unsent(question, values)
    return save_changes(
        actor=actor,
        action="council_question.changed",
        instance=question,
        expected_version=expected_version,
        values=values,
    )


@transaction.atomic
def create_annex(*, actor: Actor, report: AnnualReport, identifier: UUID, values: Mapping[str, Any]) -> Annex:
    """Add an annex, as the last one; the same key twice makes one. Raises ReportAdopted."""
    POLICY.require(actor, "change")
    existing: Annex | None = Annex.objects.filter(pk=identifier).first()
    if existing:
        return existing
    locked_while_open(report)
    order = _next_order(Annex, report)
    annex: Annex = Annex.objects.create(
        pk=identifier, organisation_id=body_of(actor), report=report, order=order, **values
    )
    record(actor=actor, action="annex.created", subject=annex)
    return annex


@transaction.atomic
def change_annex(*, actor: Actor, annex: Annex, expected_version: int, values: Mapping[str, Any]) -> Annex:
    """Change an annex. Raises StaleRecord when somebody else did meanwhile, and ReportAdopted."""
    POLICY.require(actor, "change")
    locked_while_open(annex.report)
    return save_changes(
        actor=actor, action="annex.changed", instance=annex, expected_version=expected_version, values=values
    )


def _next_order(model: type[CouncilQuestion] | type[Annex], report: AnnualReport) -> int:
    AnnualReport.objects.select_for_update().get(pk=report.pk)
    last: int | None = model.objects.filter(report=report).aggregate(last=Max("order"))["last"]
    return (last or 0) + 1


@transaction.atomic
def store_form(*, actor: Actor) -> None:
    """Give the body a form of its own, from the common form for its type of body; one that it has stays as it is."""
    POLICY.require(actor, "change")
    organisation = Organisation.objects.select_for_update().get(pk=body_of(actor))
    if not FormHeading.objects.exists():
        FormHeading.objects.bulk_create(form_headings(organisation))


def change_form_heading(
    *, actor: Actor, heading: FormHeading, expected_version: int, values: Mapping[str, Any]
) -> FormHeading:
    """Change a heading of the form or its usual text. Raises StaleRecord when somebody else did meanwhile."""
    POLICY.require(actor, "change")
    return save_changes(
        actor=actor, action="form_heading.changed", instance=heading, expected_version=expected_version, values=values
    )
