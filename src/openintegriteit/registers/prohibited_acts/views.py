"""Declaring what may be a prohibited act, changing it, and the list of them."""

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.registers.abstentions.permissions import POLICY as EXEMPTIONS
from openintegriteit.registers.declarations.pages import (
    RegisterPages,
    change_declared_page,
    declare_page,
    register_list,
)
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.prohibited_acts.forms import ActFilter, ActForm
from openintegriteit.registers.prohibited_acts.listings import ACTS
from openintegriteit.registers.prohibited_acts.models import ProhibitedAct
from openintegriteit.registers.prohibited_acts.operations import REGISTER, change, declare
from openintegriteit.registers.prohibited_acts.queries import without_exemption

PAGES = RegisterPages(
    register=REGISTER,
    related="prohibited_act",
    model=ProhibitedAct,
    form=ActForm,
    declare=declare,
    change=change,
    filters=ActFilter,
    listing=ACTS,
    asked=_("Which act do you declare?"),
    list_template="prohibited_acts/acts.html",
    form_template="prohibited_acts/act_form.html",
)


@requires(POLICY, "view_list")
def acts(request: ActorRequest) -> HttpResponseBase:
    """The acts that the roles of the reader let them read, as a page or a file."""
    open_acts = without_exemption(request.organisation.kind, today()).values_list("declaration", flat=True)
    may_view_exemptions = EXEMPTIONS.allows(request.actor, "view_exemptions")
    return register_list(request, PAGES, open_acts=set(open_acts), may_view_exemptions=may_view_exemptions)


@requires(POLICY, "declare")
def new(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Declare an act, of oneself or of who declared it on paper."""
    return declare_page(request, PAGES, person_id)


@requires(POLICY, "declare")
def edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change what was declared."""
    return change_declared_page(request, PAGES, pk)
