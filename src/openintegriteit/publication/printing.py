"""The registers on paper, for laying open at the office, and codes and regulations as documents (PDF/UA)."""

from openintegriteit.accountability.markup import blocks_of
from openintegriteit.core.documents.model import Block, Cell, Column, Document, Link, Table, cell, paragraph
from openintegriteit.organisations.documents import kept_file, make_once
from openintegriteit.organisations.house_style import theme_of
from openintegriteit.publication.queries import Line, Shown
from openintegriteit.publication.telling import Body, day_in_words, words

WIDTHS = {"text": 4, "yes_no": 2, "day": 3, "amount": 3}  # of a column, in proportion; a day stays on one or two lines
AT_ONCE = 500  # lines of a register that are printed while everybody waits; a longer one follows after the pages


def printed_edition(body: Body, shown: Shown) -> Document:
    """The register for laying open at the office, as it stands since its last change."""
    columns = tuple(Column(column.label, width_share=WIDTHS.get(column.kind, 2)) for column in shown.register.columns)
    rows = tuple(
        tuple(_cell(column.kind, line.content.get(column.key)) for column in shown.register.columns)
        for line in shown.lines
    )
    blocks: list[Block] = [paragraph(shown.register.explanation)]
    if article := shown.register.article(body.organisation.kind):
        blocks.append(paragraph(f"Wat de wet hierover zegt: {article}."))
    if rows:
        blocks.append(Table(f"Stand op {day_in_words(shown.updated_on or body.day)}", columns, rows))
    else:
        blocks.append(paragraph("In dit register staat nu niets."))
    return Document(
        title=shown.register.title,
        theme=theme_of(body.organisation),
        date=shown.updated_on or body.day,
        author=body.organisation.name,
        blocks=tuple(blocks),
    )


def text_document(body: Body, shown: Shown, line: Line) -> Document:
    facts = [
        _cell_words(column.label, words(column.kind, line.content.get(column.key)))
        for column in shown.register.columns[1:]
    ]
    return Document(
        title=str(line.content["title"]),
        theme=theme_of(body.organisation),
        date=line.updated_on,
        author=body.organisation.name,
        blocks=(paragraph(" ".join(fact for fact in facts if fact)), *blocks_of(line.entry.text, {})),
    )


def _cell_words(label: str, text: str) -> str:
    return f"{label}: {text}." if text else ""


def _cell(kind: str, value: object) -> Cell:
    text = words(kind, value)
    if kind == "address" and text:
        return Cell((Link(text, text),))
    return cell(text)


def is_late(body: Body, shown: Shown, edition: Document | None) -> bool:
    """Whether the printed edition of a register, if it has one, has still to be made and takes too long to wait for."""
    return (
        edition is not None and len(shown.lines) > AT_ONCE and not kept_file(body.organisation, edition, "pdf").exists()
    )


def pdf(body: Body, document: Document) -> bytes:
    """The document as PDF; made now unless it is kept."""
    return make_once(body.organisation, document, "pdf").read_bytes()
