"""Who may see and change the programme. Managers see the measures, not the findings and activities around them."""

from openintegriteit.core.roles import PermissionPolicy, Role

READERS = frozenset({Role.COORDINATOR, Role.SECRETARY, Role.CHAIR, Role.EXECUTIVE_MEMBER, Role.INTERNAL_AUDITOR})

POLICY = PermissionPolicy(
    view=READERS,
    view_measures=READERS | {Role.MANAGER},
    change=frozenset({Role.COORDINATOR}),
)
