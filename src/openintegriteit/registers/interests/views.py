"""Declaring a financial interest, changing it, and the list of them."""

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.registers.declarations.pages import (
    RegisterPages,
    change_declared_page,
    declare_page,
    register_list,
)
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.interests.forms import InterestFilter, InterestForm, UnansweredFilter
from openintegriteit.registers.interests.listings import INTERESTS, UNANSWERED
from openintegriteit.registers.interests.models import FinancialInterest
from openintegriteit.registers.interests.operations import REGISTER, change, declare
from openintegriteit.registers.interests.queries import unanswered, with_posts
from openintegriteit.ui.listing import export, export_format, list_page

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
LIST = (_("Financial interests"), reverse_lazy("interests:interests"))


@requires(POLICY, "view_list")
def interests(request: ActorRequest) -> HttpResponseBase:
    """The interests that the roles of the reader let them read, as a page or a file."""
    return register_list(request, PAGES, may_see_unanswered=POLICY.allows(request.actor, "view_officials"))


@requires(POLICY, "view_officials")
def without_answer(request: ActorRequest) -> HttpResponseBase:
    """Who holds a designated position and neither declared anything nor said that there is nothing."""
    day = today()
    filters = UnansweredFilter(request.GET)
    rows = filters.narrowed(unanswered(day))
    if export_format(request):
        return export(request, UNANSWERED, with_posts(rows, day))
    listing = list_page(request, UNANSWERED, rows, filters, shown=lambda page: with_posts(page, day))
    return render(request, "interests/unanswered.html", {"listing": listing, "crumbs": [LIST]})


@requires(POLICY, "declare")
def new(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Declare an interest, of oneself or of who declared it on paper."""
    return declare_page(request, PAGES, person_id)


@requires(POLICY, "declare")
def edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change what was declared."""
    return change_declared_page(request, PAGES, pk)
