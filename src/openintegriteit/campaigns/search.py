"""Finding campaigns by words."""

from django.utils.translation import gettext as _

from openintegriteit.campaigns.models import Campaign
from openintegriteit.campaigns.permissions import POLICY
from openintegriteit.campaigns.queries import campaign_address
from openintegriteit.core.contracts import SearchHit
from openintegriteit.core.roles import Actor
from openintegriteit.ui.listing import matching


def search(actor: Actor, words: str, limit: int) -> list[SearchHit]:
    """Campaigns in which every word stands, at most `limit`, if the actor may see them (at most one query)."""
    if not words.strip() or not POLICY.allows(actor, "view"):
        return []
    rows = matching(Campaign.objects.kept_by(actor), words, ["title", "subject_label", "intro"])[:limit]
    return [SearchHit(row.title, row.subject_label, _("campaign"), campaign_address(row.pk)) for row in rows]
