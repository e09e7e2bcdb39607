"""Who may do what with declarations. Officials and office holders are apart: nobody reads both by one role.

Everybody declares about themselves and reads their own; who leads somebody reads and decides about theirs
(`queries.py`); the coordinator can be the second person about every official. The roles below read or record for all
of a regime.
"""

from openintegriteit.core.roles import Actor, PermissionPolicy, Role
from openintegriteit.registers.declarations.models import Regime

EVERYBODY = frozenset(Role) - {Role.TECHNICAL_ADMINISTRATOR}
DECIDERS = frozenset({Role.MANAGER, Role.SECRETARY, Role.CHAIR, Role.EXECUTIVE_MEMBER})
SECOND = frozenset({Role.COORDINATOR})
OF_OFFICIALS = frozenset({Role.COORDINATOR, Role.HR})
OF_OFFICE_HOLDERS = frozenset({Role.CLERK, Role.CHAIR})

POLICY = PermissionPolicy(
    declare=EVERYBODY,
    decide=DECIDERS,
    agree=DECIDERS | SECOND,
    agree_to_all=SECOND,
    set_rules=SECOND,
    name_deputies=DECIDERS | {Role.HR},
    name_all_deputies=frozenset({Role.HR}),
    view_list=OF_OFFICIALS | OF_OFFICE_HOLDERS,
    view_officials=OF_OFFICIALS,
    view_office_holders=OF_OFFICE_HOLDERS,
    record=frozenset({Role.HR, Role.CLERK}),
    record_officials=frozenset({Role.HR}),
    record_office_holders=frozenset({Role.CLERK}),
)

VIEW = {Regime.OFFICIALS: "view_officials", Regime.OFFICE_HOLDERS: "view_office_holders"}
RECORD = {Regime.OFFICIALS: "record_officials", Regime.OFFICE_HOLDERS: "record_office_holders"}


def regimes_to(action: str, actor: Actor) -> tuple[Regime, ...]:
    """Whose declarations the actor may "view" or "record", and whatever else is kept of the same people."""
    per_regime = {"view": VIEW, "record": RECORD}[action]
    return tuple(regime for regime in Regime if POLICY.allows(actor, per_regime[regime]))
