"""The questions about a report and their answers, as a memo for the representative body."""

from collections.abc import Iterator

from django.conf import settings
from django.utils import formats, timezone, translation

from openintegriteit.accountability.answers import answer_in_words
from openintegriteit.accountability.models import AnnualReport, AnswerStepKind, CouncilQuestion
from openintegriteit.accountability.phrasing import day
from openintegriteit.accountability.sections import office_names, paragraph_name
from openintegriteit.core.documents.model import Block, Document, Heading, Theme, paragraph
from openintegriteit.organisations.models import Organisation


@translation.override(settings.LANGUAGE_CODE)
def memo_of(report: AnnualReport, organisation: Organisation) -> Document:
    """The memo as the records stand (three queries). Until the answers have been sent it says that it is a draft."""
    names = office_names(organisation.kind)
    steps = {step.kind: step.taken_on for step in report.answer_steps.all()}
    sent = steps.get(AnswerStepKind.SENT)
    subject = f"Memo aan {names['representative_body']}"
    return Document(
        title=f"Antwoorden op vragen over het verslag integriteitsbeleid {report.year}",
        subject=subject if sent else f"Concept. {subject}",
        theme=Theme(organisation.name, organisation.primary_colour),
        date=sent or steps.get(AnswerStepKind.ADOPTED) or report.reference_date,
        author=organisation.name,
        blocks=(*_course(names["executive"], steps.get(AnswerStepKind.ADOPTED), sent), *_questions(report)),
    )


def _course(executive: str, adopted: object, sent: object) -> Iterator[Block]:
    if adopted:
        yield paragraph(f"Vastgesteld door {executive} op {day(adopted)}.")
    if sent:
        yield paragraph(f"Verzonden op {day(sent)}.")


def _questions(report: AnnualReport) -> Iterator[Block]:
    rows = report.questions.select_related("same_answer_as", "measure", "promised_measure")
    for number, question in enumerate(rows.prefetch_related("corrections"), start=1):
        yield Heading(f"Vraag {question.number or number}", 1)
        yield paragraph(question.question)
        if told := _about(question, report.year):
            yield paragraph(told)
        yield Heading("Antwoord", 2)
        if question.same_answer_as:
            yield paragraph(f"Zie ook de vraag: {question.same_answer_as.question}")
        for part in _paragraphs(answer_in_words(question) or "Er is nog geen antwoord."):
            yield paragraph(part)
        if question.promised_measure:
            yield paragraph(f"Toegezegd: maatregel {question.promised_measure}")
        yield from _corrections(question)


def _corrections(question: CouncilQuestion) -> Iterator[Block]:
    for correction in question.corrections.all():
        moment = formats.date_format(timezone.localtime(correction.recorded_at), "j F Y")
        yield paragraph(f"Dit antwoord is verbeterd op {moment}. De reden: {correction.reason}")
        for part in _paragraphs(f"Eerder luidde het antwoord: {correction.before}"):
            yield paragraph(part)


def _about(question: CouncilQuestion, year: int) -> str:
    told = [f"Gesteld door: {question.asked_by}."] if question.asked_by else []
    if question.received_on:
        told.append(f"Ontvangen op {day(question.received_on)}.")
    if question.measure:
        told.append(f"Over maatregel {question.measure.number}.")
    if question.paragraph:
        told.append(f"Over de paragraaf {paragraph_name(question.paragraph, year)}.")
    return " ".join(told)


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n") if part.strip()]
