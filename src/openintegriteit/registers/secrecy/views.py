"""Imposed secrecy: the list, one of it, recording, changing, lifting and withdrawing."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.event_log.changes import history_of
from openintegriteit.registers.secrecy import operations
from openintegriteit.registers.secrecy.forms import ExclusionForm, LiftForm, NewSecrecyForm, SecrecyFilter, SecrecyForm
from openintegriteit.registers.secrecy.law import ground_in_words, law_of
from openintegriteit.registers.secrecy.listings import secrecy_listing
from openintegriteit.registers.secrecy.models import ImposedSecrecy
from openintegriteit.registers.secrecy.permissions import POLICY, may_keep
from openintegriteit.registers.secrecy.queries import exclusions_to, secrecy_address, secrecy_to
from openintegriteit.ui.editing import change_page, create_page
from openintegriteit.ui.listing import export, export_format, list_page
from openintegriteit.ui.withdrawing import back_when_withdrawn, withdraw_page

HERE = (_("Secrecy"), reverse_lazy("secrecy:list"))
FORM = "secrecy/form.html"
ACTIONS = {
    "secrecy.recorded": _("Secrecy recorded"),
    "secrecy.changed": _("Secrecy changed"),
    "secrecy.lifted": _("Secrecy lifted"),
    "secrecy.withdrawn": _("Secrecy withdrawn"),
}


@requires(POLICY, "view")
def listed(request: ActorRequest) -> HttpResponseBase:
    """The imposed secrecy that the reader may see, as a page or a file."""
    law, filters, day = law_of(request.organisation.kind), SecrecyFilter(request.GET), today()
    rows, listing_of = filters.narrowed(secrecy_to("view", request.actor)), secrecy_listing(law)
    if export_format(request):
        return export(request, listing_of, rows)
    listing = list_page(request, listing_of, rows, filters)
    context = {
        "listing": listing,
        "rows": [(row, law.imposer_of(row), *row.state_on(day)) for row in listing.page],
        "may_keep": POLICY.allows(request.actor, "keep"),
        "articles": [
            article for article in (law.meeting, law.imposing, law.marking, law.lapsing, law.lifting) if article
        ],
    }
    return render(request, "secrecy/list.html", context)


@requires(POLICY, "view")
def one(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One imposed secrecy. One that the reader may not see answers as absent."""
    found, law = get_object_or_404(secrecy_to("view", request.actor), pk=pk), law_of(request.organisation.kind)
    keeps = may_keep(
        request.actor, imposed_by=found.imposed_by, committee_of=found.committee_of, given=bool(found.given_on)
    )
    tone, state = found.state_on(today())
    context = {
        "secrecy": found,
        "tone": tone,
        "state": state,
        "imposer": law.imposer_of(found),
        "founder": law.name_of(found.committee_of) if found.committee_of else "",
        "representative": law.name_of("representative"),
        "article": law.article_of(found),
        "ground": ground_in_words(found.ground),
        "marking_article": law.marking,
        "lifters": list(law.lifters_by_name(found).values()),
        "lifted_by": law.lifters_by_name(found).get(found.lifted_by, ""),
        "has_lapsed": found.has_lapsed_on(today()),
        "lapsing_article": law.lapsing,
        "giving_article": law.giving_too,
        "lifting_article": law.lifting_article_of(found),
        "may_keep": keeps and not found.withdrawn_on,
        "may_exclude": law.excluding and not found.withdrawn_on and POLICY.allows(request.actor, "exclude"),
        "excluding_article": law.excluding,
        "exclusions": exclusions_to("view", request.actor).filter(secrecy=found).select_related("person"),
        "history": history_of(found, ACTIONS),
        "crumbs": [HERE],
    }
    return render(request, "secrecy/one.html", context)


@requires(POLICY, "keep")
def new(request: ActorRequest) -> HttpResponse:
    """Record that secrecy was imposed, or lies on a closed meeting."""
    law = law_of(request.organisation.kind)
    return create_page(
        request,
        NewSecrecyForm(request.POST or None, law=law, actor=request.actor),
        save=lambda key, values: operations.impose(actor=request.actor, identifier=key, values=values),
        template=FORM,
        context={"title": _("On what does secrecy lie?"), "crumbs": [HERE]},
        then=lambda saved: secrecy_address(saved.pk),
        done=_("The secrecy has been recorded."),
    )


@requires(POLICY, "keep")
def edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Record what was done since, or correct it. What was lifted changes no more."""
    found = get_object_or_404(secrecy_to("keep", request.actor), pk=pk)
    if back := back_when_withdrawn(request, found, secrecy_address(pk)):
        return back
    if found.lifted_on:
        messages.info(request, _("This was lifted already, so it changes no more."))
        return redirect(secrecy_address(pk))
    form: Any = partial(SecrecyForm, law=law_of(request.organisation.kind))
    return change_page(
        request,
        form,
        found,
        save=lambda version, values: operations.change(
            actor=request.actor, secrecy=found, expected_version=version, values=values
        ),
        template=FORM,
        context={"title": _("Change the secrecy"), "crumbs": _crumbs(found)},
        then=lambda saved: secrecy_address(saved.pk),
        done=_("The secrecy has been changed."),
    )


@requires(POLICY, "keep")
def lift(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Record who lifted it, when and by which decision, or correct that."""
    found = get_object_or_404(secrecy_to("keep", request.actor), pk=pk)
    if found.has_lapsed_on(today()):
        messages.info(request, _("This lapsed already, so nobody lifts it any more."))
        return redirect(secrecy_address(pk))
    form: Any = partial(LiftForm, law=law_of(request.organisation.kind))
    return back_when_withdrawn(request, found, secrecy_address(pk)) or change_page(
        request,
        form,
        found,
        save=lambda version, values: operations.lift(
            actor=request.actor, secrecy=found, expected_version=version, values=values
        ),
        template="ui/form.html",
        context={"title": _("Who lifted the secrecy?"), "lead": found.subject, "crumbs": _crumbs(found)},
        then=lambda saved: secrecy_address(saved.pk),
        done=_("It is recorded that the secrecy was lifted."),
    )


@requires(POLICY, "keep")
def withdraw(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take back what was recorded by mistake."""
    found = get_object_or_404(secrecy_to("keep", request.actor), pk=pk)
    return withdraw_page(
        request,
        found,
        save=lambda version, reason: operations.withdraw(
            actor=request.actor, secrecy=found, expected_version=version, reason=reason
        ),
        address=secrecy_address(pk),
        crumbs=_crumbs(found),
    )


@requires(POLICY, "exclude")
def exclude(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Record that a member who broke this secrecy was excluded; absent where the law has no such thing."""
    law = law_of(request.organisation.kind)
    found = get_object_or_404(secrecy_to("keep", request.actor).standing(), pk=pk)
    if not law.excluding:
        raise Http404
    return create_page(
        request,
        ExclusionForm(request.POST or None, law=law),
        save=lambda key, values: operations.exclude(actor=request.actor, identifier=key, secrecy=found, values=values),
        template="ui/form.html",
        context={"title": _("Who was excluded?"), "lead": found.subject, "crumbs": _crumbs(found)},
        then=lambda saved: secrecy_address(pk),
        done=_("The exclusion has been recorded."),
    )


@requires(POLICY, "exclude")
def withdraw_exclusion(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take back an exclusion that was recorded by mistake."""
    found = get_object_or_404(exclusions_to("keep", request.actor).select_related("secrecy"), pk=pk)
    return withdraw_page(
        request,
        found,
        save=lambda version, reason: operations.withdraw_exclusion(
            actor=request.actor, exclusion=found, expected_version=version, reason=reason
        ),
        address=secrecy_address(found.secrecy_id),
        crumbs=_crumbs(found.secrecy),
    )


def _crumbs(found: ImposedSecrecy) -> list[tuple[Any, Any]]:
    return [HERE, (found.subject, secrecy_address(found.pk))]
