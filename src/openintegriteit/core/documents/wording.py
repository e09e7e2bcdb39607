"""The few words that the writers themselves add, and the numbers that run through a document."""

import re
import unicodedata

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from openintegriteit.core.documents.model import DEEPEST_HEADING, Document, Heading

REGIONS = {"nl": "NL", "en": "GB"}
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufeff\ufffe\uffff\ud800-\udfff]")

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
_WEB = re.compile(r"(https?://[\w-]+|www)(\.[\w-]+)+(/[\w/.~-]*)?", re.ASCII)


class Counting:
    """Numbers headings, tables and figures in the order in which a writer meets them."""

    def __init__(self) -> None:
        self._headings = [0] * DEEPEST_HEADING
        self._tables = 0
        self._figures = 0

    def heading(self, heading: Heading) -> str:
        """The words of the heading, with its number before it if it has one: `2.1 Terugblik`."""
        if not heading.numbered:
            return printable(heading.text)
        self._headings[heading.level - 1] += 1
        self._headings[heading.level :] = [0] * (DEEPEST_HEADING - heading.level)
        number = ".".join(str(count) for count in self._headings[: heading.level] if count)
        return f"{number} {printable(heading.text)}"

    def table(self) -> str:
        """The label of the next table: `Tabel 1`."""
        self._tables += 1
        return _("Table %(number)d") % {"number": self._tables}

    def figure(self) -> str:
        """The label of the next figure: `Figuur 1`."""
        self._figures += 1
        return _("Figure %(number)d") % {"number": self._figures}


def locale(document: Document) -> str:
    """The language of the document with its region, as file formats ask for it: `nl-NL`."""
    region = REGIONS.get(document.language)
    return f"{document.language}-{region}" if region else document.language


def day_and_author(document: Document) -> str:
    """The line below the title: the date in words and, if known, who wrote the document."""
    day = date_format(document.date, "j F Y")
    return f"{day} · {printable(document.author)}" if document.author else day


def address_of_line(line: str) -> str:
    """Where a line of the letterhead leads, when it is a mail or web address and nothing else; else ""."""
    words = line.strip()
    if _MAIL.fullmatch(words):
        return f"mailto:{words}"
    if _WEB.fullmatch(words):
        return words if words.startswith("http") else f"https://{words}"
    return ""


def printable(text: str) -> str:
    """The text without the characters that no file format can hold; tabs become spaces, line ends become `\\n`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return unicodedata.normalize("NFC", _UNPRINTABLE.sub("", text))
