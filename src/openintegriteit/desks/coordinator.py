"""The coordinator's desk: what asks attention today, and the thread of the year."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openintegriteit.accountability import due as accountability_due
from openintegriteit.accountability.building import sections_of
from openintegriteit.accountability.facts import YearFacts, gather
from openintegriteit.accountability.models import AnnualReport
from openintegriteit.accountability.sections import office_names
from openintegriteit.core.contracts import DueItem
from openintegriteit.core.documents.chart import BarChart, Series, StackedBarChart
from openintegriteit.core.documents.numbers import dutch_number
from openintegriteit.core.roles import Actor
from openintegriteit.organisations.models import Organisation
from openintegriteit.policy import due as policy_due
from openintegriteit.programme import due as programme_due
from openintegriteit.programme.models import Measure, MeasureStatus
from openintegriteit.programme.queries import measures_per_pillar
from openintegriteit.ui.pictures import Picture, picture_of

# Who says what is due. A new app adds itself here.
DUE = (programme_due.due_items, policy_due.due_items, accountability_due.due_items)
SHOWN = 6
DONE_STATES = ("ready", "left_out")


@dataclass(frozen=True, slots=True)
class Bead:
    """One step of the thread: a number, what it counts, and the page behind it."""

    figure: str
    label: str
    detail: str
    address: str


@dataclass(frozen=True, slots=True)
class CoordinatorDesk:
    """All that the desk shows."""

    due: tuple[DueItem, ...]
    due_in_all: int
    report: AnnualReport | None
    beads: tuple[Bead, ...]
    pillars: Picture | None
    contacts: Picture | None
    measures: tuple[Measure, ...]
    representative_body: str
    questions_below: bool  # whether a question without an answer is due but does not fit


def coordinator_desk(actor: Actor, organisation: Organisation, day: date) -> CoordinatorDesk:
    """The desk on a day. The charts come from the cache; one that is not there yet is shown as a table."""
    due = [item for contributor in DUE for item in contributor(actor, day)]
    due.sort(key=lambda item: (item.due_on is None, item.due_on or day))
    report = AnnualReport.objects.first()
    facts = gather(report, organisation) if report else None
    return CoordinatorDesk(
        due=tuple(due[:SHOWN]),
        due_in_all=len(due),
        report=report,
        beads=tuple(_beads(facts, day)) if facts else (),
        pillars=_pillars(organisation.pk, day),
        contacts=_contacts(facts, organisation.pk) if facts else None,
        measures=tuple(_due_this_quarter(day)),
        representative_body=office_names(organisation.kind)["representative_body"],
        questions_below=any(item.kind == "council_question" for item in due[SHOWN:]),
    )


def _due_this_quarter(day: date) -> list[Measure]:
    last_month = 3 * ((day.month - 1) // 3 + 1)
    end = date(day.year + last_month // 12, last_month % 12 + 1, 1)
    start = date(day.year, last_month - 2, 1)
    return list(Measure.objects.filter(due_on__gte=start, due_on__lt=end).order_by("due_on", "number")[:12])


def _beads(facts: YearFacts, day: date) -> list[Bead]:
    measures = [measure for group in facts.measures for measure in group.measures]
    done = sum(1 for measure in measures if measure.status == MeasureStatus.DONE)
    closed = (MeasureStatus.DONE, MeasureStatus.DROPPED)
    late = sum(1 for m in measures if m.due_on and m.due_on < day and m.status not in closed)
    unresolved = sum(1 for row in facts.findings if row.finding.status != "resolved")
    activities = [activity for group in facts.themes for activity in group.activities]
    participants = [a.participants for a in activities if a.participants is not None]
    sections = sections_of(facts)
    ready = sum(1 for section in sections if section.state in DONE_STATES)
    review = sum(1 for v in facts.regulations if v.regulation.review_due_on and v.regulation.review_due_on < day)
    waiting = len(sections) - ready
    return [
        Bead(
            str(len(facts.regulations)),
            ngettext("regulation", "regulations", len(facts.regulations)),
            ngettext("%(number)d is past its review date", "%(number)d are past their review date", review)
            % {"number": review},
            reverse("policy:regulations"),
        ),
        Bead(
            str(unresolved),
            ngettext("open finding", "open findings", unresolved),
            _("of %(number)d in all") % {"number": len(facts.findings)},
            reverse("programme:findings"),
        ),
        Bead(
            str(len(measures)),
            ngettext("measure", "measures", len(measures)),
            _("%(done)d done, %(late)d late") % {"done": done, "late": late},
            reverse("programme:measures"),
        ),
        Bead(
            str(len(activities)),
            _("activities in %(year)d") % {"year": facts.period.year},
            ngettext("%(number)s known participant", "%(number)s known participants", sum(participants))
            % {"number": dutch_number(sum(participants))},
            reverse("programme:activities"),
        ),
        Bead(
            f"{round(100 * ready / len(sections))}%",
            _("of the annual report %(year)d") % {"year": facts.period.year},
            ngettext("%(number)d section waits for you", "%(number)d sections wait for you", waiting)
            % {"number": waiting},
            reverse("accountability:report", args=[facts.period.year]),
        ),
    ]


def _pillars(body: UUID, day: date) -> Picture | None:
    counts = [count for count in measures_per_pillar(day) if count.pillar]
    if not any(count.measures for count in counts):
        return None
    on_time = tuple(count.open - count.late for count in counts)
    chart = StackedBarChart(
        title=_("Measures per pillar"),
        category_title=_("Pillar"),
        categories=tuple(count.pillar.short_name for count in counts if count.pillar),
        series=(
            Series(_("done"), tuple(count.done for count in counts)),
            Series(_("late"), tuple(count.late for count in counts)),
            Series(_("under way"), on_time),
        ),
        unit=_("measures"),
    )
    return picture_of(chart, body=body)


def _contacts(facts: YearFacts, body: UUID) -> Picture | None:
    row = facts.series["adviser-contact-persons"]
    if not any(figure.value is not None for figure in row):
        return None
    chart = BarChart(
        title=facts.indicators["adviser-contact-persons"].name,
        category_title=_("Year"),
        categories=tuple(str(figure.year) for figure in row),
        series=(Series(row[-1].unit, tuple(figure.value for figure in row)),),
        unit=row[-1].unit,
        highlight=str(facts.period.year),
    )
    return picture_of(chart, body=body)
