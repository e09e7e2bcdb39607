"""Everything that the records tell about one year, gathered in a fixed number of queries."""

from dataclasses import dataclass

from openintegriteit.accountability.markup import Figures
from openintegriteit.accountability.models import Annex, AnnualReport, FormHeading, ReportText
from openintegriteit.accountability.sections import office_names
from openintegriteit.core.contracts import Figure, Period
from openintegriteit.figures.catalogue import Indicator, indicators
from openintegriteit.figures.queries import series
from openintegriteit.organisations.models import HeadCount, Organisation
from openintegriteit.policy.models import PolicyPlan, RegulationVersion
from openintegriteit.programme import yearbook as programme_yearbook
from openintegriteit.programme.queries import (
    FindingRow,
    HeadingGroup,
    PillarCount,
    ThemeGroup,
    activities_by_theme,
    agenda,
    all_findings,
    measures_by_heading,
    measures_per_pillar,
)

YEARS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class YearFacts:
    """The records of a year, and what the author wrote."""

    organisation: Organisation
    report: AnnualReport
    period: Period
    names: dict[str, object]
    texts: dict[str, ReportText]
    form: tuple[FormHeading, ...]
    annexes: tuple[Annex, ...]
    regulations: tuple[RegulationVersion, ...]
    policy_plans: tuple[PolicyPlan, ...]
    themes: tuple[ThemeGroup, ...]
    agenda: tuple[ThemeGroup, ...]
    measures: tuple[HeadingGroup, ...]
    pillars: tuple[PillarCount, ...]
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

    def value(self, code: str, year: int | None = None) -> int | float | None:
        """The value of a figure in the year of the report, or in another one; None: not known."""
        figure = self.figures.get((code, year or self.period.year))
        return figure.value if figure else None


def gather(report: AnnualReport, organisation: Organisation) -> YearFacts:
    """The facts of the report's year. Each contributor of figures is named here: records first, then what was entered."""
    period = Period(report.year, report.reference_date)
    years = range(report.year - YEARS_SHOWN + 1, report.year + 1)
    derived = [*programme_yearbook.figures(organisation.pk, period), *_head_counts(organisation, list(years))]
    catalogue = indicators()
    return YearFacts(
        organisation=organisation,
        report=report,
        period=period,
        names=office_names(organisation.kind),
        texts={text.section: text for text in ReportText.objects.filter(report=report)},
        form=tuple(FormHeading.objects.all()),
        annexes=tuple(Annex.objects.filter(report=report)),
        regulations=_regulations(period),
        policy_plans=tuple(PolicyPlan.objects.all()),
        themes=tuple(activities_by_theme(report.year)),
        agenda=tuple(agenda(report.year + 1)),
        measures=tuple(measures_by_heading(report.reference_date)),
        pillars=tuple(measures_per_pillar(report.reference_date)),
        findings=tuple(all_findings()),
        indicators=catalogue,
        series=series(catalogue, years, derived),
    )


def _regulations(period: Period) -> tuple[RegulationVersion, ...]:
    """The newest version of each regulation on the reference date, in the order of their titles."""
    newest: dict[object, RegulationVersion] = {}
    versions = RegulationVersion.objects.select_related("regulation").order_by(
        "regulation__title", "in_force_on", "adopted_on"
    )
    for version in versions:
        known_from = version.in_force_on or version.adopted_on
        if known_from is None or known_from <= period.reference_date:
            newest[version.regulation_id] = version
    return tuple(newest.values())


def _head_counts(organisation: Organisation, years: list[int]) -> list[Figure]:
    """Heads and fte as figures; a year without a head count is simply absent."""
    catalogue = indicators()
    rows = HeadCount.objects.filter(unit=None, year__in=years)
    figures = []
    for row in rows:
        for code, value in (("staff-heads", row.heads), ("staff-fte", row.fte)):
            if value is not None:
                indicator = catalogue[code]
                number = int(value) if value == int(value) else float(value)
                address = "/werk/organisatie/"
                figures.append(
                    Figure(code, row.year, number, indicator.unit, indicator.definition, str(organisation), address)
                )
    return figures
