"""The desk of everybody tells who keeps a register, and has no desk of their own, what waits there."""

from datetime import timedelta

import pytest
from django.urls import reverse

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Role
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.outside_positions.tests.factories import position
from openintegriteit.registers.screening.tests.factories import screening

pytestmark = pytest.mark.database
HOME = reverse("desks:home")
WAITS = "Wat in de registers wacht"


def leaver(organisation, days, **values):
    return PersonFactory(organisation=organisation, ended_on=today() - timedelta(days=days), **values)


def test_the_personnel_department_reads_what_is_due_the_longest_first(client_as, organisation) -> None:
    client = client_as(Role.HR)
    assert WAITS not in client.get(HOME).content.decode()
    leaver(organisation, 3, family_name="Vertrokken")
    renewed = PersonFactory(organisation=organisation, family_name="Verlopen")
    screening(organisation, renewed, valid_until=today() - timedelta(days=9))
    leaver(organisation, 3, family_name="Ambtsdrager", kind="elected_member")

    page = client.get(HOME).content.decode()

    assert WAITS in page
    assert 0 < page.index("Verlopen") < page.index("Vertrokken")
    assert "Ambtsdrager" not in page


def test_who_nobody_decides_about_is_told_to_who_keeps_the_list_of_people(client_as, organisation) -> None:
    alone, led = (
        PersonFactory(organisation=organisation, family_name="Alleen"),
        PersonFactory(organisation=organisation),
    )
    position(organisation, alone)
    position(organisation, alone)
    position(organisation, PersonFactory(organisation=organisation, family_name="Geleid", manager=led))
    position(organisation, PersonFactory(organisation=organisation, family_name="Ambtsdrager", kind="elected_member"))
    done = position(organisation, PersonFactory(organisation=organisation, family_name="Klaar")).declaration
    done.outcome, done.decided_revision = "allowed", done.revision
    done.save()

    page = client_as(Role.HR).get(HOME).content.decode()

    assert page.count("noemt geen leidinggevende") == 1
    assert "Alleen" in page
    assert "noemt geen leidinggevende" not in client_as(Role.COORDINATOR).get(HOME).content.decode()


def test_more_than_fits_is_said(client_as, organisation) -> None:
    for days in range(1, 9):
        leaver(organisation, days)

    assert "De eerste 6 van 8" in client_as(Role.HR).get(HOME).content.decode()


def test_who_keeps_nothing_reads_nothing_and_who_has_a_desk_reads_it_there(client_as, organisation) -> None:
    leaver(organisation, 3, family_name="Vertrokken")
    leaver(organisation, 3, family_name="Ambtsdrager", kind="elected_member")

    assert "Vertrokken" not in client_as(Role.STAFF).get(HOME).content.decode()
    clerk = client_as(Role.CLERK)
    assert "Ambtsdrager" in clerk.get(HOME).content.decode()
    assert WAITS not in clerk.get(HOME, {"bureau": "iedereen"}).content.decode()


def test_the_personnel_department_has_the_year_calendar(client_as, organisation) -> None:
    somebody = PersonFactory(organisation=organisation)
    screening(organisation, somebody, valid_until=today())

    page = client_as(Role.HR).get(reverse("desks:calendar")).content.decode()

    assert somebody.full_name in page


def test_the_desk_costs_the_same_however_much_waits(client_as, organisation) -> None:
    client = client_as(Role.HR)
    leaver(organisation, 3)
    few = data_queries(lambda: client.get(HOME))
    for _ in range(30):
        leaver(organisation, 3)

    assert data_queries(lambda: client.get(HOME)) == few
