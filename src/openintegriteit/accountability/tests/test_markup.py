"""What an author types becomes blocks of a document, and figures in it stay those of the records."""

import pytest

from openintegriteit.accountability.markup import blocks_of, figures_in, unknown_figures
from openintegriteit.core.contracts import Figure
from openintegriteit.core.documents.model import BulletList, Link, Paragraph, Text, plain_text


def figure(code="oath-persons", year=2025, value=8):
    return Figure(code, year, value, "personen", "", "", f"/werk/cijfers/{code}/")


FIGURES = {("oath-persons", 2025): figure(), ("oath-persons", 2024): figure(year=2024, value=None)}


def words(text, link_to=""):
    return [
        [plain_text(item[0].runs) for item in block.items] if isinstance(block, BulletList) else plain_text(block.runs)
        for block in blocks_of(text, FIGURES, link_to=link_to)
    ]


def test_an_empty_line_starts_a_paragraph_and_a_line_end_stays_within_it():
    assert words("Een\ntwee\n\n\nDrie\r\n\r\nVier") == ["Een\ntwee", "Drie", "Vier"]


def test_lines_with_a_dash_are_a_list_between_paragraphs():
    assert words("Dit:\n- een\n- twee\n  op twee regels\nKlaar") == ["Dit:", ["een", "twee op twee regels"], "Klaar"]


@pytest.mark.parametrize("text", ["", "   \n \n\n", "- ", "- \n- "])
def test_a_text_that_says_nothing_gives_nothing(text):
    assert [block for block in words(text) if block] == []


def test_a_minus_or_a_dash_without_a_space_is_no_list():
    assert words("-5 graden\n–lang") == ["-5 graden\n–lang"]


def test_a_live_figure_is_filled_in_and_links_to_its_records():
    (block,) = blocks_of("Er waren [[oath-persons 2025]].", FIGURES, link_to="https://proef.example")

    assert block == Paragraph(
        (Text("Er waren "), Link("8", "https://proef.example/werk/cijfers/oath-persons/"), Text("."))
    )


def test_without_an_address_a_live_figure_is_plain_text():
    (block,) = blocks_of("Er waren [[ oath-persons  2025 ]].", FIGURES)

    assert block == Paragraph((Text("Er waren "), Text("8"), Text(".")))


def test_an_unknown_value_is_called_unknown_and_never_zero():
    assert words("Er waren [[oath-persons 2024]] mensen.") == ["Er waren onbekend mensen."]


def test_large_numbers_are_written_the_dutch_way():
    (block,) = blocks_of("[[oath-persons 2025]]", {("oath-persons", 2025): figure(value=1234567.5)})

    assert plain_text(block.runs) == "1.234.567,5"


def test_a_mark_of_no_figure_stays_as_it_was_typed_and_is_named():
    text = "Er waren [[oath-personen 2025]] en [[oath-persons 2011]]."

    assert words(text) == [text]
    assert unknown_figures(text, FIGURES) == ("[[oath-personen 2025]]", "[[oath-persons 2011]]")


def test_each_figure_of_a_text_is_named_once_in_order():
    text = "[[team-talks 2025]] [[oath-persons 2025]] [[team-talks 2025]]"

    assert figures_in(text) == (("team-talks", 2025), ("oath-persons", 2025))


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "{year} {0} %(year)s {{ year }} {% now 'Y' %}",
        "[[[[oath 2025]]",
        "#set page(width: 1pt) $x$ *vet* _schuin_ @bron \\ ~",
        "=SOM(A1)\t\x0b",
        "[" * 5000 + " 2025]]",
    ],
)
def test_hostile_text_stays_text(text):
    assert "".join(words(text)) == text.strip()
