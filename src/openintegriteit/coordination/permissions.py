"""Who may read and write the log of advice: the coordinator alone, so that people dare to ask."""

from openintegriteit.core.roles import PermissionPolicy, Role

COORDINATOR = frozenset({Role.COORDINATOR})

POLICY = PermissionPolicy(view=COORDINATOR, change=COORDINATOR)
