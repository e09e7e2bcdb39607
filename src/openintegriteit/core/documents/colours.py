"""Colours of a house style: read, compared and darkened until people can read them (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re

Rgb = tuple[int, int, int]
READABLE_CONTRAST = 4.5


def parse_colour(colour: str) -> Rgb:
    """The red, green and blue of `#rrggbb`, each 0 to 255.

    Raises:
        ValueError: if the colour is not written that way.
    """
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValueError(f"A colour is written as #rrggbb, not as {colour!r}.")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(parse_colour(one)), _luminance(parse_colour(other))))
    return (lighter + 0.05) / (darker + 0.05)


def readable_on_white(colour: str) -> str:
    """The colour itself, or its first darker shade that text on white may have (contrast 4.5 or more)."""
    shade = colour.lower()
    while contrast(shade, "#ffffff") < READABLE_CONTRAST:
        red, green, blue = parse_colour(shade)
        shade = f"#{int(red * 0.95):02x}{int(green * 0.95):02x}{int(blue * 0.95):02x}"
    return shade


def _luminance(rgb: Rgb) -> float:
    parts = [part / 255 for part in rgb]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
