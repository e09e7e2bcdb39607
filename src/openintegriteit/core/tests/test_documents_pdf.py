from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import outloud
import page
import pikepdf
import pymupdf
import pytest

from openintegriteit.core.documents import write
from openintegriteit.core.documents.model import (
    Column,
    Figure,
    Heading,
    Link,
    Paragraph,
    Table,
    TableOfContents,
    cell,
    paragraph,
)
from openintegriteit.core.documents.row_headers import mark_row_headers
from openintegriteit.core.tests.sample_document import (
    ARABIC,
    EMOJI,
    HARD_TEXTS,
    LONG_WORD,
    OATHS,
    REPORT_TABLE,
    document,
    rich_document,
)


@pytest.fixture(scope="module")
def rich() -> bytes:
    return write(rich_document(), "pdf")


@pytest.fixture(scope="module")
def opened_rich(rich: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(BytesIO(rich)) as opened:
        yield opened


def failures(pdf: bytes) -> list[str]:
    return [failure.rule_id for failure in page.validate_pdf_bytes(pdf, profile="ua1").failures]


def findings(pdf: bytes, folder: Path) -> list[tuple[str, str]]:
    file = folder / "document.pdf"
    file.write_bytes(pdf)
    result = outloud.check(str(file))
    assert result.error is None
    return [(finding.rule, finding.severity) for finding in result.sorted_findings()]


def text_of(pdf: bytes) -> str:
    """The words of the PDF; break chances (U+200B) and the ends of lines and pages are left out."""
    with pymupdf.open(stream=pdf) as opened:
        return "".join(sheet.get_text() for sheet in opened).replace("\u200b", "").replace("\n", "")


def elements(opened: pikepdf.Pdf, *kinds: str) -> list[pikepdf.Dictionary]:
    return [element for element in below(opened.Root.StructTreeRoot) if str(element.S) in kinds]


def below(parent: pikepdf.Dictionary) -> Iterator[pikepdf.Dictionary]:
    children = parent.get("/K", [])
    for child in children if isinstance(children, pikepdf.Array) else [children]:
        if isinstance(child, pikepdf.Dictionary) and "/S" in child:
            yield child
            yield from below(child)


def scope(element: pikepdf.Dictionary) -> str | None:
    return next((str(part.Scope) for part in element.get("/A", []) if "/Scope" in part), None)


def table_shape(table: pikepdf.Dictionary) -> list[list[tuple[str, str | None]]]:
    rows = [element for element in below(table) if element.S == "/TR"]
    return [[(str(cell.S), scope(cell)) for cell in row.K] for row in rows]


def test_a_rich_document_conforms_to_pdf_ua(rich: bytes) -> None:
    assert failures(rich) == []


def test_a_rich_document_reads_out_loud_without_a_finding(rich: bytes, tmp_path: Path) -> None:
    assert findings(rich, tmp_path) == []


def test_the_file_says_its_title_language_author_and_subject(opened_rich: pikepdf.Pdf) -> None:
    assert str(opened_rich.Root.Lang) == "nl-NL"
    assert opened_rich.Root.ViewerPreferences.DisplayDocTitle is True
    with opened_rich.open_metadata() as metadata:
        assert metadata["dc:title"] == "Jaarverslag integriteit 2019"
        assert metadata["dc:creator"] == ["Coördinator integriteit"]
        assert metadata["dc:description"] == "Verantwoording aan de gemeenteraad"
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["xmp:CreateDate"].startswith("2020-03-31")


def test_headings_are_bookmarks_with_their_numbers(opened_rich: pikepdf.Pdf) -> None:
    with opened_rich.open_outline() as outline:
        top = [item.title for item in outline.root]
        below_second = [item.title for item in outline.root[1].children]

    assert top == ["Voorstel", "1 Terugblik", "Bijlage: het plan", "Advies"]
    assert below_second == ["1.1 Vertrouwenspersonen", "1.2 Maatregelen"]


def test_headings_are_tagged_by_level(opened_rich: pikepdf.Pdf) -> None:
    kinds = [str(element.S) for element in elements(opened_rich, "/H1", "/H2", "/H3", "/H4")]

    assert kinds == ["/H1", "/H1", "/H1", "/H2", "/H2", "/H3", "/H4", "/H1", "/H1"]


def test_tables_have_column_and_row_headers_with_scope(opened_rich: pikepdf.Pdf) -> None:
    figures, measures, visitors = elements(opened_rich, "/Table")
    column, row, data = ("/TH", "/Column"), ("/TH", "/Row"), ("/TD", None)

    assert table_shape(figures) == [[column] * 4, [row, data, data, data], [row, data, data, data]]
    assert table_shape(measures) == [[column] * 3, *[[row, data, data]] * 120]
    assert table_shape(visitors) == [[column] * 2, [data] * 2]


def test_each_table_has_its_caption(opened_rich: pikepdf.Pdf) -> None:
    assert [next(str(element.S) for element in below(table)) for table in elements(opened_rich, "/Table")] == [
        "/Caption"
    ] * 3


def test_a_long_table_repeats_its_header_on_every_page(rich: bytes) -> None:
    with pymupdf.open(stream=rich) as opened:
        pages = [sheet.get_text() for sheet in opened if "geschenken" in sheet.get_text()]

    assert len(pages) > 2
    assert all("Nummer" in words and "Maatregel" in words and "Stand" in words for words in pages)


def test_figures_and_logo_have_alternative_texts(opened_rich: pikepdf.Pdf) -> None:
    texts = [str(figure.Alt) for figure in elements(opened_rich, "/Figure")]

    assert texts[0] == "Gemeente Voorbeeld"
    assert texts[1] == OATHS.alternative_text()
    assert texts[3] == "Bij structuur en borging lopen vijf maatregelen achter."


def test_pages_are_numbered_and_name_the_body(rich: bytes) -> None:
    with pymupdf.open(stream=rich) as opened:
        count, words = len(opened), [sheet.get_text() for sheet in opened]

    assert all(f"Pagina {number} van {count}" in text for number, text in enumerate(words, start=1))
    assert all("Gemeente Voorbeeld" in text for text in words[1:])


def test_links_lead_to_their_address(rich: bytes) -> None:
    with pymupdf.open(stream=rich) as opened:
        addresses = [link["uri"] for sheet in opened for link in sheet.get_links() if "uri" in link]

    assert addresses == ["https://www.voorbeeld.example/integriteit?jaar=2019&taal=nl"]


@pytest.mark.parametrize("text", HARD_TEXTS)
def test_markup_in_a_text_stays_text(text: str) -> None:
    table = Table(text, (Column(text), Column("B")), ((cell(text), cell("2")),))
    link = Paragraph((Link(text, "https://voorbeeld.example"),))

    pdf = write(document(Heading(text), paragraph(text), table, link, title=text, subject=text, author=text), "pdf")

    assert failures(pdf) == []
    assert "".join(text.split()) in "".join(text_of(write(document(paragraph(text)), "pdf")).split())
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert str(opened.docinfo["/Title"]) == text


def test_emoji_arabic_and_line_ends_survive() -> None:
    pdf = write(document(paragraph(f"Eerst {EMOJI}\ndan {ARABIC}")), "pdf")

    assert failures(pdf) == []
    text = text_of(pdf)
    assert EMOJI in text
    assert ARABIC in text or ARABIC[::-1] in text


def test_a_character_that_no_font_shows_appears_as_its_number() -> None:
    pdf = write(document(Heading("Naam 中文"), paragraph("Teken 한")), "pdf")

    assert failures(pdf) == []
    assert "[U+4E2D][U+6587]" in text_of(pdf)
    assert "[U+D55C]" in text_of(pdf)


def test_many_characters_that_no_font_shows_are_all_spelled_out() -> None:
    unknown = "".join(chr(number) for number in range(0x4E00, 0x4E00 + 400))

    pdf = write(document(*(paragraph(unknown[start : start + 20]) for start in range(0, 400, 20))), "pdf")

    assert failures(pdf) == []
    assert "[U+4E00]" in text_of(pdf)
    assert "[U+4F8F]" in text_of(pdf)


def test_a_chart_with_hard_names_is_drawn() -> None:
    chart = replace(OATHS, categories=("<b>&\x00", "中文", ARABIC), highlight="", unit="\x0bstuks")

    pdf = write(document(Figure(chart, "Cijfers & <namen>")), "pdf")

    assert failures(pdf) == []


def test_a_very_long_word_stays_within_the_page_and_the_column() -> None:
    table = Table("Smal", (Column("A"), Column("B"), Column("C")), ((cell("x"), cell(LONG_WORD), cell("y")),))

    pdf = write(document(paragraph(LONG_WORD), table), "pdf")

    assert failures(pdf) == []
    with pymupdf.open(stream=pdf) as opened:
        words = [word for sheet in opened for word in sheet.get_text("words")]
    assert max(word[2] for word in words) <= 595 - 70
    assert text_of(pdf).count(LONG_WORD[:55]) >= 1


def test_a_document_with_only_a_title_is_valid(tmp_path: Path) -> None:
    pdf = write(document(), "pdf")

    assert failures(pdf) == []
    assert findings(pdf, tmp_path) == []
    assert "Jaarverslag integriteit 2019" in text_of(pdf)


def test_a_table_of_contents_of_nothing_and_a_table_without_rows_are_valid() -> None:
    pdf = write(document(TableOfContents(), replace(REPORT_TABLE, rows=())), "pdf")

    assert failures(pdf) == []
    assert "Inhoud" not in text_of(pdf)


def test_equal_documents_give_equal_files(rich: bytes) -> None:
    assert write(rich_document(), "pdf") == rich


def test_marking_row_headers_refuses_a_file_with_other_tables(rich: bytes) -> None:
    with pytest.raises(ValueError):
        mark_row_headers(rich, [True])


def test_a_structure_that_looks_like_a_table_in_a_heading_is_no_table() -> None:
    pdf = write(document(Heading("/S/Table /K[1 0 R] (onaf"), REPORT_TABLE), "pdf")

    assert failures(pdf) == []
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert [len(table_shape(table)) for table in elements(opened, "/Table")] == [3]


def test_a_small_table_has_row_headers_too(tmp_path: Path) -> None:
    table = Table(
        "Klein", (Column("Cijfer"), Column("Waarde")), ((cell("Eed"), cell("48")), (cell("Gesprek"), cell("0")))
    )

    pdf = write(document(table), "pdf")

    # Outloud suspects any table with more header cells than data cells (TBL-010); here that is what the table is.
    assert failures(pdf) == []
    assert [rule for rule, _severity in findings(pdf, tmp_path)] == ["TBL-010"]
    with pikepdf.open(BytesIO(pdf)) as opened:
        kinds = [[kind for kind, _scope in row] for row in table_shape(elements(opened, "/Table")[0])]
    assert kinds == [["/TH", "/TH"], ["/TH", "/TD"], ["/TH", "/TD"]]
