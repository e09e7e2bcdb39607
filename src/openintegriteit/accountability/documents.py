"""The annual report as files: made once per state of the records, kept on disk, never half written."""

import hashlib
import time
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from openintegriteit import __version__
from openintegriteit.accountability.building import document_of
from openintegriteit.accountability.editions import as_draft
from openintegriteit.accountability.facts import gather
from openintegriteit.accountability.frozen import EditionDamaged, document_of_edition
from openintegriteit.accountability.models import AnnualReport
from openintegriteit.core.documents import MEDIA_TYPES, Format, write
from openintegriteit.core.documents.model import Document
from openintegriteit.core.files import write_whole
from openintegriteit.organisations.models import Organisation

FOLDER = "documents"
KEPT_FOR = timedelta(days=30)


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
    file = kept_file(organisation, document, file_format)
    return file.read_bytes() if file.exists() else make_file(organisation, document, file_format).read_bytes()


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


def kept_file(organisation: Organisation, document: Document, file_format: Format) -> Path:
    """Where the document is kept in this format. The name is made of everything it says: another text, another name."""
    content = hashlib.sha256(f"{__version__} {document!r}".encode()).hexdigest()
    return Path(settings.DATA_DIR) / FOLDER / str(organisation.pk) / f"{content}.{file_format}"


def make_file(organisation: Organisation, document: Document, file_format: Format) -> Path:
    """Write the document to its place. It appears there whole or not at all, also when the process is killed.

    What was made longer than KEPT_FOR ago is removed; whoever asks for it again has it made again.
    """
    file = kept_file(organisation, document, file_format)
    write_whole(file, write(document, file_format))
    _forget_old(file.parent)
    return file


def _forget_old(folder: Path) -> None:
    """Also removes what a killed process left behind."""
    for file in folder.iterdir():
        with suppress(FileNotFoundError):  # another worker was first
            if file.stat().st_mtime < time.time() - KEPT_FOR.total_seconds():
                file.unlink()


def media_type(file_format: Format) -> str:
    """What browsers and mail programs call the format."""
    return MEDIA_TYPES[file_format]
