"""What the worker does for the account."""

from datetime import date
from uuid import UUID

from django.tasks import task

from openintegriteit.accountability.answers_memo import memo_of
from openintegriteit.accountability.documents import standing_document
from openintegriteit.accountability.frozen import document_of_edition
from openintegriteit.accountability.models import AnnualReport, Edition
from openintegriteit.accountability.period_facts import gather_part
from openintegriteit.accountability.period_overview import overview_of
from openintegriteit.accountability.periods import part_named
from openintegriteit.core.documents import Format
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.organisations.documents import make_once
from openintegriteit.organisations.models import Organisation


@task
def write_report(organisation_id: str, report_id: str, file_format: Format) -> None:
    """Write the report as it stands as a file, unless it is there already: doing it twice does no harm."""
    organisation = Organisation.objects.get(pk=UUID(organisation_id))
    with organisation_scope(organisation.pk):
        document = standing_document(AnnualReport.objects.get(pk=UUID(report_id)), organisation)
        make_once(organisation, document, file_format)


@task
def write_edition(organisation_id: str, edition_id: str, file_format: Format) -> None:
    """Write an edition as a file, unless it is there already: doing it twice does no harm."""
    organisation = Organisation.objects.get(pk=UUID(organisation_id))
    with organisation_scope(organisation.pk):
        document = document_of_edition(Edition.objects.get(pk=UUID(edition_id)))
        make_once(organisation, document, file_format)


@task
def write_answers(organisation_id: str, report_id: str, file_format: Format) -> None:
    """Write the memo of the answers as a file, unless it is there already: doing it twice does no harm."""
    organisation = Organisation.objects.get(pk=UUID(organisation_id))
    with organisation_scope(organisation.pk):
        document = memo_of(AnnualReport.objects.get(pk=UUID(report_id)), organisation)
        make_once(organisation, document, file_format)


@task
def write_period(organisation_id: str, slug: str, day: str, file_format: Format) -> None:
    """Write the overview of a part of a year, as the records stand and told on that day, unless it is there already."""
    organisation, part = Organisation.objects.get(pk=UUID(organisation_id)), part_named(slug)
    if part is None:
        raise ValueError(f"There is no part of a year called {slug!r}.")
    with organisation_scope(organisation.pk):
        document = overview_of(gather_part(part, organisation, date.fromisoformat(day)))
        make_once(organisation, document, file_format)
