import re
from dataclasses import replace

import pytest
from defusedxml import ElementTree

from openintegriteit.core.documents import drawing
from openintegriteit.core.documents.chart import BarChart, Chart, Series, StackedBarChart
from openintegriteit.core.documents.colours import contrast
from openintegriteit.core.documents.drawing import draw_png, draw_svg, recoloured
from openintegriteit.core.tests.sample_document import HARD_TEXTS, MEASURES, OATHS, PILLARS, PROGRESS

SVG = "{http://www.w3.org/2000/svg}"


def words_of(svg: str) -> list[str]:
    return [" ".join(text.itertext()) for text in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_a_chart_tells_every_figure_in_words() -> None:
    assert OATHS.alternative_text() == (
        "Staafdiagram: Beëdigingen. In medewerkers. Jaar 2017: 48. Jaar 2018: niet bekend. Jaar 2019: 1.234,5."
    )


def test_a_chart_with_several_series_names_each_of_them() -> None:
    assert PROGRESS.alternative_text().startswith(
        "Gestapeld staafdiagram: Stand van de maatregelen per pijler. In maatregelen. "
        "Pijler Visie en beleid: klaar 2, op schema 1, vertraagd 0. "
    )


def test_a_chart_as_table_keeps_zero_and_unknown_apart() -> None:
    table = MEASURES.as_table()

    assert table.columns == ("Pijler", "Maatregelen")
    assert table.rows == tuple(zip(PILLARS, ("3", "0", "7", "niet bekend"), strict=True))


def test_charts_with_the_same_figures_are_equal_and_others_are_not() -> None:
    assert hash(OATHS) == hash(replace(OATHS))
    assert replace(OATHS) == OATHS
    assert replace(OATHS, series=(Series("Medewerkers", (48, 0, 1234.5)),)) != OATHS


@pytest.mark.parametrize(
    "changes",
    [
        {"title": ""},
        {"category_title": ""},
        {"categories": (), "series": (Series("x", ()),)},
        {"series": ()},
        {"categories": ("2017", "2017", "2018")},
        {"series": (Series("x", (1, 2)),)},
        {"series": (Series("x", (1, 2, 3)), Series("x", (1, 2, 3)))},
        {"series": (Series("x", (1, 2, -3)),)},
        {"highlight": "2020"},
    ],
)
def test_a_chart_that_cannot_be_drawn_honestly_is_refused(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        replace(OATHS, **changes)


def test_a_chart_with_more_series_than_colours_is_refused() -> None:
    series = tuple(Series(f"reeks {number}", (1,)) for number in range(7))
    chart = StackedBarChart("Te veel", "Jaar", ("2019",), series)

    with pytest.raises(ValueError):
        draw_svg(chart)


@pytest.mark.parametrize("chart", [OATHS, MEASURES, PROGRESS])
def test_a_picture_is_described_as_the_drawing_library_asks(chart: Chart) -> None:
    drawing._picture(chart).to_dict(validate=True)


@pytest.mark.parametrize("chart", [OATHS, MEASURES, PROGRESS])
def test_a_picture_has_no_style_script_or_link(chart: Chart) -> None:
    svg = draw_svg(chart)

    attributes = {name for element in ElementTree.fromstring(svg).iter() for name in element.attrib}
    assert not attributes & {"style", "class", "role", "href", "onload", "{http://www.w3.org/1999/xlink}href"}
    assert not [name for name in attributes if name.startswith("aria-")]
    assert {element.tag.removeprefix(SVG) for element in ElementTree.fromstring(svg).iter()} <= {
        "svg",
        "g",
        "path",
        "line",
        "text",
        "tspan",
        "rect",
    }
    assert "http" not in svg.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize("chart", [OATHS, MEASURES, PROGRESS])
def test_a_picture_uses_only_the_colours_that_a_style_sheet_can_map(chart: Chart) -> None:
    used = set(re.findall(r'(?:fill|stroke)="([^"]+)"', draw_svg(chart)))

    known = {drawing.BRAND, drawing.MUTED, drawing.INK, drawing.INK_SOFT, drawing.LINE, *drawing.SERIES}
    assert used <= known | {drawing.LABEL_ON_DARK, drawing.LABEL_ON_LIGHT, "none", "transparent"}


def test_every_colour_of_a_bar_stands_out_from_the_paper() -> None:
    assert [
        colour for colour in (drawing.BRAND, drawing.MUTED, *drawing.SERIES) if contrast(colour, "#ffffff") < 3
    ] == []


def test_every_figure_on_a_bar_can_be_read() -> None:
    labels = (drawing.LABEL_ON_DARK, drawing.LABEL_ON_LIGHT)

    assert [colour for colour in drawing.SERIES if max(contrast(colour, label) for label in labels) < 4.5] == []


def test_an_unknown_value_is_a_gap_with_words_and_a_zero_is_a_zero() -> None:
    assert [words for words in words_of(draw_svg(MEASURES)) if words in {"3", "0", "7", "niet bekend"}] == [
        "3",
        "0",
        "7",
        "niet bekend",
    ]


def test_the_total_of_a_stack_says_when_a_part_is_unknown() -> None:
    words = words_of(draw_svg(PROGRESS))

    assert "3 + niet bekend" in words
    assert "12" in words


def test_numbers_in_a_picture_are_written_the_dutch_way() -> None:
    assert "1.234,5" in words_of(draw_svg(OATHS))


def test_only_the_highlighted_bar_has_the_main_colour() -> None:
    svg = draw_svg(OATHS)

    assert svg.count(f'fill="{drawing.BRAND}"') == 1
    assert recoloured(svg, "#a3201d").count('fill="#a3201d"') == 1


def test_a_house_colour_leaves_several_series_as_they_are() -> None:
    assert recoloured(draw_svg(PROGRESS), "#cc8126") == draw_svg(PROGRESS)


def test_categories_keep_their_order_and_their_words() -> None:
    chart = BarChart("Volgorde", "Soort", ("z", "a", HARD_TEXTS[1][:24]), (Series("x", (1, 2, 3)),))

    words = words_of(draw_svg(chart))

    assert words.index("z") < words.index("a")
    assert "<script>" in " ".join(words)


def test_all_figures_zero_or_unknown_can_be_drawn() -> None:
    nothing = BarChart("Niets", "Jaar", ("2018", "2019"), (Series("x", (0, None)),))

    assert {"0", "niet bekend"} <= set(words_of(draw_svg(nothing)))
    assert "<svg" in draw_svg(StackedBarChart("Niets", "Jaar", ("2019",), (Series("x", (None,)), Series("y", (0,)))))


def test_a_picture_for_office_files_is_a_png_with_a_transparent_corner() -> None:
    from io import BytesIO

    from PIL import Image

    picture = Image.open(BytesIO(draw_png(draw_svg(OATHS))))

    assert picture.size == (1200, 600)
    assert picture.getpixel((0, 0))[3] == 0
