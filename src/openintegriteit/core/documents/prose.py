"""Plain text that people type, as blocks: an empty line starts a paragraph, "- " at the start of a line an item."""

import re
from collections.abc import Callable, Iterator

from openintegriteit.core.documents.model import BulletList, Inner, Paragraph, Run, Text

type Runs = Callable[[str], tuple[Run, ...]]


def plain_runs(words: str) -> tuple[Run, ...]:
    """The words as they are."""
    return (Text(words),)


def prose(text: str, runs: Runs = plain_runs) -> tuple[Inner, ...]:
    """The text as paragraphs and lists; `runs` says what its words become."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return tuple(block for part in parts for block in _blocks(part, runs))


def _blocks(part: str, runs: Runs) -> Iterator[Inner]:
    lines: list[str] = []
    items: list[str] = []
    for line in part.split("\n"):
        if line.rstrip() == "-" or line.startswith("- "):
            if lines:
                yield Paragraph(runs("\n".join(lines)))
                lines = []
            if item := line[1:].strip():
                items.append(item)
        elif items and line.startswith(" "):
            items[-1] += " " + line.strip()
        else:
            if items:
                yield _list(items, runs)
                items = []
            lines.append(line.strip())
    if items:
        yield _list(items, runs)
    if any(lines):
        yield Paragraph(runs("\n".join(lines)))


def _list(items: list[str], runs: Runs) -> BulletList:
    return BulletList(tuple((Paragraph(runs(item)),) for item in items))
