"""Telling by mail who can be the second person about a proposal, also as a deputy: once for each proposal.

The mail has a number and a link, no name and no subject: a mailbox is no register.
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
from openintegriteit.registers.declarations.models import Proposal, ProposalNotice
from openintegriteit.registers.declarations.operations import label_of
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.declarations.queries import near_reader_of, to_decide_by

logger = structlog.get_logger("openintegriteit.declarations")


def tell_second_people(now: datetime) -> int:
    """Write the mails about proposals that wait, of every body; returns how many. Repeatable.

    Who sees a proposal on their desk is told, from the first day on which they do. A mail that cannot be written is
    logged and tried again the next day, after the others. Eight queries at most for each account that can agree, and
    none where nothing is proposed.
    """
    day, sent = timezone.localdate(now), 0
    for organisation in Organisation.objects.all():
        with organisation_scope(organisation.pk):
            if not Proposal.objects.filter(is_open=True).exists():
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
    told = ProposalNotice.objects.filter(proposal=OuterRef("pk"), account=actor.identifier)
    waiting = to_decide_by(near_reader_of(actor)).filter(is_proposed=True).order_by()
    untold = Proposal.objects.filter(~Exists(told), is_open=True, declaration__in=waiting.values("pk"))
    proposals = list(untold.select_related("declaration__person").order_by("proposed_at", "pk"))
    if not proposals:
        return False
    ProposalNotice.objects.bulk_create(
        ProposalNotice(organisation_id=organisation.pk, proposal=proposal, account=actor.identifier, sent_on=day)
        for proposal in proposals
    )
    write(
        program,
        user.email,
        "declarations/mail/second.txt",
        user=user,
        number=len(proposals),
        body=organisation,
        address=web_address(organisation, reverse("declarations:to_decide")),
    )
    labels = [label_of(proposal.declaration.register, proposal.declaration.person) for proposal in proposals]
    record_many(
        actor=program,
        events=[
            Event("declaration.second_told", proposal.declaration, label, {"told": actor.label})
            for proposal, label in zip(proposals, labels, strict=True)
        ],
    )
    return True
