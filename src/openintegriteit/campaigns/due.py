"""What is due in campaigns, for who keeps them."""

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openintegriteit.campaigns.models import Campaign, CampaignState
from openintegriteit.campaigns.permissions import POLICY
from openintegriteit.campaigns.queries import campaign_address, with_numbers
from openintegriteit.core.contracts import CalendarItem, DueItem
from openintegriteit.core.roles import Actor

AHEAD = timedelta(days=14)
MOST = 50


def due_items(actor: Actor, today: date) -> list[DueItem]:
    """Open campaigns of the actor whose last day is within fourteen days or gone by, most urgent first, at most fifty.

    One query; nothing for who may not change campaigns.
    """
    if not POLICY.allows(actor, "change"):
        return []
    kept = Campaign.objects.kept_by(actor, "change")
    ending = kept.filter(state=CampaignState.OPEN, answer_before__lte=today + AHEAD)
    rows: Any = with_numbers(ending.order_by("answer_before", "title"))[:MOST]
    return [
        DueItem(
            title=row.title,
            detail=_waiting(row.asked - row.answered),
            due_on=row.answer_before,
            address=campaign_address(row.pk),
            action=_("View"),
            kind="campaign",
        )
        for row in rows
    ]


def _waiting(number: int) -> str:
    if not number:
        return _("Everybody has answered. You can close the campaign.")
    return ngettext("%(number)d person has not answered yet.", "%(number)d people have not answered yet.", number) % {
        "number": number
    }


def calendar_items(actor: Actor, first_day: date, last_day: date, most: int) -> list[CalendarItem]:
    """The last days of campaigns within the days, both included, at most `most`, for who may see them (one query)."""
    if not POLICY.allows(actor, "view"):
        return []
    within = Campaign.objects.kept_by(actor).filter(answer_before__range=(first_day, last_day))
    rows = within.order_by("answer_before", "title")
    return [
        CalendarItem(
            row.title,
            _("to be answered before this day"),
            row.answer_before,
            campaign_address(row.pk),
            "campaign",
            state=row.get_state_display(),
            waiting=row.state == CampaignState.OPEN,
        )
        for row in rows[:most]
    ]
