"""Declaring a gift and changing what was declared; setting the rule of the body."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation

from openintegriteit.core.clock import today
from openintegriteit.core.locking import Overtaken
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import create_once
from openintegriteit.event_log.operations import record
from openintegriteit.organisations.models import Person
from openintegriteit.registers.declarations import operations as declarations
from openintegriteit.registers.declarations.models import Regime, RegisterKey
from openintegriteit.registers.declarations.registers import regime_of
from openintegriteit.registers.gifts.models import Gift, GiftRule, giver_key
from openintegriteit.registers.gifts.permissions import POLICY, SET
from openintegriteit.registers.gifts.queries import newest_rule, rule_on
from openintegriteit.registers.gifts.rules import asks_consent

REGISTER = RegisterKey.GIFTS
FOLLOW_UP = ("answer",)


class NotLater(Overtaken):
    """The rule would hold from a day that is not later than that of the newest one, so it would rewrite history."""


class InForce(Exception):
    """The rule holds or has held, so it stays."""


def declare(*, actor: Actor, identifier: UUID, person: Person, values: Mapping[str, Any]) -> Gift:
    """Declare what a person was offered; the same key twice makes one. PermissionDenied for who may not."""
    return declarations.declare(
        Gift,
        actor=actor,
        identifier=identifier,
        register=REGISTER,
        person=person,
        values=_whole(values),
        asks_decision=_asks_consent(regime_of(person), values),
    )


def change(gift: Gift, *, actor: Actor, expected_version: int, values: Mapping[str, Any]) -> Gift:
    """Change what was declared; where a decision was taken, a new one is asked.

    What happened with a gift that was allowed is told without a new one. Nothing happens when nothing differs. Raises
    Withdrawn, and StaleRecord when somebody else was first.
    """
    return declarations.change(
        gift,
        actor=actor,
        expected_version=expected_version,
        values=_whole(values),
        asks_decision=_asks_consent(Regime(gift.declaration.regime), values),
        follow_up=FOLLOW_UP,
    )


@transaction.atomic
def add_rule(*, actor: Actor, identifier: UUID, regime: Regime, values: Mapping[str, Any]) -> GiftRule:
    """Set what the body allows under a regime from a day on; the same key twice makes one.

    What was declared before is not judged anew. Raises NotLater, and IntegrityError when somebody else sets a rule from
    the same day at this moment.
    """
    POLICY.require(actor, SET[regime])
    newest = newest_rule(regime)
    if newest and newest.pk != identifier and values["in_force_from"] <= newest.in_force_from:
        raise NotLater
    with translation.override(settings.LANGUAGE_CODE):
        return create_once(
            actor=actor,
            action="gifts.rule_added",
            model=GiftRule,
            identifier=identifier,
            values={"regime": regime, **values},
        )


@transaction.atomic
def remove_rule(*, actor: Actor, rule: GiftRule) -> None:
    """Take away a rule before it is in force; twice does it once. Raises InForce for one that holds or has held."""
    POLICY.require(actor, SET[Regime(rule.regime)])
    current: GiftRule | None = GiftRule.objects.select_for_update().filter(pk=rule.pk).first()
    if current is None:
        return
    if current.in_force_from <= today():
        raise InForce
    with translation.override(settings.LANGUAGE_CODE):
        record(actor=actor, action="gifts.rule_removed", subject=current)
    current.delete()


def _asks_consent(regime: Regime, values: Mapping[str, Any]) -> bool:
    if regime != Regime.OFFICIALS:
        return False
    terms = rule_on(regime, values["starts_on"])
    return asks_consent(terms, value=values["value"], answer=values["answer"], received_at=values["received_at"])


def _whole(values: Mapping[str, Any]) -> dict[str, Any]:
    giver = values["giver_organisation"] or values["giver_person"]
    return {**values, "giver_key": giver_key(giver)}
