"""Who may do what. The clerk keeps what the representative body and its committees imposed, the secretary the rest.

What was given to the representative body is kept by the clerk too: from then on only that body lifts it. The chair, who
sits in both, reads all of it. Nobody else does: also that something is secret is not for everybody. In a body without a
clerk the secretary has that role too (`identity.queries`), here as in every register.
"""

from django.core.exceptions import PermissionDenied

from openintegriteit.core.roles import Actor, PermissionPolicy, Role
from openintegriteit.registers.secrecy.models import Organ

KEEPERS = frozenset({Role.CLERK, Role.SECRETARY})
POLICY = PermissionPolicy(
    view=KEEPERS | {Role.CHAIR},
    view_representative=frozenset({Role.CLERK, Role.CHAIR}),
    view_executive=frozenset({Role.SECRETARY, Role.CHAIR}),
    keep=KEEPERS,
    keep_representative=frozenset({Role.CLERK}),
    keep_executive=frozenset({Role.SECRETARY}),
    exclude=frozenset({Role.CLERK}),
)


def may_keep(actor: Actor, *, imposed_by: str, committee_of: str, given: bool) -> bool:
    """Whether the actor keeps what this organ imposed, `given` to the representative body or not."""
    of_representatives = Organ.REPRESENTATIVE in (imposed_by, committee_of)
    by_clerk = (of_representatives or given) and POLICY.allows(actor, "keep_representative")
    return by_clerk or (not of_representatives and POLICY.allows(actor, "keep_executive"))


def require_keeping(actor: Actor, *, imposed_by: str, committee_of: str, given: bool) -> None:
    """Raise PermissionDenied unless `may_keep`."""
    if not may_keep(actor, imposed_by=imposed_by, committee_of=committee_of, given=given):
        raise PermissionDenied


def imposers_for(actor: Actor) -> tuple[Organ, ...]:
    """Who can have imposed what the actor records. A clerk records of others what was given to the own body."""
    every = POLICY.allows(actor, "keep_representative")
    return tuple(organ for organ in Organ if every or organ != Organ.REPRESENTATIVE)
