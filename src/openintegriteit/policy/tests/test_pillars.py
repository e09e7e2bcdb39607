import pytest
from django.utils import translation

from openintegriteit.policy.pillars import PILLARS, pillar_choices, pillar_named


def test_there_are_eight_pillars_in_their_order() -> None:
    assert [pillar.number for pillar in PILLARS] == [1, 2, 3, 4, 5, 6, 7, 8]
    assert all(pillar.name and pillar.explanation and pillar.typical_measures for pillar in PILLARS)


def test_short_names_fit_beside_a_bar() -> None:
    assert [pillar.short_name for pillar in PILLARS if len(pillar.short_name) > 26] == []


def test_a_pillar_is_found_by_its_number() -> None:
    assert pillar_named(8) == PILLARS[7]


def test_no_number_is_no_pillar_and_an_unknown_number_is_an_error() -> None:
    assert pillar_named(None) is None
    with pytest.raises(KeyError):
        pillar_named(9)


def test_choices_give_number_and_short_name() -> None:
    assert pillar_choices()[1] == (2, "2. Leiding en management")


@pytest.mark.parametrize("pillar", PILLARS, ids=lambda pillar: str(pillar.number))
def test_every_pillar_has_english_names(pillar) -> None:
    with translation.override("en"):
        told = pillar_named(pillar.number)

    assert told is not None
    assert told.name != pillar.name and told.short_name != pillar.short_name
    assert len(told.short_name) <= 26
