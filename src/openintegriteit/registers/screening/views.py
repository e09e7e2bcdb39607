"""Screening: who still owes one, what was done, recording, correcting, withdrawing, and what is asked of whom."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.event_log.changes import history_of
from openintegriteit.organisations.models import Person
from openintegriteit.registers.declarations.models import Regime
from openintegriteit.registers.declarations.permissions import POLICY, RECORD, regimes_to
from openintegriteit.registers.declarations.registers import regime_of, regime_of_kind
from openintegriteit.registers.screening import operations
from openintegriteit.registers.screening.forms import (
    NewRuleForm,
    NewScreeningForm,
    OwingFilter,
    RuleForm,
    ScreeningFilter,
    ScreeningForm,
)
from openintegriteit.registers.screening.law import LAW
from openintegriteit.registers.screening.listings import SCREENINGS, owing_listing
from openintegriteit.registers.screening.models import ScreeningKind, ScreeningRule
from openintegriteit.registers.screening.queries import (
    demands_on,
    described,
    here_or_coming,
    lacks_of,
    owing,
    screening_address,
    screenings_of,
)
from openintegriteit.ui.editing import change_page, create_page
from openintegriteit.ui.listing import export, export_format, list_page
from openintegriteit.ui.withdrawing import back_when_withdrawn, withdraw_page

HERE = (_("Screening"), reverse_lazy("screening:owing"))
RULES = (_("Rules on screening"), reverse_lazy("screening:rules"))
FORM = "ui/form.html"
ACTIONS = {
    "screening.recorded": _("Screening recorded"),
    "screening.changed": _("Screening changed"),
    "screening.withdrawn": _("Screening withdrawn"),
}


def _tabs(current: str) -> list[tuple[Any, str, bool]]:
    pages = (("owing", _("Who still owes one")), ("screenings", _("Screenings")), ("rules", _("Rules on screening")))
    return [(label, reverse(f"screening:{name}"), name == current) for name, label in pages]


@requires(POLICY, "view_list")
def owing_list(request: ActorRequest) -> HttpResponseBase:
    """Who still owes a screening and why, under the regimes that the reader may see; as a page or a file."""
    regimes, day = regimes_to("view", request.actor), today()
    filters = OwingFilter(request.GET, regimes=regimes)
    kind, demands = filters.asked_kind(), demands_on(request.organisation, regimes, day)
    wanted = [demand for demand in demands if kind in ("", demand.kind)]
    rows, listing_of = filters.narrowed(owing(here_or_coming(day), wanted, day)), owing_listing(wanted, day)
    if export_format(request):
        return export(request, listing_of, described(rows, day))
    listing = list_page(request, listing_of, rows, filters, shown=lambda page: described(page, day))
    people = [(person, lacks_of(person, wanted, day)) for person in listing.page]
    context = {
        "listing": listing,
        "people": people,
        "asked": bool(demands),
        "tabs": _tabs("owing"),
        "may_record": POLICY.allows(request.actor, "record"),
    }
    return render(request, "screening/owing.html", context)


@requires(POLICY, "view_list")
def screenings(request: ActorRequest) -> HttpResponseBase:
    """What was checked, under the regimes that the reader may see; as a page or a file."""
    filters = ScreeningFilter(request.GET)
    rows = filters.narrowed(screenings_of(regimes_to("view", request.actor)))
    if export_format(request):
        return export(request, SCREENINGS, rows.select_related("person"))
    listing = list_page(request, SCREENINGS, rows, filters, shown=lambda page: page.select_related("person"))
    context = {
        "listing": listing,
        "tabs": _tabs("screenings"),
        "may_record": POLICY.allows(request.actor, "record"),
        "today": today(),
    }
    return render(request, "screening/screenings.html", context)


@requires(POLICY, "view_list")
def screening(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One screening. One of the other regime answers as absent."""
    rows = screenings_of(regimes_to("view", request.actor)).select_related("person__unit")
    found = get_object_or_404(rows, pk=pk)
    may_record = POLICY.allows(request.actor, RECORD[Regime(found.regime)]) and not found.withdrawn_on
    context = {
        "screening": found,
        "history": history_of(found, ACTIONS),
        "may_record": may_record,
        "ended": not found.is_good_on(today()),
        "is_certificate": found.kind == ScreeningKind.CERTIFICATE_OF_CONDUCT,
        "crumbs": [HERE, (_("Screenings"), reverse("screening:screenings"))],
    }
    return render(request, "screening/screening.html", context)


@requires(POLICY, "record")
def new(request: ActorRequest) -> HttpResponse:
    """Record what was checked; `persoon` and `wat` in the address fill in who and what that is."""
    regimes = regimes_to("record", request.actor)
    return create_page(
        request,
        NewScreeningForm(request.POST or None, regimes=regimes, initial=_known(request, regimes)),
        save=lambda key, values: operations.record_screening(
            actor=request.actor, identifier=key, person=values.pop("person"), values=values
        ),
        template=FORM,
        context={"title": _("Record a screening"), "crumbs": [HERE]},
        then=lambda saved: screening_address(saved.pk),
        done=_("The screening has been recorded."),
    )


def _known(request: ActorRequest, regimes: Sequence[str]) -> dict[str, Any]:
    """What can be filled in for the address; of a person whom the actor does not record, nothing."""
    kind = request.GET.get("wat", "")
    known = {"kind": kind} if kind in ScreeningKind else {}
    try:
        person = Person.objects.filter(pk=UUID(request.GET.get("persoon", ""))).first()
    except ValueError:
        return known
    return known | ({"person": person.personnel_number} if person and regime_of(person) in regimes else {})


@requires(POLICY, "record")
def edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Correct the days of a screening, or what it was for."""
    found = get_object_or_404(_recorded(request), pk=pk)
    if back := back_when_withdrawn(request, found, screening_address(pk)):
        return back
    return change_page(
        request,
        ScreeningForm,
        found,
        save=lambda version, values: operations.change_screening(
            actor=request.actor, screening=found, expected_version=version, values=values
        ),
        template=FORM,
        context={"title": str(found), "crumbs": [HERE, (str(found), screening_address(pk))]},
        then=lambda saved: screening_address(saved.pk),
        done=_("The screening has been saved."),
    )


@requires(POLICY, "record")
def withdraw(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take back what was recorded by mistake."""
    found = get_object_or_404(_recorded(request), pk=pk)
    return withdraw_page(
        request,
        found,
        save=lambda version, reason: operations.withdraw(
            actor=request.actor, screening=found, expected_version=version, reason=reason
        ),
        address=screening_address(pk),
        crumbs=[HERE, (str(found), screening_address(pk))],
    )


def _recorded(request: ActorRequest) -> Any:
    return screenings_of(regimes_to("record", request.actor)).select_related("person")


@requires(POLICY, "view_list")
def rules(request: ActorRequest) -> HttpResponse:
    """What the law asks and what the body asks, under the regimes that the reader may see."""
    regimes, may_change = regimes_to("view", request.actor), regimes_to("record", request.actor)
    own = [
        {"rule": rule, "may_change": regime_of_kind(rule.for_whom) in may_change}
        for rule in ScreeningRule.objects.all()
        if regime_of_kind(rule.for_whom) in regimes
    ]
    context = {
        "law": [demand for demand in LAW.get(request.organisation.kind, ()) if demand.regime in regimes],
        "own": own,
        "may_record": POLICY.allows(request.actor, "record"),
        "tabs": _tabs("rules"),
        "today": today(),
    }
    return render(request, "screening/rules.html", context)


@requires(POLICY, "record")
def rule_new(request: ActorRequest) -> HttpResponse:
    """Ask a screening of some people."""
    return create_page(
        request,
        NewRuleForm(request.POST or None, regimes=regimes_to("record", request.actor)),
        save=lambda key, values: operations.add_rule(actor=request.actor, identifier=key, values=values),
        template=FORM,
        context={"title": _("What do you ask, and of whom?"), "crumbs": [HERE, RULES]},
        then=lambda _rule: reverse("screening:rules"),
        done=_("The rule has been recorded."),
    )


@requires(POLICY, "record")
def rule_edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change or end what is asked. A rule of the other regime answers as absent."""
    regimes = regimes_to("record", request.actor)
    offered = [value for value, _label in ScreeningRule._meta.get_field("for_whom").flatchoices]
    mine = [value for value in offered if regime_of_kind(value) in regimes]
    found = get_object_or_404(ScreeningRule, pk=pk, for_whom__in=mine)
    return change_page(
        request,
        RuleForm,
        found,
        save=lambda version, values: operations.change_rule(
            actor=request.actor, rule=found, expected_version=version, values=values
        ),
        template=FORM,
        context={"title": capfirst(str(found)), "crumbs": [HERE, RULES]},
        then=lambda _rule: reverse("screening:rules"),
        done=_("The rule has been saved."),
    )
