"""Designated positions: the list, one of them, designating and changing."""

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.event_log.changes import history_of
from openintegriteit.registers.designations import operations
from openintegriteit.registers.designations.forms import DesignationFilter, DesignationForm, NewDesignationForm
from openintegriteit.registers.designations.listings import DESIGNATIONS
from openintegriteit.registers.designations.models import Designation
from openintegriteit.registers.designations.permissions import POLICY
from openintegriteit.registers.designations.queries import designation_address, holders_of, with_holders
from openintegriteit.ui.editing import change_page, create_page
from openintegriteit.ui.listing import export, export_format, list_page

HERE = (_("Designated positions"), reverse_lazy("designations:designations"))
FORM = "ui/form.html"
MOST_HOLDERS = 100
ACTIONS = {"designation.made": _("Position designated"), "designation.changed": _("Designation changed")}


@requires(POLICY, "view")
def designations(request: ActorRequest) -> HttpResponseBase:
    """The designated positions, as a page or a file."""
    filters = DesignationFilter(request.GET)
    rows = filters.narrowed(Designation.objects.all())
    related = ("position__unit",)
    if export_format(request):
        return export(request, DESIGNATIONS, with_holders(rows, today()).select_related(*related))
    listing = list_page(
        request,
        DESIGNATIONS,
        rows,
        filters,
        shown=lambda page: with_holders(page, today()).select_related(*related),
    )
    context = {"listing": listing, "may_change": POLICY.allows(request.actor, "change"), "today": today()}
    return render(request, "designations/designations.html", context)


@requires(POLICY, "view")
def designation(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One designation with who holds the position now."""
    found = get_object_or_404(Designation.objects.select_related("position__unit"), pk=pk)
    holders = list(holders_of(found, today())[: MOST_HOLDERS + 1])
    context = {
        "designation": found,
        "holders": holders[:MOST_HOLDERS],
        "there_are_more": len(holders) > MOST_HOLDERS,
        "history": history_of(found, ACTIONS),
        "may_change": POLICY.allows(request.actor, "change"),
        "today": today(),
        "crumbs": [HERE],
    }
    return render(request, "designations/designation.html", context)


@requires(POLICY, "change")
def new(request: ActorRequest) -> HttpResponse:
    """Designate a position."""
    return create_page(
        request,
        NewDesignationForm(request.POST or None),
        save=lambda key, values: operations.designate(actor=request.actor, identifier=key, values=values),
        template=FORM,
        context={"title": _("Which position do you designate?"), "crumbs": [HERE]},
        then=lambda saved: designation_address(saved.pk),
        done=_("The position has been designated."),
    )


@requires(POLICY, "change")
def edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change or end a designation."""
    found = get_object_or_404(Designation.objects.select_related("position__unit"), pk=pk)
    return change_page(
        request,
        DesignationForm,
        found,
        save=lambda version, values: operations.change_designation(
            actor=request.actor, designation=found, expected_version=version, values=values
        ),
        template=FORM,
        context={"title": str(found), "crumbs": [HERE, (str(found), designation_address(pk))]},
        then=lambda saved: designation_address(saved.pk),
        done=_("The designation has been saved."),
    )
