"""When a subject of a meeting looks like a name that somebody declared, and how subjects are typed. No database.

A likeness asks somebody to look. It never says that they may not take part: that is theirs to judge.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import yaml

from openintegriteit.core.searching import searchable

CONTENT = Path(__file__).parent / "content" / "words.yaml"
SHORTEST = 3  # letters: of shorter words too many mean nothing
MOST_PER_SUBJECT = 50
LONGEST_NUMBER, LONGEST_SUBJECT = 20, 500
WORD = re.compile(r"[^\W_]+")
NUMBERED = re.compile(r"\s*(\d{1,3}(?:\.\d{1,3}){0,3}\.?[a-z]?)[.):\t]\s*(\S.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class WordList:
    """`left_out` never count; `everyday` count only when the whole name stands in the subject."""

    left_out: frozenset[str]
    everyday: frozenset[str]


def load_words(path: Path) -> WordList:
    """The words of a file. Raises TypeError for a list that is unknown or missing."""
    lists = yaml.safe_load(path.read_text(encoding="utf-8"))
    return WordList(**{name: frozenset(text.split()) for name, text in lists.items()})


WORDS = load_words(CONTENT)


@dataclass(frozen=True, slots=True)
class Declared:
    """A name in what somebody declared. `whole`: the name of something, which counts too when it is all everyday words.

    Otherwise it describes something ("a house"), and only a word that says more than that counts.
    """

    declaration: UUID
    person: UUID
    name: str
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Likeness:
    """That words of a declaration stand in a subject."""

    subject: UUID
    declaration: UUID
    person: UUID
    words: tuple[str, ...]


def words_of(text: str, own: frozenset[str] = frozenset()) -> list[str]:
    """The words that can mean something, each once, without capitals and accents, in their order.

    `own` are words that mean nothing here, such as the name of the body itself. A number means nothing by itself.
    """
    found = WORD.findall(searchable(text))
    return list(
        dict.fromkeys(
            word
            for word in found
            if len(word) >= SHORTEST and not word.isdigit() and word not in WORDS.left_out and word not in own
        )
    )


def likenesses(
    subjects: Iterable[tuple[UUID, str]], declared: Iterable[Declared], own: frozenset[str] = frozenset()
) -> list[Likeness]:
    """Which subjects look like what was declared, subject by subject, those with most words in common first.

    A name is like a subject when a word that is not an everyday one stands in both, or when the whole name stands in
    the subject. At most fifty per subject; each declaration once. Its time grows with the words, not with the number of
    subjects times that of declarations.
    """
    names = [(row, frozenset(words_of(row.name, own))) for row in declared]
    by_word: dict[str, list[int]] = {}
    for place, (_row, words) in enumerate(names):
        for word in words:
            by_word.setdefault(word, []).append(place)
    found: list[Likeness] = []
    for key, title in subjects:
        found += _of_subject(key, words_of(title, own), names, by_word)
    return found


def _of_subject(
    key: UUID, words: list[str], names: list[tuple[Declared, frozenset[str]]], by_word: dict[str, list[int]]
) -> list[Likeness]:
    shared: dict[int, list[str]] = {}
    for word in words:
        for place in by_word.get(word, ()):
            shared.setdefault(place, []).append(word)
    best: dict[UUID, Likeness] = {}
    for place, common in shared.items():
        row, whole_name = names[place]
        says_something = any(word not in WORDS.everyday for word in common)
        if not says_something and not (row.whole and len(common) == len(whole_name)):
            continue
        before = best.get(row.declaration)
        if before is None or len(before.words) < len(common):
            best[row.declaration] = Likeness(key, row.declaration, row.person, tuple(common))
    ordered = sorted(best.values(), key=lambda likeness: (-len(likeness.words), str(likeness.declaration)))
    return ordered[:MOST_PER_SUBJECT]


def subjects_in(text: str) -> list[tuple[str, str]]:
    """Number and title of each subject in a text with one on each line: "5a. A new school". Empty lines are nothing."""
    return [numbered(line) for line in text.splitlines() if line.strip()]


def numbered(line: str) -> tuple[str, str]:
    """Number and title of one subject. The number stands before a full stop, colon, bracket or tab, or is absent."""
    match = NUMBERED.fullmatch(line)
    number, title = (match[1].rstrip("."), match[2]) if match else ("", line)
    return number, " ".join(title.split())
