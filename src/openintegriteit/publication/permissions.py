"""Who may do what with the public site. The registers of officials and of office holders keep their own readers."""

from openintegriteit.core.roles import PermissionPolicy, Role

KEEPERS = frozenset({Role.COORDINATOR, Role.HR, Role.CLERK, Role.CHAIR})

POLICY = PermissionPolicy(
    view=KEEPERS,
    hide=KEEPERS,
    change=frozenset({Role.COORDINATOR, Role.CLERK}),
)
