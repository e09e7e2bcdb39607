"""Finding people and units by words."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from openintegriteit.core.contracts import SearchHit
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.operations import record
from openintegriteit.organisations.models import Person, Unit
from openintegriteit.organisations.permissions import POLICY
from openintegriteit.ui.listing import matching


def search(actor: Actor, words: str, limit: int) -> list[SearchHit]:
    """People and units in which every word stands, at most `limit` of a kind, for who may see them.

    Finding people is reading personal data: it is logged once, without the words.
    """
    if not words.strip() or not POLICY.allows(actor, "view"):
        return []
    people = list(Person.objects.select_related("unit").matching(words)[:limit])
    units = matching(Unit.objects.all(), words, ["name", "code"])[:limit]
    if people:
        with transaction.atomic():
            record(actor=actor, action="people.read", subject="search", details={"found": len(people)})
    return [
        SearchHit(
            person.full_name, str(person.unit or ""), _("person"), reverse("organisations:person", args=[person.pk])
        )
        for person in people
    ] + [SearchHit(unit.name, unit.code, _("department or team"), reverse("organisations:units")) for unit in units]
