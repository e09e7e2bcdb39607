"""Pages of the body's own form for proposals: its headings, and the text that usually stands under each."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from openintegriteit.accountability import operations
from openintegriteit.accountability.forms import FormHeadingForm
from openintegriteit.accountability.models import FormHeading
from openintegriteit.accountability.permissions import POLICY
from openintegriteit.accountability.sections import office_names
from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.event_log.changes import history_of
from openintegriteit.ui.editing import change_page

ACTIONS = {"form_heading.changed": _("Heading of the form changed")}


@requires(POLICY, "change")
def form_headings(request: ActorRequest) -> HttpResponse:
    """The headings of the form."""
    context = {
        "headings": FormHeading.objects.all(),
        "names": office_names(request.organisation.kind),
        "crumbs": [(_("Annual reports"), reverse("accountability:reports"))],
    }
    return render(request, "accountability/form_headings.html", context)


@requires(POLICY, "change")
def form_heading(request: ActorRequest, key: str) -> HttpResponse:
    """Change a heading, or the text that usually stands under it."""
    heading = get_object_or_404(FormHeading, key=key)
    address = reverse("accountability:form_headings")
    return change_page(
        request,
        FormHeadingForm,
        heading,
        save=lambda version, values: operations.change_form_heading(
            actor=request.actor, heading=heading, expected_version=version, values=values
        ),
        template="accountability/form.html",
        context={"title": heading.title, "back": address, "history": history_of(heading, ACTIONS)},
        then=lambda saved: address,
        done=_("The heading of the form has been saved."),
    )
