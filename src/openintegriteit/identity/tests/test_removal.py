"""An account goes by hand or by itself; where somebody's record points at it, a key stays that is nobody's."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone, translation

from openintegriteit.core.roles import Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.desks.models import CalendarFeed
from openintegriteit.event_log.models import Entry
from openintegriteit.identity.models import Invitation, ProviderLink, RoleGrant, SecondFactorReset, Session, User
from openintegriteit.identity.operations import grant_role
from openintegriteit.identity.queries import actor_for
from openintegriteit.identity.refusal import Refused
from openintegriteit.identity.removal import KEEPS_ACCOUNTS, forget_accounts, remove_account
from openintegriteit.identity.tests.factories import add_second_factor, user_with_roles

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ADMINISTRATOR = Role.FUNCTIONAL_ADMINISTRATOR
A_DAY = timedelta(days=1)


def former(organisation, ended=A_DAY, *roles):
    """An account of who came long ago, and whose roles here ended so long ago."""
    user = user_with_roles(organisation, *(roles or [Role.STAFF]))
    User.objects.filter(pk=user.pk).update(date_joined=timezone.now() - 2 * KEEPS_ACCOUNTS)
    with organisation_scope(organisation.pk):
        RoleGrant.objects.filter(user=user).update(ended_at=timezone.now() - ended)
    return user


def with_everything(user, organisation):
    """All that is the account's own, at this body and at none."""
    add_second_factor(user)
    Client().force_login(user)
    ProviderLink.objects.create(organisation=organisation, user=user, issuer="https://dienst", subject=str(user.pk))
    CalendarFeed.objects.create(organisation=organisation, user=user, token_hash=str(user.pk))
    SecondFactorReset.objects.create(organisation=organisation, user=user)
    Invitation.objects.create(
        organisation=organisation, email=user.email, name=user.name, token_hash=str(user.pk), expires_at=timezone.now()
    )


def own_rows(user):
    """How much is left of what is the account's own."""
    of_user = [RoleGrant, ProviderLink, CalendarFeed, SecondFactorReset, Session, Authenticator]
    return sum(model.objects.filter(user=user).count() for model in of_user)


def removed_here():
    return set(Entry.objects.filter(action="account.removed").values_list("subject_id", flat=True))


def test_by_hand_it_goes_with_all_that_is_its_own(organisation, client_as):
    user = former(organisation)
    with_everything(user, organisation)
    client = client_as(ADMINISTRATOR)
    assert "Verwijder het account" in client.get(f"/werk/rollen/{user.pk}/").content.decode()

    page = client.post(f"/werk/rollen/{user.pk}/verwijderen/", follow=True)

    assert "is hier verwijderd" in page.content.decode()
    assert not User.objects.filter(pk=user.pk).exists()
    assert (own_rows(user), Invitation.objects.count()) == (0, 0)
    entry = Entry.objects.get(action="account.removed")
    assert (entry.subject_id, entry.subject_label) == (str(user.pk), str(user.pk))
    assert client.post(f"/werk/rollen/{user.pk}/verwijderen/").status_code == 404


def test_where_somebody_s_record_points_at_it_only_the_key_stays(organisation, administrator):
    # given somebody who gave a role to a colleague
    user, colleague = former(organisation), user_with_roles(organisation, Role.STAFF)
    RoleGrant.objects.filter(user=colleague).update(granted_by=user)
    with_everything(user, organisation)
    name, address = user.name, user.email

    remove_account(actor=administrator, user=user)

    left = User.objects.get(pk=user.pk)
    assert (left.name, left.is_active, left.has_usable_password(), left.last_login) == ("", False, False, None)
    assert left.email.endswith("@vertrokken.invalid") and own_rows(user) == 0
    granter = RoleGrant.objects.get(user=colleague).granted_by
    assert str(granter) == "vertrokken gebruiker"
    with translation.override("en"):
        assert str(granter) == "former user"
    assert not Client().login(username=address, password="geheim wachtwoord 1")
    # then nobody gives it a role or a name again, and the address is free for a new account
    with pytest.raises(Refused):
        grant_role(actor=administrator, user=user, role=Role.STAFF)
    with pytest.raises(Refused):
        remove_account(actor=administrator, user=user)
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.filter(pk=user.pk).update(name=name)
    assert User.objects.create_user(address, name=name).pk != user.pk


def test_what_may_not_be_removed_by_hand(organisation, administrator, actor_with):
    holder, waiting, left = user_with_roles(organisation, Role.STAFF), former(organisation), former(organisation)
    grant_role(actor=administrator, user=waiting, role=Role.HANDLER)
    own = User.objects.get(pk=administrator.identifier)

    for user in (holder, waiting, own):
        with pytest.raises(Refused):
            remove_account(actor=administrator, user=user)
    with pytest.raises(PermissionDenied):
        remove_account(actor=actor_with(Role.SECRETARY), user=left)

    assert User.objects.filter(pk__in=[holder.pk, waiting.pk, left.pk]).count() == 3
    assert not Entry.objects.filter(action="account.removed").exists()


@pytest.mark.parametrize("still", [True, False])
def test_what_another_body_has_of_it_stays_and_is_not_told(still, organisation, other_organisation, client_as):
    # given an account with a role elsewhere, now or before
    user = former(organisation)
    with organisation_scope(other_organisation.pk):
        ended_at = None if still else timezone.now()
        RoleGrant.objects.create(organisation=other_organisation, user=user, role=Role.STAFF, ended_at=ended_at)
        elsewhere = former(other_organisation)
    client = client_as(ADMINISTRATOR)

    page = client.post(f"/werk/rollen/{user.pk}/verwijderen/", follow=True)

    assert "is hier verwijderd" in page.content.decode()
    assert User.objects.get(pk=user.pk).email == user.email
    assert not RoleGrant.objects.filter(user=user, organisation=organisation).exists()
    with organisation_scope(other_organisation.pk):
        assert RoleGrant.objects.filter(user=user, organisation=other_organisation).exists()
    assert client.post(f"/werk/rollen/{elsewhere.pk}/verwijderen/").status_code == 404


def test_by_itself_it_goes_a_year_after_the_last_role_at_whatever_body(organisation, other_organisation, administrator):
    long_ago = KEEPS_ACCOUNTS + A_DAY
    gone, recent, elsewhere, invited = (former(organisation, ended) for ended in (long_ago, A_DAY, long_ago, long_ago))
    never = User.objects.create_user("nooit@proef.example")
    in_both = former(organisation, long_ago)
    lately = timezone.now() - A_DAY
    with organisation_scope(other_organisation.pk):
        for user, ended_at in ((elsewhere, lately), (in_both, timezone.now() - long_ago)):
            RoleGrant.objects.create(organisation=other_organisation, user=user, role=Role.STAFF, ended_at=ended_at)
        RoleGrant.objects.create(  # where the record that points at it stands
            organisation=other_organisation, user=elsewhere, role=Role.HR, granted_by=in_both, ended_at=lately
        )
    for number, (user, days) in enumerate(((invited, 1), (gone, -400))):
        Invitation.objects.create(
            organisation=organisation,
            email=user.email,
            token_hash=str(number),
            expires_at=timezone.now() + timedelta(days=days),
        )

    assert forget_accounts(timezone.now()) == 2
    assert forget_accounts(timezone.now()) == 0

    there = set(User.objects.values_list("pk", flat=True))
    assert gone.pk not in there
    assert {recent.pk, elsewhere.pk, invited.pk, never.pk, in_both.pk} <= there
    assert list(User.objects.filter(emptied_at__isnull=False)) == [in_both]
    assert Invitation.objects.get().email == invited.email
    assert removed_here() == {str(gone.pk), str(in_both.pk)}
    with organisation_scope(other_organisation.pk):
        assert removed_here() == {str(in_both.pk)}
    assert forget_accounts(timezone.now() + 2 * KEEPS_ACCOUNTS) > 0
    assert User.objects.filter(pk=administrator.identifier, emptied_at=None).exists()
    assert actor_for(User.objects.get(pk=administrator.identifier), organisation.pk).roles
