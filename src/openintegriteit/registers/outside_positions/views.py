"""Declaring an outside position, changing it, and the list of them."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.organisations.models import Person
from openintegriteit.registers.declarations.operations import Withdrawn
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.declarations.queries import declaration_address, may_write, reader_of, visible_to
from openintegriteit.registers.declarations.registers import regime_of, rules_for
from openintegriteit.registers.outside_positions import operations
from openintegriteit.registers.outside_positions.forms import NewPositionForm, PositionFilter, PositionForm
from openintegriteit.registers.outside_positions.listings import POSITIONS
from openintegriteit.registers.outside_positions.models import OutsidePosition
from openintegriteit.registers.outside_positions.operations import REGISTER
from openintegriteit.ui.editing import change_page, create_page
from openintegriteit.ui.listing import export, export_format, list_page

MINE = (_("My declarations"), reverse_lazy("declarations:mine"))


@requires(POLICY, "view_list")
def positions(request: ActorRequest) -> HttpResponseBase:
    """The positions that the roles of the reader let them read, as a page or a file."""
    filters = PositionFilter(request.GET)
    rows = filters.narrowed(visible_to(reader_of(request.actor)).filter(register=REGISTER))
    if export_format(request):
        return export(request, POSITIONS, rows.select_related("person", "outside_position"))
    listing = list_page(
        request, POSITIONS, rows, filters, shown=lambda page: page.select_related("person", "outside_position")
    )
    return render(request, "outside_positions/positions.html", {"listing": listing, "today": today()})


@requires(POLICY, "declare")
def new(request: ActorRequest, person_id: UUID) -> HttpResponse:
    """Declare a position, for oneself or for who declared it on paper."""
    person = get_object_or_404(Person, pk=person_id)
    if not may_write(reader_of(request.actor), person):
        raise Http404
    rules = rules_for(REGISTER, person)
    return create_page(
        request,
        NewPositionForm(request.POST or None, regime=regime_of(person)),
        save=lambda key, values: operations.declare(actor=request.actor, identifier=key, person=person, values=values),
        template="outside_positions/position_form.html",
        context={
            "title": _("Which position do you declare?"),
            "rules": rules,
            "article": rules.article(request.organisation.kind, person.kind),
            "crumbs": [MINE],
        },
        then=lambda saved: declaration_address(saved.declaration_id),
        done=_("The position has been declared."),
    )


@requires(POLICY, "declare")
def edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change what was declared."""
    reader = reader_of(request.actor)
    declaration = get_object_or_404(visible_to(reader).select_related("person"), pk=pk, register=REGISTER)
    if not may_write(reader, declaration.person):
        raise Http404
    rules = rules_for(REGISTER, declaration.person)
    try:
        return change_page(
            request,
            PositionForm,
            OutsidePosition.objects.select_related("declaration__person").get(declaration=declaration),
            save=lambda version, values: operations.change(
                actor=request.actor, position=declaration.outside_position, expected_version=version, values=values
            ),
            template="outside_positions/position_form.html",
            context={
                "title": _("Change this position"),
                "rules": rules,
                "article": rules.article(request.organisation.kind, declaration.person.kind),
                "decided": bool(declaration.outcome),
                "crumbs": [MINE, (declaration.title, declaration_address(pk))],
            },
            then=lambda saved: declaration_address(pk),
            done=_("The position has been saved."),
        )
    except Withdrawn:
        messages.info(request, _("This declaration was withdrawn, so it changes no more."))
        return redirect(declaration_address(pk))
