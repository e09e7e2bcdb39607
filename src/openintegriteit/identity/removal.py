"""Removing accounts: by hand at one body, and by itself when nobody has had a role with it for long (AVG, art. 5(1)e).

An account is one for all bodies. What points at it by `CASCADE` is its own and goes along; what points at it by
`PROTECT` tells what somebody did, and then only the key stays, for an account that is nobody's. Nobody learns at one
body whether another one knows the account.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import CASCADE, Exists, ForeignObjectRel, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from openintegriteit.core.roles import Actor, program_actor
from openintegriteit.core.tenancy import TenantModel, organisation_scope
from openintegriteit.event_log.operations import record
from openintegriteit.identity.models import Invitation, RoleGrant, Session, User
from openintegriteit.identity.permissions import POLICY
from openintegriteit.identity.queries import open_roles, organisation_id
from openintegriteit.identity.refusal import Refused
from openintegriteit.organisations.models import Organisation

KEEPS_ACCOUNTS = timedelta(days=365)  # after the last role ended, at whatever body


@transaction.atomic
def remove_account(*, actor: Actor, user: User) -> None:
    """Remove what the actor's body has of an account, and the account where no other body ever gave it a role.

    Raises Refused for one's own, while a role is open here (so never the last functional administrator's), and for one
    that was removed already.
    """
    POLICY.require(actor, "grant")
    if actor.identifier == str(user.pk):
        raise Refused(_("You cannot remove your own account. Ask another functional administrator."))
    Invitation.objects.filter(email=user.email).delete()  # first, as who accepts one does: neither waits for the other
    held = _locked(user.pk)
    if held is None or not _had_role(held):
        raise Refused(_("This account is not there any more."))
    if open_roles(held):
        raise Refused(_("This person still has a role. First end every role."))
    here = organisation_id(actor)
    _log(actor, held)
    _forget_here(held, here)
    Session.objects.filter(user=held, body_id=here).delete()
    if not any(_at_each_body(lambda _body: _had_role(held))):
        _remove(held)


def forget_accounts(now: datetime, after: timedelta = KEEPS_ACCOUNTS) -> int:
    """Remove the accounts with which nobody has had a role for so long, and as old invitations; returns how many.

    Each account in a transaction of its own, so that a kill leaves none by half. Repeatable.
    """
    since = now - after
    old = User.objects.filter(emptied_at__isnull=True, date_joined__lt=since)
    idle = set(old.values_list("pk", flat=True))
    _at_each_body(lambda _body: Invitation.objects.filter(expires_at__lt=since).delete())
    idle.difference_update(*_at_each_body(lambda _body: set(_in_use(since).values_list("pk", flat=True))))
    return sum(_forget(key, since) for key in idle)


@transaction.atomic
def _forget(key: UUID, since: datetime) -> bool:
    user = _locked(key)
    if user is None or any(_at_each_body(lambda _body: _in_use(since).filter(pk=key).exists())):
        return False
    _at_each_body(lambda body: _log(program_actor(body), user) if _had_role(user) else None)
    _remove(user)
    return True


def _locked(key: UUID) -> User | None:
    """The account, for nobody else to remove or give a role meanwhile; None: it was removed."""
    return User.objects.select_for_update().filter(pk=key, emptied_at__isnull=True).first()


def _at_each_body[T](task: Callable[[UUID], T]) -> list[T]:
    """What the task gives for every body in turn, within its scope."""

    def at(body: UUID) -> T:
        with organisation_scope(body):
            return task(body)

    return [at(body) for body in Organisation.objects.values_list("pk", flat=True)]


def _had_role(user: User) -> bool:
    """Whether the account has or had a role at the body in scope."""
    had_one: bool = RoleGrant.objects.filter(user=user).exists()
    return had_one


def _in_use(since: datetime) -> QuerySet[User]:
    """The accounts with a role at the body in scope, or with one that ended since, and who is invited there."""
    not_over = Q(ended_at__isnull=True) | Q(ended_at__gte=since)
    grants = RoleGrant.objects.filter(not_over, user=OuterRef("pk"))
    invited = Invitation.objects.open_at(timezone.now()).filter(email=OuterRef("email"))
    return User.objects.filter(Exists(grants) | Exists(invited))


def _log(actor: Actor, user: User) -> None:
    record(actor=actor, action="account.removed", subject=user, label=str(user.pk))


def _remove(user: User) -> None:
    """Delete the account with all that is its own, at whatever body; empty it where somebody's record points at it."""
    if not any(_at_each_body(lambda body: _forget_here(user, body))):
        user.delete()
        return
    _forget_here(user, None)
    user.email, user.name, user.is_active = f"{user.pk}@vertrokken.invalid", "", False
    user.last_login, user.emptied_at = None, timezone.now()
    user.set_unusable_password()
    user.save()


def _forget_here(user: User, body: UUID | None) -> bool:
    """Delete what is the account's own at a body (None: at none); returns whether anything else there points at it."""
    kept = []
    for relation in User._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel):
            continue
        model = relation.related_model
        if issubclass(model, TenantModel) != (body is not None):
            continue
        of_body = {"organisation": body} if body else {}
        rows = model._default_manager.filter(**of_body, **{relation.field.name: user})
        if relation.on_delete is CASCADE:
            rows.delete()
        else:
            kept.append(rows)
    return any(rows.exists() for rows in kept)
