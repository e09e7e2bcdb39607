"""Reading what people upload: XLSX, ODS and CSV, told apart by content, and refused before they can do harm.

The file is untrusted. Size, packing and every XML part are checked first (`archive.py`, `inspection.py`), so that
python-calamine only sees files whose cost is known and bounded.
"""

import codecs
import posixpath
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import PurePath
from typing import IO

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum

from openintegriteit.core.spreadsheets.archive import Archive, password_protected
from openintegriteit.core.spreadsheets.delimited import decode, records
from openintegriteit.core.spreadsheets.inspection import (
    Budget,
    ContentTypesPart,
    ManifestPart,
    OpenDocumentContent,
    Part,
    RelationshipsPart,
    SharedStrings,
    SheetReport,
    WorkbookPart,
    WorksheetPart,
    external_data,
    inspect,
)
from openintegriteit.core.spreadsheets.refusal import Limits, UnreadableFile, broken, grouped, too_large
from openintegriteit.core.spreadsheets.workbook import Cell, Row, Sheet, Workbook, column_letters, row_place

__all__ = ["Limits", "UnreadableFile", "read_workbook"]

type Raw = str | int | float | bool | date | datetime | time | timedelta

MEGABYTE = 1024 * 1024
LONGEST_MIMETYPE = 100
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ODS_TYPES = (
    b"application/vnd.oasis.opendocument.spreadsheet",
    b"application/vnd.oasis.opendocument.spreadsheet-template",
)
# The first bytes of files that people upload by mistake.
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
MARKUP = (b"<", b"{\\rtf")
XLSX_TEXTS = "xl/sharedstrings.xml"
XLSX_WORKBOOK, XLSX_WORKBOOK_LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
# Left-to-right overrides and their kin can make a text look like another one.
HIDDEN_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
LARGEST_EXACT_FLOAT = 2**53


def read_workbook(file: IO[bytes] | bytes, *, name: str = "", limits: Limits | None = None) -> Workbook:
    """Read an XLSX, ODS or CSV file. `name` only serves to name the one sheet of a CSV file.

    Values come as text (NFC, trimmed), whole or broken numbers, days, yes or no, or None for an empty cell; of a
    formula the outcome that was saved. Rows without a value are left out. Raises UnreadableFile, with a message for
    the user, for everything that is not a plain spreadsheet within the limits.
    """
    limits = limits or Limits()
    content = file if isinstance(file, bytes) else file.read(limits.file_size + 1)
    if len(content) > limits.file_size:
        limit = grouped(limits.file_size // MEGABYTE)
        raise too_large(_("The file is larger than %(limit)s MB.") % {"limit": limit})
    if not content.strip():
        raise _empty()
    if content.startswith(ZIP):
        sheets = _read_archive(content, limits)
    else:
        _refuse_other_kinds(content)
        sheets = (_read_delimited(content, PurePath(name).stem or "CSV", limits),)
    if not any(sheet.rows for sheet in sheets):
        raise _empty()
    return Workbook(sheets)


def _refuse_other_kinds(content: bytes) -> None:
    """Everything that is neither a zip file nor text, called by its name where people know it."""
    if content.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise password_protected()
        raise UnreadableFile(_("This is an old Excel file (.xls). Save it as XLSX or ODS and upload that."))
    if content.startswith(b"%PDF"):
        raise UnreadableFile(_("This is a PDF, not a spreadsheet. Upload an XLSX, ODS or CSV file."))
    if content.startswith(PICTURES):
        raise UnreadableFile(_("This is a picture, not a spreadsheet. Upload an XLSX, ODS or CSV file."))
    if content.lstrip().startswith(MARKUP):
        raise UnreadableFile(
            _("This is a web page or a text document, not a spreadsheet. Save it as XLSX, ODS or CSV and upload that.")
        )
    if b"\x00" in content and not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise _not_a_spreadsheet()


def _read_delimited(content: bytes, name: str, limits: Limits) -> Sheet:
    rows = []
    budget = Budget(limits)
    for number, texts in records(decode(content), name, limits):
        for text in texts:
            budget.spend_text(len(text))
        rows.append(_row(name, number, texts))
    return Sheet(name, tuple(row for row in rows if row.cells))


def _read_archive(content: bytes, limits: Limits) -> tuple[Sheet, ...]:
    with Archive(content, limits) as archive:
        reports = _inspect(archive, limits)
        if len(reports) > limits.sheets:
            raise too_large(_("The file has more than %(limit)s sheets.") % {"limit": grouped(limits.sheets)})
        try:
            with CalamineWorkbook.from_filelike(archive.copy()) as workbook:
                return tuple(_sheets(workbook, reports))
        except (CalamineError, OSError, ValueError):
            raise broken() from None


def _sheets(workbook: CalamineWorkbook, reports: Mapping[str, SheetReport]) -> Iterator[Sheet]:
    """The sheets with cells; charts are passed over. Each must be one that was inspected."""
    names = [sheet.name for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
    if len(set(names)) < len(names) or not reports.keys() >= set(names):
        raise broken()
    for name in names:
        yield _sheet(workbook.get_sheet_by_name(name), reports[name])


def _inspect(archive: Archive, limits: Limits) -> Mapping[str, SheetReport]:
    if "mimetype" in archive.names and archive.read("mimetype", LONGEST_MIMETYPE).strip() in ODS_TYPES:
        return _inspect_ods(archive, limits)
    if "[Content_Types].xml" in archive.names:
        return _inspect_xlsx(archive, limits)
    raise _not_a_spreadsheet()


def _inspect_ods(archive: Archive, limits: Limits) -> Mapping[str, SheetReport]:
    if any(name.startswith(("Basic/", "Scripts/")) for name in archive.names):
        raise _macros()
    manifest, content = ManifestPart(), OpenDocumentContent(budget := Budget(limits))
    for _chunk in archive.copied_chunks("mimetype"):
        pass
    for name in sorted(_xml_parts(archive), key="META-INF/manifest.xml".__ne__):
        part = {"META-INF/manifest.xml": manifest, "content.xml": content}.get(name, Part())
        inspect(archive.copied_chunks(name), part)
        if manifest.encrypted:
            raise password_protected()
    budget.check_area(report for _name, report in content.reports)
    return dict(content.reports)


def _inspect_xlsx(archive: Archive, limits: Limits) -> Mapping[str, SheetReport]:
    _refuse_unwanted_xlsx(archive)
    shared = SharedStrings(budget := Budget(limits))
    workbook, relationships = WorkbookPart(), RelationshipsPart()
    inspectors: dict[str, Part] = {}
    for name in sorted(_xml_parts(archive), key=lambda name: name.casefold() != XLSX_TEXTS):
        inspectors[name] = _xlsx_inspector(name, budget, shared, workbook, relationships)
        inspect(archive.copied_chunks(name), inspectors[name])
    reports = {name: part.report for name, part in inspectors.items() if isinstance(part, WorksheetPart)}
    budget.check_area(reports.values())
    return {
        sheet: reports[path]
        for sheet, relationship in workbook.sheets
        if (path := _sheet_path(relationships.targets.get(relationship, ""))) in reports
    }


def _xlsx_inspector(
    name: str, budget: Budget, shared: SharedStrings, workbook: WorkbookPart, relationships: RelationshipsPart
) -> Part:
    """What to look for in a part. Whatever is no known other part is looked at as if it were a sheet."""
    folded = name.casefold()
    if folded == XLSX_TEXTS:
        return shared
    if folded == XLSX_WORKBOOK:
        return workbook
    if folded.endswith(".rels"):
        return relationships if folded == XLSX_WORKBOOK_LINKS else RelationshipsPart()
    return WorksheetPart(budget, shared)


def _refuse_unwanted_xlsx(archive: Archive) -> None:
    kinds = ContentTypesPart()
    inspect(archive.chunks("[Content_Types].xml"), kinds)
    folded = [name.casefold() for name in archive.names]
    if any("macroenabled" in kind for kind in kinds.kinds) or any(
        name.endswith(("vbaproject.bin", "workbook.bin")) or name.startswith("xl/macrosheets/") for name in folded
    ):
        raise _macros()
    if any(name.startswith("xl/externallinks/") or name == "xl/connections.xml" for name in folded):
        raise external_data()
    if XLSX_WORKBOOK not in folded:
        raise _not_a_spreadsheet()


def _xml_parts(archive: Archive) -> Iterable[str]:
    return [name for name in archive.names if name.casefold().endswith((".xml", ".rels"))]


def _sheet_path(target: str) -> str:
    return posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join("xl", target))


def _sheet(sheet: CalamineSheet, report: SheetReport) -> Sheet:
    raw_rows = sheet.to_python(skip_empty_area=False)
    rows = (_row(sheet.name, number, raw, report.errors) for number, raw in enumerate(raw_rows, start=1))
    return Sheet(sheet.name, tuple(row for row in rows if row.cells), tuple(report.formulas))


def _row(sheet: str, number: int, raw: Sequence[Raw], errors: Mapping[tuple[int, int], str] | None = None) -> Row:
    """A row of clean values, without the empty cells at its end."""
    cells = []
    for column, value in enumerate(raw, start=1):
        shown = errors.get((number, column), value) if errors else value
        try:
            cells.append(_value(shown))
        except ValueError:
            raise _hidden_character(sheet, f"{column_letters(column)}{number}") from None
    while cells and cells[-1] is None:
        cells.pop()
    return Row(number, tuple(cells))


def _value(raw: Raw) -> Cell:
    match raw:
        case str():
            return clean_text(raw) or None
        case bool():
            return raw
        case float() if raw.is_integer() and abs(raw) < LARGEST_EXACT_FLOAT:
            return int(raw)
        case datetime():
            return raw.date()
        case time() | timedelta():
            return str(raw)
        case _:
            return raw


def clean_text(text: str) -> str:
    """Text in one form (NFC), with plain line ends, trimmed. Raises ValueError for characters that nobody sees."""
    unified = text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufeff", "")
    composed = unicodedata.normalize("NFC", unified).strip()
    if "\ufffd" in composed or (not composed.isprintable() and any(_is_hidden(mark) for mark in composed)):
        raise ValueError
    return composed


def _is_hidden(mark: str) -> bool:
    return mark in HIDDEN_DIRECTIONS or (unicodedata.category(mark) in ("Cc", "Cs") and mark not in "\n\t")


def _hidden_character(sheet: str, cell: str) -> UnreadableFile:
    return UnreadableFile(
        _(
            "%(place)s, cell %(cell)s holds a character that cannot be shown. Type the text of this cell again and "
            "upload the file once more."
        )
        % {"place": row_place(sheet), "cell": cell}
    )


def _empty() -> UnreadableFile:
    return UnreadableFile(_("The file is empty. Upload a file that holds at least a row of column heads."))


def _not_a_spreadsheet() -> UnreadableFile:
    return UnreadableFile(_("This is not a spreadsheet. Upload an XLSX, ODS or CSV file."))


def _macros() -> UnreadableFile:
    return UnreadableFile(
        _(
            "The file holds macros (small programs). We do not accept those. Save it as XLSX without macros and "
            "upload that."
        )
    )
