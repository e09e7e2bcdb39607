"""The annual reports that a body made public, with their files (Ambtenarenwet 2017, article 4, fourth paragraph)."""

from datetime import date
from functools import partial
from typing import cast

from openintegriteit.accountability.frozen import document_of_edition
from openintegriteit.accountability.models import Edition, EditionFile, ReportStep, StepKind
from openintegriteit.accountability.permissions import POLICY
from openintegriteit.core.contracts import PublicColumn, PublicEntry, PublicFile, PublicRegister
from openintegriteit.core.documents import MEDIA_TYPES, Format
from openintegriteit.organisations.documents import kept_file, make_file
from openintegriteit.organisations.models import Organisation

COLUMNS = (
    PublicColumn("title", "Titel"),
    PublicColumn("year", "Jaar"),
    PublicColumn("adopted_on", "Vastgesteld op", "day"),
    PublicColumn("published_on", "Openbaar sinds", "day"),
    PublicColumn("restated_because", "Waarom herzien"),
)
FORMATS: tuple[Format, ...] = ("pdf", "odt", "docx", "html")


def published_reports(organisation: Organisation, day: date, shown_since: date) -> tuple[PublicEntry, ...]:
    """The newest edition of each report that was made public, the newest year first (three queries).

    The files are made or read when they are needed.
    """
    steps = {
        (step.report_id, step.edition): step.taken_on
        for step in ReportStep.objects.filter(kind=StepKind.PUBLISHED, taken_on__lte=day)
    }
    editions: dict[object, Edition] = {}
    for edition in Edition.objects.select_related("report").defer("content").order_by("report__year", "number"):
        if (edition.report_id, edition.number) in steps:
            editions[edition.report_id] = edition
    files: dict[object, list[EditionFile]] = {}
    annexes = EditionFile.objects.filter(edition__in=editions.values(), confidential=False)
    for annex in annexes.select_related("file").defer("file__content"):
        files.setdefault(annex.edition_id, []).append(annex)
    return tuple(
        _entry(organisation, edition, steps[edition.report_id, edition.number], files.get(edition.pk, []))
        for edition in reversed(editions.values())
    )


def _entry(organisation: Organisation, edition: Edition, published_on: date, annexes: list[EditionFile]) -> PublicEntry:
    year = edition.report.year
    reports = tuple(
        PublicFile(
            f"verslag-integriteit-{year}.{form}", MEDIA_TYPES[form], partial(_report, organisation, edition, form)
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


def _report(organisation: Organisation, edition: Edition, form: Format) -> bytes:
    document = document_of_edition(Edition.objects.get(pk=edition.pk))
    file = kept_file(organisation, document, form)
    return (file if file.exists() else make_file(organisation, document, form)).read_bytes()


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
