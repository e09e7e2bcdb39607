"""Who has left loses every role, within the hour after the last day, or after it was written down."""

from django.db import transaction
from django.utils import timezone

from openintegriteit.core.roles import Actor, program_actor
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.models import Entry
from openintegriteit.event_log.operations import record
from openintegriteit.identity.models import Invitation, RoleGrant, Session
from openintegriteit.identity.operations import finish_role, is_last_administrator
from openintegriteit.identity.queries import left_addresses
from openintegriteit.organisations.models import Organisation


def end_roles_of_leavers() -> int:
    """At every body, end the roles and visits and withdraw the invitations of who has left; returns how many roles.

    Repeatable. The last functional administrator keeps that role, so that the body can still be run; the log says so.
    """
    return sum(_at(body) for body in Organisation.objects.all())


@transaction.atomic
def _at(body: Organisation) -> int:
    actor, ended = program_actor(body.pk), 0
    with organisation_scope(body.pk):
        addresses = left_addresses()
        grants = RoleGrant.objects.filter(user__email__in=addresses, ended_at__isnull=True)
        for grant in grants.select_related("user", "organisation"):
            if is_last_administrator(grant):
                _say_once(actor, grant)
                continue
            finish_role(actor=actor, grant=grant)
            Session.objects.filter(user_id=grant.user_id, body=body).delete()
            ended += 1
        for invitation in Invitation.objects.unanswered().filter(email__in=addresses):
            invitation.withdrawn_at = timezone.now()
            invitation.save(update_fields=["withdrawn_at"])
            record(actor=actor, action="invitation.withdrawn", subject=invitation)
    return ended


def _say_once(actor: Actor, grant: RoleGrant) -> None:
    action = "role.kept_for_last_administrator"
    if not Entry.objects.filter(action=action, subject_id=str(grant.pk)).exists():
        record(actor=actor, action=action, subject=grant, details={"role": grant.role, "person": grant.user_id})
