"""Pages of the annexes of a report."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from openintegriteit.accountability import operations
from openintegriteit.accountability.editions import ReportAdopted
from openintegriteit.accountability.forms_annexes import AnnexForm, NewAnnexForm
from openintegriteit.accountability.models import Annex, AnnualReport
from openintegriteit.accountability.permissions import POLICY
from openintegriteit.accountability.views import adopted_page
from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.event_log.changes import history_of
from openintegriteit.ui.editing import change_page, create_page

ACTIONS = {
    "annex.created": _("Annex added"),
    "annex.changed": _("Annex changed"),
    "annex.file_added": _("Document added to an annex"),
    "annex.file_removed": _("Document taken from an annex"),
}


@requires(POLICY, "change")
def annex_new(request: ActorRequest, year: int) -> HttpResponse:
    """Add an annex."""
    report = get_object_or_404(AnnualReport, year=year)
    address = reverse("accountability:report", args=[year])
    try:
        return create_page(
            request,
            NewAnnexForm(request.POST or None),
            save=lambda key, values: operations.create_annex(
                actor=request.actor, report=report, identifier=key, values=values
            ),
            template="accountability/form.html",
            context={"title": _("What is the annex?"), "back": address},
            then=lambda saved: address,
            done=_("The annex has been added."),
        )
    except ReportAdopted:
        return adopted_page(request, report)


@requires(POLICY, "change")
def annex_edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change an annex."""
    annex = get_object_or_404(Annex.objects.select_related("report"), pk=pk)
    address = reverse("accountability:report", args=[annex.report.year])
    try:
        return change_page(
            request,
            AnnexForm,
            annex,
            save=lambda version, values: operations.change_annex(
                actor=request.actor, annex=annex, expected_version=version, values=values
            ),
            template="accountability/form.html",
            context={"title": annex.title, "back": address, "history": history_of(annex, ACTIONS), "annex": annex},
            then=lambda saved: address,
            done=_("The annex has been saved."),
        )
    except ReportAdopted:
        return adopted_page(request, annex.report)
