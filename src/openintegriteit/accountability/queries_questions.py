"""Read models of the questions: each with its parts, as a page shows them."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext

from openintegriteit.accountability.asking import Numbered, asker_in_words, labels_of, numbered
from openintegriteit.accountability.models import AnnualReport, CouncilQuestion
from openintegriteit.accountability.permissions import POLICY
from openintegriteit.accountability.sections import paragraph_name
from openintegriteit.core.contracts import Carrier
from openintegriteit.core.roles import Actor


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question or a part of one as the page shows it."""

    question: CouncilQuestion
    label: str
    asker: str
    paragraph: str
    taken_from: str
    parts: tuple["QuestionLine", ...]

    @property
    def waiting(self) -> int:
        """How many answers are still to be given: of the question, or of its parts."""
        of_parts = sum(part.waiting for part in self.parts)
        nothing = not self.question.is_checked or not (self.parts or self.question.has_answer)
        return of_parts + nothing


def questions_of(report: AnnualReport) -> list[QuestionLine]:
    """The questions about a report, in order, with their parts (three queries)."""
    rows = report.questions.select_related("same_answer_as", "measure", "promised_measure", "taken_from__report")
    lines = numbered(rows.prefetch_related("corrections"))
    earlier = {
        each.question.taken_from.report_id for one in lines for each in (one, *one.parts) if each.question.taken_from
    }
    labels = labels_of(CouncilQuestion.objects.filter(report__in=earlier))
    return [_line(one, report.year, labels) for one in lines]


def asked_about(actor: Actor, measure: UUID) -> list[Carrier]:
    """The questions about a measure, and those whose answer promised it, newest year first (at most one query).

    Nothing for who may not read questions.
    """
    if not POLICY.allows(actor, "view"):
        return []
    about = CouncilQuestion.objects.filter(Q(measure=measure) | Q(promised_measure=measure)).select_related("report")
    return [
        Carrier(
            title=question.question,
            state=gettext("promised in the answer") if question.promised_measure_id == measure else gettext("asked"),
            tone="neutral",
            address=question_address(question),
        )
        for question in about.order_by("-report__year", "order")
    ]


def question_address(question: CouncilQuestion) -> str:
    """Where the question stands among the others of its report, which has been read."""
    return f"{reverse('accountability:questions', args=[question.report.year])}#vraag-{question.order}"


def label_of(question: CouncilQuestion) -> str:
    """What a question or part is called among those of its report (one query)."""
    return labels_of(CouncilQuestion.objects.filter(report=question.report_id))[question.pk]


def origin_of(question: CouncilQuestion) -> str:
    """Year and number of the question whose answer was taken over (one query)."""
    return f"{question.report.year}, {label_of(question)}"


def _line(one: Numbered, year: int, labels: dict[UUID, str]) -> QuestionLine:
    question = one.question
    source = question.taken_from
    return QuestionLine(
        question=question,
        label=one.label,
        asker=asker_in_words(question),
        paragraph=paragraph_name(question.paragraph, year),
        taken_from=f"{source.report.year}, {labels[source.pk]}" if source else "",
        parts=tuple(_line(part, year, labels) for part in one.parts),
    )
