"""Finding questions and answers of the representative body by words."""

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from openintegriteit.accountability.models import CouncilQuestion
from openintegriteit.accountability.permissions import POLICY
from openintegriteit.accountability.queries_questions import question_address
from openintegriteit.core.contracts import SearchHit
from openintegriteit.core.roles import Actor
from openintegriteit.ui.listing import matching


def search(actor: Actor, words: str, limit: int) -> list[SearchHit]:
    """The questions in which every word stands, at most `limit`, for who may see the account. No words find nothing."""
    if not words.strip() or not POLICY.allows(actor, "view"):
        return []
    rows = matching(CouncilQuestion.objects.select_related("report"), words, ["question", "answer", "asked_by"])[:limit]
    return [
        SearchHit(
            Truncator(row.question).chars(120),
            _("about the report of %(year)d") % {"year": row.report.year},
            _("question"),
            question_address(row),
        )
        for row in rows
    ]
