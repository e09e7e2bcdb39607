"""What differs between what should be public and what is. No database, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from openintegriteit.core.contracts import PublicEntry, PublicRegister

WORDS_OF_A_TITLE = 4
type Content = dict[str, Any]  # as JSON has it: days are written as 2026-01-31


@dataclass(frozen=True, slots=True)
class Changes:
    """What has to be done to make public what should be."""

    added: frozenset[UUID]
    changed: frozenset[UUID]
    removed: frozenset[UUID]


def content_of(entry: PublicEntry) -> Content:
    """The values of a line as they are kept and handed out."""
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in entry.values.items()}


def kept_content(entry: PublicEntry) -> Content:
    """The values of a line and its text, so that another text is a change too."""
    return content_of(entry) | ({"text": entry.text} if entry.text else {})


def title_of(register: PublicRegister, entry: PublicEntry) -> str:
    """What a line is called in lists: its first words, without days and answers of yes or no."""
    words = [entry.values[column.key] for column in register.columns if column.kind == "text"]
    return ", ".join(str(word) for word in words[:WORDS_OF_A_TITLE] if word)


def compare(standing: Mapping[UUID, Content], wanted: Mapping[UUID, Content]) -> Changes:
    """What to add, change and remove, so that what stands becomes what is wanted."""
    both = standing.keys() & wanted.keys()
    return Changes(
        added=frozenset(wanted.keys() - standing.keys()),
        changed=frozenset(key for key in both if standing[key] != wanted[key]),
        removed=frozenset(standing.keys() - wanted.keys()),
    )
