"""Who comes to answer a round, by which way, and where the pages of that way stand.

Somebody with an account signs in; somebody without one comes by the link in their mail; and who records what comes in
on paper answers for another. The three have the same pages.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _

from openintegriteit.campaigns.models import Ask, Invitee
from openintegriteit.campaigns.operations import answer_by_link, answer_signed_in, note_paper
from openintegriteit.campaigns.preparing import FAMILY, campaign_of
from openintegriteit.campaigns.queries import invitee_behind, own_people
from openintegriteit.core.roles import Actor
from openintegriteit.messages.links import link_about, visitor
from openintegriteit.registers.declarations.pages import MINE, Frame
from openintegriteit.registers.declarations.queries import may_write, reader_of

BY_LINK, SIGNED_IN, ON_PAPER = "declare_in_round", "rounds:mine", "rounds:paper"  # how pages of each way are named
CAMPAIGNS = (_("Campaigns"), reverse_lazy("campaigns:campaigns"))


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody who answers for an invitee. `answer` takes the word of the person, once.

    `pages` names the pages of this way and `key` is what stands in their addresses. `is_open`: it can be answered now.
    """

    invitee: Invitee
    actor: Actor
    pages: str
    key: str
    is_open: bool
    answer: Callable[[], bool]
    crumbs: tuple[tuple[Any, Any], ...] = ()
    layout: str = "ui/work.html"

    @property
    def link_only(self) -> bool:
        """Whether there is no account, so no other page to go to."""
        return self.pages == BY_LINK

    @property
    def address(self) -> str:
        """The page of the round."""
        return reverse(self.pages, args=[self.key])

    def page(self, name: str, argument: object) -> str:
        """A page beside it: "new" of a register, "edit" or "end" of a declaration."""
        return reverse(f"{self.pages}_{name}", args=[self.key, argument])

    @property
    def frame(self) -> Frame:
        """Where the pages about one declaration stand: below the round, and back to it."""
        crumbs = (*self.crumbs, (self.invitee.campaign.title, self.address))
        return Frame(crumbs=crumbs, layout=self.layout, leads_to=lambda _key: self.address)


def by_link(token: str) -> Visit | None:
    """Who comes by the link in a mail, without an account; None for a link that never was."""
    link = link_about(token, FAMILY)
    invitee = invitee_behind(link.person_id, campaign_of(link.purpose)) if link else None
    if link is None or invitee is None or invitee.campaign.asks != Ask.DECLARE:
        return None
    return Visit(
        invitee=invitee,
        actor=visitor(link),
        pages=BY_LINK,
        key=token,
        is_open=link.is_open() and _waits(invitee),
        answer=lambda: answer_by_link(link=link, invitee=invitee),
        layout="ui/base.html",
    )


def signed_in(actor: Actor, campaign_id: UUID) -> Visit:
    """Somebody who answers for themselves; 404 for who is not asked."""
    rows = Invitee.objects.select_related("campaign", "person")
    invitee = (
        rows.filter(person__in=own_people(actor), campaign=campaign_id, campaign__asks=Ask.DECLARE)
        .order_by("answered_at", "pk")
        .first()
    )
    if invitee is None:
        raise Http404
    return Visit(
        invitee=invitee,
        actor=actor,
        pages=SIGNED_IN,
        key=str(campaign_id),
        is_open=_waits(invitee),
        answer=lambda: answer_signed_in(actor=actor, invitee=invitee),
        crumbs=(MINE,),
    )


def on_paper(actor: Actor, invitee_id: UUID) -> Visit:
    """Who records what somebody answered on paper; 404 for who may not declare for them."""
    rows = Invitee.objects.select_related("campaign", "person")
    invitee: Invitee = get_object_or_404(rows, pk=invitee_id, campaign__asks=Ask.DECLARE)
    if not may_write(reader_of(actor), invitee.person):
        raise Http404
    return Visit(
        invitee=invitee,
        actor=actor,
        pages=ON_PAPER,
        key=str(invitee_id),
        is_open=_waits(invitee),
        answer=lambda: note_paper(actor=actor, invitee=invitee),
        crumbs=(CAMPAIGNS,),
    )


def _waits(invitee: Invitee) -> bool:
    return invitee.answered_at is None and invitee.campaign.takes_answers
