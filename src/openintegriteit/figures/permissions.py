"""Who may see and change the figures of a year."""

from openintegriteit.core.roles import PermissionPolicy, Role

POLICY = PermissionPolicy(
    view=frozenset({Role.COORDINATOR, Role.SECRETARY, Role.CHAIR, Role.EXECUTIVE_MEMBER, Role.INTERNAL_AUDITOR}),
    change=frozenset({Role.COORDINATOR}),
)
