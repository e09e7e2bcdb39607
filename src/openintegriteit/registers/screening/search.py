"""Finding screenings by whom they are about."""

from django.utils.translation import gettext as _

from openintegriteit.core.contracts import SearchHit
from openintegriteit.core.roles import Actor
from openintegriteit.organisations.models import Person
from openintegriteit.registers.declarations.permissions import regimes_to
from openintegriteit.registers.screening.queries import screening_address, screenings_of


def search(actor: Actor, words: str, limit: int) -> list[SearchHit]:
    """Screenings of people in whose name, number or mail address every word stands, the newest first, at most `limit`.

    As far as the actor's roles let them read screenings (at most one query). What was withdrawn is not found.
    """
    regimes = regimes_to("view", actor)
    if not words.strip() or not regimes:
        return []
    people = Person.objects.matching(words).values("pk")
    rows = screenings_of(regimes).filter(withdrawn_on__isnull=True, person__in=people)
    return [
        SearchHit(row.person.full_name, row.get_kind_display(), _("screening"), screening_address(row.pk))
        for row in rows.select_related("person").order_by("-done_on", "id")[:limit]
    ]
