"""Declaring an outside position, changing it, and the list of them."""

from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.registers.declarations.forms import LastingFilter
from openintegriteit.registers.declarations.pages import (
    RegisterPages,
    change_declared_page,
    declare_page,
    register_list,
)
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.outside_positions.forms import PositionForm
from openintegriteit.registers.outside_positions.law import law_of
from openintegriteit.registers.outside_positions.listings import POSITIONS
from openintegriteit.registers.outside_positions.models import OutsidePosition
from openintegriteit.registers.outside_positions.operations import REGISTER, change, declare

PAGES = RegisterPages(
    register=REGISTER,
    related="outside_position",
    model=OutsidePosition,
    form=PositionForm,
    declare=declare,
    change=change,
    filters=LastingFilter,
    listing=POSITIONS,
    asked=_("Which position do you declare?"),
    list_template="outside_positions/positions.html",
    form_template="outside_positions/position_form.html",
)


@requires(POLICY, "view_list")
def positions(request: ActorRequest) -> HttpResponseBase:
    """The positions that the roles of the reader let them read, as a page or a file."""
    shows_income = POLICY.allows(request.actor, "view_office_holders") and law_of(request.organisation.kind).income
    return register_list(request, PAGES, shows_income=shows_income)


@requires(POLICY, "declare")
def new(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Declare a position, for oneself or for who declared it on paper."""
    return declare_page(request, PAGES, person_id)


@requires(POLICY, "declare")
def edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change what was declared."""
    return change_declared_page(request, PAGES, pk)
