"""Everything that the records tell about one year, gathered in a fixed number of queries."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from openintegriteit.accountability.comparing import announced_in
from openintegriteit.accountability.frozen import EditionDamaged, document_of_edition
from openintegriteit.accountability.markup import Figures
from openintegriteit.accountability.models import Annex, AnnualReport, Edition, FormHeading, ReportText
from openintegriteit.accountability.rules import is_told
from openintegriteit.accountability.sections import form_content, office_names, section_named
from openintegriteit.coordination import yearbook as coordination_yearbook
from openintegriteit.core.contracts import Figure, Period
from openintegriteit.core.display import as_number
from openintegriteit.core.roles import Actor
from openintegriteit.figures.catalogue import CATALOGUE, Indicator, indicators
from openintegriteit.figures.queries import series
from openintegriteit.organisations.models import HeadCount, Organisation
from openintegriteit.policy.models import PlanGoal, PolicyPlan, RegulationVersion
from openintegriteit.programme import yearbook as programme_yearbook
from openintegriteit.programme.models import Activity
from openintegriteit.programme.queries import (
    FindingRow,
    HeadingGroup,
    ThemeGroup,
    activities_by_theme,
    agenda,
    all_findings,
    measures_by_heading,
)
from openintegriteit.registers.abstentions import yearbook as abstentions_yearbook
from openintegriteit.registers.departures import yearbook as departures_yearbook
from openintegriteit.registers.gifts import yearbook as gifts_yearbook
from openintegriteit.registers.interests import yearbook as interests_yearbook
from openintegriteit.registers.oaths import yearbook as oaths_yearbook
from openintegriteit.registers.outside_positions import yearbook as outside_positions_yearbook
from openintegriteit.registers.prohibited_acts import yearbook as prohibited_acts_yearbook
from openintegriteit.registers.rounds import yearbook as rounds_yearbook
from openintegriteit.registers.screening import yearbook as screening_yearbook
from openintegriteit.registers.secrecy import yearbook as secrecy_yearbook

YEARS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class YearFacts:
    """The records of a year, and what the author wrote."""

    organisation: Organisation
    report: AnnualReport
    period: Period
    names: dict[str, Any]
    texts: dict[str, ReportText]
    form: tuple[FormHeading, ...]
    annexes: tuple[Annex, ...]
    regulations: tuple[RegulationVersion, ...]
    policy_plans: tuple[PolicyPlan, ...]
    plan_goals: tuple[PlanGoal, ...]  # of every version, also those that are not told
    themes: tuple[ThemeGroup, ...]
    agenda: tuple[ThemeGroup, ...]
    promises: tuple[tuple[str, Activity | None], ...]  # what last year's report announced, and what is known of it
    measures: tuple[HeadingGroup, ...]
    findings: tuple[FindingRow, ...]
    indicators: dict[str, Indicator]
    series: dict[str, list[Figure]]

    @property
    def figures(self) -> Figures:
        """Every figure of the shown years by code and year."""
        return {(figure.code, figure.year): figure for row in self.series.values() for figure in row}

    @property
    def years(self) -> tuple[int, ...]:
        """The years that the report shows side by side, the oldest first."""
        return tuple(range(self.period.year - YEARS_SHOWN + 1, self.period.year + 1))

    def goals_of(self, plan: PolicyPlan) -> tuple[PlanGoal, ...]:
        """The goals of an adopted policy plan, by number; of one that was not adopted nothing is told."""
        return tuple(goal for goal in self.plan_goals if goal.plan_id == plan.pk and plan.adopted_on)

    @property
    def visions(self) -> tuple[PolicyPlan, ...]:
        """The adopted plans that tell a vision, the newest first."""
        return tuple(plan for plan in self.policy_plans if plan.vision.strip() and plan.adopted_on)

    def seen_by(self, actor: Actor) -> "YearFacts":
        """The same facts, with links from figures only to the pages that the actor may open."""
        return replace(
            self, series={code: [figure.seen_by(actor) for figure in row] for code, row in self.series.items()}
        )

    def value(self, code: str, year: int | None = None) -> int | float | None:
        """The value of a figure in the year of the report, or in another one; None: not known."""
        figure = self.figures.get((code, year or self.period.year))
        return figure.value if figure else None


@translation.override(settings.LANGUAGE_CODE)
def gather(report: AnnualReport, organisation: Organisation) -> YearFacts:
    """The facts of the report's year, up to its reference date."""
    period, told_until = Period(report.year, report.reference_date), report.reference_date
    years = range(report.year - YEARS_SHOWN + 1, report.year + 1)
    catalogue = indicators()
    return YearFacts(
        organisation=organisation,
        report=report,
        period=period,
        names=office_names(organisation.kind),
        texts={text.section: text for text in ReportText.objects.filter(report=report)},
        form=form_headings(organisation),
        annexes=tuple(Annex.objects.with_files().filter(report=report)),
        regulations=_regulations(period),
        policy_plans=_policy_plans(told_until),
        plan_goals=tuple(PlanGoal.objects.select_related("plan")),
        themes=tuple(activities_by_theme(report.year)),
        agenda=tuple(agenda(report.year + 1)),
        promises=_promises(report.year),
        measures=tuple(measures_by_heading(told_until)),
        findings=tuple(row for row in all_findings() if is_told(row.finding.letter_on, told_until)),
        indicators=catalogue,
        series=series(catalogue, years, counted_figures(organisation, years)),
    )


def _promises(year: int) -> tuple[tuple[str, Activity | None], ...]:
    """What the adopted report over the year before announced for this year; nothing without one (two queries).

    An edition that was damaged announces nothing: it is not what was adopted.
    """
    before: Edition | None = Edition.objects.filter(report__year=year - 1).order_by("-number").first()
    if before is None:
        return ()
    try:
        document = document_of_edition(before)
    except EditionDamaged:
        return ()
    titles = announced_in(document, section_named("agenda").heading.format(next_year=year))
    known = {activity.title: activity for activity in Activity.objects.filter(year=year)}
    return tuple((title, known.get(title)) for title in titles)


def counted_figures(organisation: Organisation, years: range) -> list[Figure]:
    """What the records count themselves in these years. Each contributor of figures is named here: twenty-two
    queries, and two for each year of which the register of screenings tells.

    Only years of which the body gives or gave account are counted: of others nobody says that the records are complete.
    Head counts are told of every year that has one.
    """
    reports = AnnualReport.objects.filter(year__in=years).order_by("year")
    periods = [Period(report.year, report.reference_date) for report in reports]
    return [
        *programme_yearbook.figures(organisation.pk, periods),
        *coordination_yearbook.figures(organisation.pk, periods),
        *outside_positions_yearbook.figures(organisation.pk, periods),
        *gifts_yearbook.figures(organisation.pk, periods),
        *oaths_yearbook.figures(organisation.pk, periods),  # after the programme: its count of ceremonies is coarser
        *interests_yearbook.figures(organisation.pk, periods),
        *rounds_yearbook.figures(organisation.pk, periods),
        *screening_yearbook.figures(organisation.pk, periods),
        *departures_yearbook.figures(organisation.pk, periods),
        *abstentions_yearbook.figures(organisation.pk, periods),
        *prohibited_acts_yearbook.figures(organisation.pk, periods),
        *secrecy_yearbook.figures(organisation.pk, periods),
        *_head_counts(organisation, years),
    ]


def form_headings(organisation: Organisation) -> tuple[FormHeading, ...]:
    """The headings of the body's form; as long as it has none of its own, those of the common form, not stored."""
    return tuple(FormHeading.objects.all()) or tuple(_common_form(organisation))


def _common_form(organisation: Organisation) -> Iterator[FormHeading]:
    names, order = office_names(organisation.kind), count()
    for group in form_content()["groups"]:
        for heading in group["headings"]:
            yield FormHeading(
                organisation=organisation,
                key=heading["key"],
                group=group["heading"].format(**names),
                title=heading["heading"].format(**names),
                order=next(order),
                default_text=heading["default"],
            )


def _regulations(period: Period) -> tuple[RegulationVersion, ...]:
    """The newest version of each regulation on the reference date, in the order of their titles."""
    newest: dict[object, RegulationVersion] = {}
    versions = RegulationVersion.objects.select_related("regulation").order_by(
        "regulation__title", "in_force_on", "adopted_on"
    )
    for version in versions:
        if is_told(version.in_force_on or version.adopted_on, period.reference_date):
            newest[version.regulation_id] = version
    return tuple(newest.values())


def _policy_plans(told_until: date) -> tuple[PolicyPlan, ...]:
    """The policy plans up to the reference date, each in the version that held then.

    A next version that is still being written is not told. A plan of which nobody knows the day is, as ever.
    """
    told = [
        plan
        for plan in PolicyPlan.objects.all()
        if is_told(plan.adopted_on, told_until) and (plan.adopted_on or not plan.follows_id)
    ]
    replaced = {plan.follows_id for plan in told}
    return tuple(plan for plan in told if plan.pk not in replaced)


def _head_counts(organisation: Organisation, years: range) -> Iterator[Figure]:
    """Heads and fte as figures; a year without a head count is simply absent."""
    address, catalogue = reverse("organisations:body"), {indicator.code: indicator for indicator in CATALOGUE}
    for row in HeadCount.objects.filter(unit=None, year__in=years):
        for code, value in (("staff-heads", row.heads), ("staff-fte", as_number(row.fte))):
            if value is not None:
                unit, definition = catalogue[code].unit, catalogue[code].definition
                yield Figure(code, row.year, value, unit, definition, str(organisation), address)
