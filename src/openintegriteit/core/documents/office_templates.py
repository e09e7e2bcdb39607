"""Templates of a body for Word and OpenDocument: judged when they come in, completed when they are used.

What passes is a new zip file with the parts that a template needs and that were looked through, and nothing else. No
macro, no object, no reference to anything outside the file comes along; a link to a web or mail address may, for it
fetches nothing by itself.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError, register_namespace, tostring
from xml.sax.xmlreader import AttributesImpl

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from openintegriteit.core.documents.model import Theme
from openintegriteit.core.documents.pandoc_tree import OfficeFormat
from openintegriteit.core.spreadsheets.archive import Archive
from openintegriteit.core.spreadsheets.inspection import Part, inspect
from openintegriteit.core.spreadsheets.refusal import Limits, UnreadableFile

MOST_BYTES = 2 * 1024 * 1024
LIMITS = Limits(file_size=MOST_BYTES, unpacked_size=16 * 1024 * 1024)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
MACROS = re.compile(r"vba|macro|(^|/)(Basic|Scripts|Dialogs)/", re.IGNORECASE)
EMBEDDED = re.compile(
    r"(^|/)(embeddings|activeX|customUI|Object ?\d+|ObjectReplacements)/|\.bin$|\.ole$", re.IGNORECASE
)
FETCHING_FIELDS = re.compile(
    r"\b(DDE|DDEAUTO|INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK|DATABASE|MACROBUTTON)\b", re.I
)
HARMLESS_ADDRESS = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
MACRO_ELEMENTS = frozenset({"event-listener", "event-listeners", "script"})
OBJECT_ELEMENTS = frozenset(
    {"OLEObject", "altChunk", "control", "object", "object-ole", "plugin", "applet", "floating-frame"}
)
FETCHING_ELEMENTS = frozenset(
    {"section-source", "dde-connection-decl", "dde-connection", "database-display", "attachedTemplate"}
)
PICTURES = (".png", ".jpg", ".jpeg", ".gif")


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
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.text"
OPEN_DOCUMENT_KINDS = {OPEN_DOCUMENT, OPEN_DOCUMENT + b"-template"}
EMPTY_CONTENT = (
    b'<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.3" '
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><office:body><office:text/></office:body>'
    b"</office:document-content>"
)


class UnusableTemplate(Exception):
    """The template is refused; `str()` says why and what to do."""


@dataclass(frozen=True, slots=True)
class JudgedTemplate:
    """A template that may be tried: its format and its cleaned bytes."""

    form: OfficeFormat
    content: bytes


@dataclass(frozen=True, slots=True)
class Completed:
    """A template with our own styles where it lacks one, and the names of those that it lacks."""

    content: bytes
    lacking: tuple[str, ...]


def template_of(theme: Theme, form: OfficeFormat) -> str:
    """The SHA-256 of the body's own template in a format; "" when it has none."""
    return theme.letterhead.word_template if form == "docx" else theme.letterhead.open_document_template


def judge_template(content: bytes) -> JudgedTemplate:
    """The template without what does not belong in it. Raises UnusableTemplate."""
    if len(content) > MOST_BYTES:
        raise UnusableTemplate(
            _("The file is larger than %(limit)d MB. Make the pictures in it smaller, and choose it again.")
            % {"limit": MOST_BYTES // 1024**2}
        )
    try:
        with Archive(content, LIMITS) as archive:
            form = _form(archive)
            _refuse_parts(archive.names)
            for name in archive.names:
                if name.endswith((".xml", ".rels")):
                    _look_through(archive, name)
            parts = {name: b"".join(archive.chunks(name)) for name in archive.names if PARTS[form].kept.fullmatch(name)}
            shown = b"".join(part for name, part in parts.items() if PARTS[form].showing.fullmatch(name))
            for name in archive.names:
                folder, _slash, file = name.rpartition("/")
                if f"{folder}/" == PARTS[form].pictures and file and file.encode() in shown:
                    parts[name] = b"".join(archive.chunks(name))
    except UnreadableFile:
        raise UnusableTemplate(
            _(
                "The file cannot be read: it is damaged, has a password, or unpacks to too much. Save it again in your "
                "word processor as Word or OpenDocument text, and choose that file."
            )
        ) from None
    if PARTS[form].styles not in parts or PARTS[form].written not in parts:
        raise _not_a_template()
    if form == "odt":
        parts["mimetype"] = OPEN_DOCUMENT
        parts["content.xml"] = EMPTY_CONTENT
    _styles(parts[PARTS[form].styles])
    return JudgedTemplate(form, _packed(parts))


def completed(template: bytes, form: OfficeFormat, reference: bytes) -> Completed:
    """The template, with each style of our reference document that it lacks. Raises UnusableTemplate."""
    with zipfile.ZipFile(io.BytesIO(reference)) as ours:
        own_root = _styles(ours.read(PARTS[form].styles))
    try:
        with zipfile.ZipFile(io.BytesIO(template)) as theirs:
            parts = {name: theirs.read(name) for name in theirs.namelist()}
        theirs_root = _styles(parts[PARTS[form].styles])
    except (zipfile.BadZipFile, KeyError):
        raise refused_by_writer() from None
    lacking = _lacking_in_word(theirs_root, own_root) if form == "docx" else _lacking_in_odf(theirs_root, own_root)
    end = b"</w:styles>" if form == "docx" else b"</office:styles>"
    before, found, after = parts[PARTS[form].styles].rpartition(end)
    if not found:
        raise refused_by_writer()
    parts[PARTS[form].styles] = before + b"".join(tostring(style) for style in lacking.values()) + end + after
    said = (name for name in lacking if name in PARTS[form].said)
    return Completed(_packed(parts), tuple(name.replace("_20_", " ") for name in said))


def refused_by_writer() -> UnusableTemplate:
    """For a template with which no document can be written."""
    return UnusableTemplate(
        _(
            "With this template no document can be written. Open it in your word processor, save it again as Word or "
            "OpenDocument text, and choose that file."
        )
    )


def _form(archive: Archive) -> OfficeFormat:
    if "mimetype" in archive.names and archive.read("mimetype", 100).strip() in OPEN_DOCUMENT_KINDS:
        return "odt"
    if "[Content_Types].xml" in archive.names and "word/document.xml" in archive.names:
        return "docx"
    raise _not_a_template()


def _not_a_template() -> UnusableTemplate:
    return UnusableTemplate(
        _("This is not a text document of Word (.docx or .dotx) or OpenDocument (.odt or .ott). Choose such a file.")
    )


def _refuse_parts(names: tuple[str, ...]) -> None:
    for name in names:
        if MACROS.search(name):
            raise _macros()
        if EMBEDDED.search(name):
            raise _objects(name)
        if name.startswith(("word/media/", "Pictures/")) and not name.lower().endswith((*PICTURES, "/")):
            raise UnusableTemplate(
                _("The picture %(name)s is no PNG, JPEG or GIF. Replace it in the template, and choose the file again.")
                % {"name": name}
            )


def _look_through(archive: Archive, name: str) -> None:
    part = _TemplatePart(name)
    inspect(archive.chunks(name), part)
    if FETCHING_FIELDS.search("".join(part.fields)):
        raise _external(name)


class _TemplatePart(Part):
    """Refuses macros, objects and whatever comes from outside the file; collects what fields of Word ask for."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.fields: list[str] = []
        self._name = name
        self._in_field = False

    def opened(self, name: str, attrs: AttributesImpl) -> None:
        values = {key.rpartition(":")[2]: value for key, value in attrs.items()}
        if name in MACRO_ELEMENTS or "macroenabled" in values.get("ContentType", "").lower():
            raise _macros()
        if name in OBJECT_ELEMENTS:
            raise _objects(self._name)
        if name == "encryption-data":
            raise UnreadableFile
        if name in FETCHING_ELEMENTS or self._leads_outside(name, values):
            raise _external(self._name)
        self._in_field = name == "instrText"
        self.fields += [values.get("instr", ""), " "] if name == "fldSimple" else []

    def characters(self, content: str) -> None:
        self.fields += [content] if self._in_field else []

    def closed(self, name: str) -> None:
        self._in_field = False

    def _leads_outside(self, name: str, values: Mapping[str, str]) -> bool:
        if name == "Relationship" and values.get("TargetMode", "Internal").lower() != "internal":
            is_link = values.get("Type", "").endswith("/hyperlink")
            return not (is_link and HARMLESS_ADDRESS.match(values.get("Target", "")))
        address = values.get("href", "").strip()
        if name == "a" and HARMLESS_ADDRESS.match(address):
            return False
        return not address.startswith("#") and (":" in address or "\\" in address or address.startswith(("/", "..")))


def _macros() -> UnusableTemplate:
    return UnusableTemplate(
        _(
            "The file holds macros: small programs. Save it without macros, as .docx, .dotx, .odt or .ott, and choose "
            "it again."
        )
    )


def _objects(name: str) -> UnusableTemplate:
    return UnusableTemplate(
        _("The file holds an object of another program (in %(part)s). Remove it, and choose the file again.")
        % {"part": name}
    )


def _external(name: str) -> UnusableTemplate:
    return UnusableTemplate(
        _(
            "The file fetches something from outside (in %(part)s), for example a linked picture or a template on a "
            "network drive. Break that link or put the picture into the file, and choose it again."
        )
        % {"part": name}
    )


def _styles(content: bytes) -> Element:
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


def _packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip file of these parts, the same bytes for the same parts; `mimetype` stands first and unpacked."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: (name != "mimetype", name)):
            packing = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), parts[name], compress_type=packing)
    return target.getvalue()
