"""Pages about campaigns: the list, one campaign with how far it is, who was asked, and starting and closing it."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from openintegriteit.campaigns import operations
from openintegriteit.campaigns.forms import CampaignFilter, CampaignForm, InviteeFilter, StartForm
from openintegriteit.campaigns.listings import CAMPAIGNS, INVITEES, UNIT_COLUMNS
from openintegriteit.campaigns.models import Ask, Campaign, CampaignState, Invitee
from openintegriteit.campaigns.permissions import POLICY, SIDES
from openintegriteit.campaigns.preparing import Asking, ask_to_prepare
from openintegriteit.campaigns.queries import (
    campaign_address,
    group_size,
    progress_of,
    rules_in_words,
    unit_names_of,
    with_numbers,
)
from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.core.locking import StaleRecord
from openintegriteit.event_log.changes import history_of
from openintegriteit.organisations.operations import log_reading
from openintegriteit.ui.editing import change_page
from openintegriteit.ui.listing import export, export_format, list_page
from openintegriteit.ui.tables import headers

CRUMB = (_("Campaigns"), reverse_lazy("campaigns:campaigns"))
ACTIONS = {
    "campaign.created": _("Campaign added"),
    "campaign.changed": _("Campaign changed"),
    "campaign.started": _("Campaign started"),
    "campaign.prepared": _("Everybody invited"),
    "campaign.reminded": _("Reminders written"),
    "campaign.managers_told": _("Managers told who has not answered"),
    "campaign.closed": _("Campaign closed"),
}


@requires(POLICY, "view")
def campaigns(request: ActorRequest) -> HttpResponseBase:
    """The list of campaigns, as a page or a file."""
    filters = CampaignFilter(request.GET)
    rows = filters.narrowed(Campaign.objects.kept_by(request.actor))
    if export_format(request):
        return export(request, CAMPAIGNS, with_numbers(rows))
    context = {
        "listing": list_page(request, CAMPAIGNS, rows, filters, shown=with_numbers),
        "may_change": POLICY.allows(request.actor, "change"),
        "today": today(),
    }
    return render(request, "campaigns/campaigns.html", context)


@requires(POLICY, "view")
def campaign(request: ActorRequest, pk: UUID, asking: Asking) -> HttpResponse:
    """One campaign: before it starts whom it would ask, and from then on how far it is."""
    found = _kept(request, pk)
    kinds, units = rules_in_words(found)
    is_draft = found.state == CampaignState.DRAFT
    context = {
        "campaign": found,
        "kinds": kinds,
        "units": units,
        "size": group_size(found, today(), asking.meant) if is_draft else None,
        "unit_headers": headers(UNIT_COLUMNS, request.GET),
        "progress": None if is_draft else progress_of(found),
        "history": history_of(found, ACTIONS),
        "crumbs": [CRUMB],
        "may_change": POLICY.allows(request.actor, "change" + SIDES[found.for_office_holders]),
        "today": today(),
    }
    return render(request, "campaigns/campaign.html", context)


@requires(POLICY, "view")
def invitees(request: ActorRequest, pk: UUID) -> HttpResponseBase:
    """Who was asked, who has answered and who has not yet, as a page or a file. The log tells that it was opened."""
    found = _kept(request, pk)
    action = "note" if found.asks == Ask.READ else "paper"
    filters = InviteeFilter(request.GET, unit_names_of(found))
    rows = filters.narrowed(Invitee.objects.filter(campaign=found))
    log_reading(actor=request.actor, page="campaigns.invitees")
    if export_format(request):
        return export(request, INVITEES, rows.select_related("person"))
    context = {
        "campaign": found,
        "listing": list_page(request, INVITEES, rows, filters, shown=lambda shown: shown.select_related("person")),
        "crumbs": [CRUMB, (found.title, campaign_address(pk))],
        "may_note": POLICY.allows(request.actor, action + SIDES[found.for_office_holders])
        and found.state != CampaignState.CLOSED,
    }
    return render(request, "campaigns/invitees.html", context)


@requires(POLICY, "change")
def campaign_edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change a draft that asks to read; one that asks to declare has a page of its own (registers.rounds)."""
    found = get_object_or_404(Campaign.objects.kept_by(request.actor, "change"), pk=pk, asks=Ask.READ)
    name = found.title
    change = partial(operations.change_campaign, actor=request.actor, campaign=found)
    try:
        return change_page(
            request,
            CampaignForm,
            found,
            save=lambda version, values: change(expected_version=version, values=values),
            template="campaigns/campaign_form.html",
            context={"title": _("Change this campaign"), "crumbs": [CRUMB, (name, campaign_address(pk))]},
            then=lambda saved: campaign_address(saved.pk),
            done=_("The campaign has been saved. Nobody has got a mail yet."),
        )
    except operations.AlreadyStarted:
        messages.info(request, _("The campaign has been started, so its text and its group stay as they were mailed."))
        return redirect(campaign_address(pk))


@require_POST
@requires(POLICY, "change")
def start(request: ActorRequest, pk: UUID, asking: Asking) -> HttpResponse:
    """Start a draft as it was on the screen; one that was changed meanwhile is shown again."""
    found = _kept(request, pk, "change")
    form = StartForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else 0
    try:
        started = operations.start(actor=request.actor, campaign=found, expected_version=version, meant=asking.meant)
    except StaleRecord:
        messages.warning(request, _("The campaign is other than you saw. Look once more and start it then."))
    except operations.NobodyToAsk:
        messages.warning(request, _("Nobody is in this group. Change the group, then start the campaign."))
    except operations.LastDayGone:
        messages.warning(request, _("The last day has gone by already. Choose another, then start the campaign."))
    else:
        if started.opens_on <= today():
            ask_to_prepare(started, asking.task)
        messages.success(request, _("The campaign has been started."))
    return redirect(campaign_address(pk))


@require_POST
@requires(POLICY, "change")
def close(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Close a campaign."""
    operations.close(actor=request.actor, campaign=_kept(request, pk, "change"))
    messages.success(request, _("The campaign has been closed. Nobody gets a reminder any more."))
    return redirect(campaign_address(pk))


@require_POST
@requires(POLICY, "note")
def note_paper(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Record that somebody answered on paper."""
    kept = Campaign.objects.kept_by(request.actor, "note").filter(asks=Ask.READ)
    found = get_object_or_404(Invitee.objects.select_related("campaign", "person"), pk=pk, campaign__in=kept)
    try:
        operations.note_paper(actor=request.actor, invitee=found)
        messages.success(request, _("Recorded that %(name)s has answered.") % {"name": found.person.full_name})
    except operations.CampaignClosed:
        messages.info(request, _("The campaign has been closed meanwhile."))
    return redirect("campaigns:invitees", pk=found.campaign_id)


def _kept(request: ActorRequest, pk: UUID, action: str = "view") -> Campaign:
    """A campaign that the actor keeps; 404 for another one."""
    found: Campaign = get_object_or_404(Campaign.objects.kept_by(request.actor, action), pk=pk)
    return found
