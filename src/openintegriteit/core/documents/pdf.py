"""A document as PDF/UA-1: tagged, with bookmarks, and with the house style of the body.

The layout is the fixed template beside this file; the document reaches it as JSON, so that no text of a user is ever
read as markup.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, assert_never

import structlog
from django.utils.translation import gettext as _

from openintegriteit.core.documents import model
from openintegriteit.core.documents.colours import readable_on_white
from openintegriteit.core.documents.drawing import FONTS, draw_svg, recoloured
from openintegriteit.core.documents.row_headers import mark_row_headers
from openintegriteit.core.documents.wording import REGIONS, Counting, address_of_line, day_and_author, printable

TEMPLATE = Path(__file__).parent / "template.typ"
MOST_ATTEMPTS = 12
LOGO_WIDTH, LOGO_HEIGHT = 8.0, 1.7  # at most, in centimetres
_UNSHOWN = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")

Json = dict[str, Any]
logger = structlog.get_logger("openintegriteit.documents")


def write_pdf(document: model.Document, files: Mapping[str, bytes]) -> bytes:
    """The document as PDF/UA-1. Characters that none of our fonts can show appear as their number: `[U+4E2D]`.

    A logo that cannot be drawn does not stop a report: it is left out, and the log of the installation says so.

    Raises:
        typst.TypstError: if the document cannot be laid out.
    """
    import typst

    try:
        pdf = _laid_out(document, files)
    except typst.TypstError:
        if document.theme.letterhead.logo is None:
            raise
        logger.warning("logo_left_out", logo=document.theme.letterhead.logo.sha256)
        pdf = _laid_out(document, {})
    return mark_row_headers(pdf, [table.row_headers for table in document.tables()])


def _laid_out(document: model.Document, files: Mapping[str, bytes]) -> bytes:
    import typst

    data = json.dumps(_data(document, files), ensure_ascii=False)
    created = datetime.combine(document.date, time(), tzinfo=UTC)
    compiler = typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=_fonts())
    for _attempt in range(MOST_ATTEMPTS):
        try:
            pdf = compiler.compile(format="pdf", sys_inputs={"document": data}, pdf_standards="ua-1", timestamp=created)
            assert isinstance(pdf, bytes)
            return pdf
        except typst.TypstError as error:
            data = _spelled_out(data, error)
    raise ValueError("The document has too many characters that cannot be shown.")


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[FONTS])


def _spelled_out(data: str, error: Any) -> str:
    """The data with the number of each character that the fonts lack in its place."""
    unshown = {
        character
        for quoted in _UNSHOWN.findall(error.diagnostic)
        for character in _ESCAPED.sub(lambda found: chr(int(found[1], 16)), quoted)
        if not character.isascii()
    }
    if not unshown:
        raise error
    return data.translate({ord(character): f"[U+{ord(character):04X}]" for character in unshown})


def _data(document: model.Document, files: Mapping[str, bytes]) -> Json:
    primary = readable_on_white(document.theme.primary_colour)
    counting = Counting()
    return {
        "title": _one_line(document.title),
        "subject": printable(document.subject),
        "author": printable(document.author),
        "byline": day_and_author(document),
        "organisation": printable(document.theme.organisation_name),
        "logo": _logo(document.theme, files),
        "letterhead": [
            {"text": printable(line), "address": address_of_line(line)} for line in document.theme.letterhead.lines
        ],
        "footer": printable(document.theme.letterhead.footer),
        "font": document.theme.letterhead.font,
        "language": document.language,
        "region": REGIONS.get(document.language),
        "date": [document.date.year, document.date.month, document.date.day],
        "primary": primary,
        "words": {"contents": _("Contents"), "page": _("Page {page} of {pages}")},
        "blocks": [_block(block, counting, primary) for block in document.blocks if not _is_empty(block, document)],
    }


def _logo(theme: model.Theme, files: Mapping[str, bytes]) -> Json | None:
    """The picture at the top of the first page, its bytes as a list: JSON has no other word for them."""
    logo = theme.letterhead.logo
    if logo and logo.sha256 in files:
        width: float | None
        width, height = logo.fitted(width=LOGO_WIDTH, height=LOGO_HEIGHT)
        content, form, words = files[logo.sha256], model.LOGO_TYPES[logo.media_type], logo.alternative_text
    elif theme.logo_svg is not None:
        width, height = None, LOGO_HEIGHT
        content, form, words = theme.logo_svg.encode(), "svg", theme.organisation_name
    else:
        return None
    return {
        "content": list(content),
        "format": form,
        "words": printable(words),
        "width": width,
        "height": height,
    }


def _block(block: model.Block, counting: Counting, primary: str) -> Json:
    match block:
        case model.Heading():
            return {"kind": "heading", "level": block.level, "text": _one_line(counting.heading(block))}
        case model.Paragraph():
            return {"kind": "paragraph", "runs": _runs(block.runs)}
        case model.BulletList() | model.NumberedList():
            kind = "bullets" if isinstance(block, model.BulletList) else "numbers"
            return {"kind": kind, "items": [[_block(part, counting, primary) for part in item] for item in block.items]}
        case model.DefinitionList():
            items = [
                {"term": printable(item.term), "blocks": [_block(part, counting, primary) for part in item.blocks]}
                for item in block.definitions
            ]
            return {"kind": "definitions", "items": items}
        case model.Table():
            return _table(block, counting)
        case model.Figure():
            return {
                "kind": "figure",
                "label": counting.figure(),
                "caption": printable(block.caption),
                "words": printable(block.words()),
                "svg": recoloured(draw_svg(block.chart), primary),
            }
        case model.SignatureBlock():
            people = [{"function": printable(who.function), "name": printable(who.name)} for who in block.signatories]
            return {"kind": "signatures", "opening": printable(block.opening), "signatories": people}
        case model.SpaceToFill():
            return {"kind": "space", "label": printable(block.label), "hint": printable(block.hint)}
        case model.PageBreak():
            return {"kind": "page-break"}
        case model.TableOfContents():
            return {"kind": "contents", "deepest_level": block.deepest_level}
        case _:
            assert_never(block)


def _is_empty(block: model.Block, document: model.Document) -> bool:
    return isinstance(block, model.TableOfContents) and not document.headings()


def _table(table: model.Table, counting: Counting) -> Json:
    return {
        "kind": "table",
        "label": counting.table(),
        "caption": printable(table.caption),
        "row_headers": table.row_headers,
        "columns": [
            {"title": printable(column.title), "numeric": column.numeric, "share": column.width_share}
            for column in table.columns
        ],
        "rows": [[_runs(cell.runs) for cell in row] for row in table.rows],
    }


def _runs(runs: tuple[model.Run, ...]) -> list[Json]:
    return [
        {"text": printable(run.text), "address": run.address}
        if isinstance(run, model.Link)
        else {"text": printable(run.text), "strong": run.strong, "emphasis": run.emphasis}
        for run in runs
    ]


def _one_line(text: str) -> str:
    return " ".join(printable(text).split())
