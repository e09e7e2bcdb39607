"""Charts for pages: the picture when the worker has drawn it, and always the figures as a table."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.tasks import task
from django.utils.safestring import SafeString, mark_safe

from openintegriteit.core.documents.chart import (
    BarChart,
    Chart,
    ChartTable,
    HorizontalBarChart,
    Series,
    StackedBarChart,
)
from openintegriteit.core.queue import ask_once
from openintegriteit.ui.charts import cached_svg, draw_to_cache

SHAPES: dict[str, type[Chart]] = {shape.__name__: shape for shape in (BarChart, HorizontalBarChart, StackedBarChart)}


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart as a page shows it; without `svg` it has not been drawn yet and the table speaks."""

    svg: SafeString | str
    alternative: str
    caption: str
    table: ChartTable


def picture_of(chart: Chart, *, body: UUID) -> Picture:
    """The picture of a chart of one body. One that is not there yet is asked of the worker."""
    svg = cached_svg(chart, cache_directory=_directory(body))
    if svg is None:
        ask_once(draw, str(body), type(chart).__name__, asdict(chart))
    drawn = mark_safe(svg) if svg else ""  # noqa: S308 drawn by us from figures, its words escaped
    return Picture(drawn, chart.alternative_text(), chart.title, chart.as_table())


@task
def draw(body: str, shape: str, fields: dict[str, Any]) -> None:
    """Draw a chart and keep it, unless it is there already."""
    chart = chart_from(shape, fields)
    directory = _directory(UUID(body))
    if cached_svg(chart, cache_directory=directory) is None:
        draw_to_cache(chart, cache_directory=directory)


def chart_from(shape: str, fields: dict[str, Any]) -> Chart:
    """The chart from its plain fields, as they went through the queue."""
    series = tuple(Series(one["name"], tuple(one["values"])) for one in fields["series"])
    return SHAPES[shape](**{**fields, "categories": tuple(fields["categories"]), "series": series})


def _directory(body: UUID) -> Path:
    return Path(settings.DATA_DIR) / "charts" / str(body)
