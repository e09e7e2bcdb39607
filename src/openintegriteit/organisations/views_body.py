"""Pages about the body itself: its facts, its head counts and its units."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.organisations.forms import BodyForm, HeadCountForm, NewHeadCountForm, NewUnitForm, UnitForm
from openintegriteit.organisations.models import HeadCount, Organisation, Unit
from openintegriteit.organisations.operations import (
    UnitInUse,
    change_body,
    change_head_count,
    change_unit,
    create_head_count,
    create_unit,
    remove_unit,
)
from openintegriteit.organisations.permissions import POLICY
from openintegriteit.organisations.queries import UnitTree
from openintegriteit.ui.editing import change_page, create_page
from openintegriteit.ui.tables import Column, headers

UNIT_HEADS = (
    Column(_("Department or team")),
    Column(_("Code")),
    Column(_("Belongs to")),
    Column(_("People now"), numeric=True),
    Column(_("What you can do"), quiet=True),
)
HEAD_COUNT_HEADS = (
    Column(_("Year")),
    Column(_("Department or team")),
    Column(_("Employees"), numeric=True),
    Column(_("Fte"), numeric=True),
    Column(_("Explanation")),
    Column(_("What you can do"), quiet=True),
)


@requires(POLICY, "view")
def units(request: ActorRequest) -> HttpResponse:
    """The tree of units, with how many people work in each."""
    context = {
        "lines": list(UnitTree(counted_on=today()).lines()),
        "headers": headers(UNIT_HEADS, request.GET),
        "may_change": POLICY.allows(request.actor, "change"),
    }
    return render(request, "organisations/units.html", context)


@requires(POLICY, "change")
def unit_new(request: ActorRequest) -> HttpResponse:
    """Add a unit."""
    return create_page(
        request,
        NewUnitForm(request.POST if request.method == "POST" else None),
        save=lambda key, values: create_unit(actor=request.actor, identifier=key, values=values),
        template="organisations/edit.html",
        context={"title": _("Add a unit"), "crumbs": [(_("Units"), reverse("organisations:units"))]},
        then=lambda _unit: reverse("organisations:units"),
        done=_("The unit has been added."),
    )


@requires(POLICY, "change")
def unit_change(request: ActorRequest, unit_id: UUID) -> HttpResponse:
    """Change a unit, or remove it when nothing belongs to it."""
    unit = get_object_or_404(Unit, pk=unit_id)
    return change_page(
        request,
        UnitForm,
        unit,
        save=lambda version, values: change_unit(
            actor=request.actor, unit=unit, expected_version=version, values=values
        ),
        template="organisations/unit.html",
        context={
            "title": _("Change the unit %(name)s") % {"name": unit.name},
            "crumbs": [(_("Units"), reverse("organisations:units"))],
            "remove": reverse("organisations:unit_remove", args=[unit.pk]),
        },
        then=lambda _unit: reverse("organisations:units"),
        done=_("The unit has been saved."),
    )


@require_POST
@requires(POLICY, "change")
def unit_remove(request: ActorRequest, unit_id: UUID) -> HttpResponse:
    """Remove a unit that nothing belongs to."""
    unit = get_object_or_404(Unit, pk=unit_id)
    try:
        remove_unit(actor=request.actor, unit=unit)
    except UnitInUse:
        messages.error(
            request,
            _(
                "This unit is still in use: people, positions, head counts or other units belong to it. "
                "Move them first."
            ),
        )
        return redirect("organisations:unit_change", unit_id)
    messages.success(request, _("The unit has been removed."))
    return redirect("organisations:units")


@requires(POLICY, "view")
def body(request: ActorRequest) -> HttpResponse:
    """The facts of the body and its head counts."""
    context = {
        "body": request.organisation,
        "head_counts": HeadCount.objects.select_related("unit").order_by("-year", "unit__name", "pk"),
        "headers": headers(HEAD_COUNT_HEADS, request.GET),
        "may_change_body": POLICY.allows(request.actor, "change_body"),
        "may_count": POLICY.allows(request.actor, "change_head_counts"),
    }
    return render(request, "organisations/body.html", context)


@requires(POLICY, "change_body")
def body_change(request: ActorRequest) -> HttpResponse:
    """Change the name or kind of the body."""
    organisation = get_object_or_404(Organisation, pk=request.actor.organisation_id)
    return change_page(
        request,
        BodyForm,
        organisation,
        save=lambda version, values: change_body(
            actor=request.actor, organisation=organisation, expected_version=version, values=values
        ),
        template="organisations/edit.html",
        context={
            "title": _("Change the facts of your organisation"),
            "crumbs": [(_("Organisation"), reverse("organisations:body"))],
        },
        then=lambda _body: reverse("organisations:body"),
        done=_("The facts of your organisation have been saved."),
    )


@requires(POLICY, "change_head_counts")
def head_count_new(request: ActorRequest) -> HttpResponse:
    """Record the head count of a year."""
    return create_page(
        request,
        NewHeadCountForm(request.POST if request.method == "POST" else None, initial={"year": today().year - 1}),
        save=lambda key, values: create_head_count(actor=request.actor, identifier=key, values=values),
        template="organisations/edit.html",
        context={
            "title": _("How many people worked here?"),
            "crumbs": [(_("Organisation"), reverse("organisations:body"))],
        },
        then=lambda _count: reverse("organisations:body"),
        done=_("The head count has been saved."),
    )


@requires(POLICY, "change_head_counts")
def head_count_change(request: ActorRequest, head_count_id: UUID) -> HttpResponse:
    """Correct the head count of a year."""
    head_count = get_object_or_404(HeadCount, pk=head_count_id)
    return change_page(
        request,
        HeadCountForm,
        head_count,
        save=lambda version, values: change_head_count(
            actor=request.actor, head_count=head_count, expected_version=version, values=values
        ),
        template="organisations/edit.html",
        context={
            "title": _("How many people worked here in %(year)s?") % {"year": head_count.year},
            "crumbs": [(_("Organisation"), reverse("organisations:body"))],
        },
        then=lambda _count: reverse("organisations:body"),
        done=_("The head count has been saved."),
    )
