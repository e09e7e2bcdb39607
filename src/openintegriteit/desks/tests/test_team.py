"""The manager's desk shows the own team, as the list of people records it, and says so to who has none."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from openintegriteit.campaigns.models import Invitee
from openintegriteit.campaigns.tests.factories import opened
from openintegriteit.core.clock import today
from openintegriteit.core.roles import Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.desks.team import TeamAsked, UnitOfTeam
from openintegriteit.identity.tests.factories import add_second_factor, user_with_roles
from openintegriteit.organisations.models import Person
from openintegriteit.organisations.tests.factories import PersonFactory, UnitFactory
from openintegriteit.programme.models import Measure
from openintegriteit.programme.tests.factories import measure, plan_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]
HOME = "/werk/"


@pytest.fixture
def manager(organisation):
    """The account of a manager."""
    user = user_with_roles(organisation, Role.MANAGER)
    add_second_factor(user)
    return user


@pytest.fixture
def client(manager):
    browser = Client()
    browser.force_login(manager)
    return browser


@pytest.fixture
def head(organisation, manager):
    """The manager in the list of people, in other letters than in the account."""
    return person(organisation, email=manager.email.upper())


def person(organisation, **values):
    return PersonFactory(organisation=organisation, **values)


def unit(organisation, name):
    return UnitFactory(organisation=organisation, name=name)


def people(number, organisation, **values):
    return [person(organisation, **values) for _ in range(number)]


def desk(client):
    response = client.get(HOME)
    assert response.status_code == 200
    assert "desks/team.html" in [template.name for template in response.templates]
    return response.context["desk"]


def test_the_team_is_everybody_below_however_deep(client, organisation, head):
    permits, desk_team = unit(organisation, "Vergunningen"), unit(organisation, "Balie")
    under = person(organisation, manager=head, unit=permits)
    lower = person(organisation, manager=under, unit=desk_team)
    people(3, organisation, manager=lower, unit=desk_team)
    person(organisation, manager=lower)
    people(2, organisation, unit=permits)  # of another manager, or of none

    team = desk(client)

    assert team.people == 6
    assert set(team.units) == {UnitOfTeam("Vergunningen", 1), UnitOfTeam("Balie", 4), UnitOfTeam("", 1)}


def test_who_has_left_is_no_longer_counted_and_leads_nobody(client, organisation, head):
    stays, left = person(organisation, manager=head), person(organisation, manager=head)
    person(organisation, manager=left)
    left.ended_on = today() - timedelta(days=1)
    left.save()
    assert desk(client).people == 2

    Person.objects.filter(pk=head.pk).update(ended_on=today() - timedelta(days=1))

    assert (desk(client).is_listed, desk(client).people) == (False, 0)
    assert stays.manager_id == head.pk


def test_measures_of_the_team_with_the_late_ones_first(client, organisation, head):
    member = person(organisation, manager=head)
    stranger, day = person(organisation), today()
    later = measure(organisation, owner_person=head, due_on=day + timedelta(days=9))
    undated = measure(organisation, owner_person=member)
    late = measure(organisation, owner_person=member, due_on=day - timedelta(days=1))
    measure(organisation, owner_person=member, due_on=day - timedelta(days=1), status="done")
    measure(organisation, owner_person=stranger, due_on=day - timedelta(days=1))
    measure(organisation, due_on=day - timedelta(days=1))

    team = desk(client)

    assert (team.measures, team.open_measures, team.late_measures) == ((late, later, undated), 3, 1)
    text = client.get(HOME).content.decode()
    assert "Eén maatregel van uw team is te laat" in text
    assert f'href="{reverse("measure", args=[late.pk])}"' in text


def answered(campaign, members):
    Invitee.objects.filter(campaign=campaign, person__in=members).update(answered_at=campaign.changed_at, route="paper")


def test_progress_of_reading_is_that_of_the_own_team(client, organisation, head):
    team, others = people(12, organisation, manager=head), people(4, organisation)
    campaign = opened(organisation)
    answered(campaign, team[:6] + others)

    assert desk(client).asked == (TeamAsked("Lees de gedragscode", campaign.answer_before, 12, 6),)
    assert "6 van de 12 hebben geantwoord." in client.get(HOME).content.decode()


@pytest.mark.parametrize(("asked", "read"), [(3, 3), (3, 0), (12, 1), (12, 11), (1, 1)])
def test_numbers_that_would_tell_of_single_people_are_not_told(client, organisation, head, asked, read):
    team = people(asked, organisation, manager=head)
    answered(opened(organisation), team[:read])

    (row,) = desk(client).asked

    assert (row.asked, row.answered) == (asked, None)
    assert "Hoeveel mensen hebben geantwoord, staat hier niet" in client.get(HOME).content.decode()


@pytest.mark.parametrize("read", [0, 12])
def test_that_nobody_or_everybody_of_a_larger_team_has_read_is_told(client, organisation, head, read):
    team = people(12, organisation, manager=head)
    answered(opened(organisation), team[:read])

    assert desk(client).asked[0].answered == read


def test_no_names_of_the_team_are_shown(client, organisation, head):
    people(12, organisation, manager=head, family_name="Zichtbaarnaam")
    opened(organisation)

    assert "Zichtbaarnaam" not in client.get(HOME).content.decode()


def test_who_leads_nobody_reads_why_and_whom_to_ask(client, organisation, head):
    hr = user_with_roles(organisation, Role.HR)
    measure(organisation, owner_person=person(organisation), due_on=today() - timedelta(days=1))

    text = client.get(HOME).content.decode()

    assert "maar bij niemand die hier nu werkt staat u als leidinggevende" in text
    assert hr.name in text
    assert desk(client).late_measures == 0


def test_who_is_not_in_the_list_of_people_reads_that(client, organisation):
    text = client.get(HOME).content.decode()

    assert "staat niemand die hier nu werkt met het mailadres van uw account" in text
    assert "Nog niemand van personeelszaken of functioneel beheer heeft hier een account." in text


def test_people_of_another_body_are_no_team(client, organisation, manager, other_organisation):
    with organisation_scope(other_organisation.pk):
        there = person(other_organisation, email=manager.email)
        person(other_organisation, manager=there)

    assert desk(client).people == 0


@pytest.mark.parametrize("role", [role for role in Role if role != Role.MANAGER])
def test_nobody_else_has_this_desk(client_as, organisation, role):
    response = client_as(role).get(f"{HOME}?bureau=team")

    assert response.status_code == 200
    assert "desks/team.html" not in [template.name for template in response.templates]


def test_it_asks_the_database_as_often_for_many_people_as_for_few(client, organisation, head):
    def queries_with(number):
        team = people(number, organisation, manager=head, unit=unit(organisation, f"Team {number}"))
        people(number, organisation, manager=team[0])
        opened(organisation, title=f"Lees {number}")
        Measure.objects.bulk_create(
            Measure(
                organisation=organisation,
                plan=plan_of(organisation),
                number=number * 1000 + n,
                title="M",
                owner_person=member,
            )
            for n, member in enumerate(team)
        )
        client.get(HOME)
        with CaptureQueriesContext(connection) as captured:
            client.get(HOME)
        return len(captured)

    few, many = queries_with(3), queries_with(60)

    assert many == few
    assert few <= 25
