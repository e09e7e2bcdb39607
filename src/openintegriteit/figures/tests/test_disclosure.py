"""No small number can be computed back: judged by trying every table that fits what is shown."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openintegriteit.figures.disclosure import Protected, protect


def sums_shown(table) -> list[set]:
    """The sets of cells whose total is shown: everything together, and each row and column."""
    cells = list(table)
    dimensions = range(len(cells[0])) if len(cells[0]) == 2 else ()
    lines = ({cell for cell in cells if cell[d] == value} for d in dimensions for value in {cell[d] for cell in cells})
    return [set(cells), *lines]


def can_differ(table, hidden: list, cell) -> bool:
    """Whether some other table with a different number in the cell fits everything that is shown.

    Tries all numbers; a reader knows that hidden numbers are positive unless a zero had to be hidden.
    """
    least = 0 if any(table[one] == 0 for one in hidden) else 1
    order = [cell, *(one for one in hidden if one != cell)]
    sums = [[one for one in order if one in line] for line in sums_shown(table)]

    def fits(values: dict) -> bool:
        for line in sums:
            given = sum(values[one] for one in line if one in values)
            free = sum(1 for one in line if one not in values)
            total = sum(table[one] for one in line)
            if given + least * free > total or (not free and given != total):
                return False
        return True

    def search(values: dict) -> bool:
        if not fits(values):
            return False
        if len(values) == len(order):
            return True
        one = order[len(values)]
        numbers = sorted(range(least, sum(table.values()) + 1), key=lambda number: abs(number - table[one]))
        return any(search({**values, one: number}) for number in numbers if one != cell or number != table[cell])

    return search({})


lists = st.lists(st.integers(0, 9), min_size=1, max_size=5).map(
    lambda counts: {(position,): value for position, value in enumerate(counts)}
)
squares = st.tuples(st.integers(1, 3), st.integers(1, 3)).flatmap(
    lambda size: st.lists(st.integers(0, 7), min_size=size[0] * size[1], max_size=size[0] * size[1]).map(
        lambda counts: dict(zip(itertools.product(range(size[0]), range(size[1])), counts, strict=True))
    )
)


@settings(max_examples=300)
@given(st.one_of(lists, squares))
def test_no_hidden_number_is_determined_by_what_is_shown(table) -> None:
    protected = protect(table)

    assert all(protected.cells[cell] is None for cell, value in table.items() if 0 < value < 5)
    assert all(shown in (None, table[cell]) for cell, shown in protected.cells.items())
    hidden = [cell for cell, shown in protected.cells.items() if shown is None]
    assert not protected.safe or all(can_differ(table, hidden, cell) for cell in hidden)


@settings(max_examples=200)
@given(st.one_of(lists, squares))
def test_what_is_called_unsafe_could_not_be_helped(table) -> None:
    """Even with everything but the zeros hidden the totals give a small number away."""
    if not protect(table).safe:
        hidden = [cell for cell, value in table.items() if value > 0]
        assert not all(can_differ(table, hidden, cell) for cell, value in table.items() if 0 < value < 5)


def test_a_list_hides_the_small_number_and_the_next_smallest() -> None:
    protected = protect({("a",): 3, ("b",): 8, ("c",): 20})

    assert protected.cells == {("a",): None, ("b",): None, ("c",): 20}
    assert protected.safe


def test_two_ones_do_not_protect_each_other() -> None:
    """Their sum of two would tell that both are one, because a zero would have been shown."""
    assert protect({("a",): 1, ("b",): 1, ("c",): 9}).cells[("c",)] is None


def test_two_small_numbers_that_can_differ_protect_each_other() -> None:
    assert protect({("a",): 2, ("b",): 3, ("c",): 9}).cells == {("a",): None, ("b",): None, ("c",): 9}


def test_zero_is_shown() -> None:
    assert protect({("a",): 0, ("b",): 4, ("c",): 6}).cells[("a",)] == 0


def test_five_is_shown_and_nothing_else_is_hidden() -> None:
    table = {("a",): 5, ("b",): 0, ("c",): 7}
    assert protect(table) == Protected(table, safe=True)


def test_a_single_cell_cannot_be_protected_from_its_total() -> None:
    assert protect({("a",): 3}) == Protected({("a",): None}, safe=False)


def test_a_table_hides_a_rectangle_of_small_cost() -> None:
    table = {
        ("x", 1): 2, ("x", 2): 10, ("x", 3): 6,
        ("y", 1): 9, ("y", 2): 30, ("y", 3): 7,
        ("z", 1): 40, ("z", 2): 50, ("z", 3): 60,
    }  # fmt: skip
    hidden = {cell for cell, value in protect(table).cells.items() if value is None}

    assert hidden == {("x", 1), ("x", 3), ("y", 1), ("y", 3)}


def test_an_empty_table_is_safe() -> None:
    assert protect({}) == Protected({}, safe=True)


@pytest.mark.parametrize("table", [{("a",): -1}, {("a",): 1, ("a", "b"): 2}, {("a", "b", "c"): 9}])
def test_what_is_no_table_is_refused(table) -> None:
    with pytest.raises(ValueError):
        protect(table)
