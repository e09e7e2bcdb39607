"""Who may do what: the roles of a body, the person who acts, and a policy that denies by default."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import TextChoices
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Role(TextChoices):
    """The roles that the functional administrator grants, per body."""

    STAFF = "staff", _("staff member")
    MANAGER = "manager", _("manager")
    COORDINATOR = "coordinator", _("integrity coordinator")
    ADVISER = "adviser", _("confidential adviser")
    HANDLER = "handler", _("case handler")
    INVESTIGATOR = "investigator", _("investigator")
    AUTHORITY = "authority", _("competent authority")
    SECRETARY = "secretary", _("secretary")
    CLERK = "clerk", _("clerk")
    CHAIR = "chair", _("mayor or chair")
    EXECUTIVE_MEMBER = "executive_member", _("executive member")
    ELECTED_MEMBER = "elected_member", _("elected member")
    AUDIT_COURT = "audit_court", _("member of the court of audit")
    WORKS_COUNCIL = "works_council", _("works council")
    HR = "hr", _("personnel department")
    INTERNAL_AUDITOR = "internal_auditor", _("internal auditor")
    FUNCTIONAL_ADMINISTRATOR = "functional_administrator", _("functional administrator")
    TECHNICAL_ADMINISTRATOR = "technical_administrator", _("technical administrator")


SECOND_GRANTER = frozenset({Role.HANDLER, Role.INVESTIGATOR, Role.ADVISER, Role.FUNCTIONAL_ADMINISTRATOR})
WITHOUT_SECOND_FACTOR = frozenset({Role.STAFF, Role.ELECTED_MEMBER})


@dataclass(frozen=True, slots=True)
class Actor:
    """The person or program that acts within one body: what operations, queries and the event log know of them."""

    identifier: str
    label: str
    organisation_id: UUID | None
    roles: frozenset[str] = frozenset()

    def has(self, *roles: str) -> bool:
        """Whether the actor holds at least one of the roles."""
        return not self.roles.isdisjoint(roles)


def console_actor(organisation_id: UUID | None) -> Actor:
    """Who acts when the technical administrator types a command: only what commands need, logged as such."""
    return Actor("console", "console", organisation_id, frozenset({Role.COORDINATOR, Role.FUNCTIONAL_ADMINISTRATOR}))


def program_actor(organisation_id: UUID) -> Actor:
    """Who acts when a job does its work by itself: nobody with a role, logged as the program."""
    return Actor("", gettext("the program"), organisation_id)


class PermissionPolicy:
    """Which roles may take which action on the records of an app. An action that is not named is denied."""

    def __init__(self, **roles_per_action: frozenset[Role]) -> None:
        self._roles: Mapping[str, frozenset[Role]] = roles_per_action

    def roles(self, action: str) -> frozenset[Role]:
        """Which roles may take the action; none for an action that is not named."""
        return self._roles.get(action, frozenset())

    def allows(self, actor: Actor | None, action: str) -> bool:
        """Whether the actor may take the action."""
        return actor is not None and not self.roles(action).isdisjoint(actor.roles)

    def require(self, actor: Actor, action: str) -> None:
        """Raise PermissionDenied unless the actor may take the action."""
        if not self.allows(actor, action):
            raise PermissionDenied
