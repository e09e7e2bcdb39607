"""The year calendar: what stands in it, for whom, and what is overdue."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openintegriteit.accountability.operations import start_report
from openintegriteit.core.clock import today
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.desks.calendar import MOST_OF_A_KIND, year_calendar
from openintegriteit.policy.models import Regulation
from openintegriteit.programme.tests.factories import activity, finding, measure

pytestmark = [pytest.mark.django_db, pytest.mark.database]

CALENDAR = "/werk/jaarkalender/"
MAY = date(2026, 5, 20)


def titles(calendar):
    return [entry.item.title for month in calendar.months for entry in month.entries]


@pytest.fixture
def full(organisation, coordinator):
    measure(organisation, number=901, title="Klaar", due_on=date(2026, 1, 1), status="done")
    measure(organisation, number=902, title="Blijft liggen", due_on=date(2026, 5, 19))
    measure(organisation, number=903, title="Volgend jaar", due_on=date(2027, 1, 1))
    finding(organisation, number=904, text="Herstel", due_on=date(2026, 4, 1), reinspected_on=date(2026, 9, 1))
    activity(organisation, title="Training", starts_on=MAY)
    Regulation.objects.create(
        organisation=organisation, title="Gedragscode", kind="code_of_conduct", review_due_on=date(2026, 12, 31)
    )
    report = start_report(actor=coordinator, year=2025, reference_date=date(2025, 12, 31))
    type(report).objects.filter(pk=report.pk).update(council_on=date(2026, 6, 30))


class TestAYear:
    """What the calendar of a year tells."""

    def test_everything_with_a_date_in_the_year_stands_in_it_by_day(self, full, coordinator):
        assert titles(year_calendar(coordinator, 2026, MAY)) == [
            "901. Klaar",
            "904. Herstel",
            "902. Blijft liggen",
            "Training",
            "Jaarverslag 2025 gaat naar de raad",
            "904. Herstel",
            "Gedragscode",
        ]

    def test_overdue_is_what_still_asks_something_and_whose_day_has_gone_by(self, full, coordinator):
        late = year_calendar(coordinator, 2026, MAY, only_overdue=True)

        assert (titles(late), late.overdue) == (["904. Herstel", "902. Blijft liggen"], 2)

    def test_one_kind_can_be_chosen(self, full, coordinator):
        chosen = year_calendar(coordinator, 2026, MAY, kind="activity")

        assert (titles(chosen), chosen.overdue) == (["Training"], 2)

    def test_more_than_fits_is_said(self, organisation, coordinator):
        for _ in range(MOST_OF_A_KIND + 1):
            measure(organisation, due_on=MAY)

        calendar = year_calendar(coordinator, 2026, MAY)

        assert (calendar.shown, calendar.cut_off) == (MOST_OF_A_KIND, True)

    @pytest.mark.parametrize("rows", [10, 1000])
    def test_it_costs_seven_queries_however_much_there_is(self, organisation, coordinator, rows):
        for _ in range(rows):
            measure(organisation, due_on=MAY)

        with CaptureQueriesContext(connection) as queries:
            year_calendar(coordinator, 2026, MAY)

        assert len(queries) == 7


class TestThePage:
    """The page of the calendar."""

    def test_overdue_is_said_in_words(self, client_as, organisation):
        with organisation_scope(organisation.pk):
            measure(organisation, title="Blijft liggen", due_on=today() - timedelta(days=1))

        text = client_as("coordinator").get(CALENDAR, {"jaar": (today() - timedelta(days=1)).year}).content.decode()

        assert "is te laat" in text
        assert "Blijft liggen" in text

    def test_a_manager_sees_measures_only(self, client_as, organisation):
        with organisation_scope(organisation.pk):
            measure(organisation, title="Maatregel van de kalender", due_on=MAY)
            finding(organisation, text="Bevinding van de kalender", due_on=MAY)

        text = client_as("manager").get(CALENDAR, {"jaar": "2026"}).content.decode()

        assert "Maatregel van de kalender" in text
        assert "Bevinding van de kalender" not in text

    def test_a_clerk_sees_regulations_and_no_measures(self, client_as, organisation):
        with organisation_scope(organisation.pk):
            measure(organisation, title="Maatregel van de kalender", due_on=MAY)
            Regulation.objects.create(
                organisation=organisation, title="Code van de kalender", kind="code_of_conduct", review_due_on=MAY
            )

        text = client_as("clerk").get(CALENDAR, {"jaar": "2026"}).content.decode()

        assert "Code van de kalender" in text
        assert "Maatregel van de kalender" not in text

    @pytest.mark.parametrize("year", ["0", "99999999999", "twee", "\x00"])
    def test_a_year_that_cannot_be_read_gives_this_year_and_says_what_is_wrong(self, client_as, year):
        response = client_as("coordinator").get(CALENDAR, {"jaar": year})

        assert response.status_code == 200
        assert response.context["calendar"].year == today().year
