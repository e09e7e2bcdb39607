"""How a declaration stands, in a colour and a word, and where somebody adds one."""

from datetime import date
from typing import Any

from django import template
from django.urls import reverse
from django.utils.translation import gettext, pgettext

from openintegriteit.registers.declarations.models import Declaration, Outcome
from openintegriteit.registers.declarations.queries import OwnRegister, is_unconfirmed

register = template.Library()

TONES = {Outcome.ALLOWED: "ok", Outcome.CONDITIONS: "soon", Outcome.FORBIDDEN: "late"}


@register.inclusion_tag("declarations/_state.html")
def state_tag(declaration: Declaration, day: date) -> dict[str, Any]:
    """The tag that says how a declaration stands on a day."""
    if declaration.withdrawn_on:
        return {"tone": "neutral", "word": pgettext("declaration", "withdrawn")}
    if declaration.ends_on and declaration.ends_on < day:
        return {"tone": "neutral", "word": pgettext("declaration", "stopped")}
    if declaration.awaits_decision and declaration.is_proposed:
        return {"tone": "info", "word": pgettext("declaration", "proposed")}
    if declaration.awaits_decision:
        return {"tone": "info", "word": pgettext("declaration", "waits for a decision")}
    if declaration.outcome:
        return {"tone": TONES[Outcome(declaration.outcome)], "word": declaration.get_outcome_display()}
    return {"tone": "ok", "word": pgettext("declaration", "declared")}


@register.filter
def is_unconfirmed_on(declaration: Declaration, day: date) -> bool:
    """Whether to ask whether it still is so."""
    return is_unconfirmed(declaration, day)


@register.simple_tag
def new_address(own: OwnRegister) -> str:
    """Where something is declared in a register, in one capacity."""
    return reverse(f"{own.register.key}:new", args=[own.person.pk])


@register.filter
def in_own_words(text: str) -> str:
    """A text of the registers in the language of the screen."""
    return gettext(text)
