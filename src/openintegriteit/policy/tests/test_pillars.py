import pytest

from openintegriteit.policy.pillars import PILLARS, pillar_choices, pillar_name, pillar_named


def test_there_are_eight_pillars_in_their_order() -> None:
    assert [pillar.number for pillar in PILLARS] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert all(pillar.name and pillar.explanation and pillar.typical_measures for pillar in PILLARS)


def test_short_names_fit_beside_a_bar() -> None:
    assert [pillar.short_name for pillar in PILLARS if len(pillar.short_name) > 26] == []


def test_a_pillar_is_found_by_its_number() -> None:
    assert pillar_name(2) == "Leiderschap en management"
    assert pillar_named(8) is PILLARS[7]


def test_no_number_is_no_pillar_and_an_unknown_number_is_an_error() -> None:
    assert pillar_name(None) == ""
    with pytest.raises(KeyError):
        pillar_name(9)


def test_choices_give_number_and_short_name() -> None:
    assert pillar_choices()[1] == (2, "2. Leiding en management")
