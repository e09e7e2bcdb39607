"""Every change to imposed secrecy: permission, change and log entry together.

The event log is read by others than those who may read this register. Its entries tell who did what with which record
and which fields changed, never what a field says.

Recording takes the key of the new record, so that doing it twice makes one. Changing takes the version that the person
saw, and raises StaleRecord when somebody else was first.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from openintegriteit.core.clock import today
from openintegriteit.core.locking import StaleRecord
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import body_of, create_once, save_changes, withdraw_once
from openintegriteit.organisations.models import Organisation
from openintegriteit.registers.secrecy.law import last_day_excluded, law_of
from openintegriteit.registers.secrecy.models import Exclusion, ImposedSecrecy
from openintegriteit.registers.secrecy.permissions import POLICY, require_keeping
from openintegriteit.registers.secrecy.queries import may_be_excluded


class SecrecyOver(Exception):
    """It was withdrawn, or lifted, so that it changes no more; or it lapsed, so that nobody lifts it."""


class MayNotLift(Exception):
    """This organ did not impose it, or it was given to the representative body, which alone lifts it then."""


class MayNotExclude(Exception):
    """By the law of this body nobody is excluded, not this person, or not so long."""


class NotTakenBack(Exception):
    """What was given to the representative body stays given: it decides who lifts. A mistake is withdrawn."""


@transaction.atomic
def impose(*, actor: Actor, identifier: UUID, values: Mapping[str, Any]) -> ImposedSecrecy:
    """Record that secrecy was imposed, or lies on a closed meeting; the same key twice records one."""
    require_keeping(
        actor,
        imposed_by=values["imposed_by"],
        committee_of=values["committee_of"],
        given=values["given_on"] is not None,
    )
    told = {**values, "recorded_by": actor.label}
    return create_once(actor=actor, action="secrecy.recorded", model=ImposedSecrecy, identifier=identifier, values=told)


@transaction.atomic
def change(
    *, actor: Actor, secrecy: ImposedSecrecy, expected_version: int, values: Mapping[str, Any]
) -> ImposedSecrecy:
    """Record what was done since, or correct it. Raises StaleRecord, SecrecyOver once lifted, and NotTakenBack."""
    current = _kept(actor, secrecy, expected_version)
    if current.lifted_on:
        raise SecrecyOver
    if current.given_on and not values.get("given_on", current.given_on):
        raise NotTakenBack
    return _save(actor, "secrecy.changed", current, expected_version, values)


@transaction.atomic
def lift(*, actor: Actor, secrecy: ImposedSecrecy, expected_version: int, values: Mapping[str, Any]) -> ImposedSecrecy:
    """Record who lifted it, when and by which decision, or correct that. Raises as below.

    StaleRecord, MayNotLift, and SecrecyOver once it lapsed.
    """
    current = _kept(actor, secrecy, expected_version)
    if current.has_lapsed_on(today()):
        raise SecrecyOver
    organisation = Organisation.objects.get(pk=body_of(actor))
    if values["lifted_by"] not in law_of(organisation.kind).lifters(current):
        raise MayNotLift
    return _save(actor, "secrecy.lifted", current, expected_version, values)


@transaction.atomic
def withdraw(*, actor: Actor, secrecy: ImposedSecrecy, expected_version: int, reason: str) -> ImposedSecrecy:
    """Take back what was recorded by mistake, with the reason; twice does it once. Raises StaleRecord."""
    _require(actor, secrecy)
    return withdraw_once(
        actor=actor,
        action="secrecy.withdrawn",
        instance=secrecy,
        expected_version=expected_version,
        reason=reason,
        names_only=True,
    )


@transaction.atomic
def exclude(*, actor: Actor, identifier: UUID, secrecy: ImposedSecrecy, values: Mapping[str, Any]) -> Exclusion:
    """Record that a member who broke secrecy was excluded; the same key twice records one. Raises MayNotExclude."""
    POLICY.require(actor, "exclude")
    law = law_of(Organisation.objects.get(pk=body_of(actor)).kind)
    is_too_long = values["ends_on"] > last_day_excluded(values["starts_on"])
    if is_too_long or not may_be_excluded(law, values["person"], values["starts_on"]):
        raise MayNotExclude
    told = {**values, "secrecy": secrecy, "recorded_by": actor.label}
    return create_once(actor=actor, action="secrecy.excluded", model=Exclusion, identifier=identifier, values=told)


def withdraw_exclusion(*, actor: Actor, exclusion: Exclusion, expected_version: int, reason: str) -> Exclusion:
    """Take back what was recorded by mistake, with the reason; twice does it once. Raises StaleRecord."""
    POLICY.require(actor, "exclude")
    return withdraw_once(
        actor=actor,
        action="secrecy.exclusion_withdrawn",
        instance=exclusion,
        expected_version=expected_version,
        reason=reason,
        names_only=True,
    )


def _kept(actor: Actor, secrecy: ImposedSecrecy, expected_version: int) -> ImposedSecrecy:
    current: ImposedSecrecy = ImposedSecrecy.objects.select_for_update().get(pk=secrecy.pk)
    _require(actor, current)
    if current.version != expected_version:
        raise StaleRecord(current)
    if current.withdrawn_on:
        raise SecrecyOver
    return current


def _require(actor: Actor, current: ImposedSecrecy) -> None:
    require_keeping(
        actor,
        imposed_by=current.imposed_by,
        committee_of=current.committee_of,
        given=current.given_on is not None,
    )


def _save(
    actor: Actor, action: str, current: ImposedSecrecy, expected_version: int, values: Mapping[str, Any]
) -> ImposedSecrecy:
    return save_changes(
        actor=actor,
        action=action,
        instance=current,
        expected_version=expected_version,
        values=values,
        names_only=True,
    )
