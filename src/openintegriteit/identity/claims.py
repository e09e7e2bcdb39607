"""Signing in through the body's sign-in service: whose account it is, and which roles its groups give.

The mapping of groups to roles is the functional administrator's; what is applied at each sign-in is the program's.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import save_changes
from openintegriteit.event_log.operations import record
from openintegriteit.identity.models import ClaimRole, ProviderLink, ProviderRules, RoleGrant, User
from openintegriteit.identity.operations import finish_role
from openintegriteit.identity.permissions import POLICY
from openintegriteit.identity.providers import Provider
from openintegriteit.identity.queries import is_known_here, left_addresses, organisation_id, roles_of_values
from openintegriteit.identity.refusal import Refused
from openintegriteit.identity.rules import FROM_CLAIMS, claim_values, verified_address
from openintegriteit.messages.letters import write

# -- The mapping ------------------------------------------------------------------------------------------------------


def rules_of(organisation: UUID) -> ProviderRules:
    """The body's rules about its sign-in service, made at first use (one query)."""
    rules: ProviderRules = ProviderRules.objects.get_or_create(organisation_id=organisation)[0]
    return rules


@transaction.atomic
def change_rules(
    *, actor: Actor, rules: ProviderRules, expected_version: int, values: Mapping[str, Any]
) -> ProviderRules:
    """Choose the claim with groups, and what counts as a second factor. Raises StaleRecord."""
    POLICY.require(actor, "provider")
    return save_changes(
        actor=actor,
        action="provider.rules_changed",
        instance=rules,
        expected_version=expected_version,
        values=values,
    )


@transaction.atomic
def add_claim_role(*, actor: Actor, value: str, role: str) -> ClaimRole:
    """Let a group give a role, from the next sign-in on; adding it twice makes one. Raises Refused for other roles."""
    POLICY.require(actor, "provider")
    if role not in FROM_CLAIMS:
        raise Refused(_("This role cannot come from a group: a second person has to give it."))
    mapped: ClaimRole
    mapped, is_new = ClaimRole.objects.get_or_create(organisation_id=organisation_id(actor), value=value, role=role)
    if is_new:
        record(actor=actor, action="provider.role_mapped", subject=mapped, details={"value": value, "role": role})
    return mapped


@transaction.atomic
def remove_claim_role(*, actor: Actor, mapped: ClaimRole) -> None:
    """Let a group give a role no more; who got it by a group loses it at once, and gets it back by another group."""
    POLICY.require(actor, "provider")
    details = {"value": mapped.value, "role": mapped.role}
    record(actor=actor, action="provider.role_unmapped", subject=mapped, details=details)
    role = mapped.role
    mapped.delete()
    for grant in _given_by_claims().filter(role=role).select_related("user", "organisation"):
        finish_role(actor=actor, grant=grant)


@transaction.atomic
def unlink(*, actor: Actor, user: User) -> None:
    """Forget who somebody is at the sign-in service: the next one with the address and the groups is taken for them.

    For who got a new account there. Raises Refused when there is no link.
    """
    POLICY.require(actor, "provider")
    link = ProviderLink.objects.filter(user=user).first()
    if link is None:
        raise Refused(_("This account is not tied to the sign-in service."))
    record(actor=actor, action="provider.account_unlinked", subject=link, details={"person": user.pk})
    link.delete()


# -- Signing in -------------------------------------------------------------------------------------------------------


@transaction.atomic
def account_of_claims(*, organisation: UUID, provider: Provider, claims: Mapping[str, Any]) -> User:
    """The account of who comes from the sign-in service, with the roles that its groups give, and no others by groups;
    whoever has left gets none, whatever the service still says.

    Somebody known by a group gets an account, without a password. Raises Refused, with the same words for all who have
    no account, no role here or another name at the service: nobody learns who has an account, here or elsewhere.
    """
    actor = Actor("", _("the sign-in service"), organisation)
    email = verified_address(claims, provider.domains)
    if email is None:
        raise Refused(_("The sign-in service has not confirmed a mail address of your organisation."))
    roles = roles_of_values(claim_values(claims, rules_of(organisation).claim))
    gone = left_addresses()
    user = _linked(actor, provider, str(claims["sub"]))
    if user is None:
        user = _met_first(actor, provider, email, claims, gets_roles=bool(roles) and email not in gone)
    _apply(actor, user, frozenset() if user.email in gone else roles)
    return user


def _linked(actor: Actor, provider: Provider, subject: str) -> User | None:
    link = ProviderLink.objects.filter(issuer=provider.issuer, subject=subject).select_related("user").first()
    return link.user if link else None


def _met_first(actor: Actor, provider: Provider, email: str, claims: Mapping[str, Any], gets_roles: bool) -> User:
    """Tie the account with this address to the name at the service. An account that is tied to another name is not
    taken over, also when the address was handed on to somebody new."""
    user = User.objects.filter(email=email).first()
    is_taken = user is not None and ProviderLink.objects.filter(issuer=provider.issuer, user=user).exists()
    if is_taken or not (gets_roles or (user is not None and is_known_here(user))):
        raise Refused(_("You have no account here. Ask the functional administrator of your organisation."))
    if user is None:
        user = User.objects.create_user(email, name=str(claims.get("name") or email)[:200])
    link = ProviderLink.objects.create(
        organisation_id=organisation_id(actor), user=user, issuer=provider.issuer, subject=str(claims["sub"])
    )
    record(actor=actor, action="provider.account_linked", subject=link, details={"person": user.pk})
    return user


def _apply(actor: Actor, user: User, roles: frozenset[str]) -> None:
    """Give the roles that the claims give and the person lacks; end those that came by claims and are not given now."""
    for grant in _given_by_claims().filter(user=user).exclude(role__in=roles).select_related("user", "organisation"):
        finish_role(actor=actor, grant=grant)
    held = RoleGrant.objects.filter(user=user, ended_at__isnull=True).values_list("role", flat=True)
    for role in sorted(roles & FROM_CLAIMS - set(held)):
        grant = RoleGrant.objects.create(
            organisation_id=organisation_id(actor), user=user, role=role, by_claim=True, confirmed_at=timezone.now()
        )
        details = {"role": role, "person": user.pk, "waits": False, "by_claim": True}
        record(actor=actor, action="role.granted", subject=grant, label=str(grant), details=details)
        write(actor, user.email, "identity/mail/role_granted.txt", grant=grant, waits=False, by=actor.label)


def _given_by_claims() -> Any:
    return RoleGrant.objects.filter(by_claim=True, ended_at__isnull=True).select_for_update(of=("self",))
