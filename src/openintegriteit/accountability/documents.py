"""The annual report (the newest edition that was adopted, or the draft) and overviews of parts of a year as files."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from openintegriteit.accountability.building import document_of
from openintegriteit.accountability.editions import as_draft
from openintegriteit.accountability.facts import gather
from openintegriteit.accountability.frozen import EditionDamaged, document_of_edition
from openintegriteit.accountability.models import AnnualReport
from openintegriteit.accountability.period_facts import gather_part
from openintegriteit.accountability.period_overview import overview_of
from openintegriteit.accountability.periods import PartOfYear
from openintegriteit.core.clock import today
from openintegriteit.core.documents import Format
from openintegriteit.core.documents.model import Document
from openintegriteit.organisations.documents import make_once
from openintegriteit.organisations.models import Organisation


class NoReport(Exception):
    """There is no report of that year; the message names the years that there are."""


def annual_report(organisation: Organisation, *, year: int | None, file_format: Format) -> bytes:
    """The annual report of a year (None: the newest) as a file; made now unless it is kept.

    It is the newest adopted edition, or as long as there is none the draft. Call it in the scope of the body. Raises
    NoReport when the body has no report of that year, and EditionDamaged.
    """
    reports = AnnualReport.objects.order_by("-year")
    report = reports.filter(year=year).first() if year else reports.first()
    if report is None:
        years = ", ".join(str(other.year) for other in reports)
        raise NoReport(
            _("There is no report of that year. There are reports of: %(years)s.") % {"years": years}
            if years
            else _("There is no report yet. Import a year first, or start a report on screen.")
        )
    # While a restatement is being written, what was adopted is still the report.
    document = adopted_document(report) if report.editions.exists() else standing_document(report, organisation)
    return make_once(organisation, document, file_format).read_bytes()


def overview_file(organisation: Organisation, part: PartOfYear, *, file_format: Format) -> bytes:
    """The overview of a part of a year as a file, as the records stand today. Call it in the scope of the body."""
    document = overview_of(gather_part(part, organisation, today()))
    return make_once(organisation, document, file_format).read_bytes()


def standing_document(report: AnnualReport, organisation: Organisation) -> Document:
    """The report as it stands: as it was adopted, or as long as it is open the draft, which says that it is one."""
    return as_draft(document_of(gather(report, organisation))) if report.is_open else adopted_document(report)


def adopted_document(report: AnnualReport) -> Document:
    """The newest edition of an adopted report. Raises EditionDamaged when it is no longer what was adopted, or gone."""
    edition = report.editions.first()
    if edition is None:
        raise EditionDamaged
    return document_of_edition(edition)


def standing_in_words(organisation: Organisation, year: int | None) -> str:
    """Whether `annual_report` gives an adopted edition, and which, or a draft."""
    reports = AnnualReport.objects.order_by("-year")
    report = reports.filter(year=year).first() if year else reports.first()
    edition = report.editions.first() if report else None
    if edition is None:
        return _("a draft that has not been adopted")
    told = {"number": edition.number, "day": date_format(edition.adopted_on, "DATE_FORMAT")}
    return _("edition %(number)d, adopted on %(day)s") % told
