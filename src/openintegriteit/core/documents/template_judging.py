"""Templates of a body for Word and OpenDocument, judged when they come in.

What passes is a new zip file with the parts that a template needs and that were looked through, and nothing else. No
macro, no object, no reference to anything outside the file comes along; a link to a web or mail address may, for it
fetches nothing by itself.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.xmlreader import AttributesImpl

from django.utils.translation import gettext as _

from openintegriteit.core.documents.office_templates import PARTS, UnusableTemplate, packed, styles_in
from openintegriteit.core.documents.pandoc_tree import OfficeFormat
from openintegriteit.core.spreadsheets.archive import Archive
from openintegriteit.core.spreadsheets.inspection import Part, inspect
from openintegriteit.core.spreadsheets.refusal import Limits, UnreadableFile

MOST_BYTES = 2 * 1024 * 1024
LIMITS = Limits(file_size=MOST_BYTES, unpacked_size=16 * 1024 * 1024)
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
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.text"
OPEN_DOCUMENT_KINDS = {OPEN_DOCUMENT, OPEN_DOCUMENT + b"-template"}
EMPTY_CONTENT = (
    b'<?xml version="1.0" encoding="UTF-8"?><office:document-content office:version="1.3" '
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"><office:body><office:text/></office:body>'
    b"</office:document-content>"
)


@dataclass(frozen=True, slots=True)
class JudgedTemplate:
    """A template that may be tried: its format and its cleaned bytes."""

    form: OfficeFormat
    content: bytes


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
    styles_in(parts[PARTS[form].styles])
    return JudgedTemplate(form, packed(parts))


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
