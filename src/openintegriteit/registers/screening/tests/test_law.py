"""What the register answers about duties of law, and what it counts for the annual report."""

from datetime import date

import pytest

from openintegriteit.core.clock import today
from openintegriteit.core.contracts import Period
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.policy.obligations import obligation_named
from openintegriteit.registers.screening.recorded import recorded_answers
from openintegriteit.registers.screening.tests.factories import rule, screening
from openintegriteit.registers.screening.yearbook import figures

pytestmark = pytest.mark.database
DUTIES = {"municipality": "GW-36a-2", "province": "PW-35b-2", "water_board": "WSW-41-1"}


def answer(organisation, key):
    duty = obligation_named(key, organisation.kind)
    (found,) = [row for row in recorded_answers(today()) if row.subject == duty.recorded]
    return found.state, found.reason


def member(organisation, started_on=date(2024, 6, 1)):
    return PersonFactory(organisation=organisation, kind="executive_member", started_on=started_on)


@pytest.mark.parametrize(("kind", "key"), DUTIES.items())
def test_gw_36a_2_pw_35b_2_and_wsw_41_1_a_certificate_that_was_new_enough(organisation, kind, key) -> None:
    organisation.kind = kind
    assert answer(organisation, key) == ("not_shown", "In de lijst van mensen staat niemand met dit ambt.")
    member(organisation, date(2022, 6, 1))
    assert answer(organisation, key) == ("met", "Niemand is benoemd sinds de wet dit vraagt.")
    first, second = member(organisation), member(organisation)
    screening(organisation, first, done_on=date(2024, 5, 1))
    screening(organisation, second, done_on=date(2024, 2, 29))

    assert answer(organisation, key) == (
        "not_shown",
        "Van 1 van de 2 staat geen verklaring in het register die nieuw genoeg was.",
    )

    screening(organisation, second, done_on=date(2024, 3, 1))

    assert answer(organisation, key)[0] == "met"


def test_the_year_counts_screenings_of_officials_and_who_owed_one(organisation) -> None:
    year = today().year
    periods = [Period(year - 1, date(year, 3, 31)), Period(year, date(year + 1, 3, 31))]
    assert figures(organisation.pk, periods) == []
    official = PersonFactory(organisation=organisation)
    PersonFactory(organisation=organisation)
    rule(organisation)
    screening(organisation, official, done_on=date(year, 1, 1))
    screening(organisation, official, kind="diplomas", result="not_in_order", done_on=date(year, 1, 1))
    screening(organisation, member(organisation), done_on=date(year, 1, 1))
    mistake = {"withdrawn_on": today(), "withdrawn_because": "Vergissing"}
    screening(organisation, official, kind="references", done_on=date(year, 1, 1), **mistake)

    told = figures(organisation.pk, periods)

    assert {(figure.code, figure.year): figure.value for figure in told} == {
        ("screenings-done", year): 2,
        ("screenings-owed", year): 1,
    }
