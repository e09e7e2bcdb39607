"""The house style of a body: a second token sheet, derived from one colour."""

from openintegriteit.core.documents.colours import READABLE_CONTRAST, contrast, parse_colour

WHITE = "#ffffff"
# The grounds of theme.css that brand colours meet.
LIGHT_PAPER, LIGHT_INK = "#f6f7f5", "#14293d"
DARK_CARD, DARK_INK = "#17252d", "#eaf0f2"
DARK_TEXT_ON_BRAND = "#0b1419"
BAR_CONTRAST = 7.0


def token_sheet(primary_colour: str) -> str:
    """The css that dresses every page in a body's own colour, light and dark.

    The colour is darkened (for dark mode: lightened) until text on it, and it as text, has a contrast of 4.5 or more
    (WCAG 2.2, success criterion 1.4.3), so any colour gives readable pages.

    Args:
        primary_colour: `#rrggbb`.

    Raises:
        ValueError: if the colour is not written that way.
    """
    light = _declarations(light_tokens(primary_colour), indent="  ")
    dark = _declarations(dark_tokens(primary_colour), indent="    ")
    return f":root {{\n{light}}}\n@media screen and (prefers-color-scheme: dark) {{\n  :root {{\n{dark}  }}\n}}\n"


def light_tokens(primary_colour: str) -> dict[str, str]:
    """The brand tokens on paper white."""
    brand = _moved(primary_colour.lower(), towards="#000000", against=LIGHT_PAPER, least=READABLE_CONTRAST)
    tint = _mixed(WHITE, brand, 0.11)
    strong = _moved(_mixed(brand, "#000000", 0.25), towards="#000000", against=tint, least=READABLE_CONTRAST)
    bar = _moved(strong, towards="#000000", against=WHITE, least=BAR_CONTRAST)
    return {
        "--oi-brand": brand,
        "--oi-brand-strong": strong,
        "--oi-brand-tint": tint,
        "--oi-brand-soft": _mixed(WHITE, brand, 0.4),
        "--oi-on-brand": WHITE,
        "--oi-bar": bar,
        "--oi-on-bar": WHITE,
        "--oi-bar-line": _mixed(bar, WHITE, 0.3),
        "--oi-link": strong,
    }


def dark_tokens(primary_colour: str) -> dict[str, str]:
    """The brand tokens in dark mode."""
    tint = _mixed(DARK_CARD, primary_colour.lower(), 0.2)
    tint = _moved(tint, towards="#000000", against=DARK_INK, least=BAR_CONTRAST)
    brand = _moved(primary_colour.lower(), towards=WHITE, against=tint, least=READABLE_CONTRAST)
    brand = _moved(brand, towards=WHITE, against=DARK_CARD, least=BAR_CONTRAST)
    bar = _moved(primary_colour.lower(), towards="#000000", against=WHITE, least=BAR_CONTRAST + 3)
    return {
        "--oi-brand": brand,
        "--oi-brand-strong": _mixed(brand, WHITE, 0.3),
        "--oi-brand-tint": tint,
        "--oi-brand-soft": _mixed(DARK_CARD, brand, 0.5),
        "--oi-on-brand": DARK_TEXT_ON_BRAND,
        "--oi-bar": bar,
        "--oi-on-bar": WHITE,
        "--oi-bar-line": _mixed(bar, WHITE, 0.3),
        "--oi-link": _mixed(brand, WHITE, 0.2),
    }


def _declarations(tokens: dict[str, str], *, indent: str) -> str:
    return "".join(f"{indent}{name}: {value};\n" for name, value in tokens.items())


def _moved(colour: str, *, towards: str, against: str, least: float) -> str:
    """The colour, moved towards black or white just as far as its contrast with `against` needs."""
    moved, share = _mixed(colour, towards, 0), 0.0
    while contrast(moved, against) < least and share < 1:
        share = min(1.0, share + 0.04)
        moved = _mixed(colour, towards, share)
    return moved


def _mixed(colour: str, other: str, share: float) -> str:
    """The colour with a share (0 to 1) of the other in it."""
    parts = zip(parse_colour(colour), parse_colour(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * share):02x}" for one, two in parts)
