"""A lost second factor: who may have somebody set up a new one, and what it does to rights at other bodies.

Accounts are the same at every body, so a reset here would open the account everywhere to whoever knows the password.
Therefore the roles at other bodies wait until somebody of that body confirms whose account it is.
"""

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openintegriteit.core.roles import SECOND_GRANTER, Actor, Role, program_actor
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.operations import Event, record, record_many
from openintegriteit.identity.models import RoleGrant, SecondFactorReset, Session, User
from openintegriteit.identity.permissions import POLICY
from openintegriteit.identity.queries import open_roles, organisation_id, second_granters, user_of
from openintegriteit.identity.refusal import Refused
from openintegriteit.messages.letters import write
from openintegriteit.organisations.models import Organisation


def may_ask_reset(actor: Actor, roles: frozenset[str]) -> bool:
    """Whether the actor may have the second factor of a person with these roles set up anew.

    A functional administrator may for everybody; the secretary for a functional administrator, who may be the only one.
    """
    if not POLICY.allows(actor, "ask_reset"):
        return False
    return actor.has(Role.FUNCTIONAL_ADMINISTRATOR) or Role.FUNCTIONAL_ADMINISTRATOR in roles


@transaction.atomic
def ask_reset(*, actor: Actor, user: User) -> SecondFactorReset:
    """Take away somebody's second factor; of who holds a sensitive role, once a second person confirms it.

    Logged, and mailed to the person or to who can confirm. Raises Refused for oneself, for who has no role here, and
    when a reset waits already.
    """
    POLICY.require(actor, "ask_reset")
    roles = open_roles(user)
    if actor.identifier == str(user.pk):
        raise Refused(_("You cannot do this for yourself. Ask another functional administrator."))
    if not roles:
        raise Refused(_("This person has no role here any more."))
    if not may_ask_reset(actor, roles):
        raise Refused(_("For this person a functional administrator has to do this."))
    needs_second = not roles.isdisjoint(SECOND_GRANTER)
    try:
        with transaction.atomic():
            reset: SecondFactorReset = SecondFactorReset.objects.create(
                organisation_id=organisation_id(actor), user=user, asked_by=user_of(actor)
            )
    except IntegrityError:
        raise Refused(_("This waits for a second person already.")) from None
    if not needs_second:
        _carry_out(actor, reset)
        return reset
    _log(actor, "second_factor.reset_asked", reset)
    for colleague in second_granters():
        if colleague not in (user, reset.asked_by):
            write(
                actor,
                colleague.email,
                "identity/mail/reset_to_confirm.txt",
                reset=reset,
                by=actor.label,
                name=colleague.name,
            )
    return reset


@transaction.atomic
def confirm_reset(*, actor: Actor, reset: SecondFactorReset) -> None:
    """Be the second person of a reset: not of one's own, and not of one that one asked for oneself.

    Raises Refused when it waits no longer.
    """
    POLICY.require(actor, "confirm")
    if actor.identifier == str(reset.user_id):
        raise Refused(_("You cannot do this for yourself. Ask another functional administrator."))
    if actor.identifier == str(reset.asked_by_id):
        raise Refused(_("You asked for this yourself. Somebody else has to confirm it."))
    _carry_out(actor, reset, confirmed_by=user_of(actor))


@transaction.atomic
def withdraw_reset(*, actor: Actor, reset: SecondFactorReset) -> None:
    """Leave the second factor as it is. Raises Refused when the reset waits no longer."""
    POLICY.require(actor, "confirm")
    if not SecondFactorReset.objects.waiting().filter(pk=reset.pk).update(withdrawn_at=timezone.now()):
        raise Refused(_("This does not wait any more."))
    _log(actor, "second_factor.reset_withdrawn", reset)


@transaction.atomic
def reset_from_console(*, actor: Actor, user: User) -> SecondFactorReset:
    """The last resort of a body without a second person: whoever can use the console has the database anyway.

    The body knows whose account it is, so roles here that waited count again. Raises Refused for who has no role here.
    """
    POLICY.require(actor, "grant")
    if not open_roles(user):
        raise Refused(_("This person has no role here any more."))
    SecondFactorReset.objects.waiting().filter(user=user).update(withdrawn_at=timezone.now())
    reset: SecondFactorReset = SecondFactorReset.objects.create(organisation_id=organisation_id(actor), user=user)
    _carry_out(actor, reset)
    _resume(actor, user)
    return reset


@transaction.atomic
def resume_roles(*, actor: Actor, user: User) -> None:
    """Let the paused roles of somebody count again: the actor knows whose account it is.

    Raises Refused for oneself, and when no role waits.
    """
    POLICY.require(actor, "confirm")
    if actor.identifier == str(user.pk):
        raise Refused(_("You cannot do this for yourself. Ask another functional administrator."))
    if not _resume(actor, user):
        raise Refused(_("No role of this person waits any more."))
    write(
        actor,
        user.email,
        "identity/mail/roles_resumed.txt",
        user=user,
        body=Organisation.objects.get(pk=organisation_id(actor)),
    )


def _resume(actor: Actor, user: User) -> int:
    paused = list(RoleGrant.objects.paused().filter(user=user).select_related("user").select_for_update(of=("self",)))
    RoleGrant.objects.filter(pk__in=[grant.pk for grant in paused]).update(paused_at=None)
    record_many(actor=actor, events=[_role_event("role.resumed", grant) for grant in paused])
    return len(paused)


def _carry_out(actor: Actor, reset: SecondFactorReset, confirmed_by: User | None = None) -> None:
    """Remove apps and recovery codes and end every visit, at whatever body. One UPDATE decides who is first.

    Raises Refused when the reset waits no longer.
    """
    done = SecondFactorReset.objects.waiting().filter(pk=reset.pk)
    if not done.update(done_at=timezone.now(), confirmed_by=confirmed_by):
        raise Refused(_("This does not wait any more."))
    Authenticator.objects.filter(user_id=reset.user_id).delete()
    Session.objects.filter(user_id=reset.user_id).delete()
    _log(actor, "second_factor.reset", reset)
    write(actor, reset.user.email, "identity/mail/second_factor_reset.txt", user=reset.user, by=actor.label)
    for body_id in Organisation.objects.exclude(pk=organisation_id(actor)).values_list("pk", flat=True):
        _pause(reset.user, body_id)


def _pause(user: User, body_id: UUID) -> None:
    """Let the roles of somebody wait at another body, which learns that, but not of whom or where it came."""
    actor = program_actor(body_id)
    with organisation_scope(body_id):
        grants = RoleGrant.objects.filter(user=user, ended_at__isnull=True, paused_at__isnull=True)
        pausing = list(grants.select_related("user", "organisation"))
        if not pausing:
            return
        grants.update(paused_at=timezone.now())
        record_many(actor=actor, events=[_role_event("role.paused", grant) for grant in pausing])
        for colleague in second_granters():
            if colleague != user:
                write(
                    actor,
                    colleague.email,
                    "identity/mail/roles_paused.txt",
                    user=user,
                    body=pausing[0].organisation,
                    to=colleague,
                )


def _role_event(action: str, grant: RoleGrant) -> Event:
    return Event(action, grant, str(grant), {"role": grant.role, "person": grant.user_id})


def _log(actor: Actor, action: str, reset: SecondFactorReset) -> None:
    record(actor=actor, action=action, subject=reset, label=str(reset), details={"person": reset.user_id})
