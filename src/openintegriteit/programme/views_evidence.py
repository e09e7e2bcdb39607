"""Pages about what proves a measure."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.programme import evidence as operations
from openintegriteit.programme.forms_evidence import EvidenceForm, WithdrawalForm
from openintegriteit.programme.models import Evidence, Measure
from openintegriteit.programme.permissions import POLICY
from openintegriteit.programme.queries import measure_address
from openintegriteit.programme.views_measures import CRUMB
from openintegriteit.ui.editing import create_page


@requires(POLICY, "change")
def evidence_new(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Add what proves a measure."""
    about: Measure = get_object_or_404(Measure, pk=pk)
    return create_page(
        request,
        EvidenceForm(request.POST or None),
        save=lambda key, values: operations.add_evidence(
            actor=request.actor, identifier=key, measure=about, values=values
        ),
        template="programme/evidence_form.html",
        context={"title": _("What proves this measure?"), "crumbs": [CRUMB, (str(about), measure_address(pk))]},
        then=lambda saved: f"{measure_address(pk)}#bewijs",
        done=_("The evidence has been added."),
    )


@requires(POLICY, "change")
def evidence_withdraw(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Withdraw what proved a measure, with a reason."""
    found: Evidence = get_object_or_404(Evidence.objects.select_related("measure"), pk=pk)
    form, address = WithdrawalForm(request.POST or None), measure_address(found.measure_id)
    if request.method == "POST" and form.is_valid():
        operations.withdraw_evidence(actor=request.actor, evidence=found, why=form.cleaned_data["why"])
        messages.success(request, _("The evidence has been withdrawn."))
        return redirect(f"{address}#bewijs")
    context = {"form": form, "evidence": found, "crumbs": [CRUMB, (str(found.measure), address)]}
    status = 422 if request.method == "POST" else 200
    return render(request, "programme/evidence_withdraw.html", context, status=status)
