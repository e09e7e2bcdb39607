"""Which rows of a workbook are parts of a question: 3a and 3b of 3, where the file leaves no doubt."""

import re
from collections.abc import Iterable
from typing import Any

from openintegriteit.core.spreadsheets.columns import TableRow

PART = re.compile(r"(\d+)\s*([a-z])\)?", re.IGNORECASE)
FEWEST = 2  # 3 and 3a alone may as well be a question that was squeezed in after 3


def certain_parts(rows: Iterable[TableRow]) -> dict[Any, tuple[Any, int]]:
    """By the order of each row that is a part: the order of the whole question, and the place of the part from 1.

    Certain are two rows or more whose letters run from a without a gap, each once, below the only row with the number.
    """
    whole: dict[str, list[TableRow]] = {}
    lettered: dict[str, list[tuple[str, TableRow]]] = {}
    for row in rows:
        number = str(row.values["number"]).strip()
        if match := PART.fullmatch(number):
            lettered.setdefault(match[1], []).append((match[2].lower(), row))
        else:
            whole.setdefault(number, []).append(row)
    found: dict[Any, tuple[Any, int]] = {}
    for number, parts in lettered.items():
        above = whole.get(number, [])
        letters = [letter for letter, _row in parts]
        runs_on = letters == [chr(ord("a") + place) for place in range(len(letters))]
        below = all(row.number > above[0].number for _letter, row in parts) if above else False
        if len(above) == 1 and len(parts) >= FEWEST and runs_on and below:
            for place, (_letter, row) in enumerate(parts, start=1):
                found[row.values["order"]] = (above[0].values["order"], place)
    return found
