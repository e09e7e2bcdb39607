"""What may fall under the acts that the law prohibits to who declares, on the form in which they declare."""

from typing import Any

from django import template

from openintegriteit.registers.prohibited_acts.law import EXAMPLES, places_of
from openintegriteit.registers.prohibited_acts.models import ProhibitedAct

register = template.Library()


@register.inclusion_tag("prohibited_acts/_examples.html", takes_context=True)
def what_may_fall_under_it(context: template.Context) -> dict[str, Any]:
    """Each act that the law prohibits to the person of the form, with an example."""
    labels = dict(ProhibitedAct._meta.get_field("act").flatchoices)
    places = places_of(context["request"].organisation.kind, context["person"].kind)
    return {"acts": [(labels[act], EXAMPLES[act]) for act in places]}
