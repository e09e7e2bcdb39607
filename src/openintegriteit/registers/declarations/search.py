"""Finding declarations by words."""

from django.utils.translation import gettext as _

from openintegriteit.core.contracts import SearchHit
from openintegriteit.core.roles import Actor
from openintegriteit.core.searching import holding
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.declarations.queries import declaration_address, reader_of, visible_to


def search(actor: Actor, words: str, limit: int) -> list[SearchHit]:
    """Declarations that the actor may read and in which every word stands, the newest first, at most `limit`.

    By what is declared and by whom. At most four queries.
    """
    if not words.strip() or not POLICY.allows(actor, "declare"):
        return []
    rows = holding(visible_to(reader_of(actor)).filter(withdrawn_on__isnull=True), words)
    return [
        SearchHit(row.title, row.person.full_name, _("declaration"), declaration_address(row.pk))
        for row in rows.select_related("person").order_by("-declared_on", "id")[:limit]
    ]
