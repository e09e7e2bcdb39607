"""Half-years, quarters and months: how addresses name them, and how they fit in one another."""

from datetime import date

import pytest
from django.utils import translation

from openintegriteit.accountability.periods import PartOfYear, part_named, part_with

PARTS = [PartOfYear(2026, months, number) for months in (6, 3, 1) for number in range(1, 12 // months + 1)]


@pytest.mark.parametrize(
    ("slug", "first_day", "last_day"),
    [
        ("2026-h1", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026-h2", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026-k3", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026-k4", date(2026, 10, 1), date(2026, 12, 31)),
        ("2028-m02", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026-m12", date(2026, 12, 1), date(2026, 12, 31)),
    ],
)
def test_an_address_names_its_days(slug, first_day, last_day):
    part = part_named(slug)

    assert part.days == (first_day, last_day)
    assert part.slug == slug


@pytest.mark.parametrize(
    "slug",
    [
        "2026",
        "2026-h0",
        "2026-h3",
        "2026-k5",
        "2026-m00",
        "2026-m13",
        "2026-m5",
        "2026-h01",
        "1989-h1",
        "2101-h1",
        "0000-m01",
        "2026-q1",
        "٢٠٢٦-h1",
        "2026-h1\n",
    ],
)
def test_an_address_that_names_no_part_of_a_year(slug):
    assert part_named(slug) is None


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.slug)
def test_a_part_is_found_by_its_address_and_by_each_of_its_days(part):
    assert part_named(part.slug) == part
    assert [part_with(day, part.months) for day in part.days] == [part, part]
    assert [part.contains(day) for day in (*part.days, None)] == [True, True, False]


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.slug)
def test_parts_follow_each_other_without_a_gap(part):
    assert (part.following.first_day - part.last_day).days == 1
    assert part.following.previous == part
    assert not part.contains(part.following.first_day)


def test_the_years_at_the_ends_have_no_neighbour_beyond():
    assert not part_named("1990-h1").previous.is_known
    assert not part_named("2100-m12").following.is_known
    assert part_named("2100-m12").previous.is_known


@pytest.mark.parametrize(
    ("slug", "dutch", "english"),
    [
        ("2026-h1", "eerste halfjaar van 2026", "first half of 2026"),
        ("2026-k3", "derde kwartaal van 2026", "third quarter of 2026"),
        ("2026-m05", "mei 2026", "May 2026"),
    ],
)
def test_the_name_in_both_languages(slug, dutch, english):
    with translation.override("nl"):
        assert part_named(slug).name == dutch
    with translation.override("en"):
        assert part_named(slug).name == english
