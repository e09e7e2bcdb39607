"""Who sees and changes the figures of the years."""

from openintegriteit.core.roles import PermissionPolicy, Role

READERS = frozenset({Role.COORDINATOR, Role.SECRETARY, Role.CHAIR, Role.EXECUTIVE_MEMBER, Role.INTERNAL_AUDITOR})

POLICY = PermissionPolicy(view=READERS, change=frozenset({Role.COORDINATOR}))
