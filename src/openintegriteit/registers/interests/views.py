"""Declaring a financial interest, changing it, and the list of them."""

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.registers.declarations.pages import (
    RegisterPages,
    change_declared_page,
    declare_page,
    register_list,
)
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.interests.forms import InterestFilter, InterestForm
from openintegriteit.registers.interests.listings import INTERESTS
from openintegriteit.registers.interests.models import FinancialInterest
from openintegriteit.registers.interests.operations import REGISTER, change, declare

PAGES = RegisterPages(
    register=REGISTER,
    related="financial_interest",
    model=FinancialInterest,
    form=InterestForm,
    declare=declare,
    change=change,
    filters=InterestFilter,
    listing=INTERESTS,
    asked=_("Which interest do you declare?"),
    list_template="interests/interests.html",
)


@requires(POLICY, "view_list")
def interests(request: ActorRequest) -> HttpResponseBase:
    """The interests that the roles of the reader let them read, as a page or a file."""
    return register_list(request, PAGES)


@requires(POLICY, "declare")
def new(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Declare an interest, of oneself or of who declared it on paper."""
    return declare_page(request, PAGES, person_id)


@requires(POLICY, "declare")
def edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change what was declared."""
    return change_declared_page(request, PAGES, pk)
