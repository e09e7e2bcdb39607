"""Every change to departures and to the rules on hiring again: permission, change and log entry together."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import create_once, save_changes, withdraw_once
from openintegriteit.organisations.models import Person
from openintegriteit.registers.declarations.models import Regime
from openintegriteit.registers.declarations.permissions import POLICY, RECORD
from openintegriteit.registers.declarations.registers import regime_of, regime_of_kind
from openintegriteit.registers.departures.models import CoolingOffRule, Departure


def record_departure(*, actor: Actor, identifier: UUID, person: Person, values: Mapping[str, Any]) -> Departure:
    """Record that a person leaves or left, as what they are in the list of people; the same key twice makes one."""
    regime = regime_of(person)
    POLICY.require(actor, RECORD[regime])
    told = {**values, "person": person, "regime": regime, "kind": person.kind, "recorded_by": actor.label}
    return create_once(actor=actor, action="departure.recorded", model=Departure, identifier=identifier, values=told)


def change_departure(
    *, actor: Actor, departure: Departure, expected_version: int, values: Mapping[str, Any]
) -> Departure:
    """Record what was done since, or correct it. Raises StaleRecord."""
    POLICY.require(actor, RECORD[Regime(departure.regime)])
    return save_changes(
        actor=actor,
        action="departure.changed",
        instance=departure,
        expected_version=expected_version,
        values=values,
    )


def withdraw(*, actor: Actor, departure: Departure, expected_version: int, reason: str) -> Departure:
    """Take back what was recorded by mistake, with the reason; twice does it once. Raises StaleRecord."""
    POLICY.require(actor, RECORD[Regime(departure.regime)])
    return withdraw_once(
        actor=actor, action="departure.withdrawn", instance=departure, expected_version=expected_version, reason=reason
    )


def add_rule(*, actor: Actor, identifier: UUID, values: Mapping[str, Any]) -> CoolingOffRule:
    """Add for how long some people are not hired again; the same key twice adds one."""
    POLICY.require(actor, RECORD[regime_of_kind(values["for_whom"])])
    return create_once(
        actor=actor, action="cooling_off_rule.added", model=CoolingOffRule, identifier=identifier, values=values
    )


def change_rule(
    *, actor: Actor, rule: CoolingOffRule, expected_version: int, values: Mapping[str, Any]
) -> CoolingOffRule:
    """Change or end a rule. Raises StaleRecord."""
    POLICY.require(actor, RECORD[regime_of_kind(rule.for_whom)])
    return save_changes(
        actor=actor,
        action="cooling_off_rule.changed",
        instance=rule,
        expected_version=expected_version,
        values=values,
    )
