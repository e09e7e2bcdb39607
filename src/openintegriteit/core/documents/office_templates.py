"""Templates of a body for Word and OpenDocument: what they are made of, and our styles for those that they lack."""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, register_namespace, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from openintegriteit.core.documents.model import Theme
from openintegriteit.core.documents.pandoc_tree import OfficeFormat

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


@dataclass(frozen=True, slots=True)
class Parts:
    """Where things stand in a file of one format, and which parts of it a template keeps."""

    written: str
    styles: str
    kept: re.Pattern[str]
    pictures: str
    showing: re.Pattern[str]  # the parts whose pictures come along: those around the text, not those in it
    said: frozenset[str]  # the styles of which we tell when they are missing; the others are ours alone


PARTS: Mapping[OfficeFormat, Parts] = {
    "docx": Parts(
        "word/document.xml",
        "word/styles.xml",
        re.compile(
            r"\[Content_Types\]\.xml|_rels/\.rels|word/(document|styles|settings|webSettings|fontTable|numbering|footnotes"
            r"|endnotes|header\d*|footer\d*)\.xml|word/theme/theme\d*\.xml|word/_rels/(document|header\d*|footer\d*)\.xml\.rels"
        ),
        "word/media/",
        re.compile(r"word/_rels/(header|footer)\d*\.xml\.rels"),
        frozenset(
            {"title", "subtitle", "date", "body text", "caption", "heading 1", "heading 2", "heading 3", "heading 4"}
        ),
    ),
    "odt": Parts(
        "content.xml",
        "styles.xml",
        re.compile(r"mimetype|content\.xml|styles\.xml|META-INF/manifest\.xml"),
        "Pictures/",
        re.compile(r"styles\.xml"),
        frozenset(
            {
                "Title",
                "Subtitle",
                "Text_20_body",
                "Caption",
                "Heading_20_1",
                "Heading_20_2",
                "Heading_20_3",
                "Heading_20_4",
            }
        ),
    ),
}


class UnusableTemplate(Exception):
    """The template is refused; `str()` says why and what to do."""


@dataclass(frozen=True, slots=True)
class Completed:
    """A template with our own styles where it lacks one, and the names of those that it lacks."""

    content: bytes
    lacking: tuple[str, ...]


def template_of(theme: Theme, form: OfficeFormat) -> str:
    """The SHA-256 of the body's own template in a format; "" when it has none."""
    return theme.letterhead.word_template if form == "docx" else theme.letterhead.open_document_template


def completed(template: bytes, form: OfficeFormat, reference: bytes) -> Completed:
    """The template, with each style of our reference document that it lacks. Raises UnusableTemplate."""
    with zipfile.ZipFile(io.BytesIO(reference)) as ours:
        own_root = styles_in(ours.read(PARTS[form].styles))
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as theirs:
            parts = {name: theirs.read(name) for name in theirs.namelist()}
        theirs_root = styles_in(parts[PARTS[form].styles])
    except (zipfile.BadZipFile, KeyError):
        raise refused_by_writer() from None
    lacking = _lacking_in_word(theirs_root, own_root) if form == "docx" else _lacking_in_odf(theirs_root, own_root)
    end = b"</w:styles>" if form == "docx" else b"</office:styles>"
    before, found, after = parts[PARTS[form].styles].rpartition(end)
    if not found:
        raise refused_by_writer()
    parts[PARTS[form].styles] = before + b"".join(tostring(style) for style in lacking.values()) + end + after
    said = (name for name in lacking if name in PARTS[form].said)
    return Completed(packed(parts), tuple(name.replace("_20_", " ") for name in said))


def refused_by_writer() -> UnusableTemplate:
    """For a template with which no document can be written."""
    return UnusableTemplate(
        _(
            "With this template no document can be written. Open it in your word processor, save it again as Word or "
            "OpenDocument text, and choose that file."
        )
    )


def styles_in(content: bytes) -> Element:
    """The styles of a template or of ours. Raises UnusableTemplate for what no writer can use."""
    try:
        content.decode("utf-8")
        root: Element = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        raise refused_by_writer() from None
    return root


def _lacking_in_word(theirs: Element, own: Element) -> dict[str, Element]:
    """Our styles that they lack, by name, tied to theirs: a style has another key in every language of Word."""
    register_namespace("w", W.strip("{}"))
    their_keys = {_word_name(style): style.get(f"{W}styleId", "") for style in theirs.findall(f"{W}style")}
    own_styles = {_word_name(style): style for style in own.findall(f"{W}style")}
    keys = {style.get(f"{W}styleId", ""): their_keys.get(name, "") for name, style in own_styles.items()}
    taken = set(their_keys.values())
    new_keys = {key: there or (f"{key}OI" if key in taken else key) for key, there in keys.items()}
    lacking = {name: style for name, style in own_styles.items() if name not in their_keys}
    for style in lacking.values():
        style.set(f"{W}styleId", new_keys[style.get(f"{W}styleId", "")])
        style.attrib.pop(f"{W}default", None)
        for tie in (*style.findall(f"{W}basedOn"), *style.findall(f"{W}next")):
            tie.set(f"{W}val", new_keys.get(tie.get(f"{W}val", ""), ""))
    return lacking


def _word_name(style: Element) -> str:
    name = style.find(f"{W}name")
    return "" if name is None else name.get(f"{W}val", "").lower()


def _lacking_in_odf(theirs: Element, own: Element) -> dict[str, Element]:
    for prefix in ("style", "fo", "text", "office"):
        namespace = "xsl-fo-compatible" if prefix == "fo" else prefix
        register_namespace(prefix, f"urn:oasis:names:tc:opendocument:xmlns:{namespace}:1.0")
    present = {_odf_key(style) for style in theirs.iterfind(f"{OFFICE}styles/{STYLE}style")}
    own_styles = own.iterfind(f"{OFFICE}styles/{STYLE}style")
    return {style.get(f"{STYLE}name", ""): style for style in own_styles if _odf_key(style) not in present}


def _odf_key(style: Element) -> tuple[str | None, str | None]:
    return style.get(f"{STYLE}family"), style.get(f"{STYLE}name")


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip file of these parts, the same bytes for the same parts; `mimetype` stands first and unpacked."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: (name != "mimetype", name)):
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), parts[name], compress_type=packing)
    return target.getvalue()
