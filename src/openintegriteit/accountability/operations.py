"""Every change of the account: permission, change and log entry together."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from openintegriteit.accountability.models import Annex, AnnualReport, CouncilQuestion, FormHeading, ReportText
from openintegriteit.accountability.permissions import POLICY
from openintegriteit.accountability.sections import form_content, office_names
from openintegriteit.core.locking import StaleRecord, save_if_unchanged
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import save_changes
from openintegriteit.event_log.operations import record
from openintegriteit.organisations.models import Organisation


@transaction.atomic
def start_report(*, actor: Actor, year: int, reference_date: date) -> AnnualReport:
    """Begin the report over a year; the one that exists when somebody was first.

    Raises ValidationError when the reference date lies before the end of the year.
    """
    POLICY.require(actor, "change")
    if reference_date < date(year, 12, 31):
        raise ValidationError({"reference_date": _("The reference date cannot lie before the end of the year.")})
    form_headings_of(actor)
    report, made = AnnualReport.objects.get_or_create(
        organisation_id=actor.organisation_id, year=year, defaults={"reference_date": reference_date}
    )
    if made:
        record(actor=actor, action="annual_report.created", subject=report)
    return report


@transaction.atomic
def write_section(
    *, actor: Actor, report: AnnualReport, section: str, text: str, ready: bool, expected_version: int
) -> ReportText:
    """Store what the author wrote for a section. `expected_version` 0: the author saw no text but the draft.

    Raises StaleRecord when somebody else wrote meanwhile.
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
    AnnualReport.objects.select_for_update().get(pk=report.pk)  # the first text of a section is written once
    text = ReportText.objects.filter(report=report, section=section).first()
    if text is None:
        text = ReportText(organisation_id=actor.organisation_id, report=report, section=section, **values)
        text.save(force_insert=True)
    else:
        if text.version != expected_version:
            raise StaleRecord(text)
        for name, value in values.items():
            setattr(text, name, value)
        save_if_unchanged(text, expected_version=expected_version, fields=values)
    record(actor=actor, action="report_text.changed", subject=text, label=f"{report.year}: {section}")
    return text


def change_report(
    *, actor: Actor, report: AnnualReport, expected_version: int, values: Mapping[str, Any]
) -> AnnualReport:
    """Change up to which day the report tells, and when it goes to the representative body.

    Raises StaleRecord when somebody else was first.
    """
    POLICY.require(actor, "change")
    return save_changes(
        actor=actor, action="annual_report.changed", instance=report, expected_version=expected_version, values=values
    )


@transaction.atomic
def create_question(
    *, actor: Actor, report: AnnualReport, identifier: UUID, values: Mapping[str, Any]
) -> CouncilQuestion:
    """Add a question of the representative body, as the last one; the same key twice makes one."""
    POLICY.require(actor, "change")
    if existing := CouncilQuestion.objects.filter(pk=identifier).first():
        return existing
    order = _next_order(CouncilQuestion, report)
    question = CouncilQuestion.objects.create(
        pk=identifier, organisation_id=actor.organisation_id, report=report, order=order, **values
    )
    record(actor=actor, action="council_question.created", subject=question)
    return question


def change_question(
    *, actor: Actor, question: CouncilQuestion, expected_version: int, values: Mapping[str, Any]
) -> CouncilQuestion:
    """Change a question or its answer. Raises StaleRecord when somebody else did meanwhile."""
    POLICY.require(actor, "change")
    return save_changes(
        actor=actor,
        action="council_question.changed",
        instance=question,
        expected_version=expected_version,
        values=values,
    )


@transaction.atomic
def create_annex(*, actor: Actor, report: AnnualReport, identifier: UUID, values: Mapping[str, Any]) -> Annex:
    """Add an annex, as the last one; the same key twice makes one."""
    POLICY.require(actor, "change")
    if existing := Annex.objects.filter(pk=identifier).first():
        return existing
    order = _next_order(Annex, report)
    annex = Annex.objects.create(
        pk=identifier, organisation_id=actor.organisation_id, report=report, order=order, **values
    )
    record(actor=actor, action="annex.created", subject=annex)
    return annex


def change_annex(*, actor: Actor, annex: Annex, expected_version: int, values: Mapping[str, Any]) -> Annex:
    """Change an annex. Raises StaleRecord when somebody else did meanwhile."""
    POLICY.require(actor, "change")
    return save_changes(
        actor=actor, action="annex.changed", instance=annex, expected_version=expected_version, values=values
    )


def _next_order(model: type[CouncilQuestion] | type[Annex], report: AnnualReport) -> int:
    AnnualReport.objects.select_for_update().get(pk=report.pk)
    last: int | None = model.objects.filter(report=report).aggregate(last=Max("order"))["last"]
    return (last or 0) + 1


@transaction.atomic
def form_headings_of(actor: Actor) -> list[FormHeading]:
    """The headings of the body's form; the first time they are taken from the common form for its type of body."""
    headings = list(FormHeading.objects.all())
    if headings:
        return headings
    organisation = Organisation.objects.select_for_update().get(pk=actor.organisation_id)
    names = office_names(organisation.kind)
    made = [
        FormHeading(
            organisation=organisation,
            key=heading["key"],
            group=group["heading"].format(**names),
            title=heading["heading"].format(**names),
            order=10 * group_number + number,
            default_text=heading["default"],
        )
        for group_number, group in enumerate(form_content()["groups"])
        for number, heading in enumerate(group["headings"])
    ]
    FormHeading.objects.bulk_create(made)
    return made
