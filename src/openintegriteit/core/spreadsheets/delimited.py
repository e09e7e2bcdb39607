"""CSV: text without a word about its own encoding or delimiter, so both are found out, or the file is refused."""

import codecs
import csv
import io
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from openintegriteit.core.spreadsheets.refusal import Limits, UnreadableFile, grouped, too_large
from openintegriteit.core.spreadsheets.workbook import row_place

DELIMITERS = (";", ",", "\t")
# Marks that other programs put between values, which we do not read.
OTHER_DELIMITERS = ("|", "~", "^")
SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
APOSTROPHE_BEFORE_FORMULA = re.compile(r"'[=+\-@\t\r\n＝＋－＠]")

UTF8_SEQUENCE = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# The places where the DOS code page keeps its accented vowels; Windows keeps punctuation there that follows no letter.
DOS_LETTER = re.compile(rb"[A-Za-z][\x82-\x84\x86-\x89\x8b\x8d]")


def decode(content: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 with a byte order mark, or Windows-1252.

    Raises UnreadableFile when the bytes fit none of these, or fit only by chance.
    """
    try:
        if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return content.decode("utf-16")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _broken_encoding()
    if UTF8_SEQUENCE.search(content) or DOS_LETTER.search(content):
        raise _broken_encoding()
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError:
        raise _broken_encoding() from None


def records(text: str, sheet: str, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """The rows with their numbers. Raises UnreadableFile where delimiter or quotes do not add up."""
    chosen = SEPARATOR_LINE.match(text)
    body = text[chosen.end() :] if chosen else text
    delimiter = chosen[1] if chosen else _delimiter(body)
    reader = csv.reader(io.StringIO(body, newline=""), delimiter=delimiter, strict=True)
    width = None
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if number > limits.rows:
                raise too_large(_("A sheet has more than %(limit)s rows.") % {"limit": grouped(limits.rows)})
            if width is None and any(cells):
                width = _width(cells, limits)
            if any(cells[width or 0 :]):
                raise _too_many_cells(sheet, number)
            yield number, [_without_apostrophe(cell) for cell in cells]
    except csv.Error:
        raise UnreadableFile(
            _(
                "%(place)s: a quotation mark is not closed, or the text is too long. Mend this row, or save the file "
                "as XLSX or ODS."
            )
            % {"place": row_place(sheet, number + 1)}
        ) from None


def _delimiter(text: str) -> str:
    """The delimiter that occurs most in the first line with text, outside quotation marks."""
    first_line = next((line for line in text.splitlines() if line.strip()), "")
    unquoted = re.sub(r'"[^"]*"', "", first_line)
    best = max(DELIMITERS, key=unquoted.count)
    if best not in unquoted and any(mark in unquoted for mark in OTHER_DELIMITERS):
        raise UnreadableFile(
            _(
                "The values in this text file are not divided by a semicolon, a comma or a tab. Save it with one of "
                "these between the values, or as XLSX or ODS."
            )
        )
    return best


def _width(heads: list[str], limits: Limits) -> int:
    if len(heads) > limits.columns:
        raise too_large(_("A sheet has more than %(limit)s columns.") % {"limit": grouped(limits.columns)})
    return len(heads)


def _too_many_cells(sheet: str, number: int) -> UnreadableFile:
    return UnreadableFile(
        _(
            "%(place)s holds more values than there are column heads. Put quotation marks around a text that holds the "
            "delimiter, or save the file as XLSX or ODS."
        )
        % {"place": row_place(sheet, number)}
    )


def _without_apostrophe(cell: str) -> str:
    """Take back the apostrophe that our own exports put before a text that a spreadsheet would compute."""
    return cell[1:] if APOSTROPHE_BEFORE_FORMULA.match(cell) else cell


def _broken_encoding() -> UnreadableFile:
    return UnreadableFile(
        _(
            "The letters in this text file cannot be read with certainty: accents would be lost. Save it as "
            "“CSV UTF-8”, or as XLSX or ODS."
        )
    )
