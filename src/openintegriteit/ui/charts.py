"""Drawn charts on disk: the worker draws them once, web processes only read.

A picture is named by what it shows and by its language, so that changed figures get a picture of their own.
"""

import hashlib
from pathlib import Path

from django.utils.translation import get_language

from openintegriteit.core.documents.chart import Chart
from openintegriteit.core.documents.drawing import draw_svg
from openintegriteit.core.files import write_whole

DRAWING_VERSION = 1  # higher when the same chart is drawn another way


def cached_svg(chart: Chart, *, cache_directory: Path) -> str | None:
    """The picture of the chart as SVG for a page, or None if it has not been drawn yet. Loads no drawing library."""
    try:
        return _place(chart, cache_directory).read_text("utf-8")
    except FileNotFoundError:
        return None


def draw_to_cache(chart: Chart, *, cache_directory: Path) -> str:
    """Draw the chart, keep the picture and return it. A reader sees the whole picture or none."""
    place = _place(chart, cache_directory)
    svg = draw_svg(chart)
    write_whole(place, svg.encode())
    return svg


def _place(chart: Chart, directory: Path) -> Path:
    content = f"{DRAWING_VERSION}|{get_language()}|{chart!r}"
    return directory / f"{hashlib.sha256(content.encode()).hexdigest()}.svg"
