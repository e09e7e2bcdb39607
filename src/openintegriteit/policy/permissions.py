"""Who may see and change the norms of the body."""

from openintegriteit.core.roles import PermissionPolicy, Role

POLICY = PermissionPolicy(
    view=frozenset(
        {
            Role.COORDINATOR,
            Role.SECRETARY,
            Role.CHAIR,
            Role.EXECUTIVE_MEMBER,
            Role.INTERNAL_AUDITOR,
            Role.CLERK,
            Role.WORKS_COUNCIL,
        }
    ),
    change=frozenset({Role.COORDINATOR}),
    read=frozenset(Role),  # the rules that hold for oneself
)
