"""The annual report with six charts and 200 measures: at most 0.5 s as PDF, 1.5 s in all four formats, warm."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial

from bench.bodies import make_measures
from bench.measuring import Result, timed
from openintegriteit.accountability.building import document_of
from openintegriteit.accountability.facts import gather
from openintegriteit.accountability.models import Annex, AnnexKind, AnnualReport
from openintegriteit.core.documents import MEDIA_TYPES, write
from openintegriteit.core.documents.model import Document, Figure
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.figures.models import YearFigure
from openintegriteit.organisations.models import Organisation

MEASURES, CHARTS = 200, 6
INDICATORS = (
    "disclosures-received",
    "adviser-conversations",
    "adviser-contact-persons",
    "side-jobs-declared",
    "gifts-declared",
    "staff-heads",
)


def document() -> Document:
    """The report of a body with 200 measures in an annex and figures of three years."""
    organisation = Organisation.objects.create(name="Gemeente Verslag", kind="municipality", host="verslag.example")
    with organisation_scope(organisation.pk):
        make_measures(organisation, MEASURES)
        YearFigure.objects.bulk_create(
            YearFigure(organisation=organisation, indicator=indicator, year=year, value=7 + year % 5 * (place + 1))
            for place, indicator in enumerate(INDICATORS)
            for year in (2023, 2024, 2025)
        )
        report = AnnualReport.objects.create(organisation=organisation, year=2025, reference_date=date(2026, 3, 31))
        Annex.objects.create(
            organisation=organisation, report=report, order=1, title="Maatregelen", kind=AnnexKind.MEASURES
        )
        built = document_of(gather(report, organisation))
    return with_charts(built, CHARTS)


def with_charts(built: Document, count: int) -> Document:
    """The document with exactly this many pictures, whatever the report shows by itself."""
    pictures = [block for block in built.blocks if isinstance(block, Figure)]
    others = tuple(block for block in built.blocks if not isinstance(block, Figure))
    assert pictures, "the report shows no picture at all"
    repeated = tuple(pictures[number % len(pictures)] for number in range(count))
    return replace(built, blocks=others + repeated)


def measure() -> Iterator[Result]:
    """Each format, and all four together."""
    built = document()
    for file_format in MEDIA_TYPES:
        target = "<= 0.5 s" if file_format == "pdf" else "-"
        seconds = timed(partial(write, built, file_format), 7, warm_up=1)
        yield Result(f"report as {file_format}, {CHARTS} charts", target, MEASURES, None, seconds)
    all_four = timed(lambda: [write(built, file_format) for file_format in MEDIA_TYPES], 5, warm_up=0)
    yield Result(f"report in all four formats, {CHARTS} charts", "<= 1.5 s", MEASURES, None, all_four)
