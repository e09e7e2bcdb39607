"""Pages about versions of regulations: reading them, having them read, and what holds for oneself."""

from datetime import timedelta
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from openintegriteit.campaigns.forms import NewCampaignForm
from openintegriteit.campaigns.operations import CampaignClosed, answer_signed_in, create_campaign
from openintegriteit.campaigns.permissions import POLICY as CAMPAIGNS
from openintegriteit.campaigns.queries import campaign_address, campaigns_about
from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.event_log.changes import history_of
from openintegriteit.policy import operations
from openintegriteit.policy.forms import VersionTextForm
from openintegriteit.policy.models import RegulationVersion
from openintegriteit.policy.permissions import POLICY
from openintegriteit.policy.queries import regulation_address, version_address, with_end
from openintegriteit.policy.reading import (
    KIND,
    asked_to_read,
    is_readable,
    kinds_for,
    my_rules,
    reading_of_version,
    subject_of,
)
from openintegriteit.policy.views import REGULATIONS_CRUMB
from openintegriteit.ui.editing import change_page, create_page

MY_RULES_CRUMB = (_("My rules and codes"), reverse_lazy("policy:my_rules"))
TIME_TO_READ = timedelta(days=21)
ACTIONS = {"regulation.text_changed": _("Text changed")}


def _crumbs_of(version: RegulationVersion) -> list[tuple[object, object]]:
    regulation = version.regulation
    return [REGULATIONS_CRUMB, (regulation.title, regulation_address(regulation.pk))]


def _crumbs_below(version: RegulationVersion) -> list[tuple[object, object]]:
    return [*_crumbs_of(version), (_("Version %(label)s") % {"label": version.label}, version_address(version.pk))]


@requires(POLICY, "view")
def version(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One version: its text, from when until when it holds, and the campaigns in which it is read."""
    rows = with_end(RegulationVersion.objects.select_related("regulation", "replaces_version__regulation"))
    found = get_object_or_404(rows, pk=pk)
    follows = CAMPAIGNS.allows(request.actor, "view")
    context = {
        "version": found,
        "campaigns": campaigns_about(KIND, pk) if follows else [],
        "history": history_of(found, ACTIONS),
        "crumbs": _crumbs_of(found),
        "may_change": POLICY.allows(request.actor, "change"),
        "was_mailed": operations.was_mailed(found),
        "today": today(),
    }
    return render(request, "policy/version.html", context)


@requires(POLICY, "change")
def version_text(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Write the text of a version, as long as nobody was asked to read it."""
    found = get_object_or_404(RegulationVersion.objects.select_related("regulation"), pk=pk)
    change = partial(operations.change_text, actor=request.actor, version=found)
    crumbs = _crumbs_below(found)
    try:
        return change_page(
            request,
            VersionTextForm,
            found,
            save=lambda version, values: change(expected_version=version, values=values),
            template="policy/version_text.html",
            context={"title": _("The text of this version"), "crumbs": crumbs},
            then=lambda saved: version_address(saved.pk),
            done=_("The text has been saved."),
        )
    except operations.TextWasMailed:
        messages.info(request, _("People were asked to read this text, so it stays as it is. Add a new version."))
        return redirect(version_address(pk))


@requires(POLICY, "change")
def version_campaign(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Ask a group to read a version: makes a draft, nobody gets a mail yet."""
    found = get_object_or_404(RegulationVersion.objects.select_related("regulation"), pk=pk)
    subject = subject_of(found)
    title = _("Read: %(title)s") % {"title": found.regulation.title}
    first = {
        "title": title[:200],
        "opens_on": today(),
        "answer_before": today() + TIME_TO_READ,
        "reminder_days": [7],
        "kinds": kinds_for(found.regulation),
    }
    return create_page(
        request,
        NewCampaignForm(request.POST or None, initial=first),
        save=lambda key, values: create_campaign(actor=request.actor, identifier=key, values={**values, **subject}),
        template="campaigns/campaign_form.html",
        context={"title": _("Have this version read"), "crumbs": _crumbs_below(found)},
        then=lambda saved: campaign_address(saved.pk),
        done=_("The campaign has been saved. Nobody has got a mail yet."),
    )


@requires(POLICY, "read")
def rules_for_me(request: ActorRequest) -> HttpResponse:
    """The regulations that hold for who is signed in, and what that person is asked to read."""
    context = {"mine": my_rules(request.actor, today()), "today": today()}
    return render(request, "policy/my_rules.html", context)


@requires(POLICY, "read")
def rule_for_me(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One version to read, with the button for who is asked to say so. Opening changes nothing."""
    found = get_object_or_404(RegulationVersion.objects.select_related("regulation"), pk=pk)
    asked = asked_to_read(request.actor, found)
    if not is_readable(found, asked, today()):
        raise Http404
    context = {
        "version": found,
        "reading": reading_of_version(pk),
        "waiting": [row for row in asked if not row.answered_at and row.campaign.takes_answers],
        "answered": [row for row in asked if row.answered_at],
        "crumbs": [MY_RULES_CRUMB],
    }
    return render(request, "policy/my_rule.html", context)


@require_POST
@requires(POLICY, "read")
def say_read(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say that one has read a version, wherever one was asked to. Saying it twice is no mistake."""
    asked = asked_to_read(request.actor, get_object_or_404(RegulationVersion, pk=pk))
    try:
        answered = [answer_signed_in(actor=request.actor, invitee=row) for row in asked if row.campaign.takes_answers]
    except CampaignClosed:
        answered = []
    if any(answered):
        messages.success(request, _("Thank you. It has been recorded that you read this."))
    else:
        messages.info(request, _("You had told this already, or nobody asks it of you. You need not do anything."))
    return redirect("policy:my_rules")
