"""Setting how long records are kept, and holding what must stay: permission, change and log entry together."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation

from openintegriteit.core.clock import today
from openintegriteit.core.contracts import KeptKind
from openintegriteit.core.locking import Overtaken, save_if_unchanged
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import body_of, create_once, save_changes
from openintegriteit.event_log.operations import record
from openintegriteit.organisations.models import Organisation
from openintegriteit.retention.counting import count
from openintegriteit.retention.models import Hold, RetentionRule
from openintegriteit.retention.permissions import POLICY


class NotLater(Overtaken):
    """The rule would hold from a day that is not later than that of the newest one, so it would rewrite history."""


class InForce(Exception):
    """The rule holds or has held, so it stays."""


class Ended(Exception):
    """The hold was ended, so nothing about it changes any more."""


def one_at_a_time(organisation_id: UUID) -> None:
    """Wait until nobody else draws up, holds or destroys in this body; to be called in a transaction.

    So a hold is there before a record goes, or the record was gone before the hold.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation_id)


@transaction.atomic
def add_rule(*, actor: Actor, identifier: UUID, kind: KeptKind, values: Mapping[str, Any]) -> RetentionRule:
    """Set how long a kind of record is kept from a day on; the same key twice makes one.

    Raises NotLater, and IntegrityError when somebody else sets a rule from the same day at this moment.
    """
    POLICY.require(actor, "set_rules")
    newest = RetentionRule.objects.filter(kind=kind.key).order_by("-in_force_from").first()
    if newest and newest.pk != identifier and values["in_force_from"] <= newest.in_force_from:
        raise NotLater
    with translation.override(settings.LANGUAGE_CODE):
        rule = create_once(
            actor=actor,
            action="retention.rule_added",
            model=RetentionRule,
            identifier=identifier,
            values={"kind": kind.key, "recorded_by": actor.label, **values},
            label=f"{kind.label}: {values['source']}",
        )
    count([kind])
    return rule


@transaction.atomic
def remove_rule(*, actor: Actor, rule: RetentionRule) -> None:
    """Take away a rule before it is in force; twice does it once. Raises InForce for one that holds or has held."""
    POLICY.require(actor, "set_rules")
    current: RetentionRule | None = RetentionRule.objects.select_for_update().filter(pk=rule.pk).first()
    if current is None:
        return
    if current.in_force_from <= today():
        raise InForce
    record(actor=actor, action="retention.rule_removed", subject=current)
    current.delete()


@transaction.atomic
def set_hold(*, actor: Actor, identifier: UUID, side: str, values: Mapping[str, Any]) -> Hold:
    """Hold a person, a kind of record or one record; the same key twice makes one.

    From then on nothing of it is destroyed, also not what two people agreed to before. PermissionDenied for who does
    not keep the records of the side.
    """
    POLICY.require(actor, f"keep_{side}")
    one_at_a_time(body_of(actor))
    return create_once(
        actor=actor,
        action="hold.set",
        model=Hold,
        identifier=identifier,
        values={"side": side, "since": today(), "set_by": actor.label, **values},
    )


def change_hold(*, actor: Actor, hold: Hold, expected_version: int, values: Mapping[str, Any]) -> Hold:
    """Change why something is held and how long that is expected. Raises Ended, and StaleRecord as always."""
    POLICY.require(actor, f"keep_{hold.side}")
    if hold.ended_on:
        raise Ended
    return save_changes(
        actor=actor, action="hold.changed", instance=hold, expected_version=expected_version, values=values
    )


@transaction.atomic
def end_hold(*, actor: Actor, hold: Hold, expected_version: int, reason: str) -> Hold:
    """End a hold, with the reason; twice does it once. What was due may go on a next list. Raises StaleRecord."""
    POLICY.require(actor, f"keep_{hold.side}")
    current: Hold = Hold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    if current.ended_on:
        return current
    current.ended_on, current.ended_because, current.ended_by = today(), reason, actor.label
    save_if_unchanged(current, expected_version=expected_version, fields=["ended_on", "ended_because", "ended_by"])
    record(actor=actor, action="hold.ended", subject=current)
    return current
