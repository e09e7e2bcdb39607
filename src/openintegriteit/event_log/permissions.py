"""Who may read the event log: it holds words of every subject, so nobody but who audits the body."""

from openintegriteit.core.roles import PermissionPolicy, Role

POLICY = PermissionPolicy(view=frozenset({Role.INTERNAL_AUDITOR}))
