"""Charts as pictures.

Every picture has a transparent background and only the colours below, as `fill` and `stroke` attributes, so that the
style sheet of a page can map them (`[fill="#0b5d63"]`) to a house style, dark mode or forced colours. `LABEL_ON_LIGHT`
and `LABEL_ON_DARK` stand on bars and keep their colour. A house style changes `BRAND` only: the colours of several
series are chosen to stay apart. The libraries that draw are loaded with the first chart.
"""

import textwrap
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from openintegriteit.core.documents.chart import Chart, HorizontalBarChart, StackedBarChart, value_in_words
from openintegriteit.core.documents.colours import READABLE_CONTRAST, contrast
from openintegriteit.core.documents.numbers import Number, dutch_number
from openintegriteit.core.documents.wording import printable

if TYPE_CHECKING:
    import altair

Picture = Any  # altair.LayerChart, whose own types promise less than it does

BRAND = "#0b5d63"
MUTED = "#6f9396"
SERIES = ("#0b5d64", "#cc8126", "#24518a", "#579a9e", "#8a4b00", "#8795a1")
INK = "#14293d"
INK_SOFT = "#4a5b6b"
LINE = "#8795a1"
LABEL_ON_DARK = "#ffffff"
LABEL_ON_LIGHT = "#0a1a28"

FONTS = Path(__file__).parent / "fonts"
WIDTH = 480
LONGEST_LABEL = 28
NARROWEST_LABELLED_SHARE = 0.06
LINES = "split(datum.label, '\\n')"
SVG = "http://www.w3.org/2000/svg"


def draw_svg(chart: Chart) -> str:
    """The chart as SVG to put in a page: no script, style, class or role, nothing from elsewhere.

    The drawing says nothing to a screen reader; whoever places it adds `chart.alternative_text()`.

    Raises:
        ValueError: if the chart has more series than there are colours.
    """
    if len(chart.series) > len(SERIES):
        raise ValueError(f"A chart shows at most {len(SERIES)} series, not {len(chart.series)}.")
    return _drawn(chart, get_language())


@lru_cache(maxsize=64)
def draw_png(svg: str, *, scale: float = 2.5) -> bytes:
    """A drawn chart (or another SVG of our own) as PNG with a transparent background."""
    png: bytes = _converter().svg_to_png(svg, scale=scale)
    return png


def recoloured(svg: str, brand: str) -> str:
    """The drawn chart with the main colour of a house style."""
    return svg.replace(f'"{BRAND}"', f'"{brand}"')


@lru_cache(maxsize=256)
def _drawn(chart: Chart, _language: str | None) -> str:
    from altair.utils.schemapi import debug_mode

    with debug_mode(False):  # checking against the schema takes as long as drawing; the tests do it
        specification = _picture(chart).to_dict(validate=False)
    return _plain(_converter().vegalite_to_svg(specification, format_locale="nl-NL"))


@cache
def _converter() -> Any:
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


def _picture(chart: Chart) -> Picture:
    if isinstance(chart, StackedBarChart):
        layers, height = _stacked(chart)
    elif isinstance(chart, HorizontalBarChart):
        layers, height = _lying(chart)
    else:
        layers, height = _standing(chart)
    return _framed(chart, layers, height)


def _framed(chart: Chart, layers: Picture, height: int) -> Picture:
    import altair

    unit = printable(chart.unit)
    title = altair.TitleParams(
        text=unit[:1].upper() + unit[1:],
        anchor="start",
        color=INK_SOFT,
        fontSize=13,
        fontWeight="normal",
        offset=12,
    )
    framed = layers.properties(
        width=WIDTH,
        height=height,
        background="transparent",
        padding=4,
        autosize=altair.AutoSizeParams(type="fit", contains="padding"),
        **({"title": title} if chart.unit else {}),
    )
    return (
        framed.configure(font="Noto Sans")
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=INK, labelFontSize=13, domainColor=LINE, ticks=False, grid=False, labelPadding=6, title=None
        )
        .configure_legend(
            orient="top", title=None, labelColor=INK, labelFontSize=13, symbolType="square", labelLimit=220, columns=3
        )
    )


def _standing(chart: Chart) -> tuple[Picture, int]:
    import altair

    base = altair.Chart(_data(_rows(chart, label_width=max(6, 56 // len(chart.categories)))))
    x = altair.X(
        "category:N", sort=None, axis=_standing_axis(), scale=altair.Scale(paddingInner=0.35, paddingOuter=0.2)
    )
    y = altair.Y("value:Q", axis=None, scale=altair.Scale(domain=[0, _top(chart) * 1.12]))
    position: dict[str, Any] = {"x": x, "y": y}
    if len(chart.series) > 1:
        position["xOffset"] = altair.XOffset("series:N", sort=None)
    bars = base.mark_bar().encode(color=_colour(chart), **position)
    known, unknown = (
        base.transform_filter(f"datum.unknown == {wanted}")
        .mark_text(
            dy=offset, baseline="bottom", color=INK, fontSize=13, fontWeight="bold", lineBreak="\n", lineHeight=15
        )
        .encode(text="label:N", **position)
        for wanted, offset in (("false", -5), ("true", -20))
    )
    return altair.layer(bars, known, unknown), 240


def _lying(chart: Chart) -> tuple[Picture, int]:
    import altair

    base = altair.Chart(_data(_rows(chart, label_width=LONGEST_LABEL, unknown_break=" ")))
    y = altair.Y("category:N", sort=None, axis=_lying_axis(), scale=altair.Scale(paddingInner=0.3, paddingOuter=0.1))
    x = altair.X("value:Q", axis=None, scale=altair.Scale(domain=[0, _top(chart) * 1.3]))
    position: dict[str, Any] = {"x": x, "y": y}
    if len(chart.series) > 1:
        position["yOffset"] = altair.YOffset("series:N", sort=None)
    bars = base.mark_bar().encode(color=_colour(chart), **position)
    labels = base.mark_text(dx=6, align="left", color=INK, fontSize=13, fontWeight="bold")
    return altair.layer(bars, labels.encode(text="label:N", **position)), _height(chart, len(chart.series))


def _stacked(chart: Chart) -> tuple[Picture, int]:
    import altair

    top = max(1, *(sum(value or 0 for value in values) for values in _values_per_category(chart)))
    rows = altair.Scale(domain=[_wrapped(name) for name in chart.categories], paddingInner=0.3, paddingOuter=0.1)
    y = altair.Y("category:N", axis=_lying_axis(), scale=rows)
    scale = altair.Scale(domain=[0, float(top) * 1.3])
    parts = altair.Chart(_data(_parts(chart, float(top))))
    extent = {"x": altair.X("start:Q", axis=None, scale=scale), "x2": "end:Q", "y": y}
    bars = parts.mark_bar(x2Offset=-1.5).encode(color=_colour(chart), **extent)
    figures = parts.mark_text(fontSize=13, fontWeight="bold").encode(
        x=altair.X("middle:Q", axis=None, scale=scale),
        y=y,
        text="label:N",
        color=altair.Color("ink:N", scale=None, legend=None),
    )
    totals = altair.Chart(_data(_totals(chart))).mark_text(
        dx=6, align="left", color=INK, fontSize=13, fontWeight="bold"
    )
    ends = totals.encode(x=altair.X("total:Q", axis=None, scale=scale), y=y, text="label:N")
    return altair.layer(bars, figures, ends).resolve_scale(color="independent"), _height(chart, 1)


def _data(rows: Iterable[dict[str, object]]) -> Any:
    import altair

    return altair.Data(values=list(rows))  # type: ignore[no-untyped-call]  # the library has no types


def _wrapped(category: str, width: int = LONGEST_LABEL) -> str:
    return textwrap.fill(printable(category), width)


def _lying_axis() -> "altair.Axis":
    import altair

    centred = altair.condition(f"length({LINES}) > 1", altair.value("bottom"), altair.value("middle"))
    return altair.Axis(labelExpr=LINES, labelBaseline=centred, labelLimit=240, title=None)


def _standing_axis() -> "altair.Axis":
    import altair

    return altair.Axis(labelExpr=LINES, labelAngle=0, labelLimit=240, title=None)


def _colour(chart: Chart) -> "altair.Color":
    import altair

    if len(chart.series) == 1 and not isinstance(chart, StackedBarChart):
        return altair.Color("fill:N", scale=None, legend=None)
    names = [printable(series.name) for series in chart.series]
    scale = altair.Scale(domain=names, range=list(SERIES[: len(names)]))
    return altair.Color("series:N", sort=None, scale=scale)


def _rows(chart: Chart, *, label_width: int, unknown_break: str = "\n") -> Iterator[dict[str, object]]:
    for series in chart.series:
        for category, value in zip(chart.categories, series.values, strict=True):
            stands_out = not chart.highlight or category == chart.highlight
            yield {
                "category": _wrapped(category, label_width),
                "series": printable(series.name),
                "value": 0 if value is None else float(value),
                "unknown": value is None,
                "label": _("not known").replace(" ", unknown_break) if value is None else dutch_number(value),
                "fill": BRAND if stands_out else MUTED,
            }


def _parts(chart: Chart, top: float) -> Iterator[dict[str, object]]:
    for category, values in zip(chart.categories, _values_per_category(chart), strict=True):
        start = 0.0
        for series, colour, value in zip(chart.series, SERIES, values, strict=False):
            if not value:
                continue
            end = start + float(value)
            yield {
                "category": _wrapped(category),
                "series": printable(series.name),
                "start": start,
                "end": end,
                "middle": (start + end) / 2,
                "label": dutch_number(value) if end - start >= top * NARROWEST_LABELLED_SHARE else "",
                "ink": LABEL_ON_DARK if contrast(colour, LABEL_ON_DARK) >= READABLE_CONTRAST else LABEL_ON_LIGHT,
            }
            start = end


def _totals(chart: Chart) -> Iterator[dict[str, object]]:
    for category, values in zip(chart.categories, _values_per_category(chart), strict=True):
        known = [value for value in values if value is not None]
        total = sum(float(value) for value in known)
        words = [dutch_number(total)] if known else []
        if len(known) < len(values):
            words.append(value_in_words(None))
        yield {"category": _wrapped(category), "total": total, "label": " + ".join(words)}


def _values_per_category(chart: Chart) -> list[tuple[Number | None, ...]]:
    return list(zip(*(series.values for series in chart.series), strict=True))


def _top(chart: Chart) -> float:
    values = [float(value) for series in chart.series for value in series.values if value is not None]
    return max(values, default=0.0) or 1.0


def _height(chart: Chart, bars_per_category: int) -> int:
    lines = max(len(textwrap.wrap(category, LONGEST_LABEL)) for category in chart.categories)
    return (
        40 + (40 if len(chart.series) > 1 else 0) + len(chart.categories) * max(30 * bars_per_category, 10 + 17 * lines)
    )


def _plain(svg: str) -> str:
    ElementTree.register_namespace("", SVG)
    root = ElementTree.fromstring(svg)  # noqa: S314 (we drew it ourselves)
    for element in root.iter():
        for name in [name for name in element.attrib if name in _FOR_SCRIPTS or name.startswith("aria-")]:
            del element.attrib[name]
    return ElementTree.tostring(root, encoding="unicode")


_FOR_SCRIPTS = frozenset({"class", "role", "pointer-events", "style"})
