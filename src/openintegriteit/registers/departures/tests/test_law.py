"""What the register answers about Ambtenarenwet 2017, art. 9, and what it counts for the annual report."""

from datetime import date, timedelta

import pytest

from openintegriteit.core.clock import today
from openintegriteit.core.contracts import Period
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.policy.obligations import obligation_named
from openintegriteit.registers.departures.recorded import recorded_answers
from openintegriteit.registers.departures.tests.factories import FINISHED, departure
from openintegriteit.registers.departures.yearbook import figures

pytestmark = pytest.mark.database


def answer(organisation):
    duty = obligation_named("AW-09", organisation.kind)
    (found,) = [row for row in recorded_answers(today()) if row.subject == duty.recorded]
    return found.state, found.reason


def leaver(organisation, days=10, **values):
    return PersonFactory(organisation=organisation, ended_on=today() - timedelta(days=days), **values)


@pytest.mark.parametrize("kind", ["municipality", "province", "water_board", "joint_body"])
def test_ambtenarenwet_9_who_left_in_the_past_year_was_reminded_of_secrecy(organisation, kind) -> None:
    organisation.kind = kind
    leaver(organisation, days=400)
    leaver(organisation, kind="intern")
    PersonFactory(organisation=organisation)
    assert answer(organisation) == (
        "not_shown",
        "Volgens de lijst van mensen vertrok er het afgelopen jaar geen ambtenaar.",
    )
    first, second = leaver(organisation), leaver(organisation)
    departure(organisation, first, left_on=first.ended_on, reminded_on=today())
    departure(organisation, second, left_on=second.ended_on)

    assert answer(organisation) == (
        "not_shown",
        "Van 1 van de 2 die het afgelopen jaar vertrokken, staat geen herinnering in het register.",
    )

    departure(organisation, second, left_on=second.ended_on - timedelta(days=1), reminded_on=today())
    assert answer(organisation)[0] == "not_shown"
    second.departures.filter(left_on=second.ended_on).update(reminded_on=today())

    assert answer(organisation)[0] == "met"


def test_the_year_counts_officials_who_left_and_what_was_done(organisation) -> None:
    year = today().year
    day = date(year, 1, 1)
    periods = [Period(year - 1, date(year, 3, 31)), Period(year, date(year + 1, 3, 31))]
    assert figures(organisation.pk, periods) == []
    departure(organisation, PersonFactory(organisation=organisation), left_on=day, **FINISHED)
    departure(organisation, PersonFactory(organisation=organisation), left_on=day, talk="not_wanted")
    departure(organisation, PersonFactory(organisation=organisation), left_on=today() + timedelta(days=400))
    departure(organisation, PersonFactory(organisation=organisation, kind="chair"), left_on=day, **FINISHED)
    mistake = {"withdrawn_on": today(), "withdrawn_because": "Vergissing"}
    departure(organisation, PersonFactory(organisation=organisation), left_on=day, **mistake)

    told = figures(organisation.pk, periods)

    assert {(figure.code, figure.year): figure.value for figure in told} == {
        ("departures", year): 2,
        ("exit-talks", year): 1,
        ("secrecy-reminders", year): 1,
    }
