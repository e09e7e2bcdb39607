"""How long each kind of record is kept: what holds, what held, and the next rule."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.core.contracts import KeptKind
from openintegriteit.core.roles import Actor
from openintegriteit.organisations.operations import log_reading
from openintegriteit.retention import operations
from openintegriteit.retention.forms import RuleForm, WhoStaysForm, proposed, rule_values
from openintegriteit.retention.models import KindCount, RetentionRule
from openintegriteit.retention.permissions import POLICY, sides_to
from openintegriteit.retention.proposals import SELECTION_LIST
from openintegriteit.retention.queries import Kinds, kind_lines, needed_by, rule_on, who_stays
from openintegriteit.retention.words import rule_in_words
from openintegriteit.ui.editing import create_page
from openintegriteit.ui.tables import Column, headers

HERE = (_("Keeping and destroying"), reverse_lazy("retention:overview"))
SIDE_WORDS = {"ambtenaren": "officials", "ambtsdragers": "office_holders"}  # as addresses say it
COLUMNS = (
    Column(_("Which records")),
    Column(_("How long it is kept")),
    Column(_("Records"), numeric=True),
    Column(_("Term over"), numeric=True),
    Column(_("On hold"), numeric=True),
    Column(_("Beginning not known"), numeric=True),
)


def tabs_for(actor: Actor, current: str) -> list[tuple[str | Promise, str, bool]]:
    """The parts of this subject that the actor may open."""
    parts = [
        ("overview", _("Retention terms"), "view"),
        ("lists", _("Destruction lists"), "view"),
        ("holds", _("Holds"), "view_holds"),
    ]
    return [
        (label, reverse(f"retention:{name}"), name == current)
        for name, label, action in parts
        if POLICY.allows(actor, action)
    ]


def kind_for(actor: Actor, kinds: Kinds, key: str) -> KeptKind:
    """The kind with this key, of a side that the actor views. Raises Http404."""
    found = kinds.get(key)
    if found is None or found.side not in sides_to("view", actor):
        raise Http404
    return found


@requires(POLICY, "view")
def overview(request: ActorRequest, kinds: Kinds) -> HttpResponse:
    """Every kind of record with how long it is kept, and how many are due (two queries)."""
    keeps = sides_to("keep", request.actor)
    words = {side: word for word, side in SIDE_WORDS.items()}
    sides = [
        {
            "side": side,
            "rows": [(line, rule_in_words(line.rule)) for line in lines],
            "due": sum(line.count.due for line in lines if line.count),
            "without_rule": sum(line.rule is None for line in lines),
            "counted_at": max((line.count.counted_at for line in lines if line.count), default=None),
            "new_address": reverse("retention:list_new", args=[words[side]]) if side in keeps else "",
        }
        for side, lines in kind_lines(kinds, request.actor, today())
    ]
    context = {
        "sides": sides,
        "due": sum(row["due"] for row in sides),  # type: ignore[misc]
        "headers": headers(COLUMNS, request.GET),
        "tabs": tabs_for(request.actor, "overview"),
    }
    return render(request, "retention/overview.html", context)


@requires(POLICY, "view")
def kind(request: ActorRequest, kinds: Kinds, key: str) -> HttpResponse:
    """One kind of record: its rules, the numbers, and what the selection list may say.

    Of people also what keeps one of them, whose name or number stands in the address.
    """
    found = kind_for(request.actor, kinds, key)
    holds = rule_on(found.key, today())
    rules = [(rule, rule_in_words(rule)) for rule in RetentionRule.objects.filter(kind=found.key)]
    about = WhoStaysForm(request.GET) if found.person == "pk" else None
    words = about.words() if about else ""
    stays = who_stays(found, words, holds, today()) if words else []
    if stays:
        log_reading(actor=request.actor, page="retention.kind")
    context = {
        "kind": found,
        "holds": holds,
        "told": rule_in_words(holds),
        "rules": rules,
        "today": today(),
        "count": KindCount.objects.filter(kind=found.key).first(),
        "needed_by": needed_by(found, holds, today()),
        "about": about,
        "words": words,
        "stays": stays,
        "may_set": POLICY.allows(request.actor, "set_rules"),
        "proposal": SELECTION_LIST.proposal_for(found.key, request.organisation.kind),
        "crumbs": [HERE],
    }
    return render(request, "retention/kind.html", context)


@requires(POLICY, "set_rules")
def rule_new(request: ActorRequest, kinds: Kinds, key: str) -> HttpResponse:
    """Set how long a kind of record is kept, from a day on."""
    found = kind_for(request.actor, kinds, key)
    newest = RetentionRule.objects.filter(kind=found.key).order_by("-in_force_from").first()
    proposal = SELECTION_LIST.proposal_for(found.key, request.organisation.kind)
    initial: dict[str, Any] = {"in_force_from": today()} if newest else {"in_force_from": today(), **proposed(proposal)}
    back = reverse("retention:kind", args=[found.key])
    return create_page(
        request,
        RuleForm(request.POST or None, kind=found, newest=newest, initial=initial),
        save=lambda identifier, values: operations.add_rule(
            actor=request.actor, identifier=identifier, kind=found, values=rule_values(values)
        ),
        template="retention/rule_form.html",
        context={
            "title": _("How long are these records kept?"),
            "lead": capfirst(str(found.label)),
            "button": _("Record the rule"),
            "proposal": proposal,
            "crumbs": [HERE, (capfirst(str(found.label)), back)],
        },
        then=lambda _rule: back,
        done=_("The rule has been recorded."),
    )


@require_POST
@requires(POLICY, "set_rules")
def rule_remove(request: ActorRequest, kinds: Kinds, pk: UUID) -> HttpResponse:
    """Take away a rule that is not in force yet."""
    rule = get_object_or_404(RetentionRule, pk=pk)
    try:
        operations.remove_rule(actor=request.actor, rule=rule)
    except operations.InForce:
        messages.error(request, _("This rule is in force, so it stays. Record a new one from a later day."))
    else:
        messages.success(request, _("The rule has been taken away."))
    return redirect("retention:kind", rule.kind) if rule.kind in kinds else redirect("retention:overview")
