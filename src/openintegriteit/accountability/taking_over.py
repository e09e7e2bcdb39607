"""Answers of earlier years: finding them, and taking one over as a draft."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q

from openintegriteit.accountability.answers import answer_in_words, require_unsent
from openintegriteit.accountability.asking import labels_of
from openintegriteit.accountability.models import CouncilQuestion
from openintegriteit.accountability.permissions import POLICY
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import save_changes
from openintegriteit.ui.listing import matching

MOST_FOUND = 30


class HasAnswer(Exception):
    """The question has an answer or a draft already, which is not overwritten."""


class NotSent(Exception):
    """The answer was never sent, so it is not taken over."""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A question of an earlier year with the answer that was sent."""

    question: CouncilQuestion
    year: int
    label: str
    answer: str
    sent_on: date


def earlier_answers(question: CouncilQuestion, words: str) -> tuple[Earlier, ...]:
    """Sent answers of earlier years that have the words, the newest first, at most thirty (three queries).

    Without words those about the same measure or the same paragraph.
    """
    rows = CouncilQuestion.objects.sent().filter(report__year__lt=question.report.year, not_applicable=False)
    if words.strip():
        rows = matching(rows, words, ["question", "answer", "same_answer_as__answer", "part_of__question"])
    else:
        rows = rows.filter(_same_subject(question))
    related = rows.select_related("report", "same_answer_as", "part_of").order_by("-report__year", "order")
    found = [(row, answer_in_words(row)) for row in related[:MOST_FOUND]]
    labels = labels_of(CouncilQuestion.objects.filter(report__in={row.report_id for row, _answer in found}))
    return tuple(Earlier(row, row.report.year, labels[row.pk], answer, row.sent_on) for row, answer in found if answer)


def _same_subject(question: CouncilQuestion) -> Q:
    measure = question.measure_id or (question.part_of and question.part_of.measure_id)
    paragraph = question.paragraph or (question.part_of.paragraph if question.part_of else "")
    same = Q(pk__in=())
    if measure:
        same |= Q(measure=measure) | Q(part_of__measure=measure)
    if paragraph:
        same |= Q(paragraph__iexact=paragraph) | Q(part_of__paragraph__iexact=paragraph)
    return same


@transaction.atomic
def take_over(
    *, actor: Actor, question: CouncilQuestion, source: CouncilQuestion, expected_version: int
) -> CouncilQuestion:
    """Take a sent answer over as a draft, which counts as an answer only when its author has checked it.

    Raises HasAnswer, NotSent for anything but a sent answer of an earlier year, and StaleRecord.
    """
    POLICY.require(actor, "change")
    sent = CouncilQuestion.objects.sent().filter(report__year__lt=question.report.year, not_applicable=False)
    found = sent.select_related("same_answer_as").filter(pk=source.pk).first()
    answer = answer_in_words(found) if found else ""
    if not answer:
        raise NotSent
    values = {"answer": answer, "taken_from": found, "is_checked": False}
    require_unsent(question, values)
    stored = CouncilQuestion.objects.get(pk=question.pk)
    if stored.answer or stored.not_applicable or stored.same_answer_as_id:
        raise HasAnswer
    return save_changes(
        actor=actor,
        action="council_question.taken_over",
        instance=question,
        expected_version=expected_version,
        values=values,
    )
