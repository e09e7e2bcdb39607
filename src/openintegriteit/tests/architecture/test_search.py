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
from openintegriteit.registers.designations.models import Designation
from openintegriteit.registers.outside_positions.tests.factories import position
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
