"""Who has which desk."""

from openintegriteit.core.roles import PermissionPolicy, Role

POLICY = PermissionPolicy(
    view=frozenset(Role),
    coordinator=frozenset({Role.COORDINATOR}),
    functional=frozenset({Role.FUNCTIONAL_ADMINISTRATOR}),
    technical=frozenset({Role.TECHNICAL_ADMINISTRATOR}),
)
