"""Declaring a gift, changing it, the list of them, and what each giver offered in all."""

from datetime import date
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.paging import PER_PAGE, sort_from
from openintegriteit.registers.declarations.models import Regime
from openintegriteit.registers.declarations.pages import (
    RegisterPages,
    change_declared_page,
    declare_page,
    register_list,
)
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.gifts.forms import GiftFilter, GiftForm, GiverFilter
from openintegriteit.registers.gifts.listings import GIFTS, GIVER_COLUMNS, GIVER_ORDER
from openintegriteit.registers.gifts.models import Gift
from openintegriteit.registers.gifts.operations import REGISTER, change, declare
from openintegriteit.registers.gifts.queries import (
    giver_total,
    readable_regimes,
    rule_on,
    totals_of_page,
    totals_per_giver,
)
from openintegriteit.registers.gifts.queries import told as told_of_givers
from openintegriteit.registers.gifts.words import rule_in_words
from openintegriteit.ui.listing import as_file, export_format
from openintegriteit.ui.tables import ORDER_PARAMETER, PAGE_PARAMETER, headers


def told(regime: Regime, day: date) -> dict[str, object]:
    """What the body's rule of the day says, above the form."""
    return {"rule": rule_in_words(rule_on(regime, day), regime)}


PAGES = RegisterPages(
    register=REGISTER,
    related="gift",
    model=Gift,
    form=GiftForm,
    declare=declare,
    change=change,
    filters=GiftFilter,
    listing=GIFTS,
    asked=_("What were you offered?"),
    list_template="gifts/gifts.html",
    form_template="gifts/gift_form.html",
    told=told,
)
LIST = (_("Gifts"), reverse_lazy("gifts:gifts"))


@requires(POLICY, "view_list")
def gifts(request: ActorRequest) -> HttpResponseBase:
    """The gifts that the roles of the reader let them read, as a page or a file."""
    return register_list(request, PAGES)


@requires(POLICY, "declare")
def new(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Declare what was offered, to oneself or to who declared it on paper."""
    return declare_page(request, PAGES, person_id)


@requires(POLICY, "declare")
def edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change what was declared, or tell what happened with it."""
    return change_declared_page(request, PAGES, pk)


@requires(POLICY, "view_list")
def givers(request: ActorRequest) -> HttpResponseBase:
    """What each giver offered in all, of the regimes that the roles of the reader let them read.

    Two queries: adding up takes the time, so it is done once for the number of givers and their order, and what is only
    shown is asked of the givers of the page.
    """
    filters = GiverFilter(request.GET)
    sort = sort_from(request.GET.get(ORDER_PARAMETER), GIVER_ORDER, "-aantal")
    totals = filters.narrowed(totals_per_giver(readable_regimes(request.actor)))
    ordered = totals.order_by(sort.order_by[0], "giver_key", "regime")
    if export_format(request):
        rows = told_of_givers(ordered)
        lines = ([r.giver, r.regime.label, r.number, r.total, r.first, r.last] for r in map(giver_total, rows))
        return as_file(request, "gevers", [column.label for column in GIVER_COLUMNS], lines)
    page = Paginator(list(ordered), PER_PAGE).get_page(request.GET.get(PAGE_PARAMETER))
    context = {
        "page": page,
        "totals": totals_of_page(totals, page),
        "headers": headers(GIVER_COLUMNS, request.GET, sort.value),
        "filters": filters,
        "active": sum(1 for name in filters.fields if request.GET.get(name)),
        "crumbs": [LIST],
    }
    return render(request, "gifts/givers.html", context)
