import pytest

from openintegriteit.figures.catalogue import CATALOGUE, indicators
from openintegriteit.figures.models import OwnIndicator


def test_codes_are_unique_and_every_indicator_says_what_counts() -> None:
    codes = [indicator.code for indicator in CATALOGUE]

    assert len(codes) == len(set(codes))
    assert all(indicator.name and indicator.unit and indicator.definition for indicator in CATALOGUE)
    assert {indicator.direction for indicator in CATALOGUE} <= {"none", "more_is_better", "less_is_better"}


def test_persons_and_conversations_are_different_figures() -> None:
    units = {indicator.code: indicator.unit for indicator in CATALOGUE}

    assert units["adviser-contact-persons"] == "personen"
    assert units["adviser-conversations"] == "gesprekken"


@pytest.mark.database
def test_own_indicators_follow_the_catalogue(organisation, django_assert_num_queries) -> None:
    OwnIndicator.objects.create(
        organisation=organisation,
        code="moresberaden",
        name="Moresberaden",
        unit="bijeenkomsten",
        definition="Elk beraad.",
    )

    with django_assert_num_queries(1):
        found = indicators()

    assert list(found)[:-1] == [indicator.code for indicator in CATALOGUE]
    assert found["moresberaden"].own
    assert found["moresberaden"].unit == "bijeenkomsten"


def test_a_code_of_the_catalogue_keeps_its_meaning(organisation) -> None:
    OwnIndicator.objects.create(organisation=organisation, code="team-talks", name="Anders", unit="x", definition="x")

    assert indicators()["team-talks"].name == "Teamgesprekken over integriteit"
