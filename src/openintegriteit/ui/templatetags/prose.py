"""Plain text as it is written in the product: a blank line starts a paragraph, lines with "- " are a list."""

import re

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

BLANK_LINE = re.compile(r"\n\s*\n")
BULLET = "- "


@register.filter
def prose(text: str) -> SafeString:
    """The text as paragraphs and lists; what it holds is shown, never interpreted."""
    blocks = BLANK_LINE.split(text.replace("\r\n", "\n").strip())
    return format_html_join("", "{}", ((part,) for block in blocks if block for part in _parts(block)))


def _parts(block: str) -> list[SafeString]:
    """A block in its parts: lines of text, and runs of list items (a line without "- " below an item continues it)."""
    text, items = [], []
    for line in block.split("\n"):
        if line.lstrip().startswith(BULLET):
            items.append(line.strip().removeprefix(BULLET))
        elif items:
            items[-1] = f"{items[-1]} {line.strip()}"
        else:
            text.append(line)
    parts = []
    if text:
        lines = format_html_join(mark_safe("<br>"), "{}", ((line,) for line in text))
        parts.append(format_html('<p class="utrecht-paragraph">{}</p>', lines))
    if items:
        listed = format_html_join("", '<li class="utrecht-unordered-list__item">{}</li>', ((item,) for item in items))
        parts.append(format_html('<ul class="utrecht-unordered-list">{}</ul>', listed))
    return parts
