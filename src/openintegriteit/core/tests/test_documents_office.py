import zipfile
from io import BytesIO
from typing import Literal

import docx
import pytest
from docx.oxml.ns import qn
from odf import draw, opendocument, table, text
from odf.element import Element
from odf.teletype import extractText

from openintegriteit.core.documents import write
from openintegriteit.core.documents.model import (
    Column,
    Heading,
    Link,
    Paragraph,
    Table,
    TableOfContents,
    cell,
    paragraph,
)
from openintegriteit.core.tests.sample_document import (
    ARABIC,
    EMOJI,
    HARD_TEXTS,
    LONG_WORD,
    OATHS,
    document,
    rich_document,
)

HEADINGS = [
    ("Heading 1", "Voorstel"),
    ("Heading 1", "1 Terugblik"),
    ("Heading 2", "1.1 Vertrouwenspersonen"),
    ("Heading 2", "1.2 Maatregelen"),
    ("Heading 3", "Dieper"),
    ("Heading 4", "Nog dieper"),
    ("Heading 1", "Bijlage: het plan"),
    ("Heading 1", "Advies"),
]
TABLE_CAPTIONS = ["Tabel 1. Cijfers over drie jaar", "Tabel 2. Alle maatregelen", "Tabel 3. Wie erbij was"]
FIGURE_CAPTIONS = [
    "Figuur 1. Beëdigingen van drie jaar",
    "Figuur 2. Aantal maatregelen per pijler",
    "Figuur 3. Hoe het met de maatregelen staat",
]
REASON = "Bij structuur en borging lopen vijf maatregelen achter."


@pytest.fixture(scope="module")
def word() -> docx.document.Document:
    return docx.Document(BytesIO(write(rich_document(), "docx")))


@pytest.fixture(scope="module")
def open_document() -> opendocument.OpenDocument:
    return opendocument.load(BytesIO(write(rich_document(), "odt")))


def styled(word: docx.document.Document, prefix: str) -> list[tuple[str, str]]:
    return [(part.style.name, part.text) for part in word.paragraphs if part.style.name.startswith(prefix)]


def odf_paragraphs(opened: opendocument.OpenDocument, style: str) -> list[str]:
    found = opened.getElementsByType(text.P)
    return [extractText(part) for part in found if part.getAttribute("stylename") == style]


def odf_cells(row: Element) -> list[str]:
    return [extractText(part).strip() for part in row.getElementsByType(table.TableCell)]


def test_word_has_real_headings(word: docx.document.Document) -> None:
    assert styled(word, "Heading") == HEADINGS
    assert styled(word, "Title") == [("Title", "Jaarverslag integriteit 2019")]


def test_word_has_captions_at_tables_and_figures(word: docx.document.Document) -> None:
    assert [words for _style, words in styled(word, "Table Caption")] == TABLE_CAPTIONS
    assert [words for _style, words in styled(word, "Image Caption")] == FIGURE_CAPTIONS


def test_word_repeats_header_rows_and_marks_row_headers(word: docx.document.Document) -> None:
    first_columns = []
    for found in word.tables:
        rows = [row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None for row in found.rows]
        assert rows == [True, *[False] * (len(rows) - 1)]
        first_columns.append(found._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstColumn")))

    assert first_columns == ["1", "1", "0"]
    assert [cell.text for cell in word.tables[0].rows[1].cells] == ["Beëdigingen", "48", "niet bekend", "51"]


def test_word_pictures_have_alternative_texts(word: docx.document.Document) -> None:
    texts = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]

    assert (texts[0], texts[2], len(texts)) == (OATHS.alternative_text(), REASON, 3)


def test_word_says_language_title_and_author(word: docx.document.Document) -> None:
    language = word.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")

    assert language.get(qn("w:val")) == "nl-NL"
    assert word.core_properties.title == "Jaarverslag integriteit 2019"
    assert word.core_properties.author == "Coördinator integriteit"
    assert word.core_properties.subject == "Verantwoording aan de gemeenteraad"
    assert word.core_properties.created.date().isoformat() == "2020-03-31"


def test_word_pages_are_a4_with_the_body_above_and_the_page_below(word: docx.document.Document) -> None:
    section = word.sections[0]

    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.header.paragraphs[0].text == "Gemeente Voorbeeld\tJaarverslag integriteit 2019"
    footer = section.footer.paragraphs[0]._p
    assert [field.get(qn("w:instr")) for field in footer.iter(qn("w:fldSimple"))] == [" PAGE ", " NUMPAGES "]
    assert "".join(part.text or "" for part in footer.iter(qn("w:t"))) == "Pagina 1 van 1"


def test_word_has_room_for_advice_and_signatures(word: docx.document.Document) -> None:
    assert [words.strip() for _style, words in styled(word, "SpaceToFill")] == [
        "Advies van de commissie\nIn te vullen door de griffie."
    ]
    assert [words for _style, words in styled(word, "SignatoryFunction")] == ["De secretaris", "De burgemeester"]
    assert [words for _style, words in styled(word, "SignatoryName")] == ["A. de Vries", "J. El Amrani"]


def test_open_document_has_real_headings(open_document: opendocument.OpenDocument) -> None:
    found = open_document.getElementsByType(text.H)

    assert [(f"Heading {part.getAttribute('outlinelevel')}", extractText(part)) for part in found] == HEADINGS
    assert odf_paragraphs(open_document, "Title") == ["Jaarverslag integriteit 2019"]


def test_open_document_has_captions_at_tables_and_figures(open_document: opendocument.OpenDocument) -> None:
    assert odf_paragraphs(open_document, "TableCaption") == TABLE_CAPTIONS
    assert odf_paragraphs(open_document, "FigureCaption") == FIGURE_CAPTIONS


def test_open_document_repeats_header_rows(open_document: opendocument.OpenDocument) -> None:
    heads = [
        [odf_cells(row) for row in part.getElementsByType(table.TableRow)]
        for part in open_document.getElementsByType(table.TableHeaderRows)
    ]

    assert heads == [[["Cijfer", "2017", "2018", "2019"]], [["Nummer", "Maatregel", "Stand"]], [["Afdeling", "Dag"]]]


def test_open_document_pictures_have_alternative_texts(open_document: opendocument.OpenDocument) -> None:
    texts = [
        extractText(part)
        for frame in open_document.getElementsByType(draw.Frame)
        for part in frame.childNodes
        if part.qname[1] == "desc"
    ]

    assert (texts[0], texts[2], len(texts)) == (OATHS.alternative_text(), REASON, 3)


def test_open_document_says_language_title_and_author() -> None:
    with zipfile.ZipFile(BytesIO(write(rich_document(), "odt"))) as archive:
        styles, meta = archive.read("styles.xml").decode(), archive.read("meta.xml").decode()
        first = archive.infolist()[0]

    assert 'fo:language="nl"' in styles
    assert 'fo:country="NL"' in styles
    assert "<dc:language>nl-NL</dc:language>" in meta
    assert "<dc:title>Jaarverslag integriteit 2019</dc:title>" in meta
    assert "<dc:creator>Coördinator integriteit</dc:creator>" in meta
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)


def test_open_document_has_room_for_signatures(open_document: opendocument.OpenDocument) -> None:
    assert odf_paragraphs(open_document, "SignatoryFunction") == ["De secretaris", "De burgemeester"]


@pytest.mark.parametrize("hard", [*HARD_TEXTS, EMOJI, ARABIC, LONG_WORD])
def test_a_text_stays_text_in_word(hard: str) -> None:
    opened = docx.Document(BytesIO(write(hard_document(hard), "docx")))

    assert opened.core_properties.title == hard
    assert styled(opened, "Heading") == [("Heading 1", hard)]
    assert hard in [part.text for part in opened.paragraphs if part.style.name == "First Paragraph"]
    assert [cell.text for cell in opened.tables[0].rows[0].cells] == [hard, "B"]
    assert [cell.text for cell in opened.tables[0].rows[1].cells] == [hard, "2"]
    assert [link.text for part in opened.paragraphs for link in part.hyperlinks] == [hard]


@pytest.mark.parametrize("hard", [*HARD_TEXTS, EMOJI, ARABIC, LONG_WORD])
def test_a_text_stays_text_in_open_document(hard: str) -> None:
    opened = opendocument.load(BytesIO(write(hard_document(hard), "odt")))

    assert [extractText(part) for part in opened.getElementsByType(text.H)] == [hard]
    assert [odf_cells(row) for row in opened.getElementsByType(table.TableRow)] == [[hard, "B"], [hard, "2"]]
    assert [extractText(part) for part in opened.getElementsByType(text.A)] == [hard]


def hard_document(hard: str):  # type: ignore[no-untyped-def]
    table_of_it = Table(hard, (Column(hard), Column("B")), ((cell(hard), cell("2")),))
    link = Paragraph((Link(hard, "https://voorbeeld.example"),))
    return document(Heading(hard), paragraph(hard), table_of_it, link, title=hard, subject=hard, author=hard)


def test_line_ends_and_unprintable_characters() -> None:
    opened = docx.Document(BytesIO(write(document(paragraph("een\r\ntwee\x00\x0b")), "docx")))

    assert "een\ntwee" in [part.text for part in opened.paragraphs]


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_a_document_with_only_a_title_can_be_opened(form: Literal["docx", "odt"]) -> None:
    written = BytesIO(write(document(TableOfContents()), form))

    if form == "docx":
        assert [part.text for part in docx.Document(written).paragraphs] == [
            "Jaarverslag integriteit 2019",
            "31 maart 2020",
        ]
    else:
        found = opendocument.load(written)
        assert odf_paragraphs(found, "Title") + odf_paragraphs(found, "Date") == [
            "Jaarverslag integriteit 2019",
            "31 maart 2020",
        ]


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_equal_documents_give_equal_files(form: Literal["docx", "odt"]) -> None:
    assert write(rich_document(), form) == write(rich_document(), form)


def test_word_brings_the_contents_up_to_date(word) -> None:
    lines = [part for part in word.paragraphs if part.style.name.startswith("toc ")]
    kinds = [part.get(qn("w:fldCharType")) for line in lines for part in line._p.iter(qn("w:fldChar"))]

    assert [line.text for line in lines][:3] == ["Voorstel", "1 Terugblik", "1.1 Vertrouwenspersonen"]
    assert kinds == ["begin", "separate", "end"]
    assert [part.text for part in lines[0]._p.iter(qn("w:instrText"))] == [' TOC \\o "1-2" \\h ']
    assert lines[-1]._p[-1].find(qn("w:fldChar")).get(qn("w:fldCharType")) == "end"


def test_libreoffice_brings_the_contents_up_to_date(open_document) -> None:
    (contents,) = open_document.getElementsByType(text.TableOfContent)
    (source,) = contents.getElementsByType(text.TableOfContentSource)
    body = contents.getElementsByType(text.IndexBody)[0]

    assert source.getAttribute("outlinelevel") == "2"
    assert extractText(source.getElementsByType(text.IndexTitleTemplate)[0]) == "Inhoud"
    assert [extractText(part) for part in body.getElementsByType(text.P)][:4] == [
        "Inhoud",
        "Voorstel",
        "1 Terugblik",
        "1.1 Vertrouwenspersonen",
    ]
