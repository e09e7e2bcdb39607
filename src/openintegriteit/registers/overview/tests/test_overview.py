"""The yearly overview of officials: right to the last one in the totals, and nobody to be recognised in a breakdown."""

import csv
import itertools
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from openintegriteit.campaigns.models import Invitee
from openintegriteit.campaigns.tests.factories import campaign
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.organisations.models import Appointment, Position
from openintegriteit.organisations.tests.factories import PersonFactory, UnitFactory
from openintegriteit.registers.declarations.models import Decision, NothingToDeclare, RegisterKey
from openintegriteit.registers.designations.models import Designation
from openintegriteit.registers.interests.tests.factories import interest
from openintegriteit.registers.outside_positions.tests.factories import position
from openintegriteit.registers.overview.queries import counts_of
from openintegriteit.registers.overview.rules import ASKED, Tally, broken_down

DAY = date(2026, 6, 1)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=4))
def test_no_small_number_is_shown_or_follows_from_the_total(numbers):
    lines = {f"Team {place}": dict.fromkeys(Tally, number) for place, number in enumerate(numbers)}

    shown = [line[Tally.DECLARED] for line in broken_down(lines).values()]

    hidden = [place for place, number in enumerate(shown) if number is None]
    rest = sum(numbers) - sum(number for number in shown if number is not None)
    fitting = [told for told in itertools.product(range(rest + 1), repeat=len(hidden)) if sum(told) == rest]
    assert not set(shown) & {1, 2, 3, 4}
    assert all(len({told[place] for told in fitting}) > 1 for place in range(len(hidden))) or set(shown) == {None}


def test_a_breakdown_holds_nothing_that_can_be_subtracted_from_what_is_known():
    lines = {"Team": dict.fromkeys(Tally, 9), "Balie": dict.fromkeys(Tally, 8)}

    shown = broken_down(lines)

    parts = {Tally.WAITING: Tally.DECLARED, **dict.fromkeys(ASKED, "the known size of a unit")}
    assert {tally for line in shown.values() for tally in line} == set(Tally) - set(parts)


@pytest.mark.django_db
@pytest.mark.database
def test_a_year_is_counted_per_register_and_without_office_holders(organisation, client_as):
    unit = UnitFactory(organisation=organisation, name="Vergunningen")
    people = [PersonFactory(organisation=organisation, unit=unit) for _number in range(12)]
    interns = [PersonFactory(organisation=organisation, kind="intern") for _number in range(2)]
    member = PersonFactory(organisation=organisation, kind="elected_member")
    asked = campaign(
        organisation,
        asks="declare",
        subject_parts=["outside_positions"],
        state="open",
        opens_on=date(2026, 2, 1),
        answer_before=date(2026, 3, 1),
    )
    for place, person in enumerate([*people, *interns]):
        Invitee.objects.create(
            organisation=organisation,
            campaign=asked,
            person=person,
            answered_at=timezone.now() if place < 8 else None,
            route="account" if place < 8 else "",
        )
    for person in people[:6]:
        made = position(organisation, person, outcome="allowed", decided_revision=1).declaration
        Decision.objects.create(
            organisation=organisation,
            declaration=made,
            revision=1,
            outcome="allowed",
            reasons="Kan",
            decided_on=date(2026, 5, 20),
            decided_by="Manager",
        )
    position(organisation, interns[0])
    position(organisation, people[7], withdrawn_on=DAY, withdrawn_because="Vergissing")
    position(organisation, people[7], declared_on=date(2025, 5, 12))
    position(organisation, member)
    for person, year in ((people[6], 2026), (people[7], 2025), (member, 2026)):
        NothingToDeclare.objects.create(
            organisation=organisation, person=person, register="outside_positions", said_on=date(year, 2, 2)
        )
    post = Position.objects.create(organisation=organisation, title="Inkoper")
    Designation.objects.create(
        organisation=organisation, position=post, declares_interests=True, reasons="x", designated_on=date(2020, 1, 1)
    )
    for person in people[:2]:
        Appointment.objects.create(organisation=organisation, person=person, position=post)
    interest(organisation, people[0])

    counted = counts_of(2026, DAY)

    positions = counted["outside_positions"]
    assert positions.asked == 14
    assert positions.totals == {
        Tally.ANSWERED: 8,
        Tally.NOT_YET: 0,
        Tally.OVERDUE: 6,
        Tally.DECLARED: 7,
        Tally.NOTHING: 1,
        Tally.ALLOWED: 6,
        Tally.CONDITIONS: 0,
        Tally.FORBIDDEN: 0,
        Tally.WAITING: 1,
    }
    assert (counted["interests"].asked, counted["interests"].totals[Tally.ANSWERED]) == (2, 1)
    assert counts_of(2025, DAY)["outside_positions"].totals[Tally.DECLARED] == 1
    without_places = counts_of(2026, DAY, [])
    assert {key: one.totals for key, one in without_places.items()} == {key: one.totals for key, one in counted.items()}
    shown = broken_down(positions.by(0))
    assert shown["Vergunningen"][Tally.ALLOWED] == 6
    assert shown[""][Tally.DECLARED] is None

    browser = client_as("coordinator")
    where = reverse("overview:year")
    page = browser.get(where, {"jaar": 2026}).content.decode()
    file = browser.get(where, {"jaar": 2026, "formaat": "csv"}).content.decode("utf-8-sig")
    _heads, *rows = csv.reader(file.splitlines(), delimiter=";")
    assert "Vergunningen" in page and "Vergunningen" in file
    assert {row[4] for row in rows if row[2] != "Totaal"} == {
        "Opgaven",
        "Niets op te geven",
        "Toegestaan",
        "Onder voorwaarden",
        "Niet toegestaan",
    }
    for person in (*people, *interns, member):
        assert person.full_name not in page and person.full_name not in file


@pytest.mark.django_db
def test_the_page_asks_the_database_as_often_for_many(organisation, client_as):
    browser, unit = client_as("coordinator"), UnitFactory(organisation=organisation)

    def asked(more):
        for _number in range(more):
            position(organisation, PersonFactory(organisation=organisation, unit=unit))
        return data_queries(lambda: browser.get(reverse("overview:year"), {"jaar": "2026"}))

    asked(3)
    few = asked(0)

    assert asked(40) == few


def test_what_concerns_a_few_by_name_of_their_position_is_not_counted(client_as) -> None:
    totals = client_as("coordinator").get(reverse("overview:year")).context["totals"]

    registers = {register for _name, numbers in totals for register, _number in numbers}
    assert len(registers) == len(RegisterKey) - 1
    assert "Verboden handelingen" not in registers
