"""Who may see mail that did not go out."""

from openintegriteit.core.roles import PermissionPolicy, Role

TECHNICAL = frozenset({Role.TECHNICAL_ADMINISTRATOR})
POLICY = PermissionPolicy(view=TECHNICAL, change=TECHNICAL)
