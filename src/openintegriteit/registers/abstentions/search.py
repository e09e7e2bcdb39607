"""Finding meetings by their name."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from openintegriteit.core.clock import today
from openintegriteit.core.contracts import SearchHit
from openintegriteit.core.roles import Actor
from openintegriteit.core.searching import holding
from openintegriteit.event_log.changes import body_of
from openintegriteit.organisations.models import Organisation
from openintegriteit.registers.abstentions.permissions import POLICY
from openintegriteit.registers.abstentions.queries import meeting_address, seats_of, visible_meetings


def search(actor: Actor, words: str, limit: int) -> list[SearchHit]:
    """Meetings that the actor may open and in whose name every word stands, the newest first, at most `limit`.

    At most four queries, none for who keeps no meetings and sits in none.
    """
    if not words.strip() or not POLICY.allows(actor, "read"):
        return []
    kind = Organisation.objects.get(pk=body_of(actor)).kind
    rows = holding(visible_meetings(actor, seats_of(actor, kind, today())), words)
    return [
        SearchHit(row.title, date_format(row.held_on, "DATE_FORMAT"), _("meeting of a board"), meeting_address(row.pk))
        for row in rows.order_by("-held_on", "id")[:limit]
    ]
