"""Who has which desk, and who the year calendar."""

from openintegriteit.accountability.permissions import READERS as ACCOUNT_READERS
from openintegriteit.core.roles import PermissionPolicy, Role
from openintegriteit.programme.permissions import READERS as PROGRAMME_READERS

YEAR_READERS = PROGRAMME_READERS | ACCOUNT_READERS | {Role.MANAGER, Role.WORKS_COUNCIL}

POLICY = PermissionPolicy(
    view=frozenset(Role),
    # Whoever may see the records of at least one app that gives the calendar its days.
    calendar=YEAR_READERS,
    coordinator=frozenset({Role.COORDINATOR}),
    # Whoever reads and does not keep the records sees how they stand; the coordinator's own desk tells more.
    overview=YEAR_READERS - {Role.COORDINATOR},
    functional=frozenset({Role.FUNCTIONAL_ADMINISTRATOR}),
    technical=frozenset({Role.TECHNICAL_ADMINISTRATOR}),
)
