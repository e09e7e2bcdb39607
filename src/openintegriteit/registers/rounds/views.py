"""Pages of rounds: asking a group, answering signed in, recording what came on paper, and the manager's own team."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from openintegriteit.campaigns.models import Ask, Campaign, CampaignState
from openintegriteit.campaigns.operations import AlreadyStarted, change_campaign, create_campaign
from openintegriteit.campaigns.permissions import POLICY as CAMPAIGNS
from openintegriteit.campaigns.permissions import SIDES
from openintegriteit.campaigns.queries import campaign_address
from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.organisations.operations import log_reading
from openintegriteit.registers.declarations.models import RegisterKey
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.rounds import visits
from openintegriteit.registers.rounds.answering import declare_in, edit_in, end_in, round_page
from openintegriteit.registers.rounds.forms import NewRoundForm, RoundForm, registers_asked
from openintegriteit.registers.rounds.queries import KIND, team_in
from openintegriteit.ui.editing import change_page, create_page

TIME_TO_ANSWER = timedelta(days=28)
OFFICE_HOLDERS = "ambtsdragers"


@requires(CAMPAIGNS, "change")
def new(request: ActorRequest) -> HttpResponse:
    """Ask a group to look at what they declared: makes a draft, nobody gets a mail yet."""
    sides = [side for side, suffix in SIDES.items() if CAMPAIGNS.allows(request.actor, f"change{suffix}")]
    asked = request.GET.get("voor") == OFFICE_HOLDERS
    for_office_holders = asked if asked in sides else sides[0]
    fixed = {"asks": Ask.DECLARE, "for_office_holders": for_office_holders}
    first = {
        "title": _("What you declared in %(year)s") % {"year": today().year},
        "registers": [RegisterKey.OUTSIDE_POSITIONS, RegisterKey.INTERESTS],
        "opens_on": today(),
        "answer_before": today() + TIME_TO_ANSWER,
        "reminder_days": [14, 3],
        "tells_managers": True,
    }
    return create_page(
        request,
        NewRoundForm(request.POST or None, initial=first, instance=Campaign(**fixed)),
        save=lambda key, values: create_campaign(
            actor=request.actor,
            identifier=key,
            values={**registers_asked(values), **fixed, "subject_kind": KIND, "subject_key": key},
        ),
        template="rounds/round_form.html",
        context={
            "title": _("Ask office holders to declare") if for_office_holders else _("Ask officials to declare"),
            "crumbs": [visits.CAMPAIGNS],
            "other_side": len(sides) > 1,
            "for_office_holders": for_office_holders,
        },
        then=lambda saved: campaign_address(saved.pk),
        done=_("The campaign has been saved. Nobody has got a mail yet."),
    )


@requires(CAMPAIGNS, "change")
def edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change a draft."""
    found = get_object_or_404(Campaign.objects.kept_by(request.actor, "change"), pk=pk, asks=Ask.DECLARE)
    change = partial(change_campaign, actor=request.actor, campaign=found)
    try:
        return change_page(
            request,
            RoundForm,
            found,
            save=lambda version, values: change(expected_version=version, values=registers_asked(values)),
            template="rounds/round_form.html",
            context={
                "title": _("Change this campaign"),
                "crumbs": [visits.CAMPAIGNS, (found.title, campaign_address(pk))],
            },
            then=lambda saved: campaign_address(saved.pk),
            done=_("The campaign has been saved. Nobody has got a mail yet."),
        )
    except AlreadyStarted:
        messages.info(request, _("The campaign has been started, so its text and its group stay as they were mailed."))
        return redirect(campaign_address(pk))


@requires(POLICY, "declare")
def mine(request: ActorRequest, pk: UUID) -> HttpResponse:
    """What one is asked to look at, with one button to say that it is right."""
    return round_page(request, visits.signed_in(request.actor, pk))


@requires(POLICY, "declare")
def mine_new(request: ActorRequest, pk: UUID, register: str) -> HttpResponseBase:
    """Declare something on the way."""
    return declare_in(request, visits.signed_in(request.actor, pk), register)


@requires(POLICY, "declare")
def mine_edit(request: ActorRequest, pk: UUID, declaration: UUID) -> HttpResponseBase:
    """Change something on the way."""
    return edit_in(request, visits.signed_in(request.actor, pk), declaration)


@requires(POLICY, "declare")
def mine_end(request: ActorRequest, pk: UUID, declaration: UUID) -> HttpResponseBase:
    """Say on the way that something stopped."""
    return end_in(request, visits.signed_in(request.actor, pk), declaration)


@requires(CAMPAIGNS, "paper")
def paper(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Record what somebody answered on paper."""
    return round_page(request, visits.on_paper(request.actor, pk))


@requires(CAMPAIGNS, "paper")
def paper_new(request: ActorRequest, pk: UUID, register: str) -> HttpResponseBase:
    """Declare what stands on the paper."""
    return declare_in(request, visits.on_paper(request.actor, pk), register)


@requires(CAMPAIGNS, "paper")
def paper_edit(request: ActorRequest, pk: UUID, declaration: UUID) -> HttpResponseBase:
    """Change what the paper says otherwise."""
    return edit_in(request, visits.on_paper(request.actor, pk), declaration)


@requires(CAMPAIGNS, "paper")
def paper_end(request: ActorRequest, pk: UUID, declaration: UUID) -> HttpResponseBase:
    """Record that something stopped."""
    return end_in(request, visits.on_paper(request.actor, pk), declaration)


@requires(POLICY, "decide")
def team(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Which of the people whom one leads have answered. The log tells that it was opened."""
    rounds = Campaign.objects.filter(asks=Ask.DECLARE, for_office_holders=False)
    found = get_object_or_404(rounds.exclude(state=CampaignState.DRAFT), pk=pk)
    rows = list(team_in(request.actor, found))
    if not rows:
        raise Http404
    log_reading(actor=request.actor, page="rounds.team")
    waiting = [row for row in rows if row.answered_at is None]
    context = {"campaign": found, "rows": rows, "waiting": len(waiting), "today": today()}
    return render(request, "rounds/team.html", context)
