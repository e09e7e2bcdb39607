"""How a policy plan stands, in a colour and a word."""

from typing import Any

from django import template

from openintegriteit.policy.plans import TAGS, state_of

register = template.Library()


@register.filter
def plan_tag(plan: Any) -> tuple[str, Any]:
    """The tone and the word of a version that `with_replaced` read."""
    return TAGS[state_of(plan)]
