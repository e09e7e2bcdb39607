"""The body's own templates: which are refused, what is left of one that passes, and how documents use it."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace

import docx
import pytest
from django.utils import translation
from odf import opendocument

from openintegriteit.core.documents import office, write
from openintegriteit.core.documents.model import Document, Letterhead, Theme
from openintegriteit.core.documents.office import try_template
from openintegriteit.core.documents.office_templates import UnusableTemplate
from openintegriteit.core.documents.template_judging import MOST_BYTES, judge_template
from openintegriteit.core.tests.hostile_files import repacked
from openintegriteit.core.tests.office_templates import Form, part, template, without_styles
from openintegriteit.core.tests.sample_document import document, rich_document

RELATIONS = "word/_rels/document.xml.rels"
OUTSIDE = '<Relationship Id="rId900" Type="http://x/{kind}" Target="{target}" TargetMode="External"/></Relationships>'


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


def with_relation(kind: str, target: str) -> bytes:
    added = OUTSIDE.format(kind=kind, target=target).encode()
    return repacked(template("docx"), {RELATIONS: lambda old: old.replace(b"</Relationships>", added)})


def with_words(form: Form, part_name: str, before: bytes, added: bytes) -> bytes:
    return repacked(template(form), {part_name: lambda old: old.replace(before, added + before, 1)})


def using(content: bytes, form: Form) -> tuple[Document, dict[str, bytes]]:
    field = "word_template" if form == "docx" else "open_document_template"
    letterhead = Letterhead(**{field: "a" * 64})  # type: ignore[arg-type]
    theme = Theme("Gemeente Voorbeeld", letterhead=letterhead)
    return replace(rich_document(), theme=theme), {"a" * 64: judge_template(content).content}


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_a_good_template_passes_and_lacks_nothing(form: Form) -> None:
    judged = judge_template(template(form))

    assert judged.form == form
    assert try_template(judged.content, document(), form) == ()


def test_templates_as_word_processors_save_them_pass_and_become_documents() -> None:
    kinds = {
        "[Content_Types].xml": lambda old: old.replace(
            b"wordprocessingml.document.main", b"wordprocessingml.template.main"
        )
    }
    dotx = repacked(template("docx"), kinds)
    ott = repacked(template("odt"), {"mimetype": lambda old: old + b"-template"})

    word, files = using(dotx, "docx")
    assert "template.main" not in part(write(word, "docx", files), "[Content_Types].xml")
    text, files = using(ott, "odt")
    assert part(write(text, "odt", files), "mimetype") == "application/vnd.oasis.opendocument.text"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "cannot be read"),
        (b"PK\x03\x04kapot", "cannot be read"),
        (b"%PDF-1.7", "cannot be read"),
        (template("docx")[:-100], "cannot be read"),
        (repacked(template("odt"), {"mimetype": lambda _old: b"application/zip"}), "not a text document"),
        (template("docx") + b"\x00" * MOST_BYTES, "larger than 2 MB"),
        (repacked(template("docx"), add={"word/media/x.png": b"\x00" * 20_000_000}), "cannot be read"),
        (repacked(template("docx"), add={"word/vbaProject.bin": b"x"}), "macros"),
        (repacked(template("odt"), add={"Basic/Standard/script-lb.xml": b"<x/>"}), "macros"),
        (repacked(template("odt"), add={"Scripts/python/x.py": b"x"}), "macros"),
        (
            repacked(
                template("docx"),
                {
                    "[Content_Types].xml": lambda old: old.replace(
                        b"document.main+xml", b"document.macroEnabled.main+xml"
                    )
                },
            ),
            "macros",
        ),
        (repacked(template("docx"), add={"word/embeddings/oleObject1.xls": b"x"}), "object of another program"),
        (repacked(template("docx"), add={"word/activeX/activeX1.xml": b"<x/>"}), "object of another program"),
        (repacked(template("odt"), add={"Object 1/content.xml": b"<x/>"}), "object of another program"),
        (repacked(template("docx"), add={"word/media/x.svg": b"<svg/>"}), "no PNG, JPEG or GIF"),
        (with_relation("image", "http://voorbeeld.example/volg.png"), "fetches something from outside"),
        (with_relation("attachedTemplate", "file:///C:/x.dotm"), "fetches something from outside"),
        (with_relation("hyperlink", "file:///C:/x.exe"), "fetches something from outside"),
        (with_relation("oleObject", "https://voorbeeld.example"), "fetches something from outside"),
    ],
)
def test_what_must_not_come_in_is_refused_with_what_to_do(content: bytes, said: str) -> None:
    with pytest.raises(UnusableTemplate, match=said):
        judge_template(content)


@pytest.mark.parametrize(
    ("added", "said"),
    [
        (
            b"<w:p><w:r><w:instrText>INCLUDE</w:instrText></w:r><w:r><w:instrText>PICTURE x</w:instrText></w:r></w:p>",
            "outside",
        ),
        (b'<w:p><w:fldSimple w:instr=" DDEAUTO cmd "/></w:p>', "outside"),
        (b"<w:p><w:object/></w:p>", "object"),
    ],
)
def test_fields_and_objects_in_a_header_are_found(added: bytes, said: str) -> None:
    with pytest.raises(UnusableTemplate, match=said):
        judge_template(with_words("docx", "word/header1.xml", b"</w:hdr>", added))


@pytest.mark.parametrize(
    ("added", "said"),
    [
        (b'<text:p><draw:image xlink:href="http://voorbeeld.example/volg.png"/></text:p>', "outside"),
        (b'<text:p><draw:image xlink:href="../../etc/passwd"/></text:p>', "outside"),
        (b'<text:p><draw:image xlink:href="file:///etc/passwd"/></text:p>', "outside"),
        (b'<text:p><text:a xlink:href="javascript:alert(1)">x</text:a></text:p>', "outside"),
        (b"<text:p><draw:object/></text:p>", "object"),
        (b"<text:p><text:script>x</text:script></text:p>", "macros"),
    ],
)
def test_what_an_open_document_header_fetches_or_runs_is_found(added: bytes, said: str) -> None:
    with pytest.raises(UnusableTemplate, match=said):
        judge_template(with_words("odt", "styles.xml", b"</style:footer>", added))


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_entities_are_refused_and_nothing_is_read_from_this_machine(form: Form) -> None:
    name = "word/styles.xml" if form == "docx" else "styles.xml"
    attack = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'

    with pytest.raises(UnusableTemplate, match="cannot be read"):
        judge_template(repacked(template(form), {name: lambda old: old.replace(b"?>", b"?>" + attack, 1)}))


def test_a_link_to_a_web_or_mail_address_may_stay() -> None:
    link = b'<text:p><text:a xlink:href="mailto:info@voorbeeld.example">mail</text:a></text:p>'

    assert judge_template(with_relation("hyperlink", "https://voorbeeld.example")).form == "docx"
    assert judge_template(with_words("odt", "styles.xml", b"</style:footer>", link)).form == "odt"


def test_only_what_a_template_needs_is_kept() -> None:
    content = repacked(
        template("docx"),
        add={"customXml/item1.xml": b"<secret/>", "word/comments9.xml": b"<secret/>", "word/media/oud.png": b"geheim"},
    )

    with zipfile.ZipFile(io.BytesIO(judge_template(content).content)) as kept:
        names = kept.namelist()
    assert "word/styles.xml" in names
    assert not {"customXml/item1.xml", "word/comments9.xml", "word/media/oud.png", "docProps/core.xml"} & set(names)


def test_the_text_of_an_open_document_template_is_not_kept() -> None:
    content = write(rich_document(), "odt")

    kept = judge_template(content).content
    assert "Terugblik" not in part(kept, "content.xml")
    with zipfile.ZipFile(io.BytesIO(kept)) as opened:
        assert not [name for name in opened.namelist() if name.startswith("Pictures/")]


def test_word_is_written_with_the_styles_and_page_of_the_template() -> None:
    written, files = using(template("docx"), "docx")

    content = write(written, "docx", files)

    opened = docx.Document(io.BytesIO(content))
    assert "0a6b1f" in part(content, "word/styles.xml").lower()
    assert "0b5d63" not in part(content, "word/styles.xml").lower()
    assert opened.sections[0].header.paragraphs[0].text.startswith("Gemeente Groen")
    assert [words.text for words in opened.paragraphs if words.style.name == "Heading 1"][:2] == [
        "Voorstel",
        "1 Terugblik",
    ]


def test_open_document_is_written_with_the_styles_and_page_of_the_template() -> None:
    written, files = using(template("odt"), "odt")

    content = write(written, "odt", files)

    opendocument.load(io.BytesIO(content))
    assert "#0a6b1f" in part(content, "styles.xml")
    assert "Gemeente Groen" in part(content, "styles.xml")
    assert "1 Terugblik" in part(content, "content.xml")


def test_styles_that_word_lacks_are_named_and_ours_stand_in_for_them() -> None:
    poor = without_styles(template("docx"), "docx", ["heading 3", "Caption", "SpaceToFill"])
    dutch = repacked(
        poor,
        {"word/styles.xml": lambda old: old.replace(b'w:styleId="BodyText"', b'w:styleId="Plattetekst"')},
    )

    judged = judge_template(dutch)
    assert set(try_template(judged.content, document(), "docx")) == {"heading 3", "caption"}
    written, files = using(dutch, "docx")
    opened = docx.Document(io.BytesIO(write(written, "docx", files)))
    assert [words.text for words in opened.paragraphs if words.style.name == "Heading 3"] == ["Dieper"]
    assert "SpaceToFill" in {style.name for style in opened.styles}
    keys = {style.style_id for style in opened.styles}
    assert {style.base_style.style_id for style in opened.styles if getattr(style, "base_style", None)} <= keys


def test_styles_that_open_document_lacks_are_named_and_ours_stand_in_for_them() -> None:
    poor = without_styles(template("odt"), "odt", ["Heading_20_2", "SpaceToFill"])

    judged = judge_template(poor)
    assert try_template(judged.content, document(), "odt") == ("Heading 2",)
    written, files = using(poor, "odt")
    styles = part(write(written, "odt", files), "styles.xml")
    assert styles.count('style:name="Heading_20_2"') == 1
    assert styles.count('style:name="SpaceToFill"') == 1


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_a_template_with_which_nothing_can_be_written_is_refused_when_it_is_tried(form: Form) -> None:
    name = "word/styles.xml" if form == "docx" else "styles.xml"
    hollow = repacked(template(form), {name: lambda _old: b"<x/>"})

    with pytest.raises(UnusableTemplate, match="no document can be written"):
        try_template(judge_template(hollow).content, document(), form)


@pytest.mark.parametrize("form", ["docx", "odt"])
def test_a_template_that_breaks_later_does_not_stop_a_report(form: Form) -> None:
    written, files = using(template(form), form)
    ours = write(replace(written, theme=Theme("Gemeente Voorbeeld")), form)

    assert write(written, form, {"a" * 64: b"kapot"}) == ours
    assert write(written, form, {}) == ours
    assert write(written, form, files) != ours


def test_a_writer_that_hangs_on_a_template_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    judged = judge_template(template("docx"))
    monkeypatch.setattr(office, "PATIENCE", 0.0001)

    with pytest.raises(UnusableTemplate):
        try_template(judged.content, document(), "docx")
