"""What advice is about: the common themes as data (content/themes.yaml) and what a body adds to them."""

from dataclasses import dataclass
from pathlib import Path

import yaml
from django.utils.translation import gettext

from openintegriteit.coordination.models import OwnTheme

CONTENT = Path(__file__).parent / "content" / "themes.yaml"


@dataclass(frozen=True, slots=True)
class Theme:
    """A subject of advice. The code stands in addresses and never changes."""

    code: str
    name: str


def load_themes(path: Path) -> tuple[Theme, ...]:
    """The themes of a file, in its order."""
    return tuple(Theme(**row) for row in yaml.safe_load(path.read_text(encoding="utf-8")))


THEMES = load_themes(CONTENT)


def theme_names() -> dict[str, str]:
    """The name of every theme of the body in scope by its code: the common ones, then its own (one query).

    The common ones are told in the language of the screen: the file is Dutch, and the English catalogue has its names
    under the Dutch ones.
    """
    return {theme.code: gettext(theme.name) for theme in THEMES} | own_names()


def dutch_name(code: str) -> str:
    """The name of one theme as the body keeps it, whatever the language of the screen (at most one query)."""
    return {theme.code: theme.name for theme in THEMES}.get(code) or own_names().get(code, code)


def own_names() -> dict[str, str]:
    """The themes that the body added, by code."""
    return dict(OwnTheme.objects.values_list("code", "name"))
