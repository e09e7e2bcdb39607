"""Telling by mail, once a day, who decides or can be the second person what came to wait for them.

A mail has a number and a link, no name and no subject: a mailbox is no register.
"""

from datetime import date, datetime

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from openintegriteit.core.roles import program_actor
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.operations import Event, record_many
from openintegriteit.identity.models import User
from openintegriteit.identity.queries import accounts_holding, actor_for
from openintegriteit.messages.letters import write
from openintegriteit.organisations.models import Organisation
from openintegriteit.organisations.queries import web_address
from openintegriteit.registers.declarations.models import Declaration, WaitingNotice
from openintegriteit.registers.declarations.operations import label_of
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.declarations.queries import near_reader_of, to_decide_by

logger = structlog.get_logger("openintegriteit.declarations")


def tell_deciders(now: datetime) -> int:
    """Write the mails about what waits for a decision or a second person, of every body; returns how many. Repeatable.

    Who sees it on their desk is told, also as a deputy, from the first day on which they do. A mail that cannot be
    written is logged and tried again the next day, after the others. Eight queries at most for each account that can
    decide or agree, and none where nothing waits.
    """
    day, sent = timezone.localdate(now), 0
    for organisation in Organisation.objects.all():
        with organisation_scope(organisation.pk):
            if not Declaration.objects.to_decide(day).exists():
                continue
            for user in accounts_holding(POLICY.roles("agree")):
                try:
                    sent += _tell(organisation, user, day)
                except Exception:
                    logger.exception("notice not written", account=str(user.pk))
    return sent


@transaction.atomic
def _tell(organisation: Organisation, user: User, day: date) -> bool:
    actor, program = actor_for(user, organisation.pk), program_actor(organisation.pk)
    told = WaitingNotice.objects.filter(declaration=OuterRef("pk"), account=actor.identifier)
    untold = to_decide_by(near_reader_of(actor)).filter(~Exists(told))
    waiting = list(untold.select_related("person"))
    if not waiting:
        return False
    WaitingNotice.objects.bulk_create(
        WaitingNotice(organisation_id=organisation.pk, declaration=row, account=actor.identifier, sent_on=day)
        for row in waiting
    )
    proposed = sum(row.is_proposed for row in waiting)
    write(
        program,
        user.email,
        "declarations/mail/waiting.txt",
        user=user,
        number=len(waiting),
        proposed=proposed,
        to_decide=len(waiting) - proposed,
        body=organisation,
        address=web_address(organisation, reverse("declarations:to_decide")),
    )
    record_many(
        actor=program,
        events=[
            Event(
                "declaration.second_told" if row.is_proposed else "declaration.decider_told",
                row,
                label_of(row.register, row.person),
                {"told": actor.label},
            )
            for row in waiting
        ],
    )
    return True
