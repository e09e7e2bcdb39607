"""Answering a round: saying that what stands there is right and all there is."""

from collections.abc import Sequence

from django.db import transaction

from openintegriteit.core.clock import today
from openintegriteit.registers.declarations import operations as declarations
from openintegriteit.registers.declarations.models import Declaration
from openintegriteit.registers.rounds.queries import lines_of, seen_in
from openintegriteit.registers.rounds.visits import Visit


class OtherThanSeen(Exception):
    """What the person declared is other than it was on their screen."""


@transaction.atomic
def complete(*, visit: Visit, organisation_kind: str, seen: str) -> bool:
    """Confirm what stands in the round, record where there is nothing, and take the answer; False when it was given.

    What lasts is confirmed as of today. Where nothing stands, and where what is declared happened on one day, the
    answer says that there is nothing (more) to declare. Raises OtherThanSeen, CampaignClosed, LinkSpent, and
    PermissionDenied for who may not declare for the person.
    """
    person = visit.invitee.person
    held: Sequence[Declaration] = Declaration.objects.of_people([person]).select_for_update().order_by("pk")
    list(held)  # nothing of this person changes until the answer stands
    lines = lines_of(person, visit.invitee.campaign, organisation_kind, today())
    if visit.invitee.answered_at is None and seen_in(lines) != seen:
        raise OtherThanSeen
    if not visit.answer():
        return False
    for line in lines:
        register = line.own.register
        if register.lasts:
            for row in line.declarations:
                declarations.confirm(actor=visit.actor, declaration=row)
        if not (register.lasts and line.declarations):
            declarations.say_nothing(actor=visit.actor, person=person, register=register.key)
    return True
