"""Who sets the rule of the body on gifts. What is declared follows the policy of declarations."""

from openintegriteit.core.roles import PermissionPolicy, Role
from openintegriteit.registers.declarations.models import Regime
from openintegriteit.registers.declarations.permissions import OF_OFFICE_HOLDERS, OF_OFFICIALS

RULE_SETTERS = {Regime.OFFICIALS: frozenset({Role.COORDINATOR}), Regime.OFFICE_HOLDERS: frozenset({Role.CLERK})}

POLICY = PermissionPolicy(
    view_rules=OF_OFFICIALS | OF_OFFICE_HOLDERS,
    set_rules=RULE_SETTERS[Regime.OFFICIALS] | RULE_SETTERS[Regime.OFFICE_HOLDERS],
    set_officials=RULE_SETTERS[Regime.OFFICIALS],
    set_office_holders=RULE_SETTERS[Regime.OFFICE_HOLDERS],
)

SET = {Regime.OFFICIALS: "set_officials", Regime.OFFICE_HOLDERS: "set_office_holders"}
