"""Who may do what with designations: they are the employer's, so who keeps the register of officials records them."""

from openintegriteit.core.roles import PermissionPolicy, Role

KEEPERS = frozenset({Role.COORDINATOR, Role.HR})

POLICY = PermissionPolicy(
    view=KEEPERS | {Role.SECRETARY, Role.INTERNAL_AUDITOR},
    change=KEEPERS,
)
