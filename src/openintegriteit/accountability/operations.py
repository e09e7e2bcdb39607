"""Every change of the account: permission, change and log entry together."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from openintegriteit.accountability.models import Annex, AnnualReport, CouncilQuestion, FormHeading, ReportText
from openintegriteit.accountability.permissions import POLICY
from openintegriteit.accountability.sections import form_content, office_names
from openintegriteit.core.locking import StaleRecord, save_if_unchanged
from openintegriteit.core.roles import Actor
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


@transaction.atomic
def set_reference_date(
    *, actor: Actor, report: AnnualReport, reference_date: date, council_on: date | None, expected_version: int
) -> None:
    """Change up to which day the report tells, and when it goes to the representative body.

    Raises ValidationError for a day before the end of the year, StaleRecord when somebody else was first.
    """
    POLICY.require(actor, "change")
    if reference_date < date(report.year, 12, 31):
        raise ValidationError({"reference_date": _("The reference date cannot lie before the end of the year.")})
    report.reference_date, report.council_on = reference_date, council_on
    save_if_unchanged(report, expected_version=expected_version, fields=["reference_date", "council_on"])
    record(actor=actor, action="annual_report.changed", subject=report)


@transaction.atomic
def save_question(*, actor: Actor, question: CouncilQuestion, expected_version: int) -> CouncilQuestion:
    """Add a question of the representative body (`expected_version` 0), or store its answer.

    Raises StaleRecord when somebody else changed it meanwhile.
    """
    POLICY.require(actor, "change")
    if expected_version == 0:
        question.organisation_id = actor.organisation_id
        AnnualReport.objects.select_for_update().get(pk=question.report_id)
        last = CouncilQuestion.objects.filter(report_id=question.report_id).order_by("order").last()
        question.order = last.order + 1 if last else 1
        question.save(force_insert=True)
    else:
        fields = ["number", "question", "asked_by", "received_on", "answer", "same_answer_as", "not_applicable"]
        save_if_unchanged(question, expected_version=expected_version, fields=[*fields, "measure", "paragraph"])
    action = "council_question.created" if expected_version == 0 else "council_question.changed"
    record(actor=actor, action=action, subject=question)
    return question


@transaction.atomic
def save_annex(*, actor: Actor, annex: Annex, expected_version: int) -> Annex:
    """Add an annex (`expected_version` 0) or change one. Raises StaleRecord when somebody else changed it meanwhile."""
    POLICY.require(actor, "change")
    if expected_version == 0:
        annex.organisation_id = actor.organisation_id
        AnnualReport.objects.select_for_update().get(pk=annex.report_id)
        last = Annex.objects.filter(report_id=annex.report_id).order_by("order").last()
        annex.order = last.order + 1 if last else 1
        annex.save(force_insert=True)
    else:
        fields = ["title", "kind", "text", "file_name", "author", "confidential"]
        save_if_unchanged(annex, expected_version=expected_version, fields=fields)
    record(actor=actor, action="annex.created" if expected_version == 0 else "annex.changed", subject=annex)
    return annex


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


@transaction.atomic
def change_form_heading(*, actor: Actor, heading: FormHeading, title: str, default_text: str) -> None:
    """Give a heading of the body's form another name or another usual text."""
    POLICY.require(actor, "change")
    heading.title, heading.default_text = title, default_text
    heading.save(update_fields=["title", "default_text"])
    record(actor=actor, action="form_heading.changed", subject=heading)
