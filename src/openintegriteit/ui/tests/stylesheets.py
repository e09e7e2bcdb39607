"""Read the style sheets of the product: which custom properties they define and read, and the colours of the theme."""

import re
from pathlib import Path

STATIC = Path(__file__).parents[1] / "static" / "ui"
VENDORED = STATIC / "vendor" / "nl-design-system.css"
THEME = STATIC / "theme.css"
APP = STATIC / "app.css"


def defined(css: str) -> set[str]:
    """The custom properties that get a value."""
    return set(re.findall(r"(--[\w-]+)\s*:", css))


def read(css: str) -> set[str]:
    """The custom properties whose value is asked for."""
    return set(re.findall(r"var\(\s*(--[\w-]+)", css))


def colours(css: str) -> dict[str, str]:
    """The own tokens of a block that are plain colours."""
    return {name: value.lower() for name, value in re.findall(r"(--oi-[\w-]+):\s*(#[0-9a-fA-F]{6})\s*;", css)}


def theme_colours(scheme: str) -> dict[str, str]:
    """The colours of the theme as they count in light or dark mode."""
    light, rest = THEME.read_text().split("@media screen and (prefers-color-scheme: dark)", 1)
    dark = rest.split("@media print", 1)[0]
    return colours(light) | (colours(dark) if scheme == "dark" else {})
