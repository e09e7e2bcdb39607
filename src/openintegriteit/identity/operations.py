"""Every change of roles, of one's own visits, of the house style, and the set-up of an empty installation."""

import hashlib
import secrets
from dataclasses import dataclass

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openintegriteit.core.roles import SECOND_GRANTER, Actor, Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.operations import record
from openintegriteit.identity.models import Invitation, RoleGrant, Session, SetupCode, User
from openintegriteit.identity.permissions import POLICY
from openintegriteit.identity.queries import organisation_id, second_granters, user_of
from openintegriteit.identity.refusal import Refused
from openintegriteit.messages.letters import write
from openintegriteit.organisations.models import Organisation
from openintegriteit.ui.house_style import token_sheet

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that look alike
CODE_GROUPS, GROUP_LENGTH = 4, 5

# -- Roles ------------------------------------------------------------------------------------------------------------


@transaction.atomic
def grant_role(*, actor: Actor, user: User, role: str) -> RoleGrant:
    """Give somebody a role in the actor's body; a role of `SECOND_GRANTER` gives rights once a second person confirms.

    Logged, and mailed to the person and, where needed, to who can confirm. Raises Refused for a role that the person
    holds already, and for one's own roles.
    """
    POLICY.require(actor, "grant")
    if str(user.pk) == actor.identifier:
        raise Refused(_("You cannot give yourself a role. Ask another functional administrator."))
    return add_grant(actor=actor, user=user, role=role, granted_by=user_of(actor))


def add_grant(
    *, actor: Actor, user: User, role: str, granted_by: User | None, without_second: bool = False
) -> RoleGrant:
    """Write a role down, log it and tell who must know. For operations that have checked who may grant it.

    `without_second`: for the first administrator of a body, where nobody could confirm.
    """
    if role not in Role.values:
        raise Refused(_("This role does not exist."))
    if not User.objects.select_for_update(no_key=True).filter(pk=user.pk, emptied_at__isnull=True):
        raise Refused(_("This account is not there any more. Invite the person again."))
    needs_second = role in SECOND_GRANTER and not without_second
    try:
        with transaction.atomic():
            grant: RoleGrant = RoleGrant.objects.create(
                organisation_id=organisation_id(actor),
                user=user,
                role=role,
                granted_by=granted_by,
                confirmed_at=None if needs_second else timezone.now(),
            )
    except IntegrityError:
        raise Refused(_("This person already holds this role, or it waits for confirmation.")) from None
    _log(actor, "role.granted", grant, waits=needs_second)
    granter = str(granted_by or actor.label)
    write(actor, user.email, "identity/mail/role_granted.txt", grant=grant, waits=needs_second, by=granter)
    if needs_second:
        for colleague in second_granters():
            if colleague in (grant.user, grant.granted_by):
                continue
            write(
                actor,
                colleague.email,
                "identity/mail/role_to_confirm.txt",
                grant=grant,
                by=granter,
                name=colleague.name,
            )
    return grant


@transaction.atomic
def confirm_grant(*, actor: Actor, grant: RoleGrant) -> None:
    """Be the second granter of a waiting role: not of one's own, and not of one that one granted oneself.

    One UPDATE decides, so two who confirm at once confirm once. Raises Refused when the role waits no longer.
    """
    POLICY.require(actor, "confirm")
    if actor.identifier == str(grant.user_id):
        raise Refused(_("You cannot confirm your own role."))
    if actor.identifier == str(grant.granted_by_id):
        raise Refused(_("You gave this role yourself. Somebody else has to confirm it."))
    confirmed = (
        RoleGrant.objects.waiting().filter(pk=grant.pk).update(confirmed_at=timezone.now(), confirmed_by=user_of(actor))
    )
    if not confirmed:
        raise Refused(_("This role does not wait for confirmation any more."))
    _log(actor, "role.confirmed", grant)
    write(actor, grant.user.email, "identity/mail/role_confirmed.txt", grant=grant, by=actor.label)


@transaction.atomic
def end_role(*, actor: Actor, grant: RoleGrant) -> None:
    """Take a role back; the person loses its rights at the next request, and an administrator the open invitations.

    The last functional administrator keeps the role, also when two administrators end each other's at once: the roles
    of all administrators are locked before they are counted. Raises Refused for the last, and for a role that ended.
    """
    POLICY.require(actor, "grant")
    if is_last_administrator(grant):
        raise Refused(_("This is the last functional administrator. First give somebody else this role."))
    finish_role(actor=actor, grant=grant)


def finish_role(*, actor: Actor, grant: RoleGrant) -> None:
    """End a role, log it and tell the person. For operations that have checked that it may end; Refused when it had."""
    if not RoleGrant.objects.filter(pk=grant.pk, ended_at__isnull=True).update(ended_at=timezone.now()):
        raise Refused(_("This role has ended already."))
    _log(actor, "role.ended", grant)
    if grant.role == Role.FUNCTIONAL_ADMINISTRATOR:
        _withdraw_invitations(actor, grant.user)
    write(actor, grant.user.email, "identity/mail/role_ended.txt", grant=grant, by=actor.label)


def is_last_administrator(grant: RoleGrant) -> bool:
    """Whether nobody else could give roles any more; locks the roles of all administrators (one query)."""
    if grant.role != Role.FUNCTIONAL_ADMINISTRATOR:
        return False
    administrators = RoleGrant.objects.in_force().filter(role=Role.FUNCTIONAL_ADMINISTRATOR)
    locked = list(administrators.select_for_update(of=("self",)).select_related("user").order_by("pk"))
    active = {holder.pk for holder in locked if holder.user.is_active}
    return active == {grant.pk}


def _withdraw_invitations(actor: Actor, inviter: User) -> None:
    """Nobody comes in any more by a link of somebody who may not invite any more."""
    for invitation in Invitation.objects.unanswered().filter(invited_by=inviter).select_for_update():
        invitation.withdrawn_at = timezone.now()
        invitation.save(update_fields=["withdrawn_at"])
        record(actor=actor, action="invitation.withdrawn", subject=invitation)


def _log(actor: Actor, action: str, grant: RoleGrant, **details: object) -> None:
    about = {"role": grant.role, "person": grant.user_id, **details}
    record(actor=actor, action=action, subject=grant, label=str(grant), details=about)


# -- One's own visits -------------------------------------------------------------------------------------------------


@transaction.atomic
def sign_out_elsewhere(*, actor: Actor, session: SessionBase) -> int:
    """End every other visit of the person of this session to the actor's body; returns how many."""
    here = Session.objects.filter(user_id=session[SESSION_KEY], body_id=organisation_id(actor))
    ended, _per_model = here.exclude(session_key=session.session_key).delete()
    record(actor=actor, action="account.signed_out_elsewhere", subject="account", details={"visits": ended})
    return ended


# -- House style ------------------------------------------------------------------------------------------------------


@transaction.atomic
def set_house_style(*, actor: Actor, colour: str) -> None:
    """Set the main colour of the actor's body. Raises ValueError for a colour that is not written as #rrggbb."""
    POLICY.require(actor, "house_style")
    token_sheet(colour)
    organisation = Organisation.objects.select_for_update().get(pk=organisation_id(actor))
    before, organisation.primary_colour = organisation.primary_colour, colour
    organisation.save(update_fields=["primary_colour"])
    details = {"before": before, "after": colour}
    record(actor=actor, action="organisation.house_style_changed", subject=organisation, details=details)


# -- An empty installation --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FirstAdministrator:
    """Who sets up an installation, as typed in the last step."""

    name: str
    email: str
    password: str


@transaction.atomic
def new_setup_code() -> str:
    """A one-time code for an installation without a body, to be shown on the console; it replaces any earlier one.

    Raises Refused when there is a body.
    """
    if Organisation.objects.exists():
        raise Refused(_("This installation has been set up already."))
    groups = ("".join(secrets.choice(CODE_LETTERS) for _letter in range(GROUP_LENGTH)) for _group in range(CODE_GROUPS))
    code = "-".join(groups)
    SetupCode.objects.filter(used_at__isnull=True).delete()
    SetupCode.objects.create(code_hash=setup_code_hash(code))
    return code


def setup_code_hash(code: str) -> str:
    """SHA-256 of a code as typed (99 random bits, so a bare hash will do): capitals, spaces, dashes do not matter."""
    plain = "".join(code.upper().replace("-", " ").split())
    return hashlib.sha256(plain.encode()).hexdigest()


@transaction.atomic
def set_up(*, code_hash: str, name: str, kind: str, host: str | None, colour: str, first: FirstAdministrator) -> User:
    """Make the first body with its first functional administrator, and use up the code: all or nothing.

    Raises Refused when the code is unknown or used, or when there is a body; the code's row is the lock of two at once.
    Raises ValueError for a colour that is not written as #rrggbb.
    """
    used = SetupCode.objects.filter(code_hash=code_hash, used_at__isnull=True).update(used_at=timezone.now())
    if not used or Organisation.objects.exists():
        raise Refused(_("This code is not valid any more. Ask the technical administrator for a new one."))
    token_sheet(colour)
    organisation = Organisation.objects.create(name=name, kind=kind, host=host, primary_colour=colour)
    user = User.objects.create_user(first.email, first.password, name=first.name)
    actor = Actor(str(user.pk), str(user), organisation.pk)
    with organisation_scope(organisation.pk):
        grant = RoleGrant.objects.create(
            organisation=organisation, user=user, role=Role.FUNCTIONAL_ADMINISTRATOR, confirmed_at=timezone.now()
        )
        record(actor=actor, action="organisation.set_up", subject=organisation)
        _log(actor, "role.granted", grant)
    return user
