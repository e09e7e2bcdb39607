"""What the worker does for the register: writing certificates."""

from uuid import UUID

from django.tasks import task

from openintegriteit.core.documents import Format
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.organisations.documents import make_once
from openintegriteit.organisations.models import Organisation
from openintegriteit.registers.oaths.certificates import certificate_of, certificates_of
from openintegriteit.registers.oaths.models import Ceremony, Oath


@task
def write_certificate(organisation_id: str, oath_id: str, file_format: Format) -> None:
    """Write the certificate of an oath as a file, unless it is there already; nothing for one that has gone."""
    organisation = Organisation.objects.get(pk=UUID(organisation_id))
    with organisation_scope(organisation.pk):
        found = Oath.objects.standing().filter(pk=UUID(oath_id)).first()
        if found:
            make_once(organisation, certificate_of(found, organisation), file_format)


@task
def write_certificates(organisation_id: str, ceremony_id: str, file_format: Format) -> None:
    """Write all certificates of a ceremony as one file, unless it is there already; nothing where there are none."""
    organisation = Organisation.objects.get(pk=UUID(organisation_id))
    with organisation_scope(organisation.pk):
        found = Ceremony.objects.filter(pk=UUID(ceremony_id)).first()
        if found and (document := certificates_of(found, organisation)):
            make_once(organisation, document, file_format)
