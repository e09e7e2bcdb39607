import pytest
from hypothesis import given
from hypothesis import strategies as st

from openintegriteit.core.documents.colours import contrast
from openintegriteit.ui.house_style import (
    DARK_CARD,
    DARK_INK,
    LIGHT_INK,
    LIGHT_PAPER,
    dark_tokens,
    light_tokens,
    token_sheet,
)
from openintegriteit.ui.tests.stylesheets import colours, theme_colours

any_colour = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_a_colour_that_can_be_read_is_kept_as_it_is():
    sheet = token_sheet("#0B5D63")

    assert sheet.startswith(":root {\n  --oi-brand: #0b5d63;\n")


def test_a_light_colour_is_darkened_for_light_mode_and_kept_for_dark_mode():
    assert light_tokens("#ffd200")["--oi-brand"] == "#856d00"
    assert dark_tokens("#ffd200")["--oi-brand"] == "#ffd200"


@pytest.mark.parametrize("colour", ["", "red", "#fff", "0b5d63", "#0b5d6g", "#0b5d63;}", "#0b5d63\n", "url(#000000)"])
def test_what_is_no_colour_is_refused(colour):
    with pytest.raises(ValueError, match="#rrggbb"):
        token_sheet(colour)


def test_the_sheet_replaces_every_brand_token_of_the_theme():
    light, dark = token_sheet("#7a1fa2").split("@media screen and (prefers-color-scheme: dark)")
    brand_tokens = {
        name for name in theme_colours("light") if name.startswith(("--oi-brand", "--oi-bar", "--oi-on-b", "--oi-link"))
    }

    assert set(colours(light)) == set(colours(dark)) == brand_tokens


@given(any_colour)
def test_any_colour_gives_readable_pages_in_light_mode(colour):
    tokens = light_tokens(colour)

    _assert_readable(tokens, paper=LIGHT_PAPER, card="#ffffff", ink=LIGHT_INK)


@given(any_colour)
def test_any_colour_gives_readable_pages_in_dark_mode(colour):
    tokens = dark_tokens(colour)

    _assert_readable(tokens, paper="#0f1a20", card=DARK_CARD, ink=DARK_INK)


def _assert_readable(tokens, *, paper, card, ink):
    pairs = [
        (tokens["--oi-on-brand"], tokens["--oi-brand"]),
        (tokens["--oi-on-brand"], tokens["--oi-brand-strong"]),
        (tokens["--oi-on-bar"], tokens["--oi-bar"]),
        (tokens["--oi-link"], card),
        (tokens["--oi-link"], paper),
        (tokens["--oi-link"], tokens["--oi-brand-tint"]),
        (tokens["--oi-brand"], card),
        (tokens["--oi-brand"], paper),
        (ink, tokens["--oi-brand-tint"]),
    ]
    assert [(one, other) for one, other in pairs if contrast(one, other) < 4.5] == []


def test_the_grounds_are_those_of_the_theme():
    assert (theme_colours("light")["--oi-paper"], theme_colours("light")["--oi-ink"]) == (LIGHT_PAPER, LIGHT_INK)
    assert (theme_colours("dark")["--oi-card"], theme_colours("dark")["--oi-ink"]) == (DARK_CARD, DARK_INK)
