"""The pages that every register has: its list, declaring, and changing what was declared.

A register tells in a `RegisterPages` what they are made of; its views only guard and name them. What may not be read
answers as what is not there (404).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest
from openintegriteit.core.clock import today
from openintegriteit.organisations.models import Person
from openintegriteit.registers.declarations.forms import DeclarationFilter, DetailsForm
from openintegriteit.registers.declarations.models import Declaration, Details, Regime
from openintegriteit.registers.declarations.operations import Withdrawn
from openintegriteit.registers.declarations.queries import declaration_address, may_write, reader_of, visible_to
from openintegriteit.registers.declarations.registers import REGISTERS, regime_of
from openintegriteit.ui.editing import change_page, create_page
from openintegriteit.ui.listing import Listing, export, export_format, list_page

MINE = (_("My declarations"), reverse_lazy("declarations:mine"))


@dataclass(frozen=True, slots=True)
class RegisterPages[D: Details]:
    """What the pages of a register are made of.

    `related`: how a declaration names its details. `declare` and `change` are the operations of the register, `asked`
    heads the page that declares, `form_template` is a template over declarations/details_form.html, to which `told`
    gives what the register has to say under the regime of who declares, as of a day.
    """

    register: str
    related: str
    model: type[D]
    form: type[DetailsForm]
    declare: Callable[..., D]
    change: Callable[..., D]
    filters: type[DeclarationFilter]
    listing: Listing[Any]
    asked: str | Promise
    list_template: str
    form_template: str = "declarations/details_form.html"
    told: Callable[[Regime, date], Mapping[str, Any]] = lambda _regime, _day: {}


def register_list(request: ActorRequest, pages: RegisterPages[Any]) -> HttpResponseBase:
    """What the roles of the reader let them read of the register, as a page or a file."""
    filters = pages.filters(request.GET)
    rows = filters.narrowed(visible_to(reader_of(request.actor)).filter(register=pages.register))
    if export_format(request):
        return export(request, pages.listing, rows.select_related("person", pages.related))
    listing = list_page(
        request, pages.listing, rows, filters, shown=lambda page: page.select_related("person", pages.related)
    )
    return render(request, pages.list_template, {"listing": listing, "today": today()})


def declare_page(request: ActorRequest, pages: RegisterPages[Any], person_id: UUID) -> HttpResponse:
    """Declare something, for oneself or for who declared it on paper."""
    person = get_object_or_404(Person, pk=person_id)
    if not may_write(reader_of(request.actor), person):
        raise Http404
    return create_page(
        request,
        pages.form(_sent(request), regime=regime_of(person)),
        save=lambda key, values: pages.declare(actor=request.actor, identifier=key, person=person, values=values),
        template=pages.form_template,
        context={"title": pages.asked, "crumbs": [MINE], **_told(request, pages, person, regime_of(person), today())},
        then=lambda saved: declaration_address(saved.declaration_id),
        done=_("It has been declared."),
    )


def change_declared_page(request: ActorRequest, pages: RegisterPages[Any], pk: UUID) -> HttpResponse:
    """Change what was declared."""
    reader = reader_of(request.actor)
    declaration: Declaration = get_object_or_404(
        visible_to(reader).select_related("person"), pk=pk, register=pages.register
    )
    if not may_write(reader, declaration.person):
        raise Http404
    details = pages.model.objects.select_related("declaration__person").get(declaration=declaration)
    try:
        return change_page(
            request,
            pages.form,
            details,
            save=lambda version, values: pages.change(
                details, actor=request.actor, expected_version=version, values=values
            ),
            template=pages.form_template,
            context={
                "title": _("Change what was declared"),
                "decided": bool(declaration.outcome),
                "crumbs": [MINE, (declaration.title, declaration_address(pk))],
                **_told(request, pages, declaration.person, Regime(declaration.regime), declaration.starts_on),
            },
            then=lambda _saved: declaration_address(pk),
            done=_("What you declared has been saved."),
        )
    except Withdrawn:
        messages.info(request, _("This declaration was withdrawn, so it changes no more."))
        return redirect(declaration_address(pk))


def _sent(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _told(
    request: ActorRequest, pages: RegisterPages[Any], person: Person, regime: Regime, day: date | None
) -> dict[str, Any]:
    rules = REGISTERS[pages.register].regimes[regime]
    article = rules.article(request.organisation.kind, person.kind)
    return {"rules": rules, "article": article, **pages.told(regime, day or today())}
