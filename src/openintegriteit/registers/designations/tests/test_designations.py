"""Designated positions (Ambtenarenwet 2017, art. 5(1)c and d): for what, why, until when, and who holds them."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Role
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.organisations.models import Appointment, Position
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.designations import operations
from openintegriteit.registers.designations.due import calendar_items, due_items
from openintegriteit.registers.designations.models import Designation
from openintegriteit.registers.designations.queries import designated, holders_of
from openintegriteit.registers.designations.search import search

pytestmark = pytest.mark.database


@pytest.fixture
def post(organisation) -> Position:
    return Position.objects.create(organisation=organisation, title="Inkoper")


def designation(organisation, post, **values) -> Designation:
    given = {"publishes_side_jobs": True, "reasons": "Kiest leveranciers", "designated_on": date(2026, 1, 1)}
    return Designation.objects.create(organisation=organisation, position=post, **given | values)


def holder(organisation, post, **values):
    person = PersonFactory(organisation=organisation)
    Appointment.objects.create(organisation=organisation, person=person, position=post, **values)
    return person


def typed(post, **values) -> dict:
    given = {"position": post.pk, "publishes_side_jobs": "on", "reasons": "Kiest leveranciers"}
    return given | {"designated_on": "2026-01-01", "review_on": "", "submission": uuid.uuid4()} | values


def of(duty, day=date(2026, 6, 1)) -> set:
    return set(designated(duty, day).values_list("person", flat=True))


def test_who_holds_the_position_is_designated_and_who_held_it_is_not(organisation, post) -> None:
    designation(organisation, post)
    now = holder(organisation, post, started_on=date(2026, 1, 1))
    holder(organisation, post, started_on=date(2020, 1, 1), ended_on=date(2026, 5, 31))
    holder(organisation, post, started_on=date(2026, 6, 2))

    assert of("publishes_side_jobs") == {now.pk}
    assert of("declares_interests") == set()


def test_who_left_is_designated_no_more(organisation, post) -> None:
    found = designation(organisation, post)
    person = holder(organisation, post)
    person.ended_on = date(2026, 5, 31)
    person.save()

    assert of("publishes_side_jobs") == set()
    assert list(holders_of(found, date(2026, 6, 1))) == []


@pytest.mark.parametrize(
    ("values", "day", "holds"),
    [
        ({}, date(2025, 12, 31), False),
        ({}, date(2026, 1, 1), True),
        ({"ended_on": date(2026, 3, 1)}, date(2026, 2, 28), True),
        ({"ended_on": date(2026, 3, 1)}, date(2026, 3, 1), False),
    ],
)
def test_a_designation_holds_from_its_first_day_until_it_ended(organisation, post, values, day, holds) -> None:
    designation(organisation, post, **values)
    holder(organisation, post)

    assert bool(of("publishes_side_jobs", day)) is holds


def test_a_position_is_designated_once_at_a_time(organisation, post) -> None:
    designation(organisation, post, ended_on=date(2026, 3, 1))
    designation(organisation, post, designated_on=date(2026, 3, 1))

    with pytest.raises(IntegrityError), transaction.atomic():
        designation(organisation, post, designated_on=date(2026, 4, 1))


def test_the_personnel_department_designates_once_however_often_it_sends(client_as, organisation, post) -> None:
    client, form = client_as(Role.HR), typed(post)

    for _ in range(2):
        response = client.post(reverse("designations:new"), form, follow=True)

    assert "Kiest leveranciers" in response.content.decode()
    assert Designation.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"publishes_side_jobs": ""}, "Kies ten minste één"),
        ({"reasons": ""}, "verplicht"),
        ({"designated_on": "gisteren"}, "datum"),
        ({"position": uuid.uuid4()}, "geldige keuze"),
    ],
)
def test_bad_input_is_told_and_nothing_is_designated(client_as, organisation, post, values, message) -> None:
    response = client_as(Role.HR).post(reverse("designations:new"), typed(post, **values))

    assert response.status_code == 422
    assert message in response.content.decode()
    assert "designation_is" not in response.content.decode()
    assert not Designation.objects.exists()


def test_a_position_that_is_designated_already_is_told(client_as, organisation, post) -> None:
    designation(organisation, post)

    response = client_as(Role.COORDINATOR).post(reverse("designations:new"), typed(post))

    assert "al aangewezen" in response.content.decode()


def test_a_position_of_another_body_cannot_be_chosen(client_as, organisation, other_organisation) -> None:
    from openintegriteit.core.tenancy import organisation_scope

    with organisation_scope(other_organisation.pk):
        foreign = Position.objects.create(organisation=other_organisation, title="Elders")

    assert client_as(Role.HR).post(reverse("designations:new"), typed(foreign)).status_code == 422


def test_it_ends_with_a_day_and_its_history_tells(client_as, organisation, post) -> None:
    found = designation(organisation, post)
    client = client_as(Role.HR)
    form = typed(post, version=1, ended_on="2026-09-01")

    response = client.post(reverse("designations:edit", args=[found.pk]), form, follow=True)

    assert Designation.objects.get().ended_on == date(2026, 9, 1)
    assert "Aanwijzing gewijzigd" in response.content.decode()


def test_it_does_not_end_before_it_began(client_as, organisation, post) -> None:
    found = designation(organisation, post)

    response = client_as(Role.HR).post(
        reverse("designations:edit", args=[found.pk]), typed(post, version=1, ended_on="2025-01-01")
    )

    assert response.status_code == 422


def test_two_who_change_it_do_not_overwrite_each_other(client_as, organisation, post) -> None:
    found = designation(organisation, post)
    address = reverse("designations:edit", args=[found.pk])
    client_as(Role.HR).post(address, typed(post, version=1, reasons="Eerst"))

    assert client_as(Role.COORDINATOR).post(address, typed(post, version=1, reasons="Later")).status_code == 409
    assert Designation.objects.get().reasons == "Eerst"


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.INTERNAL_AUDITOR, Role.CLERK, Role.MANAGER])
def test_who_does_not_keep_the_list_changes_nothing(actor_with, organisation, post, role) -> None:
    with pytest.raises(PermissionDenied):
        operations.designate(actor=actor_with(role), identifier=uuid.uuid4(), values={"position": post})


def test_the_day_to_look_again_stands_on_the_desk_and_in_the_calendar(actor_with, organisation, post) -> None:
    day = today() + timedelta(days=10)
    designation(organisation, post, review_on=day)
    keeper, secretary = actor_with(Role.HR), actor_with(Role.SECRETARY)

    assert [(item.title, item.due_on) for item in due_items(keeper, today())] == [("Inkoper", day)]
    assert due_items(secretary, today()) == []
    assert [item.day for item in calendar_items(secretary, day, day, 9)] == [day]


def test_it_is_found_by_words_as_far_as_one_may_see_it(actor_with, organisation, post) -> None:
    designation(organisation, post)

    assert [hit.title for hit in search(actor_with(Role.HR), "léverancier", 9)] == ["Inkoper"]
    assert search(actor_with(Role.CLERK), "leverancier", 9) == []


def test_the_list_costs_the_same_however_long_it_is(client_as, organisation, post) -> None:
    designation(organisation, post)
    client, address = client_as(Role.HR), reverse("designations:designations")
    few = data_queries(lambda: client.get(address))
    for number in range(40):
        other = Position.objects.create(organisation=organisation, title=f"Functie {number}")
        designation(organisation, other)

    assert data_queries(lambda: client.get(address)) == few <= 8
