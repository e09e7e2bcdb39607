"""Statistical protection of breakdowns: no number under five can be read or computed back.

Rule of the house: a total for the whole body is always shown as it is; a breakdown hides cells of one to four, and as
many others as are needed to keep somebody who knows the totals from computing them. Zero is shown: it tells of nobody.
Because zeros are shown, a reader knows that what is hidden is at least one, and that is reckoned with.

The method is complementary cell suppression (Hundepool and others, Statistical Disclosure Control, Wiley 2012, chapter
4). A table with shown totals is a network: a cell joins its row and its column, and what one cell gains others must
lose along a closed walk. A hidden cell cannot be computed back exactly when such a walk of hidden cells runs through
it; where there is none, the walk that hides the smallest numbers is added.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Set
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import count

SMALLEST_SHOWN = 5
LEAST_HIDDEN = 1
COST_OF_A_ZERO = 1_000_000  # a zero is hidden only when nothing else helps

type Cell = tuple[Hashable, ...]
type Node = tuple[str, Hashable]


@dataclass(frozen=True, slots=True)
class Protected:
    """A protected breakdown: None for every hidden cell.

    `safe` is False when hiding cells cannot help, because the total gives the small number away (a breakdown with one
    cell, or with nothing but ones). Then the breakdown as a whole is not to be shown.
    """

    cells: Mapping[Cell, int | None]
    safe: bool


def protect(table: Mapping[Cell, int], *, smallest_shown: int = SMALLEST_SHOWN) -> Protected:
    """Hide what is needed, so that every total of a row, of a column and of all may be shown.

    `table` gives the count of every cell by its coordinates: one (a list) or two (row and column).
    Raises ValueError for a negative count, or for coordinates of another or of different lengths.
    """
    if min(table.values(), default=0) < 0:
        raise ValueError("A count cannot be negative.")
    if {len(cell) for cell in table} not in (set(), {1}, {2}):
        raise ValueError("Every cell needs one coordinate, or every cell two.")
    small = sorted((cell for cell, value in table.items() if 0 < value < smallest_shown), key=lambda cell: table[cell])
    hidden, safe = set(small), True
    for cell in small:
        walk = _cheapest_walk(table, cell, hidden)
        safe = safe and walk is not None
        hidden |= walk or frozenset()
    return Protected({cell: None if cell in hidden else value for cell, value in table.items()}, safe)


@dataclass(order=True, slots=True)
class _Walk:
    """A walk so far: what it costs to hide its cells, and where it has come."""

    cost: int
    order: int  # ties are settled by the order in which walks were found, so that the outcome is always the same
    cells: frozenset[Cell] = field(compare=False)
    node: Node = field(compare=False)


def _cheapest_walk(table: Mapping[Cell, int], start: Cell, hidden: Set[Cell]) -> frozenset[Cell] | None:
    """The other cells of a closed walk through `start` that hides as little as possible; None where there is none."""
    row, column = _ends(start)
    steps = _steps(table, start, hidden)
    walks = [_cheapest_path(steps, column, row)]  # the cell gains one, the walk brings the balance back
    if table[start] > LEAST_HIDDEN:
        walks.append(_cheapest_path(steps, row, column))  # the cell loses one
    found = [walk for walk in walks if walk is not None]
    return min(found, key=lambda walk: walk.cost).cells if found else None


def _cheapest_path(steps: Mapping[Node, list[tuple[Cell, int, Node]]], source: Node, target: Node) -> _Walk | None:
    """Dijkstra's shortest path between the two ends of a cell."""
    queue, seen, order = [_Walk(0, 0, frozenset(), source)], set(), count(1)
    while queue:
        walk = heappop(queue)
        if walk.node == target:
            return walk
        if walk.node not in seen:
            seen.add(walk.node)
            for cell, cost, node in steps[walk.node]:
                heappush(queue, _Walk(walk.cost + cost, next(order), walk.cells | {cell}, node))
    return None


def _steps(table: Mapping[Cell, int], start: Cell, hidden: Set[Cell]) -> dict[Node, list[tuple[Cell, int, Node]]]:
    """Where a walk can go from each row and column: along a cell that gains one, back along a cell that loses one."""
    steps: dict[Node, list[tuple[Cell, int, Node]]] = defaultdict(list)
    for cell, value in table.items():
        if cell == start:
            continue
        row, column = _ends(cell)
        cost = 0 if cell in hidden else value or COST_OF_A_ZERO
        steps[row].append((cell, cost, column))
        if value > LEAST_HIDDEN:
            steps[column].append((cell, cost, row))
    return steps


def _ends(cell: Cell) -> tuple[Node, Node]:
    """The row and the column that a cell joins. A list is one row, and its cells have no other total."""
    if len(cell) == 1:
        return ("row", None), ("column", None)
    return ("row", cell[0]), ("column", cell[1])
