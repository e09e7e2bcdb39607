"""Finding designated positions by words."""

from django.utils.translation import gettext as _

from openintegriteit.core.contracts import SearchHit
from openintegriteit.core.roles import Actor
from openintegriteit.core.searching import holding
from openintegriteit.registers.designations.models import Designation
from openintegriteit.registers.designations.permissions import POLICY
from openintegriteit.registers.designations.queries import designation_address


def search(actor: Actor, words: str, limit: int) -> list[SearchHit]:
    """Designations in which every word stands, at most `limit`, if the actor may see them (one query)."""
    if not words.strip() or not POLICY.allows(actor, "view"):
        return []
    rows = holding(Designation.objects.filter(ended_on__isnull=True).select_related("position__unit"), words)
    return [
        SearchHit(
            str(row),
            row.position.unit.name if row.position.unit else "",
            _("designated position"),
            designation_address(row.pk),
        )
        for row in rows[:limit]
    ]
