from datetime import date
from decimal import Decimal

import pytest

from openintegriteit.core.documents.colours import contrast, parse_colour, readable_on_white
from openintegriteit.core.documents.model import (
    BulletList,
    Cell,
    Column,
    Definition,
    Document,
    Figure,
    Heading,
    Link,
    SignatureBlock,
    Table,
    Text,
    Theme,
    cell,
    paragraph,
)
from openintegriteit.core.documents.numbers import dutch_number
from openintegriteit.core.documents.wording import Counting, printable
from openintegriteit.core.tests.sample_document import OATHS, document, rich_document


@pytest.mark.parametrize(
    ("blocks", "reason"),
    [
        ((Heading("Eerst", level=2),), "The heading 'Eerst' skips a level."),
        ((Heading("Een"), Heading("Drie", level=3)), "The heading 'Drie' skips a level."),
        ((Heading("Een", identifier="x"), Heading("Twee", identifier="x")), "Two headings have the same identifier."),
    ],
)
def test_a_document_with_broken_headings_is_refused(blocks: tuple[Heading, ...], reason: str) -> None:
    with pytest.raises(ValueError) as refusal:
        document(*blocks)

    assert str(refusal.value) == reason


def test_going_back_up_more_than_one_level_is_fine() -> None:
    written = document(Heading("Een"), Heading("Twee", level=2), Heading("Drie", level=3), Heading("Weer een"))

    assert [heading.level for heading in written.headings()] == [1, 2, 3, 1]


@pytest.mark.parametrize(
    "make",
    [
        lambda: Document(title=" ", theme=Theme("Gemeente"), date=date(2020, 1, 1)),
        lambda: Heading(""),
        lambda: Heading("Vijf", level=5),
        lambda: Link("", "https://voorbeeld.example"),
        lambda: Link("klik", "javascript:alert(1)"),
        lambda: Link("klik", "/werk/"),
        lambda: BulletList(()),
        lambda: BulletList(((),)),
        lambda: Definition("", (paragraph("x"),)),
        lambda: Definition("Kop", ()),
        lambda: SignatureBlock(()),
        lambda: Figure(OATHS, ""),
        lambda: Table("", (Column("A"),), ()),
        lambda: Table("T", (), ()),
        lambda: Table("T", (Column(" "),), ()),
        lambda: Table("T", (Column("A"), Column("B")), ((cell("1"),),)),
        lambda: Theme("Gemeente", "groen"),
        lambda: Theme("Gemeente", "#12345"),
        lambda: Theme("Gemeente", logo_svg="<svg>"),
        lambda: Theme("Gemeente", logo_svg="<html/>"),
        lambda: Theme(
            "Gemeente", logo_svg='<!DOCTYPE a [<!ENTITY b "c">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>'
        ),
    ],
)
def test_what_no_accessible_document_can_hold_is_refused(make: object) -> None:
    with pytest.raises(ValueError):
        make()  # type: ignore[operator]


def test_tables_are_found_in_reading_order_within_lists_and_definitions() -> None:
    inner = Table("Binnen", (Column("A"),), ((Cell((Text("1"),)),),))
    outer = Table("Buiten", (Column("A"),), ())

    written = document(BulletList(((paragraph("x"), inner),)), outer)

    assert [table.caption for table in written.tables()] == ["Binnen", "Buiten"]


def test_headings_without_identifier_get_a_numbered_anchor() -> None:
    anchors = [anchor for _heading, anchor in rich_document().anchored_headings()]

    assert anchors[:3] == ["voorstel", "kop-2", "kop-3"]


def test_numbered_headings_count_per_level_and_pass_over_others() -> None:
    counting = Counting()
    headings = (
        Heading("Voorstel"),
        Heading("Terugblik", numbered=True),
        Heading("Een", level=2, numbered=True),
        Heading("Twee", level=2, numbered=True),
        Heading("Agenda", numbered=True),
        Heading("Drie", level=2, numbered=True),
    )

    written = [counting.heading(heading) for heading in headings]

    assert written == ["Voorstel", "1 Terugblik", "1.1 Een", "1.2 Twee", "2 Agenda", "2.1 Drie"]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0, "0"),
        (7, "7"),
        (1234, "1.234"),
        (1234.5, "1.234,5"),
        (1234567.891, "1.234.567,89"),
        (0.125, "0,13"),
        (Decimal("2.50"), "2,5"),
        (10.0, "10"),
        (-1200, "-1.200"),
    ],
)
def test_numbers_are_written_the_dutch_way(value: int | float | Decimal, written: str) -> None:
    assert dutch_number(value) == written


def test_characters_that_no_file_can_hold_are_left_out() -> None:
    assert printable("a\x00b\x0bc\ufeffd\ud800e\tf\r\ng\rh") == "abcde f\ng\nh"


def test_decomposed_letters_become_one_character() -> None:
    assert printable("e\u0308") == "ë"


@pytest.mark.parametrize("colour", ["#ffcc00", "#ffffff", "#0b5d63", "#E3F0EF", "#00ff00"])
def test_a_house_colour_becomes_readable_on_white(colour: str) -> None:
    assert contrast(readable_on_white(colour), "#ffffff") >= 4.5


def test_a_colour_that_is_readable_stays_as_it_is() -> None:
    assert readable_on_white("#0b5d63") == "#0b5d63"


def test_contrast_follows_the_formula_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_a_colour_is_read_in_either_case() -> None:
    assert parse_colour("#0B5d63") == (11, 93, 99)
