"""What changed between two editions of a report, part by part, in the words of the document."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from openintegriteit.core.documents.model import (
    Block,
    BulletList,
    DefinitionList,
    Document,
    Figure,
    Heading,
    NumberedList,
    Paragraph,
    SignatureBlock,
    SpaceToFill,
    Table,
    Text,
    plain_text,
)


@dataclass(frozen=True, slots=True)
class PartChange:
    """A part of the document that differs: the lines that went and the lines that came."""

    heading: str
    gone: tuple[str, ...]
    come: tuple[str, ...]


def changes_between(before: Document, after: Document) -> tuple[PartChange, ...]:
    """Every part whose lines differ, in the order of the newer document; parts that are gone come last."""
    old, new = _parts(before), _parts(after)
    differing = (heading for heading in {**new, **old} if old.get(heading) != new.get(heading))
    return tuple(_change(heading, old.get(heading, ()), new.get(heading, ())) for heading in differing)


def announced_in(document: Document, heading: str) -> tuple[str, ...]:
    """What a report names in bold under a heading and the headings below it: the activities of its agenda, in order."""
    level, found = 0, dict[str, None]()
    for block in document.blocks:
        if isinstance(block, Heading) and (not level or block.level <= level):
            level = block.level if block.text == heading else 0
        elif level and isinstance(block, BulletList):
            inner = (part for item in block.items for part in item if isinstance(part, Paragraph))
            found |= {run.text: None for part in inner for run in part.runs if isinstance(run, Text) and run.strong}
    return tuple(found)


def _change(heading: str, old: tuple[str, ...], new: tuple[str, ...]) -> PartChange:
    gone: list[str] = []
    come: list[str] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            gone += old[a:b]
            come += new[c:d]
    return PartChange(heading, tuple(gone), tuple(come))


def _parts(document: Document) -> dict[str, tuple[str, ...]]:
    """The lines of the document by the heading under which they stand; equal headings are told apart by a number."""
    parts: dict[str, list[str]] = {}
    lines = parts.setdefault(document.title, [document.subject])
    for block in document.blocks:
        if isinstance(block, Heading):
            name, number = block.text, 2
            while name in parts:
                name, number = f"{block.text} ({number})", number + 1
            lines = parts.setdefault(name, [])
        else:
            lines += _lines(block)
    return {name: tuple(said) for name, said in parts.items()}


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph(runs):
            yield plain_text(runs)
        case BulletList(items) | NumberedList(items):
            for item in items:
                yield "- " + " ".join(line for inner in item for line in _lines(inner))
        case DefinitionList(definitions):
            for definition in definitions:
                yield f"{definition.term}: " + " ".join(line for inner in definition.blocks for line in _lines(inner))
        case Table():
            yield block.caption
            yield from (" | ".join(plain_text(cell.runs) for cell in row) for row in block.rows)
        case Figure():
            yield f"{block.caption}. {block.words()}"
        case SignatureBlock():
            yield ", ".join(f"{who.name} {who.function}".strip() for who in block.signatories)
        case SpaceToFill():
            yield block.label
        case _:  # a page break or a table of contents says nothing of its own
            return


def marks_of(document: Document) -> dict[str, str]:
    """A mark per part of the document, by its heading: another text or figure, another mark."""
    parts = _parts(document).items()
    return {heading: hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12] for heading, lines in parts}
