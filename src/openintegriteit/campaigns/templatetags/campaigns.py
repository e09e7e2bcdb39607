"""How the state of a campaign is shown."""

from django import template

register = template.Library()

TONES = {"draft": "neutral", "preparing": "info", "open": "info", "closed": "ok"}


@register.filter
def campaign_tone(state: str) -> str:
    """The status of `c-tag` that goes with a state."""
    return TONES[state]
