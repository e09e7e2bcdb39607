"""What the register tells the annual report (definitions in figures/content/indicators.yaml)."""

from datetime import date

import pytest

from openintegriteit.core.contracts import Period
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.interests.tests.factories import designate, interest
from openintegriteit.registers.interests.yearbook import figures

pytestmark = pytest.mark.database
PERIODS = [Period(year, date(year + 1, 3, 31)) for year in (2024, 2025, 2026)]


def told(organisation) -> dict[tuple[int, str], float | None]:
    return {(figure.year, figure.code): figure.value for figure in figures(organisation.pk, PERIODS)}


def test_designated_people_and_what_they_declared_and_still_have_on_the_last_day(organisation) -> None:
    buyer, leaver = PersonFactory(organisation=organisation), PersonFactory(organisation=organisation)
    leaver.ended_on = date(2026, 6, 1)
    leaver.save()
    member = PersonFactory(organisation=organisation, kind="elected_member")
    designate(organisation, buyer, leaver, member, designated_on=date(2025, 5, 1))
    interest(organisation, buyer, declared_on=date(2025, 6, 1))
    interest(organisation, buyer, declared_on=date(2025, 6, 1), ends_on=date(2025, 12, 30))
    interest(organisation, buyer, declared_on=date(2026, 2, 1))
    interest(organisation, leaver, declared_on=date(2025, 6, 1))
    interest(organisation, buyer, declared_on=date(2025, 6, 1), withdrawn_on=date(2026, 1, 5), withdrawn_because="fout")
    interest(organisation, PersonFactory(organisation=organisation), declared_on=date(2025, 6, 1))
    interest(organisation, member, declared_on=date(2025, 6, 1))

    assert told(organisation) == {
        (2025, "interests-designated"): 2,
        (2025, "interests-declared"): 2,
        (2026, "interests-designated"): 1,
        (2026, "interests-declared"): 2,
    }


def test_without_a_designation_nothing_is_told_and_without_a_declaration_only_who_is_designated(organisation) -> None:
    assert told(organisation) == {}
    designate(organisation, PersonFactory(organisation=organisation))

    assert told(organisation) == {(2026, "interests-designated"): 1}


@pytest.mark.parametrize("size", [1, 40])
def test_counting_asks_the_database_as_often_for_many(organisation, size) -> None:
    people = [PersonFactory(organisation=organisation) for _number in range(size)]
    designate(organisation, *people)
    for person in people:
        interest(organisation, person)

    assert data_queries(lambda: figures(organisation.pk, PERIODS)) == 3
