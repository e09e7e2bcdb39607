"""Finding regulations and policy plans by words."""

from django.utils.translation import gettext as _

from openintegriteit.core.contracts import SearchHit
from openintegriteit.core.roles import Actor
from openintegriteit.policy.models import PolicyPlan, Regulation
from openintegriteit.policy.permissions import POLICY
from openintegriteit.policy.queries import plan_address, regulation_address
from openintegriteit.ui.listing import matching


def search(actor: Actor, words: str, limit: int) -> list[SearchHit]:
    """Regulations and policy plans in which every word stands, at most `limit` of each, if the actor may see them.

    No words find nothing. At most two queries.
    """
    if not words.strip() or not POLICY.allows(actor, "view"):
        return []
    regulations = matching(Regulation.objects.order_by("title"), words, ["title", "note"])[:limit]
    fields = ["title", "vision", "ambitions", "chapters", "note"]
    plans = matching(PolicyPlan.objects.order_by("title", "-edition"), words, fields)[:limit]
    return [
        *(
            SearchHit(row.title, row.get_kind_display(), _("regulation"), regulation_address(row.pk))
            for row in regulations
        ),
        *(SearchHit(row.title, row.adopted_by, _("policy plan"), plan_address(row.pk)) for row in plans),
    ]
