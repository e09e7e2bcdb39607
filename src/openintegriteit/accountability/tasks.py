"""What the worker does for the account."""

from uuid import UUID

from django.tasks import task

from openintegriteit.accountability.answers_memo import memo_of
from openintegriteit.accountability.documents import kept_file, make_file, standing_document
from openintegriteit.accountability.frozen import document_of_edition
from openintegriteit.accountability.models import AnnualReport, Edition
from openintegriteit.core.documents import Format
from openintegriteit.core.documents.model import Document
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.organisations.models import Organisation


@task
def write_report(organisation_id: str, report_id: str, file_format: Format) -> None:
    """Write the report as it stands as a file, unless it is there already: doing it twice does no harm."""
    organisation = Organisation.objects.get(pk=UUID(organisation_id))
    with organisation_scope(organisation.pk):
        document = standing_document(AnnualReport.objects.get(pk=UUID(report_id)), organisation)
        _write_once(organisation, document, file_format)


@task
def write_edition(organisation_id: str, edition_id: str, file_format: Format) -> None:
    """Write an edition as a file, unless it is there already: doing it twice does no harm."""
    organisation = Organisation.objects.get(pk=UUID(organisation_id))
    with organisation_scope(organisation.pk):
        document = document_of_edition(Edition.objects.get(pk=UUID(edition_id)))
        _write_once(organisation, document, file_format)


@task
def write_answers(organisation_id: str, report_id: str, file_format: Format) -> None:
    """Write the memo of the answers as a file, unless it is there already: doing it twice does no harm."""
    organisation = Organisation.objects.get(pk=UUID(organisation_id))
    with organisation_scope(organisation.pk):
        document = memo_of(AnnualReport.objects.get(pk=UUID(report_id)), organisation)
        _write_once(organisation, document, file_format)


def _write_once(organisation: Organisation, document: Document, file_format: Format) -> None:
    if not kept_file(organisation, document, file_format).exists():
        make_file(organisation, document, file_format)
