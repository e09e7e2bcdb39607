"""What templates of advice need."""

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def named(code: str, names: Mapping[str, str]) -> str:
    """The name under a code; a code without one stays as it is."""
    return names.get(code, code)
