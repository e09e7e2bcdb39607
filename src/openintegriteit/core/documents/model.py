"""A document without a format: what it says and in which order, not how it looks.

The writers (`pdf`, `html`, `office`) turn one `Document` into a file. Whatever no accessible file may contain, such as
a table without headers or a figure without words, is refused here, so that no writer has to think about it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from openintegriteit.core.documents.chart import Chart
from openintegriteit.core.documents.colours import parse_colour

DEEPEST_HEADING = 4
# The typefaces that the product has within it, each with what stands in for it where a reader's program lacks it.
FONTS = {"Noto Sans": "Segoe UI", "Libertinus Serif": "Georgia"}
LOGO_TYPES = {"image/png": "png", "image/jpeg": "jpg"}
# A part of a document that came later: where it is at its default it is not stored, so that what was stored before it
# existed is still what it was, to the letter.
CAME_LATER = {"came_later": True}


@dataclass(frozen=True, slots=True)
class Text:
    """A run of words. A line break within it (`\\n`) stays a line break."""

    text: str
    strong: bool = False
    emphasis: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address on the web or a mail address.

    Raises:
        ValueError: if the words are empty or the address is of another kind.
    """

    text: str
    address: str

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("A link needs words.")
        if not self.address.startswith(("https://", "http://", "mailto:")):
            raise ValueError(f"A document cannot link to {self.address!r}.")


Run = Text | Link


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of running text."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list whose order says nothing; each item is one or more blocks."""

    items: tuple[tuple["Inner", ...], ...]

    def __post_init__(self) -> None:
        _require_items(self.items)


@dataclass(frozen=True, slots=True)
class NumberedList:
    """A list whose order matters; each item is one or more blocks."""

    items: tuple[tuple["Inner", ...], ...]

    def __post_init__(self) -> None:
        _require_items(self.items)


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and what is said of it, for example a heading of a form and its answer."""

    term: str
    blocks: tuple["Inner", ...]

    def __post_init__(self) -> None:
        if not self.term.strip() or not self.blocks:
            raise ValueError("A definition needs a term and an answer.")


@dataclass(frozen=True, slots=True)
class DefinitionList:
    """Terms with what is said of each, for example a form."""

    definitions: tuple[Definition, ...]

    def __post_init__(self) -> None:
        _require_items(self.definitions)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. `width_share` is its part of the width, in proportion to the other columns."""

    title: str
    numeric: bool = False
    width_share: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a header row; with `row_headers` the first cell of each row heads its row.

    Raises:
        ValueError: if the caption or a column title is empty, or a row has not one cell for each column.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    row_headers: bool = True

    def __post_init__(self) -> None:
        if not self.caption.strip():
            raise ValueError("A table needs a caption.")
        if not self.columns or not all(column.title.strip() for column in self.columns):
            raise ValueError(f"Each column of the table {self.caption!r} needs a title.")
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(
                    f"Row {number} of the table {self.caption!r} has {len(row)} cells for {len(self.columns)} columns."
                )


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its caption. Without an `alternative_text` of its own it gets the one that the figures give."""

    chart: Chart
    caption: str
    alternative_text: str = ""

    def __post_init__(self) -> None:
        if not self.caption.strip():
            raise ValueError("A figure needs a caption.")

    def words(self) -> str:
        """What a reader hears who does not see the chart."""
        return self.alternative_text.strip() or self.chart.alternative_text()


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4 below the title. The `identifier` is its anchor in HTML.

    Raises:
        ValueError: if the text is empty or the level is not 1 to 4.
    """

    text: str
    level: int = 1
    identifier: str = ""
    numbered: bool = False

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("A heading needs words.")
        if not 1 <= self.level <= DEEPEST_HEADING:
            raise ValueError(f"The level of a heading is 1 to {DEEPEST_HEADING}, not {self.level}.")


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signs: the function, and the name as far as it is known."""

    function: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """Room for signatures, side by side where the page allows. `opening` names on whose behalf they sign."""

    signatories: tuple[Signatory, ...]
    opening: str = ""

    def __post_init__(self) -> None:
        _require_items(self.signatories)


@dataclass(frozen=True, slots=True)
class SpaceToFill:
    """Room that somebody else fills in later, for example the advice of a committee. `hint` says what belongs there."""

    label: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page, where the format has pages."""


@dataclass(frozen=True, slots=True)
class TableOfContents:
    """A list of the headings of level 1 up to `deepest_level`, each a link."""

    deepest_level: int = 2


Inner = Paragraph | BulletList | NumberedList | Table
Block = Inner | Heading | DefinitionList | Figure | SignatureBlock | SpaceToFill | PageBreak | TableOfContents


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture that is kept elsewhere under its SHA-256. `width` and `height` are in pixels.

    Raises:
        ValueError: if it has no words for who does not see it, no size, or is of another kind than PNG or JPEG.
    """

    sha256: str
    media_type: str
    width: int
    height: int
    alternative_text: str

    def __post_init__(self) -> None:
        if not self.alternative_text.strip():
            raise ValueError("A logo needs words for who does not see it.")
        if self.media_type not in LOGO_TYPES or self.width < 1 or self.height < 1:
            raise ValueError("A logo is PNG or JPEG and has a size.")

    @property
    def file_name(self) -> str:
        """A name for the picture within a file."""
        return f"logo.{LOGO_TYPES[self.media_type]}"

    def fitted(self, *, width: float, height: float) -> tuple[float, float]:
        """How wide and high it stands in a place of this size, without being pulled out of shape."""
        scale = min(width / self.width, height / self.height)
        return self.width * scale, self.height * scale


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What stands around the text: logo and lines at the top of the first page, words at the foot of every page.

    The templates are office files of the body itself, kept elsewhere under their SHA-256. Such a file has its own page
    with its own logo and lines, so in that format it stands in the place of ours.

    Raises:
        ValueError: if the product does not have the font.
    """

    lines: tuple[str, ...] = ()
    footer: str = ""
    font: str = "Noto Sans"
    logo: Logo | None = None
    word_template: str = ""
    open_document_template: str = ""

    def __post_init__(self) -> None:
        if self.font not in FONTS:
            raise ValueError(f"The product does not have the font {self.font!r}.")


@dataclass(frozen=True, slots=True)
class Theme:
    """The house style of a body. `primary_colour` is `#rrggbb`; the writers darken it where text on white needs it.

    The SVG logo is shown in PDF and HTML; the one of the letterhead in all formats.

    Raises:
        ValueError: if the colour is written otherwise, or the logo is not SVG.
    """

    organisation_name: str
    primary_colour: str = "#0b5d63"
    logo_svg: str | None = None
    letterhead: Letterhead = field(default=Letterhead(), metadata=CAME_LATER)

    def __post_init__(self) -> None:
        parse_colour(self.primary_colour)
        if self.logo_svg is not None:
            _require_svg(self.logo_svg)


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `date` is also the creation date of the file, so that equal documents give equal files.

    Raises:
        ValueError: if the title is empty, a heading skips a level or two headings share an identifier.
    """

    title: str
    theme: Theme
    date: date
    blocks: tuple[Block, ...] = ()
    subject: str = ""
    author: str = ""
    language: str = "nl"

    def __post_init__(self) -> None:
        if not self.title.strip():
            raise ValueError("A document needs a title.")
        previous = 0
        for heading in self.headings():
            if heading.level > previous + 1:
                raise ValueError(f"The heading {heading.text!r} skips a level.")
            previous = heading.level
        identifiers = [heading.identifier for heading in self.headings() if heading.identifier]
        if len(identifiers) != len(set(identifiers)):
            raise ValueError("Two headings have the same identifier.")

    def headings(self) -> tuple[Heading, ...]:
        """The headings in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Heading))

    def anchored_headings(self) -> tuple[tuple[Heading, str], ...]:
        """The headings, each with its anchor: its identifier, or else a number."""
        numbered = enumerate(self.headings(), start=1)
        return tuple((heading, heading.identifier or f"kop-{number}") for number, heading in numbered)

    def figures(self) -> tuple[Figure, ...]:
        """The figures in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Figure))

    def tables(self) -> tuple[Table, ...]:
        """The tables in reading order, also those within lists and definitions."""
        return tuple(_tables(self.blocks))


def paragraph(text: str) -> Paragraph:
    """A paragraph of plain text."""
    return Paragraph((Text(text),))


def cell(text: str) -> Cell:
    """A cell of plain text."""
    return Cell((Text(text),))


def plain_text(runs: Iterable[Run]) -> str:
    """The words of the runs, without form."""
    return "".join(run.text for run in runs)


def _require_svg(text: str) -> None:
    try:
        root = fromstring(text)
    except (ParseError, DefusedXmlException) as error:
        raise ValueError("The logo is not SVG.") from error
    if root.tag != "{http://www.w3.org/2000/svg}svg":
        raise ValueError("The logo is not SVG.")


def _tables(blocks: Iterable[Block]) -> Iterator[Table]:
    for block in blocks:
        match block:
            case Table():
                yield block
            case BulletList() | NumberedList():
                for item in block.items:
                    yield from _tables(item)
            case DefinitionList():
                for definition in block.definitions:
                    yield from _tables(definition.blocks)


def _require_items(items: tuple[object, ...]) -> None:
    if not items or not all(item != () for item in items):
        raise ValueError("A list needs at least one item, and each item something to say.")
