"""The annual reports that a body made public, with their files (Ambtenarenwet 2017, article 4, fourth paragraph)."""

from datetime import date
from functools import partial
from typing import cast

import structlog

from openintegriteit.accountability.frozen import EditionDamaged, document_of_edition
from openintegriteit.accountability.models import Edition, EditionFile, ReportStep, StepKind
from openintegriteit.accountability.permissions import POLICY
from openintegriteit.core.contracts import PublicColumn, PublicEntry, PublicFile, PublicRegister
from openintegriteit.core.documents import MEDIA_TYPES, Format
from openintegriteit.core.documents.model import Document
from openintegriteit.organisations.documents import make_once
from openintegriteit.organisations.models import Organisation

COLUMNS = (
    PublicColumn("title", "Titel"),
    PublicColumn("year", "Jaar"),
    PublicColumn("adopted_on", "Vastgesteld op", "day"),
    PublicColumn("published_on", "Openbaar sinds", "day"),
    PublicColumn("restated_because", "Waarom herzien"),
)
logger = structlog.get_logger("openintegriteit.publication")
FORMATS: tuple[Format, ...] = ("pdf", "odt", "docx", "html")


def published_reports(organisation: Organisation, day: date, shown_since: date) -> tuple[PublicEntry, ...]:
    """The newest edition of each report that was made public, the newest year first (three queries).

    One that is no longer what was adopted is left out, so that it keeps nothing else from being published. The files
    are made or read when they are needed.
    """
    steps = {
        (step.report_id, step.edition): step.taken_on
        for step in ReportStep.objects.filter(kind=StepKind.PUBLISHED, taken_on__lte=day)
    }
    editions: dict[object, Edition] = {}
    for edition in Edition.objects.select_related("report").order_by("report__year", "number"):
        if (edition.report_id, edition.number) in steps:
            editions[edition.report_id] = edition
    files: dict[object, list[EditionFile]] = {}
    annexes = EditionFile.objects.filter(edition__in=editions.values(), confidential=False)
    for annex in annexes.select_related("file").defer("file__content"):
        files.setdefault(annex.edition_id, []).append(annex)
    entries = []
    for edition in reversed(editions.values()):
        try:
            document = document_of_edition(edition)
        except EditionDamaged:
            logger.error("edition damaged, not published", year=edition.report.year, edition=edition.number)
            continue
        published_on = steps[edition.report_id, edition.number]
        entries.append(_entry(organisation, edition, document, published_on, files.get(edition.pk, [])))
    return tuple(entries)


def _entry(
    organisation: Organisation, edition: Edition, document: Document, published_on: date, annexes: list[EditionFile]
) -> PublicEntry:
    year = edition.report.year
    reports = tuple(
        PublicFile(
            f"verslag-integriteit-{year}.{form}", MEDIA_TYPES[form], partial(_report, organisation, document, form)
        )
        for form in FORMATS
    )
    return PublicEntry(
        key=edition.report_id,
        values={
            "title": f"Verslag integriteitsbeleid {year}",
            "year": str(year),
            "adopted_on": edition.adopted_on,
            "published_on": published_on,
            "restated_because": edition.reason,
        },
        files=reports + tuple(_annex(number, annex) for number, annex in enumerate(annexes, start=1)),
    )


def _report(organisation: Organisation, document: Document, form: Format) -> bytes:
    return make_once(organisation, document, form).read_bytes()


def _annex(number: int, annex: EditionFile) -> PublicFile:
    form = cast(Format, annex.file.form)
    return PublicFile(
        f"bijlage-{number}.{form}",
        MEDIA_TYPES[form],
        lambda: bytes(type(annex.file).objects.get(pk=annex.file_id).content),
    )


ANNUAL_REPORTS = PublicRegister(
    key="annual_reports",
    slug="verslagen",
    title="Jaarverslagen integriteit",
    explanation="Wat de organisatie in een jaar deed voor de integriteit, en wat daarvan terechtkwam.",
    columns=COLUMNS,
    entries=published_reports,
    keepers=POLICY.roles("send"),
    articles={"": "Ambtenarenwet 2017, artikel 4, lid 4"},
    about_people=False,
    woo_category="012",
)
