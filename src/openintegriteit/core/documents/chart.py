"""What a chart shows: figures and their names. How it is drawn stands in `drawing`.

A chart can say everything it shows in words and as a table; both come from the figures alone. A value of None is a
figure that nobody knows: it is drawn and told as not known, never as zero.
"""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openintegriteit.core.documents.numbers import Number, dutch_number


@dataclass(frozen=True, slots=True)
class Series:
    """Values that belong together, one for each category of the chart."""

    name: str
    values: tuple[Number | None, ...]


@dataclass(frozen=True, slots=True)
class ChartTable:
    """The figures of a chart as text: column titles and rows, the category first."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Chart:
    """Figures per category, for example per year or per pillar.

    `unit` is the plural name of what is counted ("personen"); `category_title` names the categories ("Jaar");
    `highlight` is the one category that stands out, for charts with one series.

    Raises:
        ValueError: if there is nothing to show, a series has another length than the categories, categories or names
            are not unique, a value is negative, or `highlight` is no category.
    """

    title: str
    category_title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""
    highlight: str = ""

    shape: ClassVar[str | Promise] = ""

    def __post_init__(self) -> None:
        if not self.title.strip() or not self.category_title.strip() or not self.categories or not self.series:
            raise ValueError("A chart needs a title, categories with a name, and at least one series.")
        if len(set(self.categories)) != len(self.categories) or len({s.name for s in self.series}) != len(self.series):
            raise ValueError(f"The categories and series of the chart {self.title!r} need names of their own.")
        for series in self.series:
            if len(series.values) != len(self.categories):
                raise ValueError(f"The series {series.name!r} needs {len(self.categories)} values.")
            if any(value is not None and value < 0 for value in series.values):
                raise ValueError(f"The series {series.name!r} has a negative value; bars start at zero.")
        if self.highlight and self.highlight not in self.categories:
            raise ValueError(f"{self.highlight!r} is not a category of the chart {self.title!r}.")

    def as_table(self) -> ChartTable:
        """All figures of the chart, in Dutch notation."""
        rows = zip(self.categories, *(series.values for series in self.series), strict=True)
        return ChartTable(
            columns=(self.category_title, *(series.name for series in self.series)),
            rows=tuple((category, *(value_in_words(value) for value in values)) for category, *values in rows),
        )

    def alternative_text(self) -> str:
        """The chart in words: its shape, its title and every figure."""
        opening = f"{self.shape}: {self.title}."
        if self.unit:
            opening += " " + _("In %(unit)s.") % {"unit": self.unit}
        return " ".join([opening, *(self._told(row) for row in self.as_table().rows)])

    def _told(self, row: tuple[str, ...]) -> str:
        if len(self.series) == 1:
            return f"{self.category_title} {row[0]}: {row[1]}."
        values = ", ".join(f"{series.name} {value}" for series, value in zip(self.series, row[1:], strict=True))
        return f"{self.category_title} {row[0]}: {values}."


@dataclass(frozen=True)
class BarChart(Chart):
    """Standing bars, for example one per year; several series stand side by side."""

    shape: ClassVar[str | Promise] = gettext_lazy("Bar chart")


@dataclass(frozen=True)
class HorizontalBarChart(Chart):
    """Lying bars, for categories with long names; several series lie below each other."""

    shape: ClassVar[str | Promise] = gettext_lazy("Horizontal bar chart")


@dataclass(frozen=True)
class StackedBarChart(Chart):
    """Lying bars whose series follow each other, for parts of a whole."""

    shape: ClassVar[str | Promise] = gettext_lazy("Stacked bar chart")


def value_in_words(value: Number | None) -> str:
    """The value in Dutch notation, or that it is not known."""
    return _("not known") if value is None else dutch_number(value)
