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
    def test_it_costs_few_queries_however_much_there_is(self, organisation, coordinator, rows):
        for _ in range(rows):
            measure(organisation, due_on=MAY)

        with CaptureQueriesContext(connection) as queries:
            year_calendar(coordinator, 2026, MAY)

        assert len(queries) == 15


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


class TestTheGridOfAMonth:
    """A month in weeks, and the picture of the year above it."""

    def grid(self, client, **parameters):
        return client.get(CALENDAR, {"weergave": "maand", **parameters})

    def test_it_shows_the_month_that_the_address_names(self, client_as, organisation):
        with organisation_scope(organisation.pk):
            measure(organisation, title="In mei", due_on=MAY)
            measure(organisation, title="In juni", due_on=date(2026, 6, 1))

        response = self.grid(client_as("coordinator"), jaar="2026", maand="5")

        text = response.content.decode()
        assert response.context["grid"].first_day == date(2026, 5, 1)
        assert "In mei" in text
        assert "In juni" not in text
        assert "Woensdag 20 mei" in text
        assert "Volgende maand: juni 2026" in text
        assert "?weergave=maand&amp;jaar=2026&amp;maand=6" in text

    def test_without_a_month_it_is_this_one_and_of_another_year_january(self, client_as):
        client = client_as("coordinator")

        assert self.grid(client).context["grid"].first_day == today().replace(day=1)
        assert self.grid(client, jaar="2031").context["grid"].first_day == date(2031, 1, 1)

    @pytest.mark.parametrize("month", ["0", "13", "mei", "-1", "99999999999999999999", "\x00"])
    def test_a_month_that_cannot_be_read_is_said(self, client_as, month):
        response = self.grid(client_as("coordinator"), jaar="2031", maand=month)

        assert response.status_code == 200
        assert response.context["grid"].first_day == date(2031, 1, 1)
        assert response.context["filters"].errors.keys() == {"maand"}

    def test_at_the_ends_of_the_calendar_there_is_no_way_further(self, client_as):
        client = client_as("coordinator")
        first, last = self.grid(client, jaar="1990", maand="1"), self.grid(client, jaar="2100", maand="12")

        assert (first.context["before"], last.context["after"]) == (None, None)
        assert first.context["after"][0] == date(1990, 2, 1)
        assert last.context["before"][0] == date(2100, 11, 1)

    def test_filters_stay_from_month_to_month_and_between_list_and_grid(self, client_as):
        response = self.grid(client_as("coordinator"), jaar="2026", maand="12", soort="measure")

        assert response.context["after"][1] == "?weergave=maand&jaar=2027&maand=1&soort=measure"
        assert [address for _label, address, _current in response.context["tabs"]] == [
            "?jaar=2026&maand=12&soort=measure",
            "?weergave=maand&jaar=2026&maand=12&soort=measure",
        ]

    def test_the_picture_counts_each_month_and_leads_to_its_grid(self, client_as, organisation):
        with organisation_scope(organisation.pk):
            measure(organisation, due_on=date(2025, 5, 20))
            measure(organisation, due_on=date(2025, 5, 21), status="done")

        response = client_as("coordinator").get(CALENDAR, {"jaar": "2025"})

        month, address, current = response.context["pictured"][4]
        assert (len(month.entries), month.overdue, address, current) == (
            2,
            1,
            "?jaar=2025&weergave=maand&maand=5",
            False,
        )
        assert "1 te laat" in response.content.decode()

    def test_the_list_can_be_of_one_month(self, client_as, organisation):
        with organisation_scope(organisation.pk):
            measure(organisation, title="In mei", due_on=MAY)
            measure(organisation, title="In juni", due_on=date(2026, 6, 1))

        text = client_as("coordinator").get(CALENDAR, {"jaar": "2026", "maand": "6"}).content.decode()

        assert "In juni" in text
        assert "In mei" not in text

    @pytest.mark.parametrize("parameters", [{}, {"weergave": "maand", "maand": "5"}], ids=["list", "grid"])
    def test_the_page_costs_the_same_at_any_size(self, client_as, organisation, parameters):
        client, counts = client_as("coordinator"), []
        client.get(CALENDAR)
        for rows in (10, 390):
            with organisation_scope(organisation.pk):
                for _ in range(rows):
                    measure(organisation, due_on=MAY)
            with CaptureQueriesContext(connection) as queries:
                client.get(CALENDAR, {"jaar": "2026", **parameters})
            counts.append(len(queries))

        assert counts[0] == counts[1]
