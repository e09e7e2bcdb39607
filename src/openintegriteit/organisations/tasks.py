"""What the worker does for the body."""

from uuid import UUID

from django.tasks import task

from openintegriteit.core.documents import Format
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.organisations.documents import make_once
from openintegriteit.organisations.house_style import sample_of, theme_of, theme_with
from openintegriteit.organisations.models import Organisation, StyleFile


@task
def write_sample(organisation_id: str, template_id: str, file_format: Format) -> None:
    """Write the sample document of the house style, with a template that is being tried ("" for none)."""
    organisation = Organisation.objects.get(pk=UUID(organisation_id))
    with organisation_scope(organisation.pk):
        template = StyleFile.objects.filter(pk=UUID(template_id)).first() if template_id else None
        theme = theme_with(organisation, template) if template else theme_of(organisation)
        document = sample_of(organisation, theme)
        make_once(organisation, document, file_format)
