"""Who sees and makes the account."""

from openintegriteit.core.roles import PermissionPolicy, Role

COORDINATOR = frozenset({Role.COORDINATOR})
READERS = frozenset(
    {Role.COORDINATOR, Role.SECRETARY, Role.CHAIR, Role.EXECUTIVE_MEMBER, Role.CLERK, Role.INTERNAL_AUDITOR}
)

REVIEWERS = frozenset({Role.SECRETARY})
RECORDERS = frozenset({Role.COORDINATOR, Role.SECRETARY})

POLICY = PermissionPolicy(
    view=READERS,
    change=COORDINATOR,
    import_year=COORDINATOR,
    # Who wrote the report does not review it.
    review=REVIEWERS,
    # Adopting is what the executive does; these write down that it did, and where the report went.
    adopt=RECORDERS,
    send=RECORDERS | {Role.CLERK},
    comment=RECORDERS,
)
