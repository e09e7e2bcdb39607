"""Documents of others, judged by their content when they come in: what is refused, and what was noticed.

What was noticed is a list of remarks about what keeps people from reading a document. That list can be empty; it never
says that a document is accessible, for that takes a person.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from xml.sax.xmlreader import AttributesImpl

from django.utils.translation import gettext as _

from openintegriteit.core.documents.template_judging import MACRO_ELEMENTS, MACROS, OPEN_DOCUMENT
from openintegriteit.core.spreadsheets.archive import Archive
from openintegriteit.core.spreadsheets.inspection import Part, inspect
from openintegriteit.core.spreadsheets.refusal import Limits, UnreadableFile

DocumentForm = Literal["pdf", "docx", "odt"]
MOST_BYTES = 25 * 1024 * 1024
LIMITS = Limits(file_size=MOST_BYTES, unpacked_size=120 * 1024 * 1024)
# Only its own process loads what reads a PDF; these are two of its exit codes.
PDF_READER = Path(__file__).with_name("pdf_facts.py")
NEEDS_PASSWORD, UNREADABLE = 3, 4
LONGEST_WAIT = 30  # seconds for a PDF, more than its reader gives itself
CONTROLS = re.compile(r"(^|/)activeX/|(^|/)vba", re.IGNORECASE)
CORE_PROPERTIES, DOCX_STYLES, DOCX_TEXT = "docProps/core.xml", "word/styles.xml", "word/document.xml"
NO_LANGUAGE = frozenset({"", "none", "zxx", "und"})


class UnusableDocument(Exception):
    """The document is refused; `str()` says why and what to do."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that keeps people from reading a document; `count` says of how many pages or pictures."""

    key: str
    count: int = 0


@dataclass(frozen=True, slots=True)
class JudgedDocument:
    """A document that may be kept: its form, its bytes as they came in, and what was noticed."""

    form: DocumentForm
    content: bytes
    remarks: tuple[Remark, ...]


def judge_document(content: bytes) -> JudgedDocument:
    """The document with what was noticed about it. Raises UnusableDocument.

    A PDF is read by a process of its own, which takes at most half a minute.
    """
    if len(content) > MOST_BYTES:
        raise UnusableDocument(
            _("The file is larger than %(limit)d MB. Make the pictures in it smaller, and choose it again.")
            % {"limit": MOST_BYTES // 1024**2}
        )
    if content.startswith(b"%PDF-"):
        return JudgedDocument("pdf", content, remarks_on_pdf(_pdf_facts(content)))
    if content.startswith(b"PK\x03\x04"):
        return _office(content)
    raise _no_document()


def remarks_on_pdf(facts: dict[str, Any]) -> tuple[Remark, ...]:
    """What keeps people from reading a PDF that says this of itself."""
    without_text = facts["pages_without_text"]
    said: list[tuple[bool, Remark]] = [
        (not facts["read_aloud"], Remark("pdf_locked")),
        (without_text > 0, Remark("pdf_pictures", without_text)),
        (not facts["tagged"], Remark("pdf_untagged")),
        (not facts["title"], Remark("no_title")),
        (facts["title"] and not facts["shows_title"], Remark("pdf_title_hidden")),
        (not facts["language"], Remark("no_language")),
        (not facts["claims_standard"], Remark("pdf_no_claim")),
    ]
    return tuple(remark for applies, remark in said if applies)


def remarks_on_text(*, title: str, language: bool, headings: int, bare_pictures: int) -> tuple[Remark, ...]:
    """What keeps people from reading a document of a word processor."""
    said = [
        (not title.strip(), Remark("no_title")),
        (not language, Remark("no_language")),
        (not headings, Remark("no_headings")),
        (bare_pictures > 0, Remark("bare_pictures", bare_pictures)),
    ]
    return tuple(remark for applies, remark in said if applies)


def _pdf_facts(content: bytes) -> dict[str, Any]:
    command = [sys.executable, "-I", str(PDF_READER)]
    try:
        done = subprocess.run(  # noqa: S603 our own program; the words of others come by its input
            command, input=content, capture_output=True, timeout=LONGEST_WAIT, env={}, cwd="/", check=False
        )
    except subprocess.TimeoutExpired:
        raise _too_much() from None
    if done.returncode == NEEDS_PASSWORD:
        raise UnusableDocument(_("The file opens only with a password. Save it without one, and choose it again."))
    if done.returncode == UNREADABLE:
        raise _damaged()
    if done.returncode:
        raise _too_much()
    facts: dict[str, Any] = json.loads(done.stdout)
    if facts["programs"]:
        raise _programs()
    if not facts["pages"]:
        raise _damaged()
    return facts


def _office(content: bytes) -> JudgedDocument:
    try:
        with Archive(content, LIMITS) as archive:
            form = _form(archive)
            if any(MACROS.search(name) or CONTROLS.search(name) for name in archive.names):
                raise _programs()
            reading = _reading(form)
            for name in reading.in_order(archive.names):
                inspect(archive.chunks(name), reading.part(name))
    except UnreadableFile:
        raise _damaged() from None
    return JudgedDocument(form, content, reading.remarks())


def _form(archive: Archive) -> DocumentForm:
    if "mimetype" in archive.names and archive.read("mimetype", 100).strip() == OPEN_DOCUMENT:
        return "odt"
    if "[Content_Types].xml" in archive.names and DOCX_TEXT in archive.names:
        return "docx"
    raise _no_document()


class _Harmless(Part):
    """A part without programs, and not encrypted."""

    def opened(self, name: str, attrs: AttributesImpl) -> None:
        values = _values(attrs)
        if name in MACRO_ELEMENTS or "macroenabled" in values.get("ContentType", "").lower():
            raise _programs()
        if name == "encryption-data":
            raise UnreadableFile
        if name == "Relationship" and values.get("Type", "").endswith("/attachedTemplate"):
            _refuse_fetched(values.get("Target", ""))
        self.seen(name, values)

    def seen(self, name: str, values: dict[str, str]) -> None:
        """An element begins that does no harm."""


class _Collecting(_Harmless):
    """Collects the text of elements with this name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.text = ""
        self._name, self._inside = name, False

    def seen(self, name: str, values: dict[str, str]) -> None:
        self._inside = name == self._name

    def characters(self, content: str) -> None:
        self.text += content if self._inside and len(self.text) < 1000 else ""

    def closed(self, name: str) -> None:
        self._inside = False


class _DocxStyles(_Harmless):
    """Which styles of Word are headings, and whether the styles name a language."""

    def __init__(self) -> None:
        super().__init__()
        self.headings: set[str] = set()
        self.language = False
        self._style = ""

    def seen(self, name: str, values: dict[str, str]) -> None:
        if name == "style":
            self._style = values.get("styleId", "")
        elif (name == "name" and values.get("val", "").lower().startswith("heading ")) or _is_heading(name, values):
            self.headings.add(self._style)
        elif name == "lang":
            self.language = self.language or values.get("val", "").lower() not in NO_LANGUAGE


class _DocxText(_Harmless):
    """Headings of a text of Word, and pictures without words. The styles are read before."""

    def __init__(self, styles: _DocxStyles) -> None:
        super().__init__()
        self.headings = self.bare_pictures = 0
        self.language = False
        self._styles = styles
        self._bare = False

    def seen(self, name: str, values: dict[str, str]) -> None:
        if name == "docPr":
            self._bare = not values.get("descr", "").strip()
        elif name == "decorative" and values.get("val", "1") in ("1", "true"):
            self._bare = False
        elif name == "shape":  # the older way to put a picture in a text
            self._bare = not values.get("alt", "").strip()
        elif name in ("pic", "imagedata"):
            self.bare_pictures += self._bare
        elif (name == "pStyle" and values.get("val") in self._styles.headings) or _is_heading(name, values):
            self.headings += 1
        elif name == "lang":
            self.language = self.language or values.get("val", "").lower() not in NO_LANGUAGE


class _OdtText(_Harmless):
    """Headings of an OpenDocument text, pictures without words, and whether it names a language."""

    def __init__(self) -> None:
        super().__init__()
        self.headings = self.bare_pictures = 0
        self.language = False
        self._frames: list[list[bool]] = []  # of each frame that is open: whether it has a picture, and words
        self._in_words = False

    def seen(self, name: str, values: dict[str, str]) -> None:
        self.headings += name == "h"
        self._in_words = name in ("title", "desc")
        if name == "frame":
            self._frames.append([False, False])
        elif name == "image" and self._frames:
            self._frames[-1][0] = True
        elif name == "text-properties":
            self.language = self.language or values.get("language", "").lower() not in NO_LANGUAGE

    def characters(self, content: str) -> None:
        if self._in_words and self._frames and content.strip():
            self._frames[-1][1] = True

    def closed(self, name: str) -> None:
        self._in_words = False
        if name == "frame" and self._frames:
            has_picture, has_words = self._frames.pop()
            self.bare_pictures += has_picture and not has_words


class _Reading:
    """Reads the parts of a document one by one, and says what was noticed."""

    def __init__(
        self,
        title: _Collecting,
        styles: _DocxStyles | _OdtText,
        text: _DocxText | _OdtText,
        names: tuple[str, str, str],
    ) -> None:
        self._title, self._styles, self._text = title, styles, text
        self._known: dict[str, Part] = dict(zip(names, (title, styles, text), strict=True))
        self._first = names[1]  # by the styles the text is understood

    def in_order(self, names: tuple[str, ...]) -> Iterator[str]:
        """The parts of XML, the styles in front."""
        read = [name for name in names if name.endswith((".xml", ".rels"))]
        yield from sorted(read, key=lambda name: name != self._first)

    def part(self, name: str) -> Part:
        """What looks through a part."""
        return self._known.get(name) or _Harmless()

    def remarks(self) -> tuple[Remark, ...]:
        """What was noticed, after all parts."""
        return remarks_on_text(
            title=self._title.text,
            language=self._styles.language or self._text.language,
            headings=self._text.headings,
            bare_pictures=self._text.bare_pictures,
        )


def _reading(form: DocumentForm) -> _Reading:
    if form == "docx":
        styles = _DocxStyles()
        return _Reading(_Collecting("title"), styles, _DocxText(styles), (CORE_PROPERTIES, DOCX_STYLES, DOCX_TEXT))
    return _Reading(_Collecting("title"), _OdtText(), _OdtText(), ("meta.xml", "styles.xml", "content.xml"))


def _refuse_fetched(template: str) -> None:
    """A template on the author's own computer is harmless; one from elsewhere would be fetched with its macros."""
    if "://" in template and not template.lower().startswith("file:///"):
        raise UnusableDocument(_("The file fetches a template from elsewhere. Break that link, and choose it again."))


def _is_heading(name: str, values: dict[str, str]) -> bool:
    return name == "outlineLvl" and values.get("val", "9") in "012345678"


def _values(attrs: AttributesImpl) -> dict[str, str]:
    return {key.rpartition(":")[2]: value for key, value in attrs.items()}


def _no_document() -> UnusableDocument:
    return UnusableDocument(
        _("This is not a PDF, nor a text document of Word (.docx) or OpenDocument (.odt). Choose such a file.")
    )


def _damaged() -> UnusableDocument:
    return UnusableDocument(
        _(
            "The file cannot be read: it is damaged, has a password, or unpacks to too much. Open it in the program "
            "that made it, save it again, and choose that file."
        )
    )


def _too_much() -> UnusableDocument:
    return UnusableDocument(
        _(
            "Reading this PDF takes too much time or memory. Save it again as PDF with smaller pictures or divide it, "
            "and choose that file."
        )
    )


def _programs() -> UnusableDocument:
    return UnusableDocument(
        _("The file holds macros or scripts: small programs. Save it without them, and choose it again.")
    )
