"""Who has left loses access the same day."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from openintegriteit.config.serving import scheduled_jobs
from openintegriteit.core.clock import today
from openintegriteit.core.roles import Role
from openintegriteit.core.scheduler import tick
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.models import Entry
from openintegriteit.identity.invitations import invite
from openintegriteit.identity.leavers import end_roles_of_leavers
from openintegriteit.identity.models import Invitation, RoleGrant, Session
from openintegriteit.identity.tests.factories import user_with_roles
from openintegriteit.organisations.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.database]
YESTERDAY, TOMORROW = timedelta(days=-1), timedelta(days=1)


def person_of(user, organisation, *, number="1", ended_on=None):
    return Person.objects.create(
        organisation=organisation,
        personnel_number=number,
        family_name="Vertrekker",
        email=user.email.upper(),
        ended_on=ended_on,
    )


@pytest.fixture
def leaver(organisation):
    return user_with_roles(organisation, Role.STAFF, Role.HANDLER)


def open_roles(user):
    return RoleGrant.objects.filter(user=user, ended_at__isnull=True).count()


def test_the_day_after_the_last_day_the_roles_and_the_visits_end(leaver, organisation):
    client = Client()
    client.force_login(leaver)
    person = person_of(leaver, organisation, ended_on=today())
    assert end_roles_of_leavers() == 0
    Person.objects.filter(pk=person.pk).update(ended_on=today() + YESTERDAY)

    assert end_roles_of_leavers() == 2

    assert open_roles(leaver) == 0
    assert not Session.objects.filter(user=leaver).exists()
    assert client.get("/werk/account/").status_code == 302
    assert {entry.action for entry in Entry.objects.all()} == {"role.ended"}
    assert end_roles_of_leavers() == 0


def test_the_worker_does_it_by_itself(leaver, organisation):
    person_of(leaver, organisation, ended_on=today() + YESTERDAY)
    jobs = [job for job in scheduled_jobs() if job.name == "end roles of leavers"]
    tick(jobs, timezone.now())
    assert open_roles(leaver) == 0


@pytest.mark.parametrize("still", [None, TOMORROW])
def test_who_is_there_in_another_way_keeps_the_roles(leaver, organisation, still):
    person_of(leaver, organisation, ended_on=date(2020, 1, 1))
    person_of(leaver, organisation, number="2", ended_on=today() + still if still else None)
    assert end_roles_of_leavers() == 0


def test_who_is_not_on_the_list_of_people_keeps_the_roles(leaver):
    assert end_roles_of_leavers() == 0
    assert open_roles(leaver) == 2


def test_leaving_one_body_changes_nothing_at_another(leaver, organisation, other_organisation):
    person_of(leaver, organisation, ended_on=today() + YESTERDAY)
    with organisation_scope(other_organisation.pk):
        RoleGrant.objects.create(
            organisation=other_organisation, user=leaver, role=Role.STAFF, confirmed_at=timezone.now()
        )
    end_roles_of_leavers()
    with organisation_scope(other_organisation.pk):
        assert open_roles(leaver) == 1


def test_the_last_functional_administrator_stays_and_the_log_says_so_once(organisation):
    administrator = user_with_roles(organisation, Role.FUNCTIONAL_ADMINISTRATOR, Role.STAFF)
    person_of(administrator, organisation, ended_on=today() + YESTERDAY)
    assert [end_roles_of_leavers(), end_roles_of_leavers()] == [1, 0]
    assert open_roles(administrator) == 1
    assert Entry.objects.filter(action="role.kept_for_last_administrator").count() == 1
    user_with_roles(organisation, Role.FUNCTIONAL_ADMINISTRATOR)
    assert end_roles_of_leavers() == 1


def test_an_invitation_to_who_has_left_is_withdrawn(organisation, actor_with):
    administrator = actor_with(Role.FUNCTIONAL_ADMINISTRATOR)
    sent = invite(actor=administrator, email="weg@proef.example", name="W", roles=["staff"], address_of=lambda t: t)
    Person.objects.create(
        organisation=organisation,
        personnel_number="9",
        family_name="Weg",
        email="weg@proef.example",
        ended_on=today() + YESTERDAY,
    )
    end_roles_of_leavers()
    assert Invitation.objects.get(pk=sent.pk).withdrawn_at is not None
