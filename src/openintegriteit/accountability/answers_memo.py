"""The questions about a report and their answers, as a memo for the representative body."""

from collections.abc import Iterator

from django.conf import settings
from django.utils import formats, timezone, translation

from openintegriteit.accountability.answers import answer_in_words
from openintegriteit.accountability.asking import asker_in_words, numbered
from openintegriteit.accountability.models import AnnualReport, AnswerStepKind, CouncilQuestion
from openintegriteit.accountability.phrasing import day
from openintegriteit.accountability.sections import office_names, paragraph_name
from openintegriteit.core.documents.model import Block, Document, Heading, paragraph
from openintegriteit.organisations.house_style import theme_of
from openintegriteit.organisations.models import Organisation


@translation.override(settings.LANGUAGE_CODE)
def memo_of(report: AnnualReport, organisation: Organisation) -> Document:
    """The memo as the records stand (four queries). Until the answers have been sent it says that it is a draft."""
    names = office_names(organisation.kind)
    steps = {step.kind: step.taken_on for step in report.answer_steps.all()}
    sent = steps.get(AnswerStepKind.SENT)
    subject = f"Memo aan {names['representative_body']}"
    return Document(
        title=f"Antwoorden op vragen over het verslag integriteitsbeleid {report.year}",
        subject=subject if sent else f"Concept. {subject}",
        theme=theme_of(organisation),
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
    for asked in numbered(rows.prefetch_related("corrections")):
        yield Heading(f"Vraag {asked.label}", 1)
        yield paragraph(asked.question.question)
        yield paragraph(_about(asked.question, report.year))
        if not asked.parts or answer_in_words(asked.question):
            yield from _answer(asked.question, 2)
        for part in asked.parts:
            yield Heading(f"Vraag {part.label}", 2)
            yield paragraph(part.question.question)
            if told := _subject(part.question, report.year):
                yield paragraph(" ".join(told))
            yield from _answer(part.question, 3)


def _answer(question: CouncilQuestion, level: int) -> Iterator[Block]:
    yield Heading("Antwoord", level)
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
    told = [f"Gesteld door: {asker_in_words(question)}." if question.asked_by else "Vraagsteller onbekend."]
    if question.received_on:
        told.append(f"Ontvangen op {day(question.received_on)}.")
    return " ".join((*told, *_subject(question, year)))


def _subject(question: CouncilQuestion, year: int) -> list[str]:
    told = [f"Over maatregel {question.measure.number}."] if question.measure else []
    if question.paragraph:
        told.append(f"Over de paragraaf {paragraph_name(question.paragraph, year)}.")
    return told


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n") if part.strip()]
