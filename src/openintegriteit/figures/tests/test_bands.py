"""Numbers of a part of a year: told so that no number of one to four can be computed back from others."""

from collections import defaultdict
from itertools import product

import pytest

from openintegriteit.figures.bands import band_of


@pytest.mark.parametrize(
    ("number", "band"), [(0, (0, 9)), (1, (0, 9)), (9, (0, 9)), (10, (10, 19)), (19, (10, 19)), (120, (120, 129))]
)
def test_a_number_is_told_by_the_step_in_which_it_lies(number, band):
    assert band_of(number) == band


def test_a_negative_number_is_refused():
    with pytest.raises(ValueError, match="negative"):
        band_of(-1)


def computed_back(worlds):
    """The parts of one to four that everybody who reads what is told can compute: (what is told, which part)."""
    possible = defaultdict(list)
    for told, parts in worlds:
        possible[told].append(parts)
    return [
        (told, place)
        for told, parts in possible.items()
        for place, values in enumerate(zip(*parts, strict=True))
        if len(set(values)) == 1 and 0 < values[0] < 5
    ]


def test_halves_and_quarters_beside_the_exact_number_of_the_year():
    worlds = []
    for quarters in product(range(24), repeat=4):
        halves = (quarters[0] + quarters[1], quarters[2] + quarters[3])
        parts = (*halves, *quarters)
        worlds.append(((sum(quarters), *map(band_of, parts)), parts))

    assert computed_back(worlds) == []


def test_months_beside_the_exact_number_of_their_quarter():
    worlds = [((sum(months), *map(band_of, months)), months) for months in product(range(32), repeat=3)]

    assert computed_back(worlds) == []


def test_a_small_number_would_be_computed_back_if_parts_were_told_exactly_from_five():
    def told(number):
        return number if number >= 5 else "fewer"

    worlds = [((sum(halves), *map(told, halves)), halves) for halves in product(range(12), repeat=2)]

    assert ((8, 6, "fewer"), 1) in computed_back(worlds)
