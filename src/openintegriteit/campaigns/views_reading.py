"""The page behind the link in a mail: read the text and say so, without an account. Made for a phone."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from openintegriteit.campaigns.models import Ask, Campaign
from openintegriteit.campaigns.operations import CampaignClosed, answer_by_link
from openintegriteit.campaigns.preparing import FAMILY, campaign_of
from openintegriteit.campaigns.queries import Reading, invitee_behind
from openintegriteit.messages.links import LinkSpent, link_about


@never_cache
def read(request: HttpRequest, token: str, reading_of: Callable[[Campaign], Reading]) -> HttpResponse:
    """Show the text with one button. Opening changes nothing; pressing the button twice is no mistake."""
    link = link_about(token, FAMILY)
    invitee = invitee_behind(link.person_id, campaign_of(link.purpose)) if link else None
    if link is None or invitee is None or invitee.campaign.asks != Ask.READ:
        return render(request, "campaigns/link_ended.html", status=410)
    context = {"invitee": invitee, "campaign": invitee.campaign, "reading": reading_of(invitee.campaign)}
    if invitee.answered_at:
        return render(request, "campaigns/read.html", context)
    if not link.is_open() or not invitee.campaign.takes_answers:
        return render(request, "campaigns/link_ended.html", {"campaign": invitee.campaign}, status=410)
    if request.method != "POST":
        return render(request, "campaigns/to_read.html", context)
    try:
        answer_by_link(link=link, invitee=invitee)
    except (LinkSpent, CampaignClosed):
        return render(request, "campaigns/link_ended.html", {"campaign": invitee.campaign}, status=410)
    return render(request, "campaigns/read.html", {**context, "just_now": True})
