"""Who may do what. The clerk keeps the meetings of the representative body, the secretary those of the executive.

A member sees the agendas of where they sit, and of the suggestions only their own (`queries.py`). Exemptions of office
holders are kept by the clerk, those of the executive and its chair by the secretary too, and those of officials (the
secretary and the clerk) by HR. Nobody keeps their own.
"""

from openintegriteit.core.roles import Actor, PermissionPolicy, Role
from openintegriteit.organisations.models import OFFICE_HOLDERS, PersonKind
from openintegriteit.registers.abstentions.law import OFFICIALS
from openintegriteit.registers.abstentions.models import MeetingBody

KEEPERS = frozenset({Role.CLERK, Role.SECRETARY})
MEMBERS = frozenset({Role.ELECTED_MEMBER, Role.EXECUTIVE_MEMBER, Role.CHAIR})
OF_THE_EXECUTIVE = frozenset({PersonKind.EXECUTIVE_MEMBER, PersonKind.CHAIR})

POLICY = PermissionPolicy(
    view=KEEPERS | {Role.CHAIR},
    view_representative=frozenset({Role.CLERK, Role.CHAIR}),
    view_executive=frozenset({Role.SECRETARY, Role.CHAIR}),
    keep=KEEPERS,
    keep_representative=frozenset({Role.CLERK}),
    keep_executive=frozenset({Role.SECRETARY}),
    view_exemptions=KEEPERS | {Role.CHAIR, Role.HR},
    keep_exemptions=KEEPERS | {Role.HR},
    attend=MEMBERS,
    read=KEEPERS | MEMBERS,
)


def bodies_to(action: str, actor: Actor) -> tuple[MeetingBody, ...]:
    """Whose meetings the actor may "view" or "keep"."""
    return tuple(body for body in MeetingBody if POLICY.allows(actor, f"{action}_{body}"))


def require_keeping(actor: Actor, body: str) -> None:
    """Raise PermissionDenied unless the actor keeps the meetings of this body."""
    POLICY.require(actor, f"keep_{body}")


def kinds_to(action: str, actor: Actor) -> frozenset[PersonKind]:
    """Of which kinds of people the actor may "view" or "keep" the exemptions."""
    kinds: frozenset[PersonKind] = OFFICIALS if actor.has(Role.HR) else frozenset()
    if actor.has(Role.CLERK) or (action == "view" and actor.has(Role.CHAIR)):
        return kinds | OFFICE_HOLDERS
    return kinds | OF_THE_EXECUTIVE if actor.has(Role.SECRETARY) else kinds
