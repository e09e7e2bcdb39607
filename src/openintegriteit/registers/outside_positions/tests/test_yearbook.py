"""What the register tells the annual report (definitions in figures/content/indicators.yaml)."""

from datetime import date

import pytest

from openintegriteit.core.contracts import Period
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.declarations.models import Decision
from openintegriteit.registers.outside_positions.tests.factories import position
from openintegriteit.registers.outside_positions.yearbook import figures

pytestmark = pytest.mark.database
PERIODS = [Period(year, date(year + 1, 3, 31)) for year in (2024, 2025, 2026)]


def told(organisation) -> dict[tuple[int, str], float | None]:
    return {(figure.year, figure.code): figure.value for figure in figures(organisation.pk, PERIODS)}


def refuse(organisation, made, on: date) -> None:
    declaration = made.declaration
    Decision.objects.create(
        organisation=organisation,
        declaration=declaration,
        revision=declaration.revision,
        outcome="forbidden",
        reasons="Kan niet.",
        decided_on=on,
        decided_by="Hoofd",
    )


def test_what_holds_on_the_last_day_and_what_was_refused_in_the_year(organisation) -> None:
    official = PersonFactory(organisation=organisation)
    refused = position(organisation, official, declared_on=date(2025, 3, 1))
    position(organisation, official, declared_on=date(2025, 6, 1), ends_on=date(2025, 12, 30))
    position(organisation, official, declared_on=date(2025, 6, 1), ends_on=date(2025, 12, 31))
    position(organisation, official, declared_on=date(2026, 1, 1))
    position(
        organisation, official, declared_on=date(2025, 6, 1), withdrawn_on=date(2026, 1, 5), withdrawn_because="fout"
    )
    position(
        organisation, PersonFactory(organisation=organisation, kind="elected_member"), declared_on=date(2025, 6, 1)
    )
    refuse(organisation, refused, date(2025, 5, 1))
    refuse(organisation, refused, date(2025, 7, 1))
    refuse(organisation, refused, date(2026, 2, 1))

    assert told(organisation) == {
        (2025, "side-jobs-declared"): 2,
        (2025, "side-jobs-refused"): 1,
        (2026, "side-jobs-declared"): 2,
        (2026, "side-jobs-refused"): 1,
    }


def test_a_register_that_nobody_uses_tells_nothing(organisation) -> None:
    position(organisation, PersonFactory(organisation=organisation, kind="chair"))

    assert told(organisation) == {}


@pytest.mark.parametrize("size", [1, 40])
def test_counting_asks_the_database_as_often_for_many(organisation, size) -> None:
    for _number in range(size):
        position(organisation, PersonFactory(organisation=organisation))

    assert data_queries(lambda: figures(organisation.pk, PERIODS)) == 2
