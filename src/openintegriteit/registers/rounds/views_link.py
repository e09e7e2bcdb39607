"""What somebody without an account opens by the link in a mail, to answer a round. Made for a phone.

Who acts is known once the link is: `answering.py` sets it.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from openintegriteit.core.access import ActorRequest
from openintegriteit.registers.rounds.answering import declare_in, edit_in, end_in, round_page
from openintegriteit.registers.rounds.visits import by_link


@never_cache
def by_mail(request: ActorRequest, token: str) -> HttpResponse:
    """What one is asked to look at. Opening changes nothing."""
    visit = by_link(token)
    return round_page(request, visit) if visit else _unknown(request)


@never_cache
def by_mail_new(request: ActorRequest, token: str, register: str) -> HttpResponseBase:
    """Declare something on the way."""
    visit = by_link(token)
    return declare_in(request, visit, register) if visit else _unknown(request)


@never_cache
def by_mail_edit(request: ActorRequest, token: str, declaration: UUID) -> HttpResponseBase:
    """Change something on the way."""
    visit = by_link(token)
    return edit_in(request, visit, declaration) if visit else _unknown(request)


@never_cache
def by_mail_end(request: ActorRequest, token: str, declaration: UUID) -> HttpResponseBase:
    """Say on the way that something stopped."""
    visit = by_link(token)
    return end_in(request, visit, declaration) if visit else _unknown(request)


def _unknown(request: HttpRequest) -> HttpResponse:
    return render(request, "campaigns/link_ended.html", status=410)
