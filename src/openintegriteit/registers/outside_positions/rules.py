"""When a position looks like a function that may not go together with an office, and days of law. No database.

A likeness asks somebody to look. It never says that two functions do not go together: that is for people to judge.
"""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from openintegriteit.core.searching import searchable
from openintegriteit.organisations.models import PersonKind
from openintegriteit.registers.outside_positions.law import Function, Law

WORD = re.compile(r"[^\W_]+")
SMALL_WORDS = frozenset({"de", "het", "van", "een", "gemeente", "provincie", "waterschap"})


class Reported(StrEnum):
    """How the report of an intention stands."""

    NOT_ASKED = "not_asked"
    UNKNOWN = "unknown"  # nobody knows when the position began, so not whether it is asked
    MISSING = "missing"
    LATE = "late"
    IN_TIME = "in_time"


def looks_like(role: str, where: str, functions: Iterable[Function], own_name: str) -> list[Function]:
    """The functions of a list that the words of a position look like, in the order of the list.

    `own_name` is that of the body: a position with the body itself looks like being in its service.
    """
    words = _words(f"{role} {where}")
    named = _words(where) - SMALL_WORDS
    is_own = bool(named) and named <= _words(own_name)
    return [
        function
        for function in functions
        if (function.own_body and is_own) or any(words_meant <= words for words_meant in function.words)
    ]


def clues_of(law: Law, own_name: str) -> frozenset[str]:
    """Words of which one stands in the searchable text of whatever `looks_like` a function of any list of the law.

    The other way around it says little: they only tell quickly which positions cannot look like one.
    """
    functions = [function for functions in law.incompatible.values() for function in functions.functions]
    words = {max(meant, key=len) for function in functions for meant in function.words}
    words |= _words(own_name) - SMALL_WORDS
    return frozenset(word for word in words if not any(other in word for other in words - {word}))


def _words(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(searchable(text)))


def offices_of(kind: str, *, acts: bool) -> tuple[str, ...]:
    """The offices whose rules on positions hold for somebody: of who acts for the chair those of the chair too.

    Gemeentewet 80, Provinciewet 78. Who is charged from outside stands in the list of people as the chair already.
    """
    return (kind, PersonKind.CHAIR) if acts and kind != PersonKind.CHAIR else (kind,)


def is_asked_about(law: Law, person_kind: str, *, ex_officio: bool) -> bool:
    """Whether the law asks something of this kind of person about the position: of a chair not because of the office.

    Gemeentewet 67(2) and (3), Provinciewet 66(2) and (3), Waterschapswet 48(2) and (3).
    """
    return not (ex_officio and person_kind in law.not_ex_officio)


def reported(
    law: Law,
    person_kind: str,
    *,
    ex_officio: bool,
    starts_on: date | None,
    in_office_since: date | None,
    reported_on: date | None,
) -> Reported:
    """How the report of the intention to accept a position stands.

    Gemeentewet 41b(2) and 67(2), Provinciewet 40b(2) and 66(2), Waterschapswet 44k(2) and 48(2). The law asks that an
    intention is reported, so before somebody accepts. No record tells when that was: the day on which the position
    began stands in for it, and a report between the two counts as in time. It is asked of what began while they held
    the office; where nobody knows since when they hold it, of every position.
    """
    if person_kind not in law.intention or not is_asked_about(law, person_kind, ex_officio=ex_officio):
        return Reported.NOT_ASKED
    if starts_on is None:
        return Reported.UNKNOWN if reported_on is None else Reported.IN_TIME
    if in_office_since is not None and starts_on <= in_office_since:
        return Reported.NOT_ASKED
    if reported_on is None:
        return Reported.MISSING
    return Reported.IN_TIME if reported_on < starts_on else Reported.LATE


def income_due(year: int) -> date:
    """The last day to make public what was earned with positions in a year: 1 April of the next one.

    Gemeentewet 41b(4) and 67(3), Provinciewet 40b(4) and 66(3), Waterschapswet 44k(4) and 48(3). Whether the Algemene
    termijnenwet (articles 1 and 4) moves such a day when it is in a weekend or on a holiday, is not certain; we keep to
    the day itself.
    """
    return date(year + 1, 4, 1)


def last_year_due(day: date) -> int:
    """The newest year of which the income has to have been public by now."""
    return day.year - 1 if day > income_due(day.year - 1) else day.year - 2
