"""A document as one accessible HTML page that needs nothing else, or as a part of a page of our own."""

import base64
from collections.abc import Iterable, Mapping
from pathlib import Path
from string import Template
from typing import assert_never

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from openintegriteit.core.documents import model
from openintegriteit.core.documents.chart import Chart
from openintegriteit.core.documents.colours import readable_on_white
from openintegriteit.core.documents.drawing import draw_svg, recoloured
from openintegriteit.core.documents.wording import Counting, address_of_line, day_and_author, printable

STYLE_SHEET = Path(__file__).parent / "page.css"

PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<meta name="description" content="{subject}">
<meta name="author" content="{author}">
<meta name="dcterms.date" content="{date}">
<style>{style}</style>
</head>
<body>
<a class="skip" href="#inhoud">{skip}</a>
<header>
{mark}
<h1>{title}</h1>
{lead}<p class="byline">{byline}</p>
</header>
<main id="inhoud">
{body}
</main>
{footer}</body>
</html>
"""


def write_html(document: model.Document, files: Mapping[str, bytes]) -> bytes:
    """The document as a page of its own, in UTF-8."""
    primary = readable_on_white(document.theme.primary_colour)
    letterhead = document.theme.letterhead
    font = f'"{letterhead.font}", "{model.FONTS[letterhead.font]}"'
    style = Template(STYLE_SHEET.read_text("utf-8")).substitute(primary=primary, font=font)
    page = format_html(
        PAGE,
        language=document.language,
        title=printable(document.title),
        subject=printable(document.subject),
        author=printable(document.author or document.theme.organisation_name),
        date=document.date.isoformat(),
        style=mark_safe(style),  # noqa: S308 (our own style sheet and a checked colour)
        skip=_("Skip to the content"),
        mark=_mark(document.theme, files),
        footer=format_html("<footer><p>{}</p></footer>\n", _lines(letterhead.footer)) if letterhead.footer else "",
        lead=format_html('<p class="subject">{}</p>\n', _lines(document.subject)) if document.subject else "",
        byline=day_and_author(document),
        body=_Fragment(document, brand=primary).blocks(document.blocks),
    )
    return page.encode()


def body_fragment(document: model.Document) -> SafeString:
    """What the document says below its title, its headings starting at `h2`, without style: to show within a page.

    Charts keep the colours of `drawing`, which the style sheet of the page maps.
    """
    return _Fragment(document, brand=None).blocks(document.blocks)


class _Fragment:
    """Writes the blocks of one document in reading order and counts its headings, tables and figures."""

    def __init__(self, document: model.Document, *, brand: str | None) -> None:
        self._brand = brand
        self._counting = Counting()
        self._anchors = iter([anchor for _heading, anchor in document.anchored_headings()])
        self._contents = _entries(document)

    def blocks(self, blocks: Iterable[model.Block]) -> SafeString:
        return format_html_join("\n", "{}", ((self._block(block),) for block in blocks))

    def _block(self, block: model.Block) -> SafeString:
        match block:
            case model.Heading():
                words = _lines(self._counting.heading(block))
                return format_html('<h{0} id="{1}">{2}</h{0}>', block.level + 1, next(self._anchors), words)
            case model.Paragraph():
                return format_html("<p>{}</p>", _runs(block.runs))
            case model.BulletList():
                return format_html("<ul>\n{}\n</ul>", self._items(block.items))
            case model.NumberedList():
                return format_html("<ol>\n{}\n</ol>", self._items(block.items))
            case model.DefinitionList():
                return format_html("<dl>\n{}\n</dl>", self._definitions(block.definitions))
            case model.Table():
                return self._table(block)
            case model.Figure():
                return self._figure(block)
            case model.SignatureBlock():
                opening = format_html("<p>{}</p>\n", _lines(block.opening)) if block.opening else ""
                return format_html('{}<div class="signatures">\n{}\n</div>', opening, _signatures(block.signatories))
            case model.SpaceToFill():
                hint = format_html('<p class="hint">{}</p>', _lines(block.hint)) if block.hint else ""
                return format_html('<div class="space"><p><strong>{}</strong></p>{}</div>', _lines(block.label), hint)
            case model.PageBreak():
                return mark_safe('<div class="page-break"></div>')
            case model.TableOfContents():
                return _table_of_contents(self._contents, block.deepest_level)
            case _:
                assert_never(block)

    def _items(self, items: tuple[tuple[model.Inner, ...], ...]) -> SafeString:
        return format_html_join("\n", "<li>{}</li>", ((self.blocks(item),) for item in items))

    def _definitions(self, definitions: tuple[model.Definition, ...]) -> SafeString:
        rows = ((_lines(entry.term), self.blocks(entry.blocks)) for entry in definitions)
        return format_html_join("\n", "<dt>{}</dt>\n<dd>{}</dd>", rows)

    def _table(self, table: model.Table) -> SafeString:
        label = self._counting.table()
        return _table(
            label,
            table.caption,
            table.columns,
            [[_runs(cell.runs) for cell in row] for row in table.rows],
            row_headers=table.row_headers,
        )

    def _figure(self, figure: model.Figure) -> SafeString:
        label = self._counting.figure()
        anchor = label.lower().replace(" ", "-")
        return format_html(
            "<figure>\n<figcaption><strong>{}.</strong> {}</figcaption>\n{}\n"
            "<details>\n<summary>{}</summary>\n{}\n</details>\n</figure>",
            label,
            _lines(figure.caption),
            self._picture(figure, anchor),
            _("The numbers of %(figure)s") % {"figure": label.lower()},
            _figures_as_table(figure.chart, label),
        )

    def _picture(self, figure: model.Figure, anchor: str) -> SafeString:
        svg = draw_svg(figure.chart)
        opening, rest = (recoloured(svg, self._brand) if self._brand else svg).split(">", 1)
        words = format_html(
            ' role="img" aria-labelledby="{0}-titel {0}-tekst">'
            '<title id="{0}-titel">{1}</title><desc id="{0}-tekst">{2}</desc>',
            anchor,
            printable(figure.caption),
            printable(figure.words()),
        )
        return mark_safe(opening + words + rest)  # noqa: S308 (drawn by us, words escaped)


def _table(
    label: str,
    caption: str,
    columns: tuple[model.Column, ...],
    rows: Iterable[Iterable[SafeString]],
    *,
    row_headers: bool,
) -> SafeString:
    anchor = label.lower().replace(" ", "-")
    classes = [mark_safe(' class="number"') if column.numeric else "" for column in columns]
    heads = ((kind, _lines(column.title)) for kind, column in zip(classes, columns, strict=True))
    return format_html(
        '<div class="table" role="region" aria-labelledby="{0}" tabindex="0">\n<table>\n'
        '<caption id="{0}"><strong>{1}.</strong> {2}</caption>\n<thead>\n<tr>{3}</tr>\n</thead>\n'
        "<tbody>\n{4}\n</tbody>\n</table>\n</div>",
        anchor,
        label,
        _lines(caption),
        format_html_join("", '<th scope="col"{}>{}</th>', heads),
        format_html_join("\n", "<tr>{}</tr>", ((_row(row, classes, row_headers=row_headers),) for row in rows)),
    )


def _row(cells: Iterable[SafeString], classes: list[SafeString | str], *, row_headers: bool) -> SafeString:
    written = [
        format_html('<th scope="row">{}</th>', words)
        if place == 0 and row_headers
        else format_html("<td{}>{}</td>", classes[place], words)
        for place, words in enumerate(cells)
    ]
    return format_html_join("", "{}", ((cell,) for cell in written))


def _figures_as_table(chart: Chart, label: str) -> SafeString:
    figures = chart.as_table()
    columns = tuple(model.Column(title or label, numeric=place > 0) for place, title in enumerate(figures.columns))
    rows = [[_lines(words) for words in row] for row in figures.rows]
    table_label = _("Numbers of %(figure)s") % {"figure": label.lower()}
    return _table(table_label, chart.title, columns, rows, row_headers=True)


def _signatures(signatories: tuple[model.Signatory, ...]) -> SafeString:
    rows = ((_lines(who.function), _lines(who.name)) for who in signatories)
    return format_html_join("\n", '<div><p class="function">{}</p><p class="name">{}</p></div>', rows)


def _runs(runs: tuple[model.Run, ...]) -> SafeString:
    return format_html_join("", "{}", ((_run(run),) for run in runs))


def _run(run: model.Run) -> SafeString:
    if isinstance(run, model.Link):
        return format_html('<a href="{}">{}</a>', run.address, _lines(run.text))
    words = _lines(run.text)
    if run.emphasis:
        words = format_html("<em>{}</em>", words)
    return format_html("<strong>{}</strong>", words) if run.strong else words


def _lines(text: str) -> SafeString:
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in printable(text).split("\n")))


def _mark(theme: model.Theme, files: Mapping[str, bytes]) -> SafeString:
    """Logo, or else the name of the body, with the lines of the letterhead beside it."""
    name, logo, lines = printable(theme.organisation_name), theme.letterhead.logo, theme.letterhead.lines
    mark = format_html('<p class="organisation">{}</p>', name)
    if logo and logo.sha256 in files:
        mark = _picture("logo", logo.media_type, files[logo.sha256], printable(logo.alternative_text))
    elif theme.logo_svg is not None:
        mark = _picture("logo", "image/svg+xml", theme.logo_svg.encode(), name)
    if not lines:
        return mark
    shown = format_html_join(mark_safe("<br>"), "{}", ((_letterhead_line(line),) for line in lines))
    return format_html('<div class="letterhead">{}<p class="lines">{}</p></div>', mark, shown)


def _letterhead_line(line: str) -> SafeString:
    address = address_of_line(line)
    return format_html('<a href="{}">{}</a>', address, printable(line)) if address else _lines(line)


def _picture(kind: str, media_type: str, content: bytes, words: str) -> SafeString:
    encoded = base64.b64encode(content).decode()
    return format_html('<img class="{}" src="data:{};base64,{}" alt="{}">', kind, media_type, encoded, words)


def _entries(document: model.Document) -> list[tuple[int, SafeString]]:
    counting = Counting()
    return [
        (heading.level, format_html('<a href="#{}">{}</a>', anchor, counting.heading(heading)))
        for heading, anchor in document.anchored_headings()
    ]


def _table_of_contents(entries: list[tuple[int, SafeString]], deepest_level: int) -> SafeString:
    shown = [(level, link) for level, link in entries if level <= deepest_level]
    if not shown:
        return mark_safe("")
    parts: list[str] = []
    depth = 0
    for level, link in shown:
        parts.append("<ol>" * (level - depth) if level > depth else "</li>" + "</ol></li>" * (depth - level))
        parts.append(f"<li>{link}")
        depth = level
    parts.append("</li>" + "</ol></li>" * (depth - 1) + "</ol>")
    listing = mark_safe("".join(parts))  # noqa: S308 (made of escaped links and our own tags)
    return format_html(
        '<nav aria-labelledby="inhoudsopgave">\n<h2 id="inhoudsopgave">{}</h2>\n{}\n</nav>', _("Contents"), listing
    )
