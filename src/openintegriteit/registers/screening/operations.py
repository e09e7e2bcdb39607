"""Every change to screenings and the rules on them: permission, change and log entry together."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import create_once, save_changes, withdraw_once
from openintegriteit.organisations.models import Person
from openintegriteit.registers.declarations.models import Regime
from openintegriteit.registers.declarations.permissions import POLICY, RECORD
from openintegriteit.registers.declarations.registers import regime_of, regime_of_kind
from openintegriteit.registers.screening.models import Screening, ScreeningRule
from openintegriteit.registers.screening.queries import good_until
from openintegriteit.registers.screening.rules import fresh_until


def record_screening(*, actor: Actor, identifier: UUID, person: Person, values: Mapping[str, Any]) -> Screening:
    """Record what was checked about a person, as what they are now; the same key twice makes one.

    Without a last day the term of the rule of the body is counted, if it has one.
    """
    regime = regime_of(person)
    POLICY.require(actor, RECORD[regime])
    told = {
        **values,
        "person": person,
        "regime": regime,
        "fresh_until": fresh_until(values["done_on"]),
        "valid_until": values["valid_until"] or good_until(person, values["kind"], values["done_on"]),
        "recorded_by": actor.label,
    }
    return create_once(actor=actor, action="screening.recorded", model=Screening, identifier=identifier, values=told)


def change_screening(
    *, actor: Actor, screening: Screening, expected_version: int, values: Mapping[str, Any]
) -> Screening:
    """Correct the days, or for which position or office it was. Raises StaleRecord."""
    POLICY.require(actor, RECORD[Regime(screening.regime)])
    return save_changes(
        actor=actor,
        action="screening.changed",
        instance=screening,
        expected_version=expected_version,
        values={**values, "fresh_until": fresh_until(values["done_on"])},
    )


def withdraw(*, actor: Actor, screening: Screening, expected_version: int, reason: str) -> Screening:
    """Take back what was recorded by mistake, with the reason; twice does it once. Raises StaleRecord."""
    POLICY.require(actor, RECORD[Regime(screening.regime)])
    return withdraw_once(
        actor=actor, action="screening.withdrawn", instance=screening, expected_version=expected_version, reason=reason
    )


def add_rule(*, actor: Actor, identifier: UUID, values: Mapping[str, Any]) -> ScreeningRule:
    """Add what the body asks of some people; the same key twice adds one."""
    POLICY.require(actor, RECORD[regime_of_kind(values["for_whom"])])
    return create_once(
        actor=actor, action="screening_rule.added", model=ScreeningRule, identifier=identifier, values=values
    )


def change_rule(
    *, actor: Actor, rule: ScreeningRule, expected_version: int, values: Mapping[str, Any]
) -> ScreeningRule:
    """Change or end what the body asks. What was recorded keeps the last day that it got. Raises StaleRecord."""
    POLICY.require(actor, RECORD[regime_of_kind(rule.for_whom)])
    return save_changes(
        actor=actor,
        action="screening_rule.changed",
        instance=rule,
        expected_version=expected_version,
        values=values,
    )
