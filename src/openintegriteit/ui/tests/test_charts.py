import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from django.utils import translation

from openintegriteit.core.documents.chart import BarChart, Series
from openintegriteit.core.documents.drawing import draw_svg
from openintegriteit.ui.charts import cached_svg, draw_to_cache

CHART = BarChart("Beëdigingen", "Jaar", ("2018", "2019"), (Series("Medewerkers", (None, 12)),))


def test_a_chart_that_has_not_been_drawn_has_no_picture(tmp_path: Path) -> None:
    assert cached_svg(CHART, cache_directory=tmp_path / "charts") is None


def test_a_drawn_chart_is_read_back_whole(tmp_path: Path) -> None:
    drawn = draw_to_cache(CHART, cache_directory=tmp_path / "charts")

    assert drawn == draw_svg(CHART)
    assert cached_svg(CHART, cache_directory=tmp_path / "charts") == drawn
    assert [path.suffix for path in (tmp_path / "charts").iterdir()] == [".svg"]


def test_changed_figures_and_another_language_have_pictures_of_their_own(tmp_path: Path) -> None:
    draw_to_cache(CHART, cache_directory=tmp_path)

    assert cached_svg(replace(CHART, series=(Series("Medewerkers", (0, 12)),)), cache_directory=tmp_path) is None
    with translation.override("en"):
        assert cached_svg(CHART, cache_directory=tmp_path) is None


def test_reading_pictures_loads_no_library_that_draws() -> None:
    program = (
        "import sys, openintegriteit.ui.charts, openintegriteit.core.documents;"
        "print(sorted({'altair', 'vl_convert', 'typst', 'pypandoc'} & set(sys.modules)))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env={"PYTHONPATH": "src"}
    )

    assert done.stdout.strip() == "[]"
