"""The document as pandoc's own tree, for the writers of office files."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal, assert_never

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from openintegriteit.core.documents import model
from openintegriteit.core.documents.colours import readable_on_white
from openintegriteit.core.documents.contents import field_in_word, index_in_odt
from openintegriteit.core.documents.drawing import draw_png, draw_svg, recoloured
from openintegriteit.core.documents.wording import Counting, locale, printable

OfficeFormat = Literal["docx", "odt"]
Node = dict[str, Any]

TREE_VERSION = [1, 23, 1]
FIGURE_WIDTH = "12cm"
LINES_TO_FILL = 7
PAGE_BREAKS = {
    "docx": ("openxml", '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'),
    "odt": ("opendocument", '<text:p text:style-name="Page_20_Break"/>'),
}


def pandoc_tree(document: model.Document, form: OfficeFormat, *, pictures: Path) -> Node:
    """The tree, ready to be written as JSON; the pictures that it names are drawn into the folder `pictures`."""
    return _Tree(document, form, pictures).whole()


class _Tree:
    """Builds the tree of one document and counts its headings, tables and figures."""

    def __init__(self, document: model.Document, form: OfficeFormat, pictures: Path) -> None:
        self._document = document
        self._form = form
        self._pictures = pictures
        self._counting = Counting()
        self._anchors = iter([anchor for _heading, anchor in document.anchored_headings()])
        self._primary = readable_on_white(document.theme.primary_colour)

    def whole(self) -> Node:
        document = self._document
        meta = {"title": document.title, "lang": locale(document), "date": date_format(document.date, "j F Y")}
        if document.author:
            meta["author"] = document.author
        if document.subject:
            meta["subtitle"] = meta["subject"] = document.subject
        return {
            "pandoc-api-version": TREE_VERSION,
            "meta": {name: _node("MetaInlines", _words(" ".join(words.split()))) for name, words in meta.items()},
            "blocks": self._blocks(document.blocks),
        }

    def _blocks(self, blocks: Iterable[model.Block]) -> list[Node]:
        return [node for block in blocks for node in self._block(block)]

    def _block(self, block: model.Block) -> list[Node]:
        match block:
            case model.Heading():
                words = _words(self._counting.heading(block))
                return [_node("Header", [block.level, _attributes(next(self._anchors)), words])]
            case model.Paragraph():
                return [_node("Para", _runs(block.runs))]
            case model.BulletList():
                return [_node("BulletList", [self._blocks(item) for item in block.items])]
            case model.NumberedList():
                style = [1, {"t": "Decimal"}, {"t": "Period"}]
                return [_node("OrderedList", [style, [self._blocks(item) for item in block.items]])]
            case model.DefinitionList():
                terms = [[_words(entry.term), [self._blocks(entry.blocks)]] for entry in block.definitions]
                return [_node("DefinitionList", terms)]
            case model.Table():
                return [self._table(block)]
            case model.Figure():
                return [self._figure(block)]
            case model.SignatureBlock():
                opening = [_node("Para", _words(block.opening))] if block.opening else []
                return opening + [node for who in block.signatories for node in _signature(who)]
            case model.SpaceToFill():
                return [_space(block)]
            case model.PageBreak():
                return [_node("RawBlock", list(PAGE_BREAKS[self._form]))]
            case model.TableOfContents():
                return self._contents(block.deepest_level)
            case _:
                assert_never(block)

    def _table(self, table: model.Table) -> Node:
        aligned = [_node("AlignRight") if column.numeric else _node("AlignLeft") for column in table.columns]
        if table.row_headers:
            aligned[0] = _node("AlignLeft")
        whole = sum(column.width_share for column in table.columns)
        widths = [_node("ColWidth", column.width_share / whole) for column in table.columns]
        head = _row([_words(column.title) for column in table.columns])
        rows = [_row([_runs(cell.runs) for cell in row], strong_first=table.row_headers) for row in table.rows]
        caption = [*_words(f"{self._counting.table()}. "), *_words(table.caption)]
        return _node(
            "Table",
            [
                _attributes(),
                [None, [_node("Plain", caption)]],
                [list(column) for column in zip(aligned, widths, strict=True)],
                [_attributes(), [head]],
                [[_attributes(), int(table.row_headers), [], rows]],
                [_attributes(), []],
            ],
        )

    def _contents(self, deepest_level: int) -> list[Node]:
        counting, lines = Counting(), []
        for heading, anchor in self._document.anchored_headings():
            words = _words(counting.heading(heading))
            if heading.level <= deepest_level:
                lines.append((heading.level, [_node("Link", [_attributes(), words, [f"#{anchor}", ""]])]))
        if not lines:
            return []
        title = _("Contents")
        above = _styled("ContentsHeading", _words(title))
        if self._form == "docx":
            begin, end = (_node("RawInline", ["openxml", part]) for part in field_in_word(deepest_level))
            lines[0][1].insert(0, begin)
            lines[-1][1].append(end)
            return [above, *(_styled(f"toc {level}", words) for level, words in lines)]
        begin, go_on, end = (_node("RawBlock", ["opendocument", part]) for part in index_in_odt(title, deepest_level))
        return [begin, above, go_on, *(_styled(f"ContentsLine{level}", words) for level, words in lines), end]

    def _figure(self, figure: model.Figure) -> Node:
        label = self._counting.figure()
        name = f"{label.lower().replace(' ', '-')}.png"
        svg = recoloured(draw_svg(figure.chart), self._primary)
        Path(self._pictures, name).write_bytes(draw_png(svg))
        picture = _node("Image", [_attributes(width=FIGURE_WIDTH), _words(figure.words()), [name, ""]])
        caption = [*_words(f"{label}. "), *_words(figure.caption)]
        return _node("Figure", [_attributes(), [None, [_node("Plain", caption)]], [_node("Plain", [picture])]])


def _node(kind: str, content: Any = None) -> Node:
    return {"t": kind} if content is None else {"t": kind, "c": content}


def _attributes(identifier: str = "", **values: str) -> list[Any]:
    return [identifier, [], [list(value) for value in values.items()]]


def _words(text: str) -> list[Node]:
    """The text as pandoc wants it: lines, and within a line one string with its spaces."""
    words: list[Node] = []
    for number, line in enumerate(printable(text).split("\n")):
        words += [_node("LineBreak")] if number else []
        words += [_node("Str", line)] if line else []
    return words


def _runs(runs: tuple[model.Run, ...]) -> list[Node]:
    return [node for run in runs for node in _run(run)]


def _run(run: model.Run) -> list[Node]:
    words = _words(run.text)
    if isinstance(run, model.Link):
        return [_node("Link", [_attributes(), words, [run.address, ""]])]
    if run.emphasis:
        words = [_node("Emph", words)]
    return [_node("Strong", words)] if run.strong else words


def _row(cells: list[list[Node]], *, strong_first: bool = False) -> list[Any]:
    if strong_first:
        cells = [[_node("Strong", cells[0])], *cells[1:]]
    return [_attributes(), [[_attributes(), _node("AlignDefault"), 1, 1, [_node("Plain", words)]] for words in cells]]


def _styled(style: str, words: list[Node]) -> Node:
    return _node("Div", [_attributes(**{"custom-style": style}), [_node("Para", words)]])


def _signature(signatory: model.Signatory) -> list[Node]:
    return [
        _styled("SignatoryFunction", _words(signatory.function)),
        _styled("SignatoryName", _words(signatory.name or " ")),
    ]


def _space(space: model.SpaceToFill) -> Node:
    words = [_node("Strong", _words(space.label))]
    if space.hint:
        words += [_node("LineBreak"), *_words(space.hint)]
    return _styled("SpaceToFill", words + [_node("LineBreak")] * LINES_TO_FILL)
