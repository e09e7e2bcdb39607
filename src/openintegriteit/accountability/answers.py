"""The answers to questions: how far they are, what is corrected after sending, and what they promise."""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from openintegriteit.accountability.asking import labels_of
from openintegriteit.accountability.models import (
    AnnualReport,
    AnswerCorrection,
    AnswerStep,
    AnswerStepKind,
    CouncilQuestion,
)
from openintegriteit.accountability.permissions import POLICY
from openintegriteit.accountability.rules import answer_steps_to_take
from openintegriteit.accountability.sections import office_names
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import body_of, save_changes
from openintegriteit.event_log.operations import record
from openintegriteit.organisations.models import Organisation
from openintegriteit.programme.models import Measure
from openintegriteit.programme.operations import create_measure

ANSWER_FIELDS = ("answer", "not_applicable", "same_answer_as")
PERMISSIONS = {"drafted": "change", "adopted": "adopt", "sent": "send"}
PROMISED = "promised measure"


class AnswersSent(Exception):
    """The answer has been sent, so it changes only by a correction with a reason."""


class NotItsTurn(Exception):
    """The answers cannot take this step now: somebody recorded it already, or another comes first."""


def is_frozen(question: CouncilQuestion) -> bool:
    """Whether the answer has been sent, so that it changes only by a correction (one query)."""
    return question.has_answer and are_sent(question.report)


def are_sent(report: AnnualReport) -> bool:
    """Whether the answers about the report have been sent (one query)."""
    return bool(report.answer_steps.filter(kind=AnswerStepKind.SENT).exists())


@transaction.atomic
def take_step(*, actor: Actor, report: AnnualReport, kind: str, taken_on: date, note: str) -> AnswerStep:
    """Record that the answers were drafted, adopted or sent. Raises NotItsTurn."""
    POLICY.require(actor, PERMISSIONS[kind])
    held = AnnualReport.objects.select_for_update().get(pk=report.pk)
    if kind not in answer_steps_to_take(held.answer_steps.values_list("kind", flat=True)):
        raise NotItsTurn
    step: AnswerStep = AnswerStep.objects.create(
        organisation_id=body_of(actor),
        report=held,
        kind=kind,
        taken_on=taken_on,
        note=note,
        recorded_by=actor.label,
    )
    details = {"step": kind, "day": taken_on.isoformat()}
    record(actor=actor, action="council_question.step", subject=held, details=details)
    return step


def require_unsent(question: CouncilQuestion, values: Mapping[str, Any]) -> None:
    """Hold the report, and raise AnswersSent when the values would change an answer that has been sent."""
    report = AnnualReport.objects.select_for_update().get(pk=question.report_id)
    stored = CouncilQuestion.objects.get(pk=question.pk)
    changes = any(name in values and values[name] != getattr(stored, name) for name in ANSWER_FIELDS)
    if changes and stored.has_answer and are_sent(report):
        raise AnswersSent


@transaction.atomic
def correct_answer(
    *, actor: Actor, question: CouncilQuestion, expected_version: int, answer: str, reason: str
) -> CouncilQuestion:
    """Give a sent answer other words, with the reason. What it said stays to be read.

    A question that had the answer of another, or did not apply, gets an answer of its own. Raises StaleRecord, and
    NotItsTurn for an answer that has not been sent: that one is changed as usual.
    """
    POLICY.require(actor, "change")
    if not is_frozen(question):
        raise NotItsTurn
    before = answer_in_words(CouncilQuestion.objects.select_related("same_answer_as").get(pk=question.pk))
    corrected = save_changes(
        actor=actor,
        action="council_question.corrected",
        instance=question,
        expected_version=expected_version,
        values={"answer": answer, "not_applicable": False, "same_answer_as": None},
    )
    if corrected.version != expected_version:
        AnswerCorrection.objects.create(
            organisation_id=body_of(actor), question=corrected, before=before, reason=reason, recorded_by=actor.label
        )
    return corrected


@translation.override(settings.LANGUAGE_CODE)
def answer_in_words(question: CouncilQuestion) -> str:
    """The answer as its reader gets it, in Dutch: its own, that of another, or that it does not apply.

    Empty as long as there is none: a draft that was taken over is no answer until its author checked it.
    """
    if not question.is_checked:
        return ""
    if question.not_applicable:
        return _("Not applicable.")
    if question.same_answer_as:
        return str(question.same_answer_as.answer) if question.same_answer_as.is_checked else ""
    return question.answer


@transaction.atomic
def promise_measure(*, actor: Actor, question: CouncilQuestion, values: Mapping[str, Any]) -> Measure:
    """Make a numbered measure of what the answer promises; doing it twice makes one.

    The measure tells whose question it came from.
    """
    POLICY.require(actor, "change")
    held = CouncilQuestion.objects.select_for_update().get(pk=question.pk)
    measure = create_measure(
        actor=actor,
        identifier=uuid.uuid5(held.pk, PROMISED),
        values={**values, "initiator": _origin(held)},
    )
    save_changes(
        actor=actor,
        action="council_question.promised",
        instance=held,
        expected_version=held.version,
        values={"promised_measure": measure},
    )
    return measure


@translation.override(settings.LANGUAGE_CODE)
def _origin(question: CouncilQuestion) -> str:
    names = office_names(Organisation.objects.get(pk=question.organisation_id).kind)
    label = labels_of(CouncilQuestion.objects.filter(report=question.report_id))[question.pk]
    told = {"who": names["representative_body"], "number": label}
    return _("Question %(number)s of %(who)s") % told + f" ({question.report.year})"
