"""How versions of regulations are kept: from the day on which the next one, or one of another regulation, came instead.

The version in force is no record to destroy. A policy plan stays: the plan that follows needs it.
"""

from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openintegriteit.core.contracts import KeptKind, StartEvent
from openintegriteit.policy.models import RegulationVersion
from openintegriteit.policy.queries import with_end


def _replaced(_start: StartEvent) -> QuerySet[Any]:
    versions: QuerySet[Any] = with_end(RegulationVersion.objects.select_related("regulation"))
    return versions.annotate(began=F("in_force_until")).filter(began__isnull=False)


KINDS = (
    KeptKind(
        key="regulation_versions",
        label=gettext_lazy("versions of regulations and codes that were replaced"),
        side="officials",
        starts=("replaced",),
        rows=_replaced,
        words=lambda row: (
            _("Version %(label)s of %(regulation)s") % {"label": row.label, "regulation": row.regulation.title}
        ),
        mark=lambda row: str(row.version),
    ),
)
