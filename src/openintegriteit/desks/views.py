"""Home pages per role, search over everything one may see, and the public pages of a body."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from openintegriteit.accountability import search as accountability_search
from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.core.contracts import SearchHit
from openintegriteit.core.roles import Role
from openintegriteit.desks.administrators import functional_desk, technical_desk
from openintegriteit.desks.calendar import year_calendar
from openintegriteit.desks.coordinator import coordinator_desk
from openintegriteit.desks.forms import CalendarFilters
from openintegriteit.desks.permissions import POLICY
from openintegriteit.organisations import search as organisations_search
from openintegriteit.policy import search as policy_search
from openintegriteit.programme import search as programme_search

# Who can be searched. A new app adds itself here.
SEARCHED = (
    programme_search.search,
    policy_search.search,
    accountability_search.search,
    organisations_search.search,
)
HITS_OF_A_KIND = 20


@requires(POLICY, "view")
def home(request: ActorRequest) -> HttpResponse:
    """The desk of whoever asks: the first of coordinator, functional and technical administrator that fits."""
    context: dict[str, object] = {"today": today(), "roles": [Role(role).label for role in sorted(request.actor.roles)]}
    if POLICY.allows(request.actor, "coordinator"):
        desk = coordinator_desk(request.actor, request.organisation, today())
        return render(request, "desks/coordinator.html", {**context, "desk": desk})
    if POLICY.allows(request.actor, "functional"):
        return render(request, "desks/functional.html", {**context, "desk": functional_desk(request.actor)})
    if POLICY.allows(request.actor, "technical"):
        return render(request, "desks/technical.html", {**context, "readings": technical_desk()})
    return render(request, "desks/home.html", context)


@requires(POLICY, "calendar")
def calendar(request: ActorRequest) -> HttpResponse:
    """What is due or happens in a year, by month. A filter that cannot be read is shown with what is wrong."""
    filters = CalendarFilters(request.GET if request.GET else {"jaar": today().year})
    filters.is_valid()
    chosen = filters.cleaned_data
    year = year_calendar(
        request.actor,
        chosen.get("jaar") or today().year,
        today(),
        chosen.get("soort", ""),
        chosen.get("te_laat", False),
    )
    return render(request, "desks/calendar.html", {"calendar": year, "filters": filters, "active": bool(request.GET)})


@requires(POLICY, "view")
def search(request: ActorRequest) -> HttpResponse:
    """Records that answer the words, as far as the person may see them."""
    typed = request.GET.get("zoek", "")[:200]
    words = "".join(mark for mark in typed if mark.isprintable()).strip()
    hits: list[SearchHit] = [
        hit for contributor in SEARCHED for hit in contributor(request.actor, words, HITS_OF_A_KIND)
    ]
    return render(request, "desks/search.html", {"search_query": words, "hits": hits})


def public_home(request: HttpRequest) -> HttpResponse:
    """The body's front page: for who is signed in the way to the desk, for others the way to sign in."""
    return redirect("desks:home") if request.user.is_authenticated else render(request, "desks/public.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    """What the product does for accessibility, and what to do when something does not work."""
    return render(request, "desks/accessibility.html", {"demo_mode": settings.DEMO_MODE})
