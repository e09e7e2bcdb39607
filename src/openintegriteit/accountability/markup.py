"""What an author types: paragraphs, lists, and figures that stay live.

An empty line starts a paragraph, a line that starts with "- " is an item of a list, and `[[code year]]` stands for a
figure: the value is filled in when the text is shown, so it can never differ from the records.
"""

import re
from collections.abc import Mapping

from django.utils.translation import gettext as _

from openintegriteit.core.contracts import Figure
from openintegriteit.core.documents.model import Inner, Link, Run, Text
from openintegriteit.core.documents.numbers import dutch_number
from openintegriteit.core.documents.prose import prose

LIVE = re.compile(r"\[\[\s*([a-z0-9-]+)\s+(\d{4})\s*\]\]")
type Figures = Mapping[tuple[str, int], Figure]


def blocks_of(text: str, figures: Figures, *, link_to: str = "") -> tuple[Inner, ...]:
    """The text as blocks of a document. With `link_to` (scheme and host) figures become links to their records."""
    return prose(text, lambda words: _runs(words, figures, link_to))


def figures_in(text: str) -> tuple[tuple[str, int], ...]:
    """The figures that a text names, each once, in order."""
    return tuple(dict.fromkeys((code, int(year)) for code, year in LIVE.findall(text)))


def unknown_figures(text: str, figures: Figures) -> tuple[str, ...]:
    """Marks in the text that stand for no figure that we know."""
    return tuple(f"[[{code} {year}]]" for code, year in figures_in(text) if (code, year) not in figures)


def _runs(text: str, figures: Figures, link_to: str) -> tuple[Run, ...]:
    runs: list[Run] = []
    position = 0
    for match in LIVE.finditer(text):
        if match.start() > position:
            runs.append(Text(text[position : match.start()]))
        figure = figures.get((match[1], int(match[2])))
        words = figure_in_words(figure) if figure else match[0]
        runs.append(Link(words, link_to + figure.address) if figure and figure.address and link_to else Text(words))
        position = match.end()
    if position < len(text):
        runs.append(Text(text[position:]))
    return tuple(runs)


def figure_in_words(figure: Figure) -> str:
    """The value in Dutch notation, or that nobody knows it."""
    return _("unknown") if figure.value is None else dutch_number(figure.value)
