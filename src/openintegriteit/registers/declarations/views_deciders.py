"""Pages about who decides: the second person per register, and deputies of leaders.

What the actor has no say about answers as what is not there (404).
"""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.event_log.changes import history_of
from openintegriteit.identity.queries import addresses_holding
from openintegriteit.organisations.models import Person
from openintegriteit.registers.declarations import operations_deciders as operations
from openintegriteit.registers.declarations.forms_deciders import (
    DecidingRuleForm,
    DeputyEndForm,
    DeputyFilter,
    DeputyForm,
)
from openintegriteit.registers.declarations.listings import DEPUTIES
from openintegriteit.registers.declarations.models import Deputy
from openintegriteit.registers.declarations.permissions import DECIDERS, POLICY
from openintegriteit.registers.declarations.queries import deciding_rules, deputies_for, leaders_for
from openintegriteit.ui.editing import change_page, create_page
from openintegriteit.ui.listing import export, export_format, list_page

QUEUE = (_("Declarations to decide about"), reverse_lazy("declarations:to_decide"))
RULES = (_("The second person"), reverse_lazy("declarations:rules"))
HERE = (_("Deputies"), reverse_lazy("declarations:deputies"))
FORM = "ui/form.html"
LEAD = _(
    "With a second person the first decision is a proposal. It is in force once somebody else agrees: another person "
    "who may decide about it, or the coordinator. What was proposed already keeps waiting."
)
LEAD_OF_DEPUTIES = _(
    "On those days the deputy reads and decides what the leader would. Never about themselves, nor about who is above "
    "them."
)
ACTIONS = {"deputy.named": _("Deputy named"), "deputy.changed": _("Last day of a deputy changed")}


@requires(POLICY, "set_rules")
def rules(request: ActorRequest) -> HttpResponse:
    """Per register whether a second person looks at a decision."""
    return render(request, "declarations/rules.html", {"rules": deciding_rules(), "crumbs": [QUEUE]})


@requires(POLICY, "set_rules")
def rule_edit(request: ActorRequest, register: str) -> HttpResponse:
    """Choose whether a second person looks at decisions in a register."""
    rule = next((rule for rule in deciding_rules() if rule.register == register), None)
    if rule is None:
        raise Http404
    return change_page(
        request,
        DecidingRuleForm,
        rule,
        save=lambda version, values: operations.set_second_look(
            actor=request.actor, register=register, expected_version=version, values=values
        ),
        template=FORM,
        context={"title": str(rule).capitalize(), "lead": LEAD, "crumbs": [QUEUE, RULES]},
        then=lambda _rule: reverse("declarations:rules"),
        done=_("The rule has been saved."),
    )


@requires(POLICY, "name_deputies")
def deputies(request: ActorRequest) -> HttpResponseBase:
    """Who stands in for the actor, or for everybody who leads, as a page or a file."""
    filters = DeputyFilter(request.GET)
    rows = filters.narrowed(deputies_for(request.actor))
    if export_format(request):
        return export(request, DEPUTIES, rows.select_related("leader", "deputy"))
    context = {
        "listing": list_page(
            request, DEPUTIES, rows, filters, shown=lambda page: page.select_related("leader", "deputy")
        ),
        "deciders": addresses_holding(DECIDERS),
        "decides": POLICY.allows(request.actor, "decide"),
        "names_all": POLICY.allows(request.actor, "name_all_deputies"),
        "today": today(),
        "crumbs": [QUEUE] if POLICY.allows(request.actor, "decide") else [],
    }
    return render(request, "declarations/deputies.html", context)


@requires(POLICY, "name_deputies")
def deputy_new(request: ActorRequest) -> HttpResponse:
    """Name who stands in for somebody."""
    deciders = Person.objects.present_on(today()).filter(email_lower__in=addresses_holding(DECIDERS))
    form = DeputyForm(
        request.POST or None,
        leaders=leaders_for(request.actor).select_related("unit"),
        deciders=deciders.select_related("unit"),
    )
    return create_page(
        request,
        form,
        save=lambda key, values: operations.name_deputy(actor=request.actor, identifier=key, values=values),
        template=FORM,
        context={"title": _("Who stands in?"), "lead": LEAD_OF_DEPUTIES, "crumbs": [HERE]},
        then=lambda _deputy: reverse("declarations:deputies"),
        done=_("The deputy has been named."),
    )


@requires(POLICY, "name_deputies")
def deputy_end(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change until which day somebody stands in, with what happened before."""
    found = _found(request, pk)
    return change_page(
        request,
        DeputyEndForm,
        found,
        save=lambda version, values: operations.end_deputy(
            actor=request.actor, deputy=found, expected_version=version, values=values
        ),
        template="declarations/deputy.html",
        context={"deputy": found, "history": history_of(found, ACTIONS), "today": today(), "crumbs": [HERE]},
        then=lambda _deputy: reverse("declarations:deputies"),
        done=_("The last day has been recorded."),
    )


@require_POST
@requires(POLICY, "name_deputies")
def deputy_remove(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take away a deputy who was named by mistake."""
    try:
        operations.remove_deputy(actor=request.actor, deputy=_found(request, pk))
    except operations.Begun:
        messages.error(request, _("This deputy has begun already. Record a last day instead."))
    else:
        messages.success(request, _("The deputy has been taken away."))
    return redirect("declarations:deputies")


def _found(request: ActorRequest, pk: UUID) -> Deputy:
    found: Deputy = get_object_or_404(deputies_for(request.actor).select_related("leader", "deputy"), pk=pk)
    return found
