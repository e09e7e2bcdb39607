"""Home pages per role, search over everything one may see, and the public pages of a body."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from openintegriteit.accountability import search as accountability_search
from openintegriteit.campaigns import search as campaigns_search
from openintegriteit.campaigns.queries import asked_of, own_people
from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.core.contracts import SearchHit
from openintegriteit.core.once import looking_once
from openintegriteit.core.roles import Role
from openintegriteit.desks.administrators import functional_desk, technical_desk
from openintegriteit.desks.coordinator import coordinator_desk, due_for_keeper
from openintegriteit.desks.expectations import expectations_of
from openintegriteit.desks.permissions import POLICY
from openintegriteit.desks.standing import overview
from openintegriteit.desks.team import team_desk
from openintegriteit.identity.queries import holders_of
from openintegriteit.organisations import search as organisations_search
from openintegriteit.policy import search as policy_search
from openintegriteit.programme import search as programme_search
from openintegriteit.registers.abstentions import due as abstentions_due
from openintegriteit.registers.abstentions import search as abstentions_search
from openintegriteit.registers.declarations import due as declarations_due
from openintegriteit.registers.declarations import search as declarations_search
from openintegriteit.registers.departures import search as departures_search
from openintegriteit.registers.designations import search as designations_search
from openintegriteit.registers.oaths.queries import statements_owed
from openintegriteit.registers.screening import search as screening_search
from openintegriteit.registers.secrecy import search as secrecy_search

# Who can be searched. A new app adds itself here.
SEARCHED = (
    programme_search.search,
    declarations_search.search,
    designations_search.search,
    screening_search.search,
    departures_search.search,
    abstentions_search.search,
    secrecy_search.search,
    policy_search.search,
    campaigns_search.search,
    accountability_search.search,
    organisations_search.search,
)
HITS_OF_A_KIND = 20


@dataclass(frozen=True, slots=True)
class Desk:
    """A home page: its name in the address, who has it (an action of `POLICY`), and what its template gets."""

    name: str
    label: str | Promise
    action: str
    template: str
    content: Callable[[ActorRequest], dict[str, object]]


@dataclass(frozen=True, slots=True)
class HitGroup:
    """What a search found of one kind; `count` is "20+" when there may be more than a search looks for."""

    kind: str
    hits: tuple[SearchHit, ...]
    count: str


# The most working role first: of several desks that one is shown.
DESKS = (
    Desk(
        "coordinator",
        gettext_lazy("Coordinator"),
        "coordinator",
        "coordinator",
        lambda request: {"desk": coordinator_desk(request.actor, request.organisation, today())},
    ),
    Desk(
        "team",
        gettext_lazy("My team"),
        "team",
        "team",
        lambda request: {"desk": team_desk(request.actor, today())},
    ),
    Desk(
        "overzicht",
        gettext_lazy("Where we stand"),
        "overview",
        "overview",
        lambda request: {"desk": overview(request.actor, request.organisation, today())},
    ),
    Desk(
        "functioneel-beheer",
        gettext_lazy("Functional administration"),
        "functional",
        "functional",
        lambda request: {"desk": functional_desk(request.actor)},
    ),
    Desk(
        "technisch-beheer",
        gettext_lazy("Technical administration"),
        "technical",
        "technical",
        lambda request: {"readings": technical_desk()},
    ),
    Desk(
        "iedereen",
        gettext_lazy("For everybody"),
        "view",
        "home",
        lambda request: _for_everybody(request),
    ),
)


def _for_everybody(request: ActorRequest) -> dict[str, object]:
    own = own_people(request.actor)
    return {
        "expected": expectations_of(request.actor, request.organisation.kind),
        "contacts": holders_of(Role.COORDINATOR, Role.ADVISER),
        "asked": asked_of(own),
        "to_sign": statements_owed(own, today()),
        "questions": declarations_due.questions_to(own, today()),
        "unconfirmed": declarations_due.own_items(own, today()),
        "due": due_for_keeper(request.actor, today()),
        "meetings": abstentions_due.own_items(request.actor, request.organisation.kind, today()),
    }


@requires(POLICY, "view")
def home(request: ActorRequest) -> HttpResponse:
    """The desk that the address names (`?bureau=`), or else the one of the most working role; tabs lead to the others.

    A name that is unknown, or of a desk that the person does not have, shows one's own first desk.
    """
    desks = [desk for desk in DESKS if POLICY.allows(request.actor, desk.action)]
    chosen = next((desk for desk in desks if desk.name == request.GET.get("bureau")), desks[0])
    tabs = [(desk.label, f"?bureau={desk.name}", desk is chosen) for desk in desks]
    roles = [Role(role).label for role in sorted(request.actor.roles)]
    with looking_once():
        content = chosen.content(request)
    context = {"today": today(), "roles": roles, "tabs": tabs if len(tabs) > 1 else [], **content}
    return render(request, f"desks/{chosen.template}.html", context)


@requires(POLICY, "view")
def search(request: ActorRequest) -> HttpResponse:
    """Records that answer the words, as far as the person may see them."""
    typed = request.GET.get("zoek", "")[:200]
    words = "".join(mark for mark in typed if mark.isprintable()).strip()
    hits: list[SearchHit] = [
        hit for contributor in SEARCHED for hit in contributor(request.actor, words, HITS_OF_A_KIND)
    ]
    return render(request, "desks/search.html", {"search_query": words, "hits": hits, "groups": _by_kind(hits)})


def _by_kind(hits: list[SearchHit]) -> list[HitGroup]:
    """The hits under their kinds, both in the order in which they were found."""
    found: dict[str, list[SearchHit]] = {}
    for hit in hits:
        found.setdefault(hit.kind, []).append(hit)
    return [
        HitGroup(kind, tuple(of_kind), f"{len(of_kind)}+" if len(of_kind) >= HITS_OF_A_KIND else str(len(of_kind)))
        for kind, of_kind in found.items()
    ]


def public_home(request: HttpRequest) -> HttpResponse:
    """The body's front page: for who is signed in the way to the desk, for others the way to sign in."""
    return redirect("desks:home") if request.user.is_authenticated else render(request, "desks/public.html")


def accessibility(request: HttpRequest) -> HttpResponse:
    """What the product does for accessibility, and what to do when something does not work."""
    return render(request, "desks/accessibility.html", {"demo_mode": settings.DEMO_MODE})
