from datetime import date

import pytest
import time_machine

from openintegriteit.core.contracts import Period
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.programme.models import ActivityKind
from openintegriteit.programme.tests.factories import activity, measure
from openintegriteit.programme.yearbook import figures
from openintegriteit.ui.listing import address_word

pytestmark = pytest.mark.database
YEAR = Period(2025, date(2026, 3, 31))


@pytest.fixture(autouse=True)
def in_november_2026():
    with time_machine.travel("2026-11-21 12:00", tick=False):
        yield


def values(organisation, period=YEAR) -> dict[str, int | None]:
    return {figure.code: figure.value for figure in figures(organisation.pk, [period])}


def test_a_year_without_records_is_zero(organisation) -> None:
    assert data_queries(lambda: values(organisation)) == 2
    assert values(organisation) == {
        "oath-ceremonies": 0,
        "oath-persons": 0,
        "training-sessions": 0,
        "training-participants": 0,
        "team-talks": 0,
        "measures-in-plan": 0,
    }


def test_numbers_of_held_and_running_activities_are_added(organisation) -> None:
    activity(organisation, kind="training", status="held", sessions=3, participants=40)
    activity(organisation, kind="training", status="running", sessions=1, participants=2)
    activity(organisation, kind="team_talk", status="held", sessions=6)
    activity(organisation, kind="ceremony", status="held", sessions=2, participants=17)

    told = values(organisation)

    assert (told["training-sessions"], told["training-participants"]) == (4, 42)
    assert (told["team-talks"], told["oath-ceremonies"], told["oath-persons"]) == (6, 2, 17)


def test_planned_and_called_off_activities_and_those_of_other_years_do_not_count(organisation) -> None:
    activity(organisation, kind="training", status="planned", sessions=3)
    activity(organisation, kind="training", status="called_off", sessions=3)
    activity(organisation, kind="training", status="held", sessions=3, year=2024)

    assert values(organisation)["training-sessions"] == 0


def test_one_unknown_number_makes_the_sum_unknown_and_the_source_says_so(organisation) -> None:
    activity(organisation, kind="training", status="held", sessions=3)
    activity(organisation, kind="training", status="held", sessions=None)

    figure = next(figure for figure in figures(organisation.pk, [YEAR]) if figure.code == "training-sessions")

    assert figure.value is None
    assert "2025" in figure.source
    assert "3" in figure.source


def test_a_figure_leads_to_its_activities(organisation) -> None:
    figure = figures(organisation.pk, [YEAR])[0]

    kind = address_word(ActivityKind.CEREMONY)
    assert figure.address == f"/werk/activiteiten/?jaar=2025&soort={kind}&stand=terugblik"


def test_the_plan_is_known_as_it_stands_and_not_for_older_years(organisation) -> None:
    measure(organisation)
    measure(organisation, status="dropped")

    assert values(organisation)["measures-in-plan"] == 2
    assert values(organisation, Period(2024, date(2025, 3, 31)))["measures-in-plan"] is None


def test_another_body_has_its_own_figures(organisation, other_organisation) -> None:
    activity(organisation, kind="team_talk", status="held", sessions=6)

    assert values(other_organisation)["team-talks"] == 0
    with organisation_scope(other_organisation.pk):
        assert values(organisation)["team-talks"] == 6
