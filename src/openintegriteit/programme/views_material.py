"""Pages about what an activity uses."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.programme import material as operations
from openintegriteit.programme.forms_activities import MaterialForm, MaterialWithdrawalForm
from openintegriteit.programme.models import Activity, Material
from openintegriteit.programme.permissions import POLICY
from openintegriteit.programme.queries import activity_address
from openintegriteit.programme.views_activities import CRUMB
from openintegriteit.ui.editing import create_page


@requires(POLICY, "change")
def material_new(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Add what an activity uses."""
    about: Activity = get_object_or_404(Activity, pk=pk)
    return create_page(
        request,
        MaterialForm(request.POST or None),
        save=lambda key, values: operations.add_material(
            actor=request.actor, identifier=key, activity=about, values=values
        ),
        template="programme/material_form.html",
        context={"title": _("What is used?"), "crumbs": [CRUMB, (str(about), activity_address(pk))]},
        then=lambda saved: f"{activity_address(pk)}#materiaal",
        done=_("The material has been added."),
    )


@requires(POLICY, "change")
def material_withdraw(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Withdraw what an activity used, with a reason."""
    found: Material = get_object_or_404(Material.objects.select_related("activity"), pk=pk)
    form, address = MaterialWithdrawalForm(request.POST or None), activity_address(found.activity_id)
    if request.method == "POST" and form.is_valid():
        operations.withdraw_material(actor=request.actor, material=found, why=form.cleaned_data["why"])
        messages.success(request, _("The material has been withdrawn."))
        return redirect(f"{address}#materiaal")
    context = {"form": form, "material": found, "crumbs": [CRUMB, (str(found.activity), address)]}
    status = 422 if request.method == "POST" else 200
    return render(request, "programme/material_withdraw.html", context, status=status)
