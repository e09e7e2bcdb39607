import hashlib
import re

import pytest

from openintegriteit.core.documents.colours import READABLE_CONTRAST, contrast
from openintegriteit.core.documents.drawing import LABEL_ON_DARK, SERIES
from openintegriteit.ui.tests.stylesheets import APP, STATIC, THEME, VENDORED, defined, read, theme_colours

PART = re.compile(r"/\* === (\S+) (\S+) (\S+) === \*/\n(.*?)\n(?=/\* === |\Z)", re.DOTALL)
ROW = re.compile(r"^\| (\S+) \| (\S+) \| (\S+) \| `([^`]+)`(?:, (\S+))? \| ([0-9a-f]{64}) \|$", re.MULTILINE)
TEXT = [
    *[(ink, ground) for ink in ("ink", "ink-soft", "link") for ground in ("paper", "card", "brand-tint")],
    *[(ink, "field") for ink in ("ink", "ink-soft")],
    *[(status, f"{status}-tint") for status in ("ok", "soon", "late", "info", "neutral")],
    *[("ink", f"{status}-tint") for status in ("ok", "soon", "late", "info")],
    *[("link", f"{status}-tint") for status in ("ok", "soon", "late", "info")],
    *[("ink-soft", f"{status}-tint") for status in ("soon", "late")],
    *[(status, "card") for status in ("ok", "soon", "late", "info")],
    *[("on-status", status) for status in ("late", "late-strong", "ok", "soon")],
    ("on-brand", "brand"),
    ("on-brand", "brand-strong"),
    ("on-bar", "bar"),
    *[("on-brand", series) for series in ("chart-first", "info", "soon")],  # the figures on bars
]
SHAPES = [("field-line", "field"), ("brand", "card"), ("brand", "paper"), ("late", "card"), ("chart-first", "card")]


def test_every_token_that_the_vendored_css_reads_is_in_the_theme():
    asked = {name for name in read(VENDORED.read_text()) if not name.startswith("--_")}

    assert len(asked) > 800
    assert sorted(asked - defined(THEME.read_text())) == []


def test_own_css_reads_only_tokens_of_the_theme():
    theme = THEME.read_text()

    assert sorted(read(APP.read_text()) - defined(theme)) == []
    assert sorted(read(theme) - defined(theme)) == []


def test_own_css_takes_its_colours_from_the_theme():
    without_charts = "\n".join(line for line in APP.read_text().splitlines() if not line.startswith(".oi-chart"))

    assert re.findall(r":\s[^;]*(#[0-9a-fA-F]{3,8}\b|rgba?\()", without_charts) == []


def test_dark_mode_changes_every_colour_that_light_mode_names():
    light, dark = theme_colours("light"), theme_colours("dark")

    same = {name for name in light if light[name] == dark[name]}

    assert same == {"--oi-on-bar", "--oi-bar-line", "--oi-focus", "--oi-under-logo"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(scheme, ink, ground):
    tokens = theme_colours(scheme)

    assert contrast(tokens[f"--oi-{ink}"], tokens[f"--oi-{ground}"]) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_edges_of_controls_and_charts_can_be_seen(scheme, shape, ground):
    tokens = theme_colours(scheme)

    assert contrast(tokens[f"--oi-{shape}"], tokens[f"--oi-{ground}"]) >= 3


def test_vendored_files_are_as_they_were_published():
    parts = {(name, version, file): text for name, version, file, text in PART.findall(VENDORED.read_text())}
    rows = ROW.findall((STATIC / "vendor" / "VENDORED.md").read_text())

    published = {}
    for name, version, _licence, path, part, checksum in rows:
        content = parts.pop((name, version, part)).encode() if part else (STATIC / "vendor" / path).read_bytes()
        published[name, path, part] = (hashlib.sha256(content).hexdigest(), checksum)

    assert parts == {}
    assert {row: sums for row, sums in published.items() if sums[0] != sums[1]} == {}
    assert {path.name for path in (STATIC / "fonts").glob("*.woff2")} == {
        path.removeprefix("../fonts/") for _name, path, _part in published if path.startswith("../fonts/")
    }


def test_everything_vendored_may_be_shipped():
    rows = ROW.findall((STATIC / "vendor" / "VENDORED.md").read_text())

    assert {licence for _name, _version, licence, *_rest in rows} == {"EUPL-1.2", "OFL-1.1"}
    assert not [name for name, *_rest in rows if "token" in name]


def test_style_sheets_load_only_files_of_our_own():
    addresses = re.findall(r"url\(\s*[\"']?([^\"')]+)", THEME.read_text() + APP.read_text() + VENDORED.read_text())

    files = [address for address in addresses if not address.startswith("data:")]

    assert len(files) == 8
    assert [file for file in files if not (STATIC / file).is_file()] == []
    assert "@import" not in THEME.read_text() + APP.read_text() + VENDORED.read_text()


def test_bars_with_light_figures_have_a_colour_of_the_theme():
    """Which turns light in dark mode, as the figures turn dark."""
    mapped = set(re.findall(r'\[fill="(#[0-9a-f]{6})"\]', APP.read_text()))

    assert {colour for colour in SERIES if contrast(colour, LABEL_ON_DARK) >= READABLE_CONTRAST} <= mapped
