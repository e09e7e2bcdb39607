"""Who asked a question, and what questions and their parts are called: no database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.utils.translation import gettext as _

from openintegriteit.accountability.models import AskerKind, CouncilQuestion

LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Asked(Protocol):
    """A question with its asker."""

    asker_kind: str
    asked_by: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """A question with what it is called ("3"; its part "3a") and its parts in order."""

    question: CouncilQuestion
    label: str
    parts: tuple["Numbered", ...] = ()


def letter_of(place: int) -> str:
    """What the part in this place, counted from 1, is called: a to z, then aa."""
    before, within = divmod(place - 1, len(LETTERS))
    return (letter_of(before) if before else "") + LETTERS[within]


def numbered(rows: Iterable[CouncilQuestion]) -> tuple[Numbered, ...]:
    """The questions of one report, in their order, each with its parts. What has no number of its own is counted."""
    every = list(rows)
    parts: dict[object, list[CouncilQuestion]] = {}
    for row in every:
        if row.part_of_id:
            parts.setdefault(row.part_of_id, []).append(row)
    whole = [row for row in every if not row.part_of_id]
    return tuple(_with_parts(row, place, parts.get(row.pk, ())) for place, row in enumerate(whole, start=1))


def labels_of(rows: Iterable[CouncilQuestion]) -> dict[UUID, str]:
    """What each question and part is called, for all questions of one report or of several."""
    by_report: dict[object, list[CouncilQuestion]] = {}
    for row in rows:
        by_report.setdefault(row.report_id, []).append(row)
    whole = [each for report in by_report.values() for each in numbered(report)]
    return {each.question.pk: each.label for one in whole for each in (one, *one.parts)}


def _with_parts(row: CouncilQuestion, place: int, parts: Sequence[CouncilQuestion]) -> Numbered:
    label = row.number or str(place)
    in_order = sorted(parts, key=lambda part: part.part_order or 0)
    told = (Numbered(part, part.number or f"{label}{letter_of(n)}") for n, part in enumerate(in_order, start=1))
    return Numbered(row, label, tuple(told))


def asker_in_words(asked: Asked) -> str:
    """Who asked it: a group, a person, the name as it stands, or that it is not known."""
    if not asked.asked_by:
        return _("asker not known")
    if asked.asker_kind == AskerKind.GROUP and not asked.asked_by.casefold().startswith(("fractie", "statenfractie")):
        return _("the group %(name)s") % {"name": asked.asked_by}
    return asked.asked_by


def asker_kind_of(name: str, known: str = "") -> str:
    """What kind of asker a name from a workbook tells, only where that is certain; else what was known."""
    if not name:
        return ""
    return AskerKind.GROUP.value if name.casefold().startswith(("fractie ", "statenfractie ")) else known
