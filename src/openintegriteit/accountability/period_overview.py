"""The overview of a half-year, a quarter or a month as a document, for who keeps an eye on the year in between."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from uuid import UUID

from django.conf import settings
from django.utils import translation

from openintegriteit.accountability.models import CouncilQuestion
from openintegriteit.accountability.period_facts import (
    CountedInPart,
    PeriodFacts,
    was_open,
    was_unresolved,
)
from openintegriteit.accountability.phrasing import day, in_number, wording
from openintegriteit.accountability.queries import step_label
from openintegriteit.accountability.records import activity_line, regulation_line
from openintegriteit.campaigns.models import Ask
from openintegriteit.campaigns.queries import ClosedCampaign
from openintegriteit.core.documents.model import (
    Block,
    BulletList,
    Cell,
    Column,
    Document,
    Heading,
    Inner,
    Link,
    Paragraph,
    Run,
    Table,
    Text,
    Theme,
    cell,
    paragraph,
)
from openintegriteit.figures.bands import band_of
from openintegriteit.figures.catalogue import COMMON
from openintegriteit.figures.disclosure import SMALLEST_SHOWN, protect
from openintegriteit.policy.queries import plan_address, regulation_address, version_address
from openintegriteit.programme.models import (
    FORESEEN_STATUSES,
    Activity,
    ActivityStatus,
    Finding,
    Measure,
    MeasureStatus,
)
from openintegriteit.programme.queries import activity_address, finding_address, measure_address
from openintegriteit.programme.rules import awaits_answer

NOT_ADOPTED = "Dit is geen vastgestelde verantwoording."
ANSWERED = {Ask.READ: "lazen het", Ask.DECLARE: "antwoordden"}


@translation.override(settings.LANGUAGE_CODE)
def overview_of(facts: PeriodFacts, *, link_to: str = "") -> Document:
    """The overview. With `link_to` (scheme and host) it links to the records, for the screen of who may open them."""
    return Document(
        title=f"Tussenstand integriteitsbeleid, {facts.part.name}",
        subject=f"Voor intern gebruik. {NOT_ADOPTED}",
        theme=Theme(facts.organisation.name, facts.organisation.primary_colour),
        date=facts.today,
        author=facts.organisation.name,
        blocks=tuple(_Overview(facts, link_to).blocks()),
    )


def band_in_words(number: int) -> str:
    """A number of a part of a year, told in steps of ten."""
    lowest, highest = band_of(number)
    return f"{lowest} tot en met {highest}" if lowest else f"minder dan {highest + 1}"


class _Overview:
    """Writes the parts of one overview in their order."""

    def __init__(self, facts: PeriodFacts, link_to: str) -> None:
        self._facts, self._link_to = facts, link_to

    def blocks(self) -> Iterator[Block]:
        yield from self._opening()
        if self._facts.is_empty:
            yield paragraph(self._nothing())
        else:
            yield Heading("In het kort")
            yield self._in_short()
        parts: tuple[tuple[str, Callable[[], Iterable[Block]]], ...] = (
            ("Activiteiten", self._activities),
            ("Maatregelen", self._measures),
            ("Bevindingen", self._findings),
            ("Regelingen en beleid", self._norms),
            ("Verslag en vragen", self._account),
            ("Campagnes", self._campaigns),
            ("Cijfers", self._figures),
        )
        for title, part in parts:
            told = tuple(part())
            if told:
                yield Heading(title)
                yield from told
        yield Heading(f"Wat hierna komt: {self._facts.part.following.name}")
        yield from tuple(self._ahead()) or (paragraph("Voor die periode is nog niets vastgelegd."),)

    def _opening(self) -> Iterator[Block]:
        facts, part = self._facts, self._facts.part
        about = f"Deze tussenstand gaat over {day(part.first_day)} tot en met {day(part.last_day)}."
        yield Paragraph((Text(NOT_ADOPTED, strong=True), Text(f" Dat is het jaarverslag over {part.year}. {about}")))
        match facts.course:
            case "over":
                yield paragraph(
                    f"De periode is voorbij. De gegevens zijn gelezen op {day(facts.today)}. Waar zij een dag noemen, "
                    f"leest u hoe het op {day(part.last_day)} was. Einddatums, en standen zonder dag, zijn die van "
                    f"{day(facts.today)}: een einddatum die is verschoven, staat op haar nieuwe dag."
                )
            case "running":
                yield paragraph(f"De periode loopt nog. Dit is de stand van {day(facts.today)}.")
            case "coming":
                yield paragraph(f"De periode moet nog beginnen. Dit is er op {day(facts.today)} voor vastgelegd.")
        if facts.done_without_day:
            forms = {
                "one": "Van 1 maatregel die klaar is, is de dag niet bekend. Zij staat nergens als klaar.",
                "other": "Van {count} maatregelen die klaar zijn, is de dag niet bekend. Zij staan nergens als klaar.",
            }
            yield paragraph(in_number(forms, facts.done_without_day))
        if any(measure.status == MeasureStatus.DROPPED for measure in facts.due):
            yield paragraph("Wat is vervallen, telt niet als te laat: de dag waarop het verviel, is niet bekend.")

    def _nothing(self) -> str:
        if self._facts.course == "coming":
            return "Voor deze periode is nog niets vastgelegd. Wat u plant met een dag, komt hier vanzelf te staan."
        return "Over deze periode is niets vastgelegd met een dag. Was er toch iets? Vul het dan aan, met de dag erbij."

    def _in_short(self) -> Table:
        facts, part = self._facts, self._facts.part
        rows = (
            ("Activiteiten gehouden", len(facts.begun(ActivityStatus.HELD))),
            ("Activiteiten die lopen", len(facts.begun(ActivityStatus.RUNNING))),
            ("Activiteiten afgezegd", len(facts.begun(ActivityStatus.CALLED_OFF))),
            ("Activiteiten voorzien", len(facts.begun(*FORESEEN_STATUSES))),
            ("Maatregelen klaar gekomen", len(facts.finished)),
            ("Maatregelen met een einddatum in deze periode", len(facts.due)),
            (f"Maatregelen te laat op {day(facts.moment)}", 0 if facts.course == "coming" else len(facts.late)),
            ("Bevindingen ontvangen", sum(part.contains(finding.letter_on) for finding in facts.findings)),
            ("Bevindingen opgeheven", sum(part.contains(finding.lifted_on) for finding in facts.findings)),
            ("Vragen over een verslag ontvangen", sum(part.contains(row.received_on) for row in facts.questions)),
        )
        told = rows if facts.course != "coming" else tuple(row for row in rows if row[1])
        columns = (Column("Onderwerp", width_share=5), Column("Aantal", numeric=True))
        return Table(
            f"In aantallen: {part.name}", columns, tuple((cell(name), cell(str(number))) for name, number in told)
        )

    def _activities(self) -> Iterator[Block]:
        facts = self._facts
        foreseen = facts.begun(*FORESEEN_STATUSES)
        unanswered = [a for a in foreseen if _awaits_answer(a, facts.today)]
        yield from self._listed("Gehouden", facts.begun(ActivityStatus.HELD))
        yield from self._listed("Onderweg", facts.begun(ActivityStatus.RUNNING))
        yield from self._listed("Afgezegd", facts.begun(ActivityStatus.CALLED_OFF))
        yield from self._listed("Voorzien, en nog niet verteld of het doorging", unanswered)
        yield from self._listed("Voorzien", [activity for activity in foreseen if activity not in unanswered])
        yield from self._listed(f"Zonder dag, hoort bij {facts.part.year}", facts.without_day, tells_status=True)

    def _listed(self, title: str, activities: Iterable[Activity], *, tells_status: bool = False) -> Iterator[Block]:
        lines = tuple((self._activity(activity, tells_status),) for activity in activities)
        if lines:
            yield Heading(title, 2)
            yield BulletList(lines)

    def _activity(self, activity: Activity, tells_status: bool) -> Paragraph:
        told = activity_line(
            activity, how_it_went=activity.starts_on is None or activity.starts_on <= self._facts.today
        )
        line = self._linked(told, activity_address(activity.pk))
        remarks = [f"Stand: {activity.get_status_display()}."] if tells_status else []
        if activity.starts_on and activity.year != activity.starts_on.year:
            remarks.append(f"Hoort bij het verslag over {activity.year}.")
        return Paragraph((*line.runs, Text(f" {' '.join(remarks)}"))) if remarks else line

    def _measures(self) -> Iterator[Block]:
        facts = self._facts
        yield from self._measure_table(
            "Klaar gekomen", "Klaar op", facts.finished, lambda measure: day(measure.finished_on)
        )
        yield from self._measure_table("Met een einddatum in deze periode", "Stand", facts.due, self._standing)
        if facts.course != "coming":
            caption = f"Te laat op {day(facts.moment)}"
            yield from self._measure_table(caption, "Stand", facts.late, self._standing)
        notes: dict[UUID, tuple[Measure, list[str]]] = {}
        for note in facts.notes:
            notes.setdefault(note.measure_id, (note.measure, []))[1].append(f"{day(note.noted_on)}: {note.text}")
        if notes:
            yield Heading("Berichten over de voortgang", 2)
            yield BulletList(tuple(self._noted(measure, texts) for measure, texts in notes.values()))

    def _noted(self, measure: Measure, texts: list[str]) -> tuple[Inner, ...]:
        title = Paragraph((self._name(str(measure), measure_address(measure.pk)),))
        return title, BulletList(tuple((paragraph(text),) for text in texts))

    def _measure_table(
        self, caption: str, last: str, measures: Iterable[Measure], tells: Callable[[Measure], str]
    ) -> Iterator[Table]:
        rows = tuple(
            (
                cell(str(measure.number)),
                Cell((self._plain(measure.title, measure_address(measure.pk)),)),
                cell(measure.owner),
                cell(day(measure.due_on) if measure.due_on else ""),
                cell(tells(measure)),
            )
            for measure in measures
        )
        if rows:
            columns = (
                Column("Nr", numeric=True),
                Column("Maatregel", width_share=6),
                Column("Wie", width_share=3),
                Column("Einddatum", width_share=3),
                Column(last, width_share=4),
            )
            yield Table(caption, columns, rows)

    def _standing(self, measure: Measure) -> str:
        """How the measure stood, as far as days tell; the status of today is named as such when the part is over."""
        facts, status = self._facts, wording()["statuses"][measure.status]
        if measure.finished_on and measure.finished_on <= facts.moment:
            return f"klaar op {day(measure.finished_on)}"
        if measure.finished_on:
            return f"nog niet klaar op {day(facts.moment)}, wel op {day(measure.finished_on)}"
        if not was_open(measure, facts.moment):
            return f"{status}, dag niet bekend"
        return f"niet klaar; op {day(facts.today)}: {status}" if facts.course == "over" else str(status)

    def _findings(self) -> Iterator[Block]:
        part = self._facts.part
        received = [finding for finding in self._facts.findings if part.contains(finding.letter_on)]
        lifted = [finding for finding in self._facts.findings if part.contains(finding.lifted_on)]
        if received:
            yield Heading("Ontvangen", 2)
            yield BulletList(tuple((self._finding(finding, _received(finding)),) for finding in received))
        if lifted:
            yield Heading("Opgeheven", 2)
            told = ((finding, f"Opgeheven op {day(finding.lifted_on)}.") for finding in lifted)
            yield BulletList(tuple((self._finding(finding, words),) for finding, words in told))

    def _finding(self, finding: Finding, told: str) -> Paragraph:
        by = f"{finding.found_by}: " if finding.found_by else ""
        return Paragraph((self._name(f"{by}{finding.text}", finding_address(finding.pk)), Text(f" {told}")))

    def _norms(self) -> Iterator[Block]:
        facts = self._facts
        lines = [self._linked(regulation_line(row), version_address(row.pk)) for row in facts.regulations]
        for plan in facts.policy_plans:
            by = f" door {plan.adopted_by}" if plan.adopted_by else ""
            told = Text(f": vastgesteld{by} op {day(plan.adopted_on)}.")
            lines.append(Paragraph((self._name(plan.title, plan_address(plan.pk)), told)))
        if lines:
            yield BulletList(tuple((line,) for line in lines))

    def _account(self) -> Iterator[Block]:
        facts = self._facts
        lines = [
            f"Verslag over {step.report.year}, {day(step.taken_on)}: {step_label(step.kind, facts.names)}."
            for step in facts.report_steps
        ]
        for sent in facts.answers_sent:
            number = in_number({"one": "1 vraag", "other": "{count} vragen"}, sent.questions)
            told = f"antwoorden verzonden. Over dat verslag: {number}."
            lines.append(f"Verslag over {sent.year}, {day(sent.sent_on)}: {told}")
        if lines:
            yield BulletList(tuple((paragraph(line),) for line in lines))
        received = [question for question in facts.questions if facts.part.contains(question.received_on)]
        if received:
            yield Heading("Vragen die zijn ontvangen", 2)
            yield BulletList(tuple((paragraph(self._question(question)),) for question in received))

    def _question(self, question: CouncilQuestion) -> str:
        answer = "Er is een antwoord" if question.is_answered else "Er is nog geen antwoord"
        return (
            f"{question.question} Ontvangen op {day(question.received_on)}, over het verslag over "
            f"{question.report.year}. {answer} vastgelegd (stand van {day(self._facts.today)})."
        )

    def _campaigns(self) -> Iterator[Block]:
        lines = tuple(
            Paragraph((Text(row.title, strong=True), Text(f": afgesloten op {day(row.closed_on)}. {_answered(row)}")))
            for row in self._facts.campaigns
        )
        if lines:
            yield BulletList(tuple((line,) for line in lines))

    def _figures(self) -> Iterator[Block]:
        facts = self._facts
        rows = [(counted.code, _counted_in_words(counted)) for counted in facts.counted]
        if facts.advice:
            rows += [
                ("advice-asked", band_in_words(facts.advice.asked)),
                ("advice-unasked", band_in_words(facts.advice.unasked)),
            ]
        if not rows:
            return
        columns = (Column("Cijfer", width_share=5), Column("Eenheid", width_share=3), Column("Aantal", width_share=3))
        table = ((COMMON[code], words) for code, words in rows)
        caption = f"Geteld van {day(facts.part.first_day)} tot en met {day(facts.moment)}"
        yield Table(caption, columns, tuple((cell(i.name), cell(i.unit), cell(words)) for i, words in table))
        if facts.counted:
            yield paragraph(
                "Een activiteit telt op haar eerste dag. Zonder dag telt zij hier niet mee, in het jaarcijfer wel."
            )
        if facts.advice:
            yield paragraph(
                "Adviezen staan in stappen van tien, zodat niemand een klein aantal kan uitrekenen door perioden van "
                "elkaar af te trekken. Het jaarverslag noemt het precieze aantal van het jaar."
            )

    def _ahead(self) -> Iterator[Block]:
        facts, ahead = self._facts, self._facts.part.following
        yield from self._listed("Activiteiten", facts.coming_activities, tells_status=True)
        yield from self._measure_table("Maatregelen die klaar moeten zijn", "Stand", facts.due_after, self._standing)
        lines = [
            (finding.due_on, self._finding(finding, f"Termijn: {day(finding.due_on)}."))
            for finding in facts.findings
            if ahead.contains(finding.due_on) and was_unresolved(finding, facts.moment)
        ]
        for regulation in facts.reviews:
            name = self._name(regulation.title, regulation_address(regulation.pk))
            told = Text(f": opnieuw bekijken vóór {day(regulation.review_due_on)}.")
            lines.append((regulation.review_due_on, Paragraph((name, told))))
        for question in facts.questions:
            if ahead.contains(question.answer_due_on) and not question.is_answered:
                told_of = f"{question.question} Antwoord uiterlijk {day(question.answer_due_on)}."
                lines.append((question.answer_due_on, paragraph(told_of)))
        for report in facts.reports_due:
            to = f"Verslag over {report.year} naar {facts.names['representative_body']} op {day(report.council_on)}."
            lines.append((report.council_on, paragraph(to)))
        if lines:
            yield Heading("Andere termijnen", 2)
            ordered = sorted(lines, key=lambda line: line[0] or date.max)
            yield BulletList(tuple((line,) for _due, line in ordered))

    def _name(self, words: str, address: str) -> Run:
        return Link(words, f"{self._link_to}{address}") if self._link_to else Text(words, strong=True)

    def _plain(self, words: str, address: str) -> Run:
        return Link(words, f"{self._link_to}{address}") if self._link_to else Text(words)

    def _linked(self, line: Paragraph, address: str) -> Paragraph:
        """A line that opens with the name of a record; the name becomes a link where there are links."""
        first, *rest = line.runs
        return Paragraph((self._name(first.text, address), *rest))


def _awaits_answer(activity: Activity, today: date) -> bool:
    return awaits_answer(status=activity.status, starts_on=activity.starts_on, ends_on=activity.ends_on, day=today)


def _received(finding: Finding) -> str:
    said = [f"Brief van {day(finding.letter_on)}."]
    if finding.order:
        said.append(f"Opdracht: {finding.order}")
    if finding.due_on:
        said.append(f"Termijn: {day(finding.due_on)}.")
    return " ".join(said)


def _counted_in_words(counted: CountedInPart) -> str:
    if not counted.unknown:
        return str(counted.known)
    missing = in_number({"one": "1 activiteit", "other": "{count} activiteiten"}, counted.unknown)
    return f"niet bekend: ten minste {counted.known}, van {missing} ontbreekt het"


def _answered(campaign: ClosedCampaign) -> str:
    """How many answered, as far as that does not tell of a few people only."""
    asked, answered = campaign.asked, campaign.answered
    if 0 < asked < SMALLEST_SHOWN:
        return f"Gevraagd aan minder dan {SMALLEST_SHOWN} mensen."
    shown = protect({("answered",): answered, ("waiting",): asked - answered})
    if shown.safe and None not in shown.cells.values():
        return f"{answered} van de {asked} mensen {ANSWERED[Ask(campaign.asks)]}."
    return f"Gevraagd aan {asked} mensen. Hoeveel antwoordden, staat hier niet: het verschil is een klein aantal."
