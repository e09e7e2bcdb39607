"""Who asks a group to read something, and who follows how it goes. The personnel department sees who has not yet."""

from openintegriteit.core.roles import PermissionPolicy, Role

POLICY = PermissionPolicy(
    view=frozenset({Role.COORDINATOR, Role.HR}),
    change=frozenset({Role.COORDINATOR}),
    answer=frozenset(Role),
)
