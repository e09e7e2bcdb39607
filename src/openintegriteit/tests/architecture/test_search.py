"""Searching shows nobody what the person may not open."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from openintegriteit.accountability.models import CouncilQuestion
from openintegriteit.core.roles import Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.identity.tests.factories import add_second_factor, user_with_roles
from openintegriteit.organisations.models import Organisation, Person
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.policy.models import PolicyPlan, Regulation
from openintegriteit.programme.models import Activity, Finding, Measure, WorkingGroup
from openintegriteit.registers.abstentions.models import Meeting, MeetingBody
from openintegriteit.registers.abstentions.tests.factories import meeting
from openintegriteit.registers.departures.models import Departure
from openintegriteit.registers.departures.tests.factories import departure
from openintegriteit.registers.designations.models import Designation
from openintegriteit.registers.outside_positions.tests.factories import position
from openintegriteit.registers.screening.models import Screening
from openintegriteit.registers.screening.tests.factories import screening
from openintegriteit.registers.secrecy.models import ImposedSecrecy
from openintegriteit.registers.secrecy.tests.factories import secrecy
from openintegriteit.tests.rows import make_row

WORD = "vindmijterug"
FOUND_BY = {
    Measure: "title",
    Finding: "text",
    Activity: "title",
    WorkingGroup: "name",
    Regulation: "title",
    PolicyPlan: "title",
    CouncilQuestion: "question",
    Person: "family_name",
    Designation: "reasons",
}
pytestmark = pytest.mark.django_db


def fill(organisation):
    for model, field in FOUND_BY.items():
        row = make_row(model, organisation)
        setattr(row, field, f"{WORD} {organisation.name}")
        with organisation_scope(organisation.pk):
            row.save()
    with organisation_scope(organisation.pk):
        official = PersonFactory(organisation=organisation)
        position(organisation, official, title=f"{WORD} {organisation.name}")
        for kind in ("official", "elected_member"):
            person = PersonFactory(organisation=organisation, kind=kind, family_name=f"{WORD} {organisation.name}")
            screening(organisation, person)
            departure(organisation, person)
        for body in MeetingBody:
            meeting(organisation, body=body, title=f"{WORD} {organisation.name}")
            secrecy(organisation, imposed_by=body, subject=f"{WORD} {organisation.name}")


@pytest.fixture
def own_body(db):
    bodies = [
        Organisation.objects.create(name=name, kind="municipality", host=host)
        for name, host in (("Gemeente Hier", "testserver"), ("Gemeente Daar", "daar.example"))
    ]
    for body in bodies:
        fill(body)
    return bodies[0]


@pytest.mark.parametrize("role", Role)
def test_whatever_is_found_can_be_opened(role, own_body):
    user = user_with_roles(own_body, role)
    add_second_factor(user)
    client = Client()
    client.force_login(user)

    shown = client.get(reverse("desks:search"), {"zoek": WORD}).content.decode()

    main = shown.partition("<main")[2]
    hits = set(re.findall(r'href="(/werk/[a-z]+/[^"#?]+)', main.partition("</main>")[0]))
    assert {where: client.get(where).status_code for where in hits} == dict.fromkeys(hits, 200)
    assert "Gemeente Daar" not in shown
    assert bool(hits) == (WORD + " Gemeente Hier" in shown)


def test_the_coordinator_finds_every_kind_of_record(own_body):
    user = user_with_roles(own_body, Role.COORDINATOR)
    add_second_factor(user)
    client = Client()
    client.force_login(user)

    shown = client.get(reverse("desks:search"), {"zoek": WORD}).content.decode()

    # A designation is told by its position; a declaration comes on top.
    assert shown.count(f"{WORD} Gemeente Hier") >= len(FOUND_BY)
    assert 'href="/werk/aangewezen-functies/' in shown and 'href="/werk/opgaven/' in shown


@pytest.mark.parametrize(
    ("role", "regimes", "boards"),
    [
        (Role.HR, ["officials"], []),
        (Role.COORDINATOR, ["officials"], []),
        (Role.CLERK, ["office_holders"], ["representative"]),
        (Role.SECRETARY, [], ["executive"]),
        (Role.CHAIR, ["office_holders"], ["executive", "representative"]),
        (Role.MANAGER, [], []),
    ],
)
def test_screenings_departures_meetings_and_secrecy_are_found_by_who_may_read_them(role, regimes, boards, own_body):
    user = user_with_roles(own_body, role)
    add_second_factor(user)
    client = Client()
    client.force_login(user)

    shown = client.get(reverse("desks:search"), {"zoek": WORD}).content.decode()

    with organisation_scope(own_body.pk):
        readable = [
            *Screening.objects.filter(regime__in=regimes),
            *Departure.objects.filter(regime__in=regimes),
            *Meeting.objects.filter(body__in=boards, title__startswith=WORD),
            *ImposedSecrecy.objects.filter(imposed_by__in=boards),
        ]
    found = re.findall(r'href="/werk/(?:screening|vertrek|vergaderingen|geheimhouding)/([0-9a-f-]{36})/"', shown)
    assert sorted(found) == sorted(str(row.pk) for row in readable)
