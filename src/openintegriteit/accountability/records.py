"""What stands below the text of a section, straight from the records: lists, tables and pictures."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date

from openintegriteit.accountability.facts import YearFacts
from openintegriteit.accountability.markup import figure_in_words
from openintegriteit.accountability.phrasing import day, in_number, sentence, wording
from openintegriteit.accountability.rules import is_told
from openintegriteit.core.contracts import Figure as YearNumber
from openintegriteit.core.documents.chart import BarChart, Series, StackedBarChart
from openintegriteit.core.documents.model import (
    Block,
    BulletList,
    Cell,
    Column,
    Figure,
    Heading,
    Inner,
    Paragraph,
    Table,
    Text,
    cell,
    paragraph,
)
from openintegriteit.core.documents.numbers import dutch_number
from openintegriteit.policy.models import PlanGoal, RegulationVersion
from openintegriteit.policy.pillars import PILLARS, Pillar, pillar_named
from openintegriteit.programme.models import Activity, Finding, MeasureStatus, Scope
from openintegriteit.programme.queries import HeadingGroup, MeasureRow, ThemeGroup

MOST_CHARTS = 6


def records_of(section: str, facts: YearFacts, level: int) -> tuple[Block, ...]:
    """The blocks of a section's records; headings within it start at `level`."""
    make = RECORDS.get(section)
    return tuple(make(facts, level)) if make else ()


def _regulations(facts: YearFacts, level: int) -> Iterable[Block]:
    if facts.regulations:
        yield BulletList(tuple((regulation_line(version),) for version in facts.regulations))


def regulation_line(version: RegulationVersion) -> Paragraph:
    """A version of a regulation in a few words: what it is, by whom and when adopted, since when in force."""
    regulation = version.regulation
    words = wording()
    audience = words["audiences"].get(regulation.audience, "")
    parts = [f"{words['regulation_kinds'][regulation.kind]} {audience}".strip()]
    if version.adopted_by and version.adopted_on:
        parts.append(f"vastgesteld door {version.adopted_by} op {day(version.adopted_on)}")
    elif version.adopted_on:
        parts.append(f"vastgesteld op {day(version.adopted_on)}")
    if version.in_force_on:
        parts.append(f"in werking sinds {day(version.in_force_on)}")
    if version.replaces:
        parts.append(f"in plaats van: {version.replaces}")
    return Paragraph((Text(regulation.title, strong=True), Text(f": {', '.join(parts)}.")))


def _policy_plans(facts: YearFacts, level: int) -> Iterable[Block]:
    for plan in facts.policy_plans:
        adopted = f"vastgesteld op {day(plan.adopted_on)}" if plan.adopted_on else ""
        if plan.adopted_by and adopted:
            adopted = adopted.replace("vastgesteld", f"vastgesteld door {plan.adopted_by}")
        since = f"Actief integriteitsbeleid sinds {plan.policy_since}." if plan.policy_since else ""
        said = " ".join(part for part in (f"{adopted}." if adopted else "", since, plan.note) if part)
        yield Paragraph((Text(plan.title, strong=True), Text(f": {said}" if said else "")))
        chapters = [line.strip() for line in plan.chapters.splitlines() if line.strip()]
        if chapters:
            yield paragraph("De hoofdstukken zijn:")
            yield BulletList(tuple((paragraph(chapter),) for chapter in chapters))
        if goals := facts.goals_of(plan):
            yield paragraph(sentence("doelen_kop"))
            yield BulletList(tuple((paragraph(_goal(goal)),) for goal in goals))


def _goal(goal: PlanGoal) -> str:
    pillar = pillar_named(goal.pillar)
    told = [f"{pillar.short_name}: {goal.text}" if pillar else goal.text]
    if goal.seen_by:
        told.append(sentence("doel_bereikt", how=goal.seen_by))
    if goal.due_on:
        told.append(sentence("doel_voor", day=day(goal.due_on)))
    return " ".join(told)


def _looking_back(facts: YearFacts, level: int) -> Iterable[Block]:
    for number, group in enumerate(facts.themes, start=1):
        yield Heading(f"{number}. {group.theme}", level)
        yield from _theme(group)
    if facts.promises:
        year = facts.period.year
        yield Heading(f"Wat wij voor {year} hadden aangekondigd", level)
        columns = (Column("Activiteit", width_share=3), Column("Wat ervan kwam", width_share=4))
        rows = tuple((cell(title), cell(_came_of(activity))) for title, activity in facts.promises)
        yield Table(f"Aangekondigd in het verslag over {year - 1}, en wat ervan kwam", columns, rows)


def _came_of(activity: Activity | None) -> str:
    """What the records know of an announced activity; why it was called off, where somebody told."""
    if activity is None:
        return "onder deze naam is niets vastgelegd"
    told = f": {activity.why_called_off}" if activity.why_called_off else ""
    return f"{activity.get_status_display()}{told}"


def _theme(group: ThemeGroup) -> Iterable[Inner]:
    about_integrity = [activity for activity in group.activities if activity.scope != Scope.OPEN_CULTURE]
    wider = [activity for activity in group.activities if activity.scope == Scope.OPEN_CULTURE]
    if about_integrity:
        yield BulletList(tuple((activity_line(activity),) for activity in about_integrity))
    if wider:
        yield paragraph(f"{wording()['scopes'][Scope.OPEN_CULTURE]}:")
        yield BulletList(tuple((activity_line(activity),) for activity in wider))


def activity_line(activity: Activity, *, how_it_went: bool = True) -> Paragraph:
    """The activity in a few words; what nobody knows is left out, and how it went where the report cannot know yet."""
    counts = wording()["counts"]
    parts = [_when(activity)]
    if activity.sessions is not None:
        parts.append(in_number(counts.get(activity.kind, counts["any"]), activity.sessions))
    if activity.participants is not None and how_it_went:
        parts.append(in_number(wording()["participants"], activity.participants))
    if activity.audience:
        parts.append(f"voor {activity.audience}")
    if activity.led_by:
        parts.append(f"begeleiding: {activity.led_by}")
    if activity.told_mark is not None and how_it_went:
        mark = dutch_number(activity.told_mark)
        parts.append(wording()["mark"].format(mark=mark, count=activity.evaluations))
    facts = ", ".join(part for part in parts if part)
    said = [f"{facts}." if facts else "", activity.note, activity.outcome if how_it_went else ""]
    tail = " ".join(part.strip() for part in said if part)
    return Paragraph((Text(activity.title, strong=True), Text(f": {tail}" if tail else "")))


def _when(activity: Activity) -> str:
    if activity.period:
        return activity.period
    if activity.starts_on and activity.ends_on and activity.ends_on != activity.starts_on:
        return f"{day(activity.starts_on)} tot en met {day(activity.ends_on)}"
    return day(activity.starts_on) if activity.starts_on else ""


def _measures(facts: YearFacts, level: int) -> Iterable[Block]:
    measures = [measure for group in facts.measures for measure in group.measures]
    if not measures:
        return
    if len(measures) != facts.value("measures-in-plan"):
        return  # a count of some of the measures would look like a count of the plan
    counts = Counter(_status(measure) for measure in measures)
    rows = tuple(
        (cell(status), cell(str(counts[status]))) for status in wording()["statuses"].values() if counts[status]
    )
    columns = (Column("Stand", width_share=3), Column("Aantal", numeric=True))
    yield Table(f"Maatregelen naar stand op {day(facts.period.reference_date)}", columns, rows)
    pillars = [pillar for pillar in PILLARS if any(measure.pillar == pillar for measure in measures)]
    if len(pillars) > 1:
        yield Figure(_measures_per_pillar(pillars, measures), "Maatregelen per pijler")


def _measures_per_pillar(pillars: list[Pillar], measures: list[MeasureRow]) -> StackedBarChart:
    done = Counter(measure.pillar for measure in measures if _is_done(measure))
    still_open = Counter(measure.pillar for measure in measures if _is_open(measure))
    return StackedBarChart(
        title="Maatregelen per pijler",
        category_title="Pijler",
        categories=tuple(pillar.short_name for pillar in pillars),
        series=(
            Series("klaar", tuple(done[pillar] for pillar in pillars)),
            Series("loopt of begint nog", tuple(still_open[pillar] for pillar in pillars)),
        ),
        unit="maatregelen",
    )


def _is_done(measure: MeasureRow) -> bool:
    """Whether the measure was done on the reference date."""
    return measure.status == MeasureStatus.DONE and not measure.finished_later


def _is_open(measure: MeasureRow) -> bool:
    return not _is_done(measure) and measure.status != MeasureStatus.DROPPED


def _status(measure: MeasureRow) -> str:
    """How the measure stood on the reference date, in words. Of one that was finished later only that is known."""
    return str(wording()["statuses"]["not_done_yet" if measure.finished_later else measure.status])


def _findings(facts: YearFacts, level: int) -> Iterable[Block]:
    if facts.findings:
        told_until = facts.period.reference_date
        yield BulletList(tuple((_finding(row.finding, row.measures, told_until),) for row in facts.findings))


def _finding(finding: Finding, measures: tuple[tuple[int, str], ...], told_until: date) -> Paragraph:
    lifted_later = not is_told(finding.lifted_on, told_until)
    said = []
    if finding.letter_on:
        said.append(f"Brief van {day(finding.letter_on)}.")
    if finding.order:
        said.append(f"Opdracht: {finding.order}")
    if finding.due_on:
        said.append(f"Termijn: {day(finding.due_on)}.")
    if finding.reinspected_on and is_told(finding.reinspected_on, told_until):
        said.append(f"Herinspectie: {day(finding.reinspected_on)}.")
    if finding.lifted_on and not lifted_later:
        said.append(f"Opgeheven op {day(finding.lifted_on)}.")
    if finding.dates_in_words:
        said.append(f"{finding.dates_in_words[:1].upper()}{finding.dates_in_words[1:]}.")
    if finding.note:
        said.append(finding.note)
    if measures:
        said.append(f"Maatregel {', '.join(str(number) for number, _ in measures)}.")
    said.append(f"Stand: {wording()['finding_statuses']['not_resolved_yet' if lifted_later else finding.status]}.")
    opening = f"{finding.found_by}: " if finding.found_by else ""
    return Paragraph((Text(f"{opening}{finding.text.rstrip('.')}.", strong=True), Text(" " + " ".join(said))))


def _numbers(facts: YearFacts, level: int) -> Iterable[Block]:
    told = {code: row for code, row in facts.series.items() if any(figure.value is not None for figure in row)}
    if not told:
        return
    columns = (
        Column("Cijfer", width_share=7),
        Column("Eenheid", width_share=4),
        *(Column(str(year), numeric=True, width_share=3) for year in facts.years),
    )
    rows = tuple(
        (cell(facts.indicators[code].name), cell(row[-1].unit), *(Cell((Text(figure_in_words(f)),)) for f in row))
        for code, row in told.items()
    )
    yield Table(f"Cijfers van {facts.years[0]} tot en met {facts.years[-1]}", columns, rows)
    for code, row in told.items():
        for figure in row:
            if figure.series_break:
                name = facts.indicators[code].name
                yield paragraph(sentence("series_break", name=name, year=figure.year, reason=figure.series_break))
            if figure.restated_from is not None:
                yield paragraph(_restated(facts.indicators[code].name, figure))
    pictured = [(code, row) for code, row in told.items() if _worth_a_picture(row)]
    for code, row in pictured[:MOST_CHARTS]:
        yield _picture(facts, code, row)


def _restated(name: str, figure: YearNumber) -> str:
    before, now = dutch_number(figure.restated_from or 0), figure_in_words(figure)
    return sentence("restated", name=name, year=figure.year, before=before, now=now, reason=figure.restated_because)


def _worth_a_picture(row: list[YearNumber]) -> bool:
    """At least two years that may be compared."""
    known = [figure for figure in row if figure.value is not None]
    return len(known) > 1 and not any(figure.series_break for figure in row[1:])


def _picture(facts: YearFacts, code: str, row: list[YearNumber]) -> Figure:
    name = facts.indicators[code].name
    chart = BarChart(
        title=name,
        category_title="Jaar",
        categories=tuple(str(figure.year) for figure in row),
        series=(Series(row[-1].unit, tuple(figure.value for figure in row)),),
        unit=row[-1].unit,
        highlight=str(facts.period.year),
    )
    return Figure(chart, f"{name}, per jaar")


def _agenda(facts: YearFacts, level: int) -> Iterable[Block]:
    activities = [activity for group in facts.agenda for activity in group.activities]
    if activities:
        until = facts.period.reference_date
        yield BulletList(tuple((activity_line(a, how_it_went=is_told(a.starts_on, until)),) for a in activities))
    next_year = facts.period.year + 1
    due = [m for group in facts.measures for m in group.measures if m.due_on and m.due_on.year == next_year]
    still_open = [measure for measure in due if _is_open(measure)]
    if still_open:
        yield paragraph(f"Deze maatregelen hebben een einddatum in {next_year}:")
        yield BulletList(
            tuple((paragraph(f"{measure.title} ({measure.number}), {day(measure.due_on)}"),) for measure in still_open)
        )


def measure_tables(groups: Iterable[HeadingGroup]) -> Iterable[Block]:
    """The measures as an annex shows them: a table per heading, with the newest note."""
    columns = (
        Column("Nr", numeric=True),
        Column("Maatregel", width_share=6),
        Column("Wie", width_share=3),
        Column("Wanneer", width_share=3),
        Column("Stand", width_share=6),
    )
    groups = list(groups)
    for group in groups:
        caption = group.title or ("Overige maatregelen" if len(groups) > 1 else "Maatregelen")
        yield Table(caption, columns, tuple(_measure_row(measure) for measure in group.measures))


def _measure_row(measure: MeasureRow) -> tuple[Cell, ...]:
    who = measure.owner or (f"Initiatief: {measure.initiator}" if measure.initiator else "")
    when = measure.when or (day(measure.due_on) if measure.due_on else "")
    status = "" if measure.status == MeasureStatus.UNKNOWN else _status(measure)
    newest = " ".join(note.text for note in measure.notes[-1:])
    known = ((Text(f"{status.capitalize()}.", strong=True),) if status else ()) + ((Text(newest),) if newest else ())
    stands = tuple(run for part in known for run in (part, Text(" ")))[:-1] or (Text("Onbekend"),)
    return cell(str(measure.number)), cell(measure.title), cell(who), cell(when), Cell(stands)


type Records = Callable[[YearFacts, int], Iterable[Block]]
RECORDS: dict[str, Records] = {
    "regelingen": _regulations,
    "beleidsdocument": _policy_plans,
    "terugblik": _looking_back,
    "maatregelen": _measures,
    "bevindingen": _findings,
    "cijfers": _numbers,
    "agenda": _agenda,
}
