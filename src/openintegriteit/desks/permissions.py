"""Who has which desk, and who the year calendar."""

from openintegriteit.accountability.permissions import POLICY as ACCOUNTABILITY
from openintegriteit.core.roles import PermissionPolicy, Role
from openintegriteit.policy.permissions import POLICY as NORMS
from openintegriteit.programme.permissions import POLICY as PROGRAMME
from openintegriteit.registers.declarations.permissions import POLICY as DECLARATIONS

YEAR_READERS = (
    PROGRAMME.roles("view") | PROGRAMME.roles("view_measures") | NORMS.roles("view") | ACCOUNTABILITY.roles("view")
)

POLICY = PermissionPolicy(
    view=frozenset(Role),
    # Whoever may see the records of at least one app that gives the calendar its days.
    calendar=YEAR_READERS | DECLARATIONS.roles("record"),
    coordinator=frozenset({Role.COORDINATOR}),
    team=frozenset({Role.MANAGER}),
    # Whoever reads and does not keep the records sees how they stand; the coordinator's own desk tells more.
    overview=YEAR_READERS - {Role.COORDINATOR},
    functional=frozenset({Role.FUNCTIONAL_ADMINISTRATOR}),
    technical=frozenset({Role.TECHNICAL_ADMINISTRATOR}),
)
