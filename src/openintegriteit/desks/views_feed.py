"""The year calendar in one's own calendar program: the page about the secret address, and the file behind it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST, require_safe

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.core.roles import Role
from openintegriteit.desks import feed as feeds
from openintegriteit.desks import operations
from openintegriteit.desks.forms import FeedForm
from openintegriteit.desks.permissions import POLICY
from openintegriteit.identity.models import User
from openintegriteit.organisations.queries import web_address


@requires(POLICY, "calendar")
@require_GET
def feed(request: ActorRequest) -> HttpResponse:
    """Whether one has a secret address, and how to make, renew and stop it."""
    return _page(request)


@requires(POLICY, "calendar")
@require_POST
def make(request: ActorRequest) -> HttpResponse:
    """Make a secret address and show it: this once, because it is kept nowhere."""
    form = FeedForm(request.POST)
    if not form.is_valid():
        return _page(request, status=422)
    token = operations.make_feed(actor=request.actor, identifier=form.cleaned_data["submission"])
    if token is None:
        messages.warning(request, _("This address was shown once already. Did you not keep it? Make a new one."))
        return redirect("desks:feed")
    return _page(request, address=web_address(request.organisation, reverse("calendar_file", args=[token])))


@requires(POLICY, "calendar")
@require_POST
def stop(request: ActorRequest) -> HttpResponse:
    """Make one's secret address worthless."""
    operations.stop_feed(actor=request.actor)
    messages.success(request, _("The address does not work any more."))
    return redirect("desks:feed")


@never_cache
@require_safe
def calendar_file(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar for who has the secret address, without signing in: what its person may see at this moment."""
    found = feeds.feed_at(token)
    if found is None:
        raise Http404
    actor = feeds.reader_of(found)
    if actor is None:
        return HttpResponse(status=410)
    content = feeds.calendar_file(actor, request.organisation, today())  # type: ignore[attr-defined]  # put there by organisation_of_host
    headers = {"Content-Disposition": 'inline; filename="jaarkalender.ics"', "Content-Language": "nl"}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def _page(request: ActorRequest, *, address: str = "", status: int = 200) -> HttpResponse:
    """The page about the address; `address` is told once, right after making it."""
    user: User = request.user  # type: ignore[assignment]  # signed in, or this is not reached
    lasting = feeds.lasting_actor(user, request.organisation.pk)
    context = {
        "feed": feeds.feed_of(user),
        "submission": FeedForm()["submission"],
        "address": address,
        "subscribe": address.replace("https://", "webcal://", 1).replace("http://", "webcal://", 1),
        "may_have": POLICY.allows(lasting, "calendar"),
        "left_out": sorted(str(Role(role).label) for role in request.actor.roles - lasting.roles),
    }
    return render(request, "desks/feed.html", context, status=status)
