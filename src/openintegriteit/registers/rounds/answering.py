"""The pages on which a round is answered, whichever way somebody came (`visits.py`)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from openintegriteit.campaigns.operations import CampaignClosed
from openintegriteit.core.access import ActorRequest
from openintegriteit.core.clock import today
from openintegriteit.messages.links import LinkSpent
from openintegriteit.registers.declarations.models import Draft
from openintegriteit.registers.declarations.pages import change_declared_page, declare_page, end_page
from openintegriteit.registers.declarations.queries import drafts_of, reader_of
from openintegriteit.registers.rounds.operations import OtherThanSeen, complete
from openintegriteit.registers.rounds.queries import Line, lines_of, seen_in
from openintegriteit.registers.rounds.registers import PAGES
from openintegriteit.registers.rounds.visits import ON_PAPER, Visit


def round_page(request: ActorRequest, visit: Visit) -> HttpResponse:
    """What stands there, with one button to say that it is right. Pressing it twice is no mistake."""
    if not visit.is_open:
        return _over(request, visit)
    kind = request.organisation.kind
    if request.method != "POST":
        return _shown(request, visit)
    try:
        just_now = complete(visit=visit, organisation_kind=kind, seen=request.POST.get("seen", ""))
    except OtherThanSeen:
        return _shown(request, visit, is_other=True)
    except (CampaignClosed, LinkSpent):
        visit.invitee.refresh_from_db()
        return _over(request, visit)
    return _over(request, visit, just_now=just_now)


def declare_in(request: ActorRequest, visit: Visit, register: str) -> HttpResponseBase:
    """Declare something in a register of the round, and come back to it."""
    if register not in visit.invitee.campaign.subject_parts:
        raise Http404
    return _open(request, visit) or declare_page(request, PAGES[register], visit.invitee.person_id, visit.frame)


def edit_in(request: ActorRequest, visit: Visit, declaration: UUID) -> HttpResponseBase:
    """Change something that the person of the round declared, and come back to it."""
    register = _register_of(visit, declaration, request.organisation.kind)
    return _open(request, visit) or change_declared_page(request, PAGES[register], declaration, visit.frame)


def end_in(request: ActorRequest, visit: Visit, declaration: UUID) -> HttpResponseBase:
    """Say that something stopped, and come back to the round."""
    _register_of(visit, declaration, request.organisation.kind)
    return _open(request, visit) or end_page(request, declaration, visit.frame)


def _open(request: ActorRequest, visit: Visit) -> HttpResponse | None:
    """Nothing as long as the round can be answered, and then who comes by a link is who acts; else back to it."""
    if not visit.is_open:
        return redirect(visit.address)
    request.actor = visit.actor
    return None


def _register_of(visit: Visit, declaration: UUID, organisation_kind: str) -> str:
    """The register of something that stands in the round; 404 for what does not."""
    lines = lines_of(visit.invitee.person, visit.invitee.campaign, organisation_kind, today())
    for line in lines:
        if any(row.pk == declaration for row in line.declarations):
            return line.own.register.key
    raise Http404


def _shown(request: ActorRequest, visit: Visit, *, is_other: bool = False) -> HttpResponse:
    lines = lines_of(visit.invitee.person, visit.invitee.campaign, request.organisation.kind, today())
    context = {
        "visit": visit,
        "campaign": visit.invitee.campaign,
        "lines": [_line(visit, line) for line in lines],
        "begun": _begun(visit, lines),
        "is_empty": not any(line.declarations for line in lines),
        "seen": seen_in(lines),
        "is_other": is_other,
        "crumbs": visit.crumbs,
        "today": today(),
    }
    return render(request, "rounds/round.html", context, status=409 if is_other else 200)


def _begun(visit: Visit, lines: Sequence[Line]) -> list[tuple[Draft, str]]:
    """What who answers began on the way and did not send, each with the address of its form."""
    pages: dict[tuple[str, UUID | None], str] = {}
    for line in lines:
        register = line.own.register.key
        pages[register, None] = visit.page("new", register)
        pages |= {(register, row.pk): visit.page("edit", row.pk) for row in line.declarations}
    begun = [draft for draft in drafts_of(reader_of(visit.actor)) if draft.person_id == visit.invitee.person_id]
    addresses = [(draft, pages.get((draft.register, draft.declaration_id))) for draft in begun]
    return [(draft, address) for draft, address in addresses if address]


def _line(visit: Visit, line: Line) -> dict[str, Any]:
    register = line.own.register
    return {
        "own": line.own,
        "new": visit.page("new", register.key),
        "rows": [
            {
                "declaration": row,
                "edit": visit.page("edit", row.pk),
                "end": visit.page("end", row.pk) if register.lasts else "",
            }
            for row in line.declarations
        ],
    }


def _over(request: ActorRequest, visit: Visit, *, just_now: bool = False) -> HttpResponse:
    """Thanks; or, for who comes back or too late, what became of it."""
    if just_now and visit.pages == ON_PAPER:
        messages.success(request, _("Recorded that %(name)s has answered.") % {"name": visit.invitee.person.full_name})
        return redirect("campaigns:invitees", pk=visit.invitee.campaign_id)
    visit.invitee.refresh_from_db()
    answered = visit.invitee.answered_at is not None
    context = {"visit": visit, "campaign": visit.invitee.campaign, "just_now": just_now, "crumbs": visit.crumbs}
    return render(request, "rounds/over.html", {**context, "answered": answered}, status=200 if answered else 410)
