"""Finding imposed secrecy by its neutral subject, its reference and the name of a committee."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from openintegriteit.core.contracts import SearchHit
from openintegriteit.core.roles import Actor
from openintegriteit.core.searching import holding
from openintegriteit.registers.secrecy.permissions import POLICY
from openintegriteit.registers.secrecy.queries import secrecy_address, secrecy_to


def search(actor: Actor, words: str, limit: int) -> list[SearchHit]:
    """What the actor may read in which every word stands, the newest first, at most `limit` (at most one query).

    What was withdrawn is not found.
    """
    if not words.strip() or not POLICY.allows(actor, "view"):
        return []
    rows = holding(secrecy_to("view", actor).standing(), words)
    return [
        SearchHit(row.subject, date_format(row.imposed_on, "DATE_FORMAT"), _("secrecy"), secrecy_address(row.pk))
        for row in rows.order_by("-imposed_on", "id")[:limit]
    ]
