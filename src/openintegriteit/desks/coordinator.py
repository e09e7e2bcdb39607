"""The coordinator's desk: what asks attention today, and the thread of the year."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openintegriteit.accountability import due as accountability_due
from openintegriteit.accountability.facts import YEARS_SHOWN
from openintegriteit.accountability.models import AnnualReport
from openintegriteit.accountability.queries import SectionCount, section_count
from openintegriteit.accountability.sections import office_names
from openintegriteit.campaigns import due as campaigns_due
from openintegriteit.coordination import due as coordination_due
from openintegriteit.core.contracts import DueItem
from openintegriteit.core.documents.chart import BarChart, Series, StackedBarChart
from openintegriteit.core.roles import Actor
from openintegriteit.desks.permissions import POLICY as DESKS
from openintegriteit.figures.catalogue import COMMON
from openintegriteit.figures.queries import series
from openintegriteit.organisations.models import Organisation
from openintegriteit.policy import due as policy_due
from openintegriteit.policy.queries import RegulationCount, regulation_count
from openintegriteit.programme import due as programme_due
from openintegriteit.programme.models import Measure
from openintegriteit.programme.queries import (
    ActivityCount,
    FindingCount,
    PillarCount,
    activity_count,
    finding_count,
    measures_per_pillar,
)
from openintegriteit.registers.abstentions import due as abstentions_due
from openintegriteit.registers.declarations import due as declarations_due
from openintegriteit.registers.departures import due as departures_due
from openintegriteit.registers.designations import due as designations_due
from openintegriteit.registers.oaths import due as oaths_due
from openintegriteit.registers.outside_positions import due as outside_positions_due
from openintegriteit.registers.prohibited_acts import due as prohibited_acts_due
from openintegriteit.registers.screening import due as screening_due
from openintegriteit.registers.secrecy import due as secrecy_due
from openintegriteit.retention import due as retention_due
from openintegriteit.ui.pictures import Picture, picture_of

# Who says what is due. A new app adds itself here.
DUE = (
    programme_due.due_items,
    coordination_due.due_items,
    policy_due.due_items,
    campaigns_due.due_items,
    declarations_due.due_items,
    declarations_due.nobody_decides,
    outside_positions_due.due_items,
    prohibited_acts_due.due_items,
    designations_due.due_items,
    oaths_due.due_items,
    screening_due.due_items,
    departures_due.due_items,
    abstentions_due.due_items,
    secrecy_due.due_items,
    retention_due.due_items,
    accountability_due.due_items,
)
# Of these, what waits for who keeps a register and has no desk of their own: it stands on the desk of everybody.
DUE_OF_KEEPERS = (
    declarations_due.nobody_decides,
    outside_positions_due.due_items,
    prohibited_acts_due.due_items,
    designations_due.due_items,
    oaths_due.due_items,
    screening_due.due_items,
    departures_due.due_items,
    abstentions_due.exemptions_to_review,
)
SHOWN = 6
CONTACTS = "adviser-contact-persons"


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


def all_due(actor: Actor, day: date) -> list[DueItem]:
    """All that is due for the actor, the first day first; what two apps tell of stands there once."""
    told = [item for contributor in DUE for item in contributor(actor, day)]
    elsewhere = {item.instead_of for item in told}
    due = [item for item in told if item.address not in elsewhere]
    return sorted(due, key=lambda item: (item.due_on is None, item.due_on or day))


def coordinator_desk(actor: Actor, organisation: Organisation, day: date) -> CoordinatorDesk:
    """The desk on a day. The charts come from the cache; one that is not there yet is shown as a table."""
    due = all_due(actor, day)
    report = AnnualReport.objects.first()
    pillars = measures_per_pillar(day)
    return CoordinatorDesk(
        due=tuple(due[:SHOWN]),
        due_in_all=len(due),
        report=report,
        beads=tuple(_beads(report, pillars, day)) if report else (),
        pillars=_pillars(pillars, organisation.pk),
        contacts=_contacts(report.year, organisation.pk) if report else None,
        measures=tuple(_due_this_quarter(day)),
        representative_body=office_names(organisation.kind)["representative_body"],
        questions_below=any(item.kind == "council_question" for item in due[SHOWN:]),
    )


def due_for_keeper(actor: Actor, day: date) -> tuple[DueItem, ...]:
    """What is due in the registers that the actor keeps, for who has no desk that tells it (no query for others)."""
    if DESKS.allows(actor, "coordinator") or DESKS.allows(actor, "overview"):
        return ()
    due = [item for contributor in DUE_OF_KEEPERS for item in contributor(actor, day)]
    return tuple(sorted(due, key=lambda item: (item.due_on is None, item.due_on or day)))


def _due_this_quarter(day: date) -> list[Measure]:
    last_month = 3 * ((day.month - 1) // 3 + 1)
    end = date(day.year + last_month // 12, last_month % 12 + 1, 1)
    start = date(day.year, last_month - 2, 1)
    return list(Measure.objects.filter(due_on__gte=start, due_on__lt=end).order_by("due_on", "number")[:12])


def _beads(report: AnnualReport, pillars: list[PillarCount], day: date) -> list[Bead]:
    return [
        _regulations(regulation_count(day)),
        _findings(finding_count()),
        _measures(pillars),
        _activities(activity_count(report.year), report.year),
        _report(section_count(report), report.year),
    ]


def _regulations(count: RegulationCount) -> Bead:
    return Bead(
        str(count.in_all),
        ngettext("regulation", "regulations", count.in_all),
        ngettext("%(number)d is past its review date", "%(number)d are past their review date", count.past_review)
        % {"number": count.past_review},
        reverse("policy:regulations"),
    )


def _findings(count: FindingCount) -> Bead:
    return Bead(
        str(count.unresolved),
        ngettext("open finding", "open findings", count.unresolved),
        _("of %(number)d in all") % {"number": count.in_all},
        reverse("programme:findings"),
    )


def _measures(pillars: list[PillarCount]) -> Bead:
    number = sum(count.measures for count in pillars)
    done, late = sum(count.done for count in pillars), sum(count.late for count in pillars)
    return Bead(
        number_format(number, force_grouping=True),
        ngettext("measure", "measures", number),
        _("%(done)s done, %(late)s late")
        % {"done": number_format(done, force_grouping=True), "late": number_format(late, force_grouping=True)},
        reverse("programme:measures"),
    )


def _activities(count: ActivityCount, year: int) -> Bead:
    return Bead(
        str(count.activities),
        _("activities in %(year)d") % {"year": year},
        ngettext("%(number)s known participant", "%(number)s known participants", count.known_participants)
        % {"number": number_format(count.known_participants, force_grouping=True)},
        reverse("programme:activities"),
    )


def _report(count: SectionCount, year: int) -> Bead:
    waiting = count.in_all - count.finished
    return Bead(
        f"{round(100 * count.finished / count.in_all)}%",
        _("of the annual report %(year)d") % {"year": year},
        ngettext("%(number)d section waits for you", "%(number)d sections wait for you", waiting) % {"number": waiting},
        reverse("accountability:report", args=[year]),
    )


def _pillars(of_all: list[PillarCount], body: UUID) -> Picture | None:
    counts = [count for count in of_all if count.pillar]
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


def _contacts(year: int, body: UUID) -> Picture | None:
    row = series([CONTACTS], range(year - YEARS_SHOWN + 1, year + 1))[CONTACTS]
    if not any(figure.value is not None for figure in row):
        return None
    chart = BarChart(
        title=_(COMMON[CONTACTS].name),
        category_title=_("Year"),
        categories=tuple(str(figure.year) for figure in row),
        series=(Series(row[-1].unit, tuple(figure.value for figure in row)),),
        unit=row[-1].unit,
        highlight=str(year),
    )
    return picture_of(chart, body=body)
