"""The house style around a document: logo, lines, footer, font and colour in all four formats."""

import hashlib
import re
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import docx
import pikepdf
import pymupdf
import pytest
from defusedxml.ElementTree import fromstring
from docx.oxml.ns import qn
from odf import opendocument

from openintegriteit.core.documents import write
from openintegriteit.core.documents.images import judge_picture
from openintegriteit.core.documents.model import Document, Letterhead, Logo, Theme, paragraph
from openintegriteit.core.documents.storing import as_data, from_data
from openintegriteit.core.tests.pictures import JPEG, png
from openintegriteit.core.tests.sample_document import document, rich_document
from openintegriteit.core.tests.test_documents_pdf import elements, failures, findings, text_of

LINES = (
    "Gemeente Voorbeeld & Co",
    "Raadhuisplein 1, 1234 AB Voorbeeld",
    "info@voorbeeld.example",
    "www.voorbeeld.example",
)
FOOTER = "Gemeente Voorbeeld · Postbus 1 <Voorbeeld>"


def styled(picture: bytes = png(), *, font: str = "Noto Sans") -> tuple[Document, dict[str, bytes]]:
    judged = judge_picture(picture)
    key = hashlib.sha256(judged.content).hexdigest()
    logo = Logo(key, judged.media_type, judged.width, judged.height, 'Wapen van "Voorbeeld" & <omgeving>')
    theme = Theme("Gemeente Voorbeeld", "#7a1f5c", letterhead=Letterhead(LINES, FOOTER, font, logo))
    return replace(rich_document(), theme=theme), {key: judged.content}


@pytest.mark.parametrize("picture", [png(), JPEG, png(1000, 20), png(20, 400)])
def test_the_pdf_stays_accessible_and_tells_what_the_logo_is(picture: bytes, tmp_path: Path) -> None:
    written, files = styled(picture)

    pdf = write(written, "pdf", files)

    assert failures(pdf) == []
    assert findings(pdf, tmp_path) == []
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert str(elements(opened, "/Figure")[0].Alt) == 'Wapen van "Voorbeeld" & <omgeving>'
    assert "Raadhuisplein 1, 1234 AB Voorbeeld" in text_of(pdf)


def test_the_footer_stands_on_every_page_of_the_pdf_and_is_not_read_out() -> None:
    written, files = styled()

    pdf = write(written, "pdf", files)

    with pymupdf.open(stream=pdf) as opened:
        assert all(FOOTER in sheet.get_text() for sheet in opened)
        text = "".join(sheet.get_text() for sheet in opened)
    assert text.count("info@voorbeeld.example") == 1


def test_addresses_in_the_lines_are_links_in_pdf_and_html() -> None:
    written, files = styled()

    with pymupdf.open(stream=write(written, "pdf", files)) as opened:
        addresses = [link["uri"] for link in opened[0].get_links() if "uri" in link]
    page = write(written, "html", files).decode()

    assert addresses[:2] == ["mailto:info@voorbeeld.example", "https://www.voorbeeld.example"]
    assert '<a href="mailto:info@voorbeeld.example">info@voorbeeld.example</a>' in page


def test_the_chosen_font_is_in_the_pdf() -> None:
    written, files = styled(font="Libertinus Serif")

    with pymupdf.open(stream=write(written, "pdf", files)) as opened:
        fonts = {font[3] for font in opened.get_page_fonts(0)}

    assert any("LibertinusSerif" in font for font in fonts)


def test_a_logo_that_cannot_be_drawn_does_not_stop_the_report(tmp_path: Path) -> None:
    written, files = styled()

    for kept in ({}, dict.fromkeys(files, b"\x89PNG\r\n\x1a\nkapot")):
        pdf = write(written, "pdf", kept)
        assert failures(pdf) == []
        assert "Gemeente Voorbeeld" in text_of(pdf)


@pytest.mark.parametrize(("picture", "name"), [(png(24, 8), "logo.png"), (JPEG, "logo.jpg")])
def test_word_has_logo_and_lines_on_the_first_page_and_the_footer_on_each(picture: bytes, name: str) -> None:
    written, files = styled(picture)

    content = write(written, "docx", files)

    section = docx.Document(BytesIO(content)).sections[0]
    assert section.different_first_page_header_footer is True
    assert [line.text for line in section.first_page_header.paragraphs][1:] == list(LINES)
    assert section.header.paragraphs[0].text == "Gemeente Voorbeeld\tJaarverslag integriteit 2019"
    for footer in (section.first_page_footer, section.footer):
        words = "".join(part.text or "" for part in footer._element.iter(qn("w:t")))
        assert words == f"{FOOTER}Pagina 1 van 1"
    properties = next(section.first_page_header._element.iter(qn("wp:docPr")))
    assert properties.get("descr") == 'Wapen van "Voorbeeld" & <omgeving>'
    with zipfile.ZipFile(BytesIO(content)) as opened:
        assert opened.read(f"word/media/{name}") == next(iter(files.values()))


def test_every_relationship_in_word_leads_to_a_part_with_a_known_kind() -> None:
    written, files = styled(JPEG)

    with zipfile.ZipFile(BytesIO(write(written, "docx", files))) as opened:
        names = set(opened.namelist())
        kinds = opened.read("[Content_Types].xml").decode()
        relations = [
            (name, relation)
            for name in names
            if name.endswith(".rels")
            for relation in fromstring(opened.read(name))
            if relation.get("TargetMode") != "External"
        ]

    for name, relation in relations:
        folder = name.replace("_rels/", "").rpartition("/")[0]
        target = relation.get("Target", "")
        assert (target.lstrip("/") if target.startswith("/") else f"{folder}/{target}".lstrip("/")) in names
    assert '"/word/media/logo.jpg" ContentType="image/jpeg"' in kinds
    assert "/word/header2.xml" in kinds


def test_open_document_has_logo_and_lines_on_the_first_page_and_the_footer_on_each() -> None:
    written, files = styled()

    content = write(written, "odt", files)

    opendocument.load(BytesIO(content))
    with zipfile.ZipFile(BytesIO(content)) as opened:
        assert opened.read("Pictures/logo.png") == next(iter(files.values()))
        styles = opened.read("styles.xml").decode()
        manifest = opened.read("META-INF/manifest.xml").decode()
    assert "Pictures/logo.png" in manifest
    first = re.search("<style:header-first>.*?</style:header-first>", styles, re.DOTALL)
    assert first is not None
    assert "Raadhuisplein 1, 1234 AB Voorbeeld" in first[0]
    assert "&lt;omgeving&gt;</svg:desc>" in first[0]
    assert styles.count("Postbus 1 &lt;Voorbeeld&gt;") == 2


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_headings_in_office_files_have_the_colour_and_font_of_the_body(form: str) -> None:
    written, files = styled(font="Libertinus Serif")
    part = "word/styles.xml" if form == "docx" else "styles.xml"

    with zipfile.ZipFile(BytesIO(write(written, form, files))) as opened:  # type: ignore[arg-type]
        styles = opened.read(part).decode()

    assert "7a1f5c" in styles.lower()
    assert "Libertinus Serif" in styles
    assert "Noto Sans" not in styles


def test_html_has_everything_within_itself() -> None:
    written, files = styled()

    page = write(written, "html", files).decode()

    assert '<img class="logo" src="data:image/png;base64,' in page
    assert 'alt="Wapen van &quot;Voorbeeld&quot; &amp; &lt;omgeving&gt;"' in page
    assert "<footer><p>Gemeente Voorbeeld · Postbus 1 &lt;Voorbeeld&gt;</p></footer>" in page
    assert re.findall(r'(?:src|href)="(?!data:|#|mailto:|https://www\.voorbeeld\.example)[^"]*"', page) == []


@pytest.mark.parametrize("form", ["pdf", "docx", "odt", "html"])
def test_equal_documents_with_a_letterhead_give_equal_files(form: str) -> None:
    written, files = styled()

    assert write(written, form, files) == write(written, form, files)  # type: ignore[arg-type]


def test_a_letterhead_is_stored_with_the_document_and_read_back() -> None:
    written, _files = styled()

    assert from_data(as_data(written)) == written


def test_a_document_without_a_letterhead_is_stored_as_before_there_were_any() -> None:
    stored = as_data(document(paragraph("x")))

    assert stored["document"]["theme"] == {
        "is": "Theme",
        "organisation_name": "Gemeente Voorbeeld",
        "primary_colour": "#0b5d63",
        "logo_svg": None,
    }


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Logo("0" * 64, "image/png", 1, 1, " "),
        lambda: Logo("0" * 64, "image/svg+xml", 1, 1, "Wapen"),
        lambda: Logo("0" * 64, "image/png", 0, 1, "Wapen"),
        lambda: Letterhead(font="Comic Sans"),
    ],
)
def test_what_no_document_may_carry_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError):
        wrong()  # type: ignore[operator]
