"""How the counts of a year are broken down without telling of a few people. Pure: no records, no clock.

Each tally is a list of its own, of which the total is shown, and no tally of a breakdown is a part or the sum of
others there. So nothing can be computed by laying one column beside another, and protecting each column by itself
(`figures.disclosure`) is enough. Who answered, who still may and who is late stand in the totals alone: together they
are who was asked, and everybody knows that number of a unit where all of it was asked, or reads it in another register.
"""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from openintegriteit.figures.disclosure import protect

type Counts = Mapping[str, Mapping["Tally", int]]  # by line of the breakdown
type Shown = Mapping[str, Mapping["Tally", int | None]]  # None: hidden


class Tally(StrEnum):
    """What is counted of each register. Of what is not `BROKEN_DOWN` only the total is told."""

    ANSWERED = "answered"  # people who were asked, or whose position is designated
    NOT_YET = "not_yet"
    OVERDUE = "overdue"
    DECLARED = "declared"  # declarations
    NOTHING = "nothing"  # people who said that there is nothing (more)
    ALLOWED = "allowed"  # decisions that were taken in the year, about whichever declaration
    CONDITIONS = "conditions"
    FORBIDDEN = "forbidden"
    WAITING = "waiting"


ASKED = (Tally.ANSWERED, Tally.NOT_YET, Tally.OVERDUE)  # together who was asked
# What waits is a part of what was declared.
BROKEN_DOWN: Sequence[Tally] = [tally for tally in Tally if tally not in (*ASKED, Tally.WAITING)]


def broken_down(counts: Counts) -> Shown:
    """Each line with what may be told of it: of a tally that hiding lines cannot protect, nothing at all."""
    shown: dict[str, dict[Tally, int | None]] = {line: {} for line in counts}
    for tally in BROKEN_DOWN:
        protected = protect({(line,): told.get(tally, 0) for line, told in counts.items()})
        for line in counts:
            shown[line][tally] = protected.cells[(line,)] if protected.safe else None
    return shown
