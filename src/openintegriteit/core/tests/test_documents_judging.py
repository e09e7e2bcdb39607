"""Documents of others: what is refused, and what keeps people from reading what is not refused."""

import zlib
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from django.utils import translation

from openintegriteit.core.documents import judging, pdf_facts, write
from openintegriteit.core.documents.judging import Remark, UnusableDocument, judge_document
from openintegriteit.core.documents.model import paragraph
from openintegriteit.core.documents.remarks import SENTENCES, sentence
from openintegriteit.core.tests.hostile_files import repacked, xlsx
from openintegriteit.core.tests.others import PICTURE, WORDS, docx, odt, pdf
from openintegriteit.core.tests.sample_document import document

FORM_WITH_WORDS = b"/Fm0 Do /Im0 Do"


def keys(content):
    return [remark.key for remark in judge_document(content).remarks]


def refusal(content):
    with pytest.raises(UnusableDocument) as refused, translation.override("nl"):
        judge_document(content)
    return str(refused.value)


def without(name):
    def change(made):
        del made.Root[name]

    return change


def with_form(made):
    words = made.make_stream(WORDS, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9])
    made.pages[0].Resources.XObject.Fm0 = words


def opening(**action):
    def change(made):
        made.Root.OpenAction = made.make_indirect(pikepdf.Dictionary(**action))

    return change


def in_annotation(made):
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    made.pages[0].obj.Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Link, A=action)])


def test_a_file_is_kept_byte_for_byte():
    content = pdf(good=True)

    judged = judge_document(content)

    assert (judged.form, judged.content, judged.remarks) == ("pdf", content, ())


def test_our_own_pdf_has_no_remarks():
    written = write(document(paragraph("Gesprekken")), "pdf")

    assert keys(written) == []


@pytest.mark.parametrize(
    ("content", "noticed"),
    [
        (pdf(), ["pdf_untagged", "no_title", "no_language", "pdf_no_claim"]),
        (pdf(good=True, change=without("/MarkInfo")), ["pdf_untagged"]),
        (pdf(good=True, change=without("/StructTreeRoot")), ["pdf_untagged"]),
        (pdf(good=True, change=without("/Lang")), ["no_language"]),
        (pdf(good=True, change=without("/ViewerPreferences")), ["pdf_title_hidden"]),
        (pdf(good=True, change=without("/Metadata")), ["pdf_no_claim"]),
        (pdf(FORM_WITH_WORDS, good=True, change=with_form), []),
        (pdf(b"", good=True), []),
    ],
    ids=["bare", "not marked", "no tree", "language", "title hidden", "metadata", "words in a form", "empty page"],
)
def test_what_is_noticed_about_a_pdf(content, noticed):
    assert keys(content) == noticed


def test_pages_that_are_only_a_picture_are_counted():
    assert judge_document(pdf(WORDS, PICTURE, PICTURE, good=True)).remarks == (Remark("pdf_pictures", 2),)


def test_protection_against_screen_readers_is_noticed_and_a_password_is_refused():
    locked = pikepdf.Encryption(
        owner="geheim", R=3, aes=False, metadata=False, allow=pikepdf.Permissions(accessibility=False)
    )

    assert keys(pdf(good=True, encryption=locked)) == ["pdf_locked"]
    assert "wachtwoord" in refusal(pdf(encryption=pikepdf.Encryption(owner="geheim", user="geheim")))


@pytest.mark.parametrize(
    "change",
    [
        opening(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)")),
        opening(S=pikepdf.Name.Launch, F=pikepdf.String("calc.exe")),
        in_annotation,
    ],
    ids=["script", "launch", "script in a link"],
)
def test_a_pdf_with_a_program_in_it_is_refused(change):
    assert "scripts" in refusal(pdf(change=change))


@pytest.mark.parametrize(("make", "form"), [(docx, "docx"), (odt, "odt")])
def test_what_is_noticed_about_a_text(make, form):
    assert (judge_document(make()).form, keys(make())) == (form, [])
    assert keys(make(title="")) == ["no_title"]
    assert keys(make(language=False)) == ["no_language"]
    assert keys(make(heading=False)) == ["no_headings"]
    assert judge_document(make(words="")).remarks == (Remark("bare_pictures", 1),)
    assert keys(make(picture=False)) == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "geen PDF"),
        (b"<html><script>alert(1)</script></html>", "geen PDF"),
        (b"MZ\x90\x00", "geen PDF"),
        (b"%PDF-1.7\nniets", "niet te lezen"),
        (pdf()[:200], "niet te lezen"),
        (xlsx(), "geen PDF"),
        (docx()[:900], "niet te lezen"),
        (repacked(docx(), add={"word/vbaProject.bin": b"x"}), "macro"),
        (repacked(docx(), add={"word/activeX/activeX1.xml": b"<x/>"}), "macro"),
        (repacked(odt(), add={"Basic/Standard/Module1.xml": b"<x/>"}), "macro"),
        (
            repacked(docx(), {"[Content_Types].xml": lambda old: old.replace(b"document.main", b"macroEnabled.main")}),
            "mac",
        ),
        (repacked(docx(), add={"word/media/bom.xml": b" " * 130_000_000}), "niet te lezen"),
        (repacked(docx(), {"word/document.xml": lambda old: b"<!DOCTYPE a [<!ENTITY b 'c'>]>" + old}), "niet te lezen"),
    ],
    ids=["empty", "html", "exe", "broken", "cut", "xlsx", "cut zip", "vba", "control", "basic", "type", "bomb", "dtd"],
)
def test_what_is_no_document_or_does_harm_is_refused_with_what_to_do(content, said):
    assert said in refusal(content)


def test_a_template_from_elsewhere_is_refused():
    relation = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        b'Target="https://elders.example/sjabloon.dotm" TargetMode="External"/></Relationships>'
    )

    assert "sjabloon" in refusal(repacked(docx(), add={"word/_rels/settings.xml.rels": relation}))


def test_a_file_over_the_limit_is_refused_unread():
    assert "25 MB" in refusal(b"%PDF-" + b" " * judging.MOST_BYTES)


def test_a_pdf_that_unpacks_to_more_than_memory_is_refused():
    packing = zlib.compressobj(9)
    once = b"".join(packing.compress(b" " * 1_000_000) for _piece in range(1_500)) + packing.flush()
    packed = zlib.compress(once, 9)

    def bomb(made):
        twice = pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode])
        made.pages[0].obj.Contents = made.make_stream(packed)
        made.pages[0].obj.Contents.write(packed, filter=twice)

    assert "uitgepakt te groot" in refusal(pdf(change=bomb))


def test_a_pdf_that_takes_too_long_is_refused_and_its_reader_is_gone(monkeypatch):
    monkeypatch.setattr(judging, "LONGEST_WAIT", 0.01)

    assert "te veel tijd of geheugen" in refusal(pdf())


def test_a_pdf_whose_pages_go_round_in_a_circle_does_not_hang():
    def circle(made):
        made.Root.Pages.Kids.append(made.Root.Pages)

    with pytest.raises(UnusableDocument):
        judge_document(pdf(change=circle))


def test_every_remark_has_one_sentence_with_what_to_do():
    bare = {"pages_without_text": 2, "pages": 2, "title": True} | dict.fromkeys(
        ("read_aloud", "tagged", "shows_title", "language", "claims_standard"), False
    )
    of_pdf = judging.remarks_on_pdf(bare)
    of_text = judging.remarks_on_text(title="", language=False, headings=0, bare_pictures=1)

    with translation.override("nl"):
        told = [sentence(remark) for remark in (*of_pdf, *of_text)]

    assert {remark.key for remark in (*of_pdf, *of_text)} == {*SENTENCES, "pdf_pictures", "bare_pictures"}
    assert all("; vraag de opsteller" in line and line.count(".") == 1 for line in told)


def test_the_reader_of_pdfs_knows_a_page_of_a_picture_from_a_page_of_words():
    with pikepdf.open(BytesIO(pdf(PICTURE, WORDS))) as opened:
        facts = pdf_facts.facts_of(opened)

    assert (facts["pages"], facts["pages_without_text"]) == (2, 1)


def test_both_sides_mean_the_same_by_the_exit_codes():
    assert (judging.NEEDS_PASSWORD, judging.UNREADABLE) == (pdf_facts.NEEDS_PASSWORD, pdf_facts.UNREADABLE)
    assert Path(pdf_facts.__file__) == judging.PDF_READER
