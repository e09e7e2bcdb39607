"""What the register tells the annual report (definitions in figures/content/indicators.yaml)."""

from datetime import date

import pytest

from openintegriteit.core.contracts import Period
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.gifts.tests.factories import gift
from openintegriteit.registers.gifts.yearbook import figures

pytestmark = pytest.mark.database
PERIODS = [Period(year, date(year + 1, 3, 31)) for year in (2024, 2025, 2026)]


def told(organisation) -> dict[tuple[int, str], float | None]:
    return {(figure.year, figure.code): figure.value for figure in figures(organisation.pk, PERIODS)}


def test_what_officials_were_offered_in_the_year_and_what_they_refused(organisation) -> None:
    official = PersonFactory(organisation=organisation)
    for answer in ("offered", "accepted", "refused", "returned", "given"):
        gift(organisation, official, detail={"answer": answer}, declared_on=date(2025, 12, 31))
    gift(organisation, official, declared_on=date(2025, 1, 1), withdrawn_on=date(2026, 1, 5), withdrawn_because="fout")
    gift(
        organisation,
        PersonFactory(organisation=organisation, kind="elected_member"),
        detail={"answer": "refused"},
        declared_on=date(2025, 6, 1),
    )

    assert told(organisation) == {
        (2025, "gifts-declared"): 5,
        (2025, "gifts-refused"): 2,
        (2026, "gifts-declared"): 0,
        (2026, "gifts-refused"): 0,
    }


def test_a_register_that_nobody_uses_tells_nothing(organisation) -> None:
    gift(organisation, PersonFactory(organisation=organisation, kind="chair"))

    assert told(organisation) == {}


@pytest.mark.parametrize("size", [1, 40])
def test_counting_asks_the_database_as_often_for_many(organisation, size) -> None:
    for _number in range(size):
        gift(organisation, PersonFactory(organisation=organisation))

    assert data_queries(lambda: figures(organisation.pk, PERIODS)) == 1
