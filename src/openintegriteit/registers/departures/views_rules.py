"""For how long the body does not hire people again: the rules, a new one, and changing one."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.registers.declarations.permissions import POLICY, regimes_to
from openintegriteit.registers.declarations.registers import kinds_under
from openintegriteit.registers.departures import operations
from openintegriteit.registers.departures.forms import NewRuleForm, RuleForm
from openintegriteit.registers.departures.models import CoolingOffRule
from openintegriteit.registers.departures.views import FORM, HERE, tabs
from openintegriteit.ui.editing import change_page, create_page

RULES = (_("Terms"), reverse_lazy("departures:rules"))


@requires(POLICY, "view_list")
def rules(request: ActorRequest) -> HttpResponse:
    """The rules of the body, under the regimes that the reader may see."""
    may_change = kinds_under(regimes_to("record", request.actor))
    rows = CoolingOffRule.objects.filter(for_whom__in=kinds_under(regimes_to("view", request.actor)))
    context = {
        "rows": [{"rule": rule, "may_change": rule.for_whom in may_change} for rule in rows],
        "may_record": POLICY.allows(request.actor, "record"),
        "tabs": tabs("rules"),
        "today": today(),
    }
    return render(request, "departures/rules.html", context)


@requires(POLICY, "record")
def rule_new(request: ActorRequest) -> HttpResponse:
    """Set a term for a kind of people."""
    return create_page(
        request,
        NewRuleForm(request.POST or None, regimes=regimes_to("record", request.actor)),
        save=lambda key, values: operations.add_rule(actor=request.actor, identifier=key, values=values),
        template=FORM,
        context={"title": _("For how long do you not hire people again?"), "crumbs": [HERE, RULES]},
        then=lambda _rule: reverse("departures:rules"),
        done=_("The rule has been recorded."),
    )


@requires(POLICY, "record")
def rule_edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change or end a rule. One of the other regime answers as absent."""
    found = get_object_or_404(CoolingOffRule, pk=pk, for_whom__in=kinds_under(regimes_to("record", request.actor)))
    return change_page(
        request,
        RuleForm,
        found,
        save=lambda version, values: operations.change_rule(
            actor=request.actor, rule=found, expected_version=version, values=values
        ),
        template=FORM,
        context={"title": str(found).capitalize(), "crumbs": [HERE, RULES]},
        then=lambda _rule: reverse("departures:rules"),
        done=_("The rule has been saved."),
    )
