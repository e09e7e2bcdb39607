"""Who may see and change the programme. Managers see the measures, not the findings and activities around them.

An oath ceremony is an activity as well: who records oaths plans it and tells how it went, in the register of oaths.
"""

from openintegriteit.core.roles import Actor, PermissionPolicy, Role
from openintegriteit.programme.models import ActivityKind

READERS = frozenset({Role.COORDINATOR, Role.SECRETARY, Role.CHAIR, Role.EXECUTIVE_MEMBER, Role.INTERNAL_AUDITOR})

POLICY = PermissionPolicy(
    view=READERS,
    view_measures=READERS | {Role.MANAGER},
    change=frozenset({Role.COORDINATOR}),
    change_ceremonies=frozenset({Role.COORDINATOR, Role.HR, Role.CLERK}),
)


def require_activity(actor: Actor, *kinds: str) -> None:
    """Raise PermissionDenied unless the actor may change an activity that is and was of these kinds."""
    POLICY.require(actor, "change_ceremonies" if set(kinds) == {ActivityKind.CEREMONY} else "change")
