"""What the law asks of an office holder, on the form where they declare a position."""

from typing import Any

from django import template

from openintegriteit.core.clock import today
from openintegriteit.registers.outside_positions.law import law_of
from openintegriteit.registers.outside_positions.queries import offices_held_by

register = template.Library()


@register.inclusion_tag("outside_positions/_law.html", takes_context=True)
def what_the_law_asks(context: Any) -> dict[str, Any]:
    """To whom an intention is reported, and which functions do not go together with the office."""
    law, offices = law_of(context["request"].organisation.kind), offices_held_by(context["person"], today())
    position = context["form"].instance
    return {
        "article": law.intention_for(offices),
        "told_to": law.told_to,
        "reported_on": position.intention_reported_on,
        "without_ex_officio": law.not_ex_officio.issuperset(offices),
        "of_office": law.forbidden_beside(offices),
    }
