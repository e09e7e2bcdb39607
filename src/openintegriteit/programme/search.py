"""Finding measures, findings, activities and working groups by words."""

from django.utils.translation import gettext as _

from openintegriteit.core.contracts import SearchHit
from openintegriteit.core.roles import Actor
from openintegriteit.core.searching import holding
from openintegriteit.programme.models import Activity, Finding, Measure, WorkingGroup
from openintegriteit.programme.permissions import POLICY
from openintegriteit.programme.queries import activity_address, finding_address, group_address, measure_address


def search(actor: Actor, words: str, limit: int) -> list[SearchHit]:
    """The records in which every word stands, at most `limit` of a kind, as far as the actor may see them.

    No words find nothing. At most four queries.
    """
    if not words.strip():
        return []
    hits = _measures(words, limit) if POLICY.allows(actor, "view_measures") else []
    if not POLICY.allows(actor, "view"):
        return hits
    return hits + _findings(words, limit) + _activities(words, limit) + _groups(words, limit)


def _measures(words: str, limit: int) -> list[SearchHit]:
    rows = holding(Measure.objects.order_by("number"), words)[:limit]
    return [
        SearchHit(str(row), row.owner or row.get_status_display(), _("measure"), measure_address(row.pk))
        for row in rows
    ]


def _findings(words: str, limit: int) -> list[SearchHit]:
    rows = holding(Finding.objects.order_by("number"), words)[:limit]
    return [
        SearchHit(str(row), row.found_by or row.get_kind_display(), _("finding"), finding_address(row.pk))
        for row in rows
    ]


def _activities(words: str, limit: int) -> list[SearchHit]:
    rows = holding(Activity.objects.order_by("-year", "order"), words)
    return [
        SearchHit(row.title, f"{row.theme}, {row.year}", _("activity"), activity_address(row.pk))
        for row in rows[:limit]
    ]


def _groups(words: str, limit: int) -> list[SearchHit]:
    rows = holding(WorkingGroup.objects.order_by("name"), words)[:limit]
    return [SearchHit(row.name, "", _("working group"), group_address(row.pk)) for row in rows]
