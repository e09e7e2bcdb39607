"""Finding departures by who leaves or left."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from openintegriteit.core.contracts import SearchHit
from openintegriteit.core.roles import Actor
from openintegriteit.organisations.models import Person
from openintegriteit.registers.declarations.permissions import regimes_to
from openintegriteit.registers.departures.queries import departure_address, departures_of


def search(actor: Actor, words: str, limit: int) -> list[SearchHit]:
    """Departures of people in whose name, number or mail address every word stands, the newest first, at most `limit`.

    As far as the actor's roles let them read departures (at most one query). What was withdrawn is not found.
    """
    regimes = regimes_to("view", actor)
    if not words.strip() or not regimes:
        return []
    people = Person.objects.matching(words).values("pk")
    rows = departures_of(regimes).filter(withdrawn_on__isnull=True, person__in=people)
    return [
        SearchHit(
            row.person.full_name, date_format(row.left_on, "DATE_FORMAT"), _("departure"), departure_address(row.pk)
        )
        for row in rows.select_related("person").order_by("-left_on", "id")[:limit]
    ]
