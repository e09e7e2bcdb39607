"""What the law asks of an office holder, on the form where they declare a position."""

from typing import Any

from django import template

from openintegriteit.registers.outside_positions.law import law_of

register = template.Library()


@register.inclusion_tag("outside_positions/_law.html", takes_context=True)
def what_the_law_asks(context: Any) -> dict[str, Any]:
    """To whom an intention is reported, and which functions do not go together with the office."""
    law, kind = law_of(context["request"].organisation.kind), context["person"].kind
    position = context["form"].instance
    return {
        "article": law.intention.get(kind, ""),
        "told_to": law.told_to,
        "reported_on": position.intention_reported_on,
        "without_ex_officio": kind in law.not_ex_officio,
        "of_office": law.incompatible.get(kind),
    }
