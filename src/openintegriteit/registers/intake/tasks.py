"""What the worker does for files of registers."""

from uuid import UUID

from django.tasks import task

from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.registers.intake import bringing_in


@task
def bring_in_rows(organisation_id: str, intake_id: str) -> None:
    """Make declarations of the staged rows; doing it twice, or going on after a crash, makes none twice."""
    with organisation_scope(UUID(organisation_id)):
        bringing_in.bring_in(UUID(intake_id))
