"""What the worker does for the account."""

from uuid import UUID

from django.tasks import task

from openintegriteit.accountability.building import document_of
from openintegriteit.accountability.documents import kept_file, make_file
from openintegriteit.accountability.facts import gather
from openintegriteit.accountability.models import AnnualReport
from openintegriteit.core.documents import Format
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.organisations.models import Organisation


@task
def write_report(organisation_id: str, report_id: str, file_format: Format) -> None:
    """Write the report as a file, unless it is there already: doing it twice does no harm."""
    organisation = Organisation.objects.get(pk=UUID(organisation_id))
    with organisation_scope(organisation.pk):
        document = document_of(gather(AnnualReport.objects.get(pk=UUID(report_id)), organisation))
        if not kept_file(organisation, document, file_format).exists():
            make_file(organisation, document, file_format)
