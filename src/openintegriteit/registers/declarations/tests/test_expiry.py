"""A decision may hold until a day, and an official says every year that what they declared still is so."""

import csv
import io
from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Role
from openintegriteit.organisations.models import Appointment, Position
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.declarations.due import calendar_items, due_items
from openintegriteit.registers.declarations.models import Decision, Declaration
from openintegriteit.registers.declarations.queries import reader_of, to_decide_by
from openintegriteit.registers.declarations.tests.factories import acting, somebody
from openintegriteit.registers.designations.models import Designation
from openintegriteit.registers.gifts.tests.factories import gift
from openintegriteit.registers.outside_positions.published import of_designated_officials
from openintegriteit.registers.outside_positions.recorded import recorded_answers
from openintegriteit.registers.outside_positions.tests.factories import position

pytestmark = pytest.mark.database
LAST, AFTER = "2026-12-31 12:00", "2027-01-01 12:00"


@pytest.fixture(autouse=True)
def in_november_2026():
    with time_machine.travel("2026-11-26 12:00", tick=False):
        yield


@pytest.fixture
def head(organisation):
    return somebody(organisation, Role.MANAGER)


@pytest.fixture
def official(organisation, head):
    return somebody(organisation, Role.STAFF, manager=head[1])


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_after_the_last_day_a_decision_is_asked_again(organisation, head, official) -> None:
    post = Position.objects.create(organisation=organisation, title="Inkoper")
    Appointment.objects.create(organisation=organisation, person=official[1], position=post)
    Designation.objects.create(
        organisation=organisation, position=post, publishes_side_jobs=True, reasons="Koopt in.", designated_on=today()
    )
    made = position(organisation, official[1], starts_on=date(2030, 1, 1)).declaration
    decide = reverse("declaration_decide", args=[made.pk])
    values = {"version": 1, "outcome": "allowed", "reasons": "Een jaar.", "holds_until": "2026-12-31"}
    actor, page = acting(head[0], organisation), reverse("declaration", args=[made.pk])

    for wrong in ({"holds_until": "2026-11-26"}, {"outcome": "forbidden"}):
        assert signed_in(head[0]).post(decide, values | wrong).status_code == 422
    assert signed_in(head[0]).post(decide, values).status_code == 302

    def told() -> dict[str, object]:
        decided = next(row for row in recorded_answers(today()) if row.subject == "side_jobs_decided")
        return {
            "waits": Declaration.objects.get().awaits_decision,
            "queue": made in to_decide_by(reader_of(actor)),
            "desk": any("geldt niet meer" in item.detail for item in due_items(actor, today())),
            "obligation": decided.state == "not_shown",
            "hidden": not of_designated_officials(organisation, today(), date(2020, 1, 1)),
            "page": "gold tot en met 31 december 2026" in signed_in(official[0]).get(page).content.decode(),
        }

    assert [item.day for item in calendar_items(actor, date(2026, 1, 1), date(2026, 12, 31), 9)] == [date(2026, 12, 31)]
    with time_machine.travel(LAST, tick=False):
        assert not any(told().values())
    with time_machine.travel(AFTER, tick=False):
        assert all(told().values()), told()
        signed_in(head[0]).post(decide, values | {"version": 2, "holds_until": ""})
        assert not any(told().values())
    assert Decision.objects.count() == 2


def test_a_list_says_that_a_decision_expired_and_finds_it_apart(organisation, official, client_as) -> None:
    decided = {"outcome": "allowed", "decided_revision": 1}
    position(organisation, official[1], title="Verlopen", holds_until=date(2026, 11, 25), **decided)
    position(organisation, official[1], title="Loopt", holds_until=date(2026, 11, 26), **decided)
    position(organisation, official[1], title="Altijd", **decided)
    client = client_as(Role.HR)

    def shown(choice: str) -> set[str]:
        rows = client.get(reverse("outside_positions:positions"), {"besluit": choice, "formaat": "csv"})
        lines = csv.DictReader(io.StringIO(b"".join(rows).decode("utf-8-sig")), delimiter=";")
        return {f"{line['Functie']}: {line['Besluit']}" for line in lines}

    assert shown("toegestaan") == {"Loopt: toegestaan", "Altijd: toegestaan"}
    assert shown("verlopen") == {"Verlopen: toegestaan, verlopen"}
    assert shown("") == shown("toegestaan") | shown("verlopen")


def test_the_database_holds_no_end_of_what_is_forbidden(organisation, official) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        position(organisation, official[1], outcome="forbidden", decided_revision=1, holds_until=date(2027, 1, 1))


def test_what_was_not_said_for_more_than_a_year_is_asked_with_one_click(organisation, official) -> None:
    user, person = official
    old = {"declared_on": date(2025, 11, 25)}
    stale = position(organisation, person, title="Oud", **old).declaration
    again = position(
        organisation, person, title="Bevestigd", confirmed_on=date(2025, 11, 25), declared_on=date(2024, 1, 1)
    )
    position(organisation, person, title="Een jaar", declared_on=date(2025, 11, 26))
    position(organisation, person, title="Net bevestigd", confirmed_on=date(2026, 2, 1), **old)
    position(organisation, person, title="Gestopt", ends_on=date(2026, 1, 1), **old)
    gift(organisation, person, title="Wijn", **old)
    member, row = somebody(organisation, Role.ELECTED_MEMBER, kind="elected_member")
    position(organisation, row, **old)
    position(organisation, PersonFactory(organisation=organisation), **old)
    client, asked = signed_in(user), "Klopt dit nog?"

    def shown(client) -> list[int]:
        pages = (reverse("declarations:mine"), reverse("desks:home"))
        return [client.get(page).content.decode().count('/bevestigen/"') for page in pages]

    assert shown(client) == [2, 2]
    assert asked in client.get(reverse("desks:home")).content.decode()
    assert shown(signed_in(member)) == [0, 0]
    for declaration in (stale, again.declaration):
        client.post(reverse("declarations:confirm", args=[declaration.pk]))
    assert shown(client) == [0, 0]
