"""Giving, confirming and ending roles: who may, who may not, and what others learn of it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from openintegriteit.core.roles import SECOND_GRANTER, Role, console_actor
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.models import Entry
from openintegriteit.identity.models import RoleGrant, User
from openintegriteit.identity.operations import confirm_grant, end_role, grant_role
from openintegriteit.identity.queries import actor_at_the_door, actor_for
from openintegriteit.identity.refusal import Refused
from openintegriteit.identity.tests.factories import user_with_roles
from openintegriteit.messages.models import Message

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ADMINISTRATOR = Role.FUNCTIONAL_ADMINISTRATOR


@pytest.fixture
def administrator(actor_with):
    return actor_with(ADMINISTRATOR)


@pytest.fixture
def colleague(organisation):
    return user_with_roles(organisation, Role.STAFF)


def account_of(actor):
    return User.objects.get(pk=actor.identifier)


def mails_to(user):
    return [message.subject for message in Message.objects.filter(recipient=user.email)]


@pytest.mark.parametrize(
    ("kind", "stands_in"), [("municipality", False), ("province", False), ("water_board", True), ("joint_body", True)]
)
def test_waterschapswet_55_without_a_clerk_the_secretary_does_what_a_clerk_does(
    organisation, colleague, kind, stands_in
):
    """Gemeentewet 100 and Provinciewet 97 ask a clerk of every body, who is not the secretary."""
    organisation.kind = kind
    organisation.save()
    secretary = user_with_roles(organisation, Role.SECRETARY)

    def has_both(user):
        at_the_door, _has_second_factor = actor_at_the_door(user, organisation.pk, by_provider=False)
        assert at_the_door.roles == actor_for(user, organisation.pk).roles
        return at_the_door.has(Role.CLERK)

    assert (has_both(secretary), has_both(colleague)) == (stands_in, False)
    clerk = user_with_roles(organisation, Role.CLERK)
    RoleGrant.objects.filter(user=clerk).update(paused_at=timezone.now())
    assert not has_both(secretary)
    RoleGrant.objects.filter(user=clerk).update(ended_at=timezone.now())
    assert has_both(secretary) == stands_in


# -- Giving


def test_an_ordinary_role_counts_at_once_is_logged_and_mailed(administrator, colleague):
    grant = grant_role(actor=administrator, user=colleague, role=Role.COORDINATOR)

    assert actor_for(colleague, grant.organisation_id).roles == {Role.STAFF, Role.COORDINATOR}
    entry = Entry.objects.get()
    assert (entry.action, entry.actor_id, entry.subject_id) == ("role.granted", administrator.identifier, str(grant.pk))
    assert entry.details == {"role": "coordinator", "person": str(colleague.pk), "waits": False}
    assert len(mails_to(colleague)) == 1


@pytest.mark.parametrize("role", sorted(SECOND_GRANTER))
def test_a_sensitive_role_waits_for_a_second_person_who_is_told(administrator, colleague, organisation, role):
    # given somebody else who can confirm
    secretary = user_with_roles(organisation, Role.SECRETARY)
    # when
    grant_role(actor=administrator, user=colleague, role=role)
    # then it gives no rights yet, and the one who can confirm knows
    assert actor_for(colleague, organisation.pk).roles == {Role.STAFF}
    assert len(mails_to(secretary)) == 1
    assert mails_to(account_of(administrator)) == []


def test_nobody_gives_a_role_to_oneself(administrator):
    with pytest.raises(Refused):
        grant_role(actor=administrator, user=account_of(administrator), role=Role.COORDINATOR)
    assert RoleGrant.objects.count() == 1
    assert not Message.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != ADMINISTRATOR])
def test_no_other_role_gives_roles(actor_with, colleague, role):
    with pytest.raises(PermissionDenied):
        grant_role(actor=actor_with(role), user=colleague, role=Role.COORDINATOR)
    assert not RoleGrant.objects.filter(user=colleague, role=Role.COORDINATOR).exists()


def test_a_role_is_held_once_also_when_it_waits(administrator, colleague):
    grant_role(actor=administrator, user=colleague, role=Role.HANDLER)
    with pytest.raises(Refused):
        grant_role(actor=administrator, user=colleague, role=Role.HANDLER)
    assert RoleGrant.objects.filter(user=colleague, role=Role.HANDLER).count() == 1
    assert Entry.objects.count() == 1


def test_a_role_that_ended_can_be_given_again(administrator, colleague):
    end_role(actor=administrator, grant=grant_role(actor=administrator, user=colleague, role=Role.HR))
    grant_role(actor=administrator, user=colleague, role=Role.HR)
    assert RoleGrant.objects.filter(user=colleague, role=Role.HR).count() == 2


def test_a_role_that_does_not_exist_is_refused(administrator, colleague):
    with pytest.raises(Refused):
        grant_role(actor=administrator, user=colleague, role="emperor")


# -- Confirming


@pytest.fixture
def waiting(administrator, colleague):
    return grant_role(actor=administrator, user=colleague, role=Role.HANDLER)


@pytest.mark.parametrize("role", [ADMINISTRATOR, Role.SECRETARY])
def test_another_administrator_or_the_secretary_confirms(actor_with, waiting, colleague, role):
    second = actor_with(role)
    confirm_grant(actor=second, grant=waiting)

    waiting.refresh_from_db()
    assert str(waiting.confirmed_by_id) == second.identifier
    assert Role.HANDLER in actor_for(colleague, waiting.organisation_id).roles
    assert Entry.objects.filter(action="role.confirmed").count() == 1
    assert len(mails_to(colleague)) == 2


def test_the_granter_does_not_confirm(administrator, waiting):
    with pytest.raises(Refused):
        confirm_grant(actor=administrator, grant=waiting)
    assert RoleGrant.objects.waiting().get() == waiting


def test_nobody_confirms_the_own_role(administrator, organisation):
    # given a secretary who was given a sensitive role
    secretary = user_with_roles(organisation, Role.SECRETARY)
    grant = grant_role(actor=administrator, user=secretary, role=Role.INVESTIGATOR)
    # when, then
    with pytest.raises(Refused):
        confirm_grant(actor=actor_for(secretary, organisation.pk), grant=grant)
    assert RoleGrant.objects.waiting().get() == grant


@pytest.mark.parametrize("role", [role for role in Role if role not in {ADMINISTRATOR, Role.SECRETARY}])
def test_no_other_role_confirms(actor_with, waiting, role):
    with pytest.raises(PermissionDenied):
        confirm_grant(actor=actor_with(role), grant=waiting)


def test_two_who_confirm_at_once_confirm_once(actor_with, waiting):
    # given two who have read the same waiting role
    first, second = actor_with(ADMINISTRATOR), actor_with(Role.SECRETARY)
    confirm_grant(actor=first, grant=waiting)
    # when the second acts on what was read before
    with pytest.raises(Refused):
        confirm_grant(actor=second, grant=waiting)
    # then
    waiting.refresh_from_db()
    assert str(waiting.confirmed_by_id) == first.identifier
    assert Entry.objects.filter(action="role.confirmed").count() == 1


def test_a_role_that_ended_while_waiting_is_not_confirmed(administrator, actor_with, waiting):
    end_role(actor=administrator, grant=waiting)
    with pytest.raises(Refused):
        confirm_grant(actor=actor_with(Role.SECRETARY), grant=waiting)


# -- Ending


def test_ending_a_role_takes_its_rights_and_is_logged_and_mailed(administrator, colleague, organisation):
    end_role(actor=administrator, grant=RoleGrant.objects.get(user=colleague))

    assert actor_for(colleague, organisation.pk).roles == frozenset()
    assert [entry.action for entry in Entry.objects.all()] == ["role.ended"]
    assert len(mails_to(colleague)) == 1


def test_a_role_ends_once(administrator, colleague):
    grant = RoleGrant.objects.get(user=colleague)
    end_role(actor=administrator, grant=grant)
    with pytest.raises(Refused):
        end_role(actor=administrator, grant=grant)
    assert Entry.objects.count() == 1


def test_the_last_administrator_stays(administrator):
    with pytest.raises(Refused):
        end_role(actor=administrator, grant=RoleGrant.objects.get(role=ADMINISTRATOR))
    assert RoleGrant.objects.in_force().filter(role=ADMINISTRATOR).count() == 1


def test_two_administrators_who_end_each_other_leave_one(administrator, actor_with):
    # given both have read the role of the other
    other = actor_with(ADMINISTRATOR)
    own, others = (RoleGrant.objects.get(user_id=actor.identifier) for actor in (administrator, other))
    end_role(actor=administrator, grant=others)
    # when
    with pytest.raises(Refused):
        end_role(actor=other, grant=own)
    # then
    assert RoleGrant.objects.in_force().get(role=ADMINISTRATOR) == own


@pytest.mark.parametrize("waits, may_sign_in", [(True, True), (False, False)])
def test_who_cannot_act_as_administrator_does_not_count(administrator, organisation, waits, may_sign_in):
    # given a second administrator who waits for confirmation, or may not sign in
    other = user_with_roles(organisation, ADMINISTRATOR)
    other.is_active = may_sign_in
    other.save()
    RoleGrant.objects.filter(user=other).update(confirmed_at=None if waits else timezone.now())
    # when, then
    with pytest.raises(Refused):
        end_role(actor=administrator, grant=RoleGrant.objects.get(user_id=administrator.identifier))


# -- What the database itself refuses


def test_the_database_refuses_a_second_granter_who_is_none(waiting):
    for impostor in (waiting.user, waiting.granted_by):
        with pytest.raises(IntegrityError), transaction.atomic():
            RoleGrant.objects.filter(pk=waiting.pk).update(confirmed_by=impostor, confirmed_at=timezone.now())


def test_the_database_refuses_a_role_held_twice(colleague, organisation):
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleGrant.objects.create(organisation=organisation, user=colleague, role=Role.STAFF)


def test_the_console_gives_roles_too(organisation, colleague):
    grant = grant_role(actor=console_actor(organisation.pk), user=colleague, role=Role.HR)
    assert grant.granted_by is None


def test_roles_of_another_body_are_no_roles_here(organisation, other_organisation):
    elsewhere = user_with_roles(other_organisation, ADMINISTRATOR)
    assert actor_for(elsewhere, organisation.pk).roles == frozenset()
    with organisation_scope(other_organisation.pk):
        assert actor_for(elsewhere, other_organisation.pk).roles == {ADMINISTRATOR}
