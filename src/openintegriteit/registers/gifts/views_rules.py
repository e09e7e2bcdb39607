"""The rule of the body on gifts: what holds, what held, and the next one."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.registers.declarations.models import Regime
from openintegriteit.registers.gifts import operations
from openintegriteit.registers.gifts.forms import GiftRuleForm
from openintegriteit.registers.gifts.models import GiftRule
from openintegriteit.registers.gifts.permissions import POLICY, SET
from openintegriteit.registers.gifts.queries import rule_books
from openintegriteit.registers.gifts.views import LIST
from openintegriteit.registers.gifts.words import rule_in_words
from openintegriteit.ui.editing import create_page

REGIMES = {"ambtenaren": Regime.OFFICIALS, "ambtsdragers": Regime.OFFICE_HOLDERS}  # as addresses say it
RULES = (_("The rule on gifts"), reverse_lazy("gifts:rules"))
ASKED = {
    Regime.OFFICIALS: _("What may officials accept, and from when?"),
    Regime.OFFICE_HOLDERS: _("What may political office holders keep, and from when?"),
}
LEAD = _(
    "Take over what your code of conduct or scheme says. People read it in plain words when they declare something."
)


@requires(POLICY, "view_rules")
def rules(request: ActorRequest) -> HttpResponse:
    """What holds and what held, per regime that the reader may read."""
    words = {regime: word for word, regime in REGIMES.items()}
    books = [
        {
            "book": book,
            "told": rule_in_words(book.holds, book.regime),
            "new_address": reverse("gifts:rule_new", args=[words[book.regime]]),
        }
        for book in rule_books(request.actor, today())
    ]
    return render(request, "gifts/rules.html", {"books": books, "today": today(), "crumbs": [LIST]})


@requires(POLICY, "set_rules")
def rule_new(request: ActorRequest, regime: str) -> HttpResponse:
    """Set what holds from a day on."""
    if regime not in REGIMES:
        raise Http404
    about = REGIMES[regime]
    POLICY.require(request.actor, SET[about])
    return create_page(
        request,
        GiftRuleForm(request.POST if request.method == "POST" else None, regime=about),
        save=lambda key, values: operations.add_rule(actor=request.actor, identifier=key, regime=about, values=values),
        template="ui/form.html",
        context={"title": ASKED[about], "lead": LEAD, "button": _("Record the rule"), "crumbs": [LIST, RULES]},
        then=lambda _rule: reverse("gifts:rules"),
        done=_("The rule has been recorded."),
    )


@require_POST
@requires(POLICY, "set_rules")
def rule_remove(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take away a rule that is not in force yet."""
    rule = get_object_or_404(GiftRule, pk=pk)
    try:
        operations.remove_rule(actor=request.actor, rule=rule)
    except operations.InForce:
        messages.error(request, _("This rule is in force, so it stays. Record a new one from a later day."))
    else:
        messages.success(request, _("The rule has been taken away."))
    return redirect("gifts:rules")
