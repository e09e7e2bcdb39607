"""A look through every XML part of an XLSX or ODS before its values are read.

It counts what reading would cost, names the cells with formulas and with errors, and refuses what must not come in:
document type definitions (entities, and with them the known XML attacks) and data from elsewhere.
"""

import re
from array import array
from collections.abc import Generator, Iterable
from contextlib import closing
from dataclasses import dataclass, field
from xml.sax import SAXException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml import DefusedXmlException
from defusedxml.sax import make_parser
from django.utils.translation import gettext as _

from openintegriteit.core.spreadsheets.refusal import Limits, UnreadableFile, broken, grouped, too_large
from openintegriteit.core.spreadsheets.workbook import column_letters

CELL_NAME = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", re.IGNORECASE)
# The largest sheet that any spreadsheet program can hold.
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
MOST_SHARED = 100_000_000


@dataclass(slots=True)
class SheetReport:
    """What one sheet holds: its extent, the cells with a formula, and the cells that show an error."""

    rows: int = 0
    columns: int = 0
    formulas: list[str] = field(default_factory=list)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


class Budget:
    """Counts what all sheets together would cost to read; raises UnreadableFile where that is too much."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._text = 0

    def check_extent(self, sheet: SheetReport) -> None:
        """Refuse a sheet that reaches further than is accepted."""
        if sheet.rows > self.limits.rows:
            raise too_large(_("A sheet has more than %(limit)s rows.") % {"limit": grouped(self.limits.rows)})
        if sheet.columns > self.limits.columns:
            raise too_large(_("A sheet has more than %(limit)s columns.") % {"limit": grouped(self.limits.columns)})

    def check_area(self, sheets: Iterable[SheetReport]) -> None:
        """Refuse when the sheets together span too many cells."""
        if sum(sheet.rows * sheet.columns for sheet in sheets) > self.limits.cells:
            raise too_large(_("The file has more than %(limit)s cells.") % {"limit": grouped(self.limits.cells)})

    def check_length(self, length: int) -> None:
        """Refuse a text that is longer than a cell can be."""
        if length > self.limits.cell_length:
            raise too_large(
                _("A cell holds more than %(limit)s characters.") % {"limit": grouped(self.limits.cell_length)}
            )

    def spend_text(self, length: int, times: int = 1) -> None:
        """Count a text that occurs a number of times."""
        self.check_length(length)
        self._text += length * times
        if self._text > self.limits.text:
            raise too_large(_("The file holds more than %(limit)s characters.") % {"limit": grouped(self.limits.text)})


class Part(ContentHandler):
    """An XML part of which only the form is checked. Subclasses look at what is inside."""

    may_hold_cells = False

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        local = _local(name)
        if local == "sheetData" and not self.may_hold_cells:
            raise broken()
        self.opened(local, attrs)

    def endElement(self, name: str) -> None:
        self.closed(_local(name))

    def opened(self, name: str, attrs: AttributesImpl) -> None:
        """An element begins; `name` is without its prefix."""

    def closed(self, name: str) -> None:
        """An element ends."""


class SharedStrings(Part):
    """Lengths of the texts that the sheets of an XLSX share."""

    def __init__(self, budget: Budget) -> None:
        super().__init__()
        self.lengths = array("L")
        self._budget = budget

    def opened(self, name: str, attrs: AttributesImpl) -> None:
        if name == "si":
            self.lengths.append(0)

    def characters(self, content: str) -> None:
        if self.lengths:
            self.lengths[-1] += len(content)
            self._budget.check_length(self.lengths[-1])


class WorksheetPart(Part):
    """One sheet of an XLSX."""

    may_hold_cells = True

    def __init__(self, budget: Budget, shared: SharedStrings) -> None:
        super().__init__()
        self.report = SheetReport()
        self._budget, self._shared = budget, shared
        self._row = self._column = 0
        self._type = ""
        self._text: str | None = None

    def opened(self, name: str, attrs: AttributesImpl) -> None:
        if name == "c":
            self._enter_cell(attrs)
        elif name in ("v", "is"):
            self._fill()
            self._text = ""
        elif name == "f":
            self._fill()
            self.report.formulas.append(f"{column_letters(self._column)}{self._row}")
        elif name == "row":
            self._row, self._column = _whole(attrs.get("r"), self._row + 1), 0

    def characters(self, content: str) -> None:
        if self._text is not None:
            self._text += content
            self._budget.check_length(len(self._text))

    def closed(self, name: str) -> None:
        if name not in ("v", "is") or self._text is None:
            return
        text, self._text = self._text, None
        if self._type == "s":
            index = _whole(text.strip(), 0, MOST_SHARED)
            self._budget.spend_text(self._shared.lengths[index] if index < len(self._shared.lengths) else 0)
        elif self._type == "e":
            self.report.errors[self._row, self._column] = text
        else:
            self._budget.spend_text(len(text))

    def _enter_cell(self, attrs: AttributesImpl) -> None:
        self._type = attrs.get("t", "n")
        reference = attrs.get("r")
        if reference is None:
            self._column += 1
            return
        match = CELL_NAME.fullmatch(reference)
        if match is None:
            raise broken()
        self._row, self._column = int(match[2]), _column_number(match[1])

    def _fill(self) -> None:
        if self._row > self.report.rows or self._column > self.report.columns:
            self.report.rows = max(self.report.rows, self._row)
            self.report.columns = max(self.report.columns, self._column)
            self._budget.check_extent(self.report)


class WorkbookPart(Part):
    """The names of the sheets of an XLSX, each with the id of its relationship."""

    def __init__(self) -> None:
        super().__init__()
        self.sheets: list[tuple[str, str]] = []

    def opened(self, name: str, attrs: AttributesImpl) -> None:
        if name == "sheet":
            by_name = {_local(key): value for key, value in attrs.items()}
            self.sheets.append((by_name.get("name", ""), by_name.get("id", "")))


class RelationshipsPart(Part):
    """Where the parts of an XLSX point to. A link to a web page or a mail address is harmless, other data is not."""

    def __init__(self) -> None:
        super().__init__()
        self.targets: dict[str, str] = {}

    def opened(self, name: str, attrs: AttributesImpl) -> None:
        if name != "Relationship":
            return
        kind = attrs.get("Type", "").rpartition("/")[2]
        if kind == "externalLink" or (attrs.get("TargetMode") == "External" and kind != "hyperlink"):
            raise external_data()
        if self.targets.setdefault(attrs.get("Id", ""), attrs.get("Target", "")) != attrs.get("Target", ""):
            raise broken()


class ContentTypesPart(Part):
    """The kinds of the parts of an XLSX."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: set[str] = set()

    def opened(self, name: str, attrs: AttributesImpl) -> None:
        self.kinds.add(attrs.get("ContentType", "").casefold())


class ManifestPart(Part):
    """The list of parts of an ODS: says whether they are encrypted."""

    def __init__(self) -> None:
        super().__init__()
        self.encrypted = False

    def opened(self, name: str, attrs: AttributesImpl) -> None:
        self.encrypted = self.encrypted or name == "encryption-data"


class OpenDocumentContent(Part):
    """All sheets of an ODS, where one cell or row can stand for many by repetition."""

    def __init__(self, budget: Budget) -> None:
        super().__init__()
        self.reports: list[tuple[str, SheetReport]] = []
        self._budget = budget
        self._row = self._row_repeat = self._column = self._repeat = 0
        self._depth_of_text = self._length = 0

    def opened(self, name: str, attrs: AttributesImpl) -> None:
        match name:
            case "table":
                self.reports.append((attrs.get("table:name", ""), SheetReport()))
                self._row = 0
            case "table-row":
                self._row_repeat = _whole(attrs.get("table:number-rows-repeated"), 1, MOST_ROWS)
                self._column = 0
            case "table-cell" | "covered-table-cell":
                self._enter_cell(attrs)
            case "p":
                self._depth_of_text += 1
                self._fill()
            case "s" if self._depth_of_text:
                self._length += _whole(attrs.get("text:c"), 1, self._budget.limits.cell_length + 1)
            case "table-source" | "cell-range-source" | "dde-source" | "database-source-sql" | "database-source-query":
                raise external_data()

    def characters(self, content: str) -> None:
        if self._depth_of_text:
            self._length += len(content)
            self._budget.check_length(self._length)

    def closed(self, name: str) -> None:
        match name:
            case "p":
                self._depth_of_text -= 1
            case "table-cell" | "covered-table-cell":
                self._budget.spend_text(self._length, self._repeat * self._row_repeat)
                self._column += self._repeat
                self._length = 0
            case "table-row":
                self._row += self._row_repeat

    def _enter_cell(self, attrs: AttributesImpl) -> None:
        self._repeat = _whole(attrs.get("table:number-columns-repeated"), 1, MOST_COLUMNS)
        self._length = len(attrs.get("office:string-value", ""))
        formula = "table:formula" in attrs
        if formula or "office:value-type" in attrs:
            self._fill()
        if formula and self.reports:
            self.reports[-1][1].formulas.append(f"{column_letters(self._column + 1)}{self._row + 1}")

    def _fill(self) -> None:
        if not self.reports:
            return
        report = self.reports[-1][1]
        report.rows = max(report.rows, self._row + self._row_repeat)
        report.columns = max(report.columns, self._column + self._repeat)
        self._budget.check_extent(report)


def inspect(chunks: Generator[bytes], part: Part) -> None:
    """Send an XML part through its inspector. Raises UnreadableFile for XML that is broken or tries something."""
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setContentHandler(part)
    try:
        with closing(chunks) as pieces:
            for piece in pieces:
                parser.feed(piece)
        parser.close()
    except DefusedXmlException:
        raise UnreadableFile(
            _(
                "The file holds definitions that do not belong in a spreadsheet and that can do harm. Copy the values "
                "to a new file and upload that."
            )
        ) from None
    except (
        SAXException,
        LookupError,
        ValueError,
    ):  # the last two: an encoding that nobody knows, or that reads no text
        raise broken() from None


def external_data() -> UnreadableFile:
    """For a file that fetches data from another file, a database or a web page."""
    return UnreadableFile(
        _(
            "The file is linked to data in another file or on another system. Break the links, or copy the values to a "
            "new file, and upload that."
        )
    )


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _whole(text: str | None, default: int, most: int = MOST_ROWS) -> int:
    """A count or an index written in XML; refuses what is no number or larger than any spreadsheet needs."""
    if text is None:
        return default
    if not (text.isascii() and text.isdigit()) or len(text) > 10 or int(text) > most:
        raise broken()
    return int(text)


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
