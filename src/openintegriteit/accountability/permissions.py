"""Who sees and makes the account."""

from openintegriteit.core.roles import PermissionPolicy, Role

COORDINATOR = frozenset({Role.COORDINATOR})
READERS = frozenset(
    {Role.COORDINATOR, Role.SECRETARY, Role.CHAIR, Role.EXECUTIVE_MEMBER, Role.CLERK, Role.INTERNAL_AUDITOR}
)

POLICY = PermissionPolicy(view=READERS, change=COORDINATOR, import_year=COORDINATOR)
