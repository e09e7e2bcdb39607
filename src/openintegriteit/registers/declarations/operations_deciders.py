"""Changing who decides: the second person per register, and deputies. Permission, change and log entry together."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import body_of, create_once, save_changes
from openintegriteit.event_log.operations import record
from openintegriteit.registers.declarations.models import DecidingRule, Deputy
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.declarations.queries import deputies_for, is_same_person, leaders_for


class Begun(Exception):
    """The deputy has stood in for somebody on an earlier day, so that the record stays."""


@transaction.atomic
@translation.override(settings.LANGUAGE_CODE)
def set_second_look(*, actor: Actor, register: str, expected_version: int, values: Mapping[str, Any]) -> DecidingRule:
    """Choose whether a second person looks at decisions in a register. What was proposed keeps waiting for one.

    Raises StaleRecord when somebody else chose meanwhile.
    """
    POLICY.require(actor, "set_rules")
    rule, _made = DecidingRule.objects.get_or_create(organisation_id=body_of(actor), register=register)
    return save_changes(
        actor=actor,
        action="declaration.second_look_chosen",
        instance=rule,
        expected_version=expected_version,
        values=values,
    )


@transaction.atomic
def name_deputy(*, actor: Actor, identifier: UUID, values: Mapping[str, Any]) -> Deputy:
    """Name who stands in for a leader; the same key twice does it once.

    PermissionDenied for a leader whom the actor may name nobody for, and for who would stand in for themselves.
    """
    POLICY.require(actor, "name_deputies")
    leader, deputy = values["leader"], values["deputy"]
    if is_same_person(leader, deputy) or not leaders_for(actor).filter(pk=leader.pk).exists():
        raise PermissionDenied
    return create_once(actor=actor, action="deputy.named", model=Deputy, identifier=identifier, values=values)


@transaction.atomic
def end_deputy(*, actor: Actor, deputy: Deputy, expected_version: int, values: Mapping[str, Any]) -> Deputy:
    """Change until which day somebody stands in. PermissionDenied as `name_deputy`; raises StaleRecord."""
    _require_naming(actor, deputy)
    return save_changes(
        actor=actor, action="deputy.changed", instance=deputy, expected_version=expected_version, values=values
    )


@transaction.atomic
def remove_deputy(*, actor: Actor, deputy: Deputy) -> None:
    """Take away a deputy who was named by mistake, before the first day has gone by; twice does it once.

    Raises Begun for who stood in on an earlier day, and PermissionDenied as `name_deputy`.
    """
    current: Deputy | None = Deputy.objects.select_for_update().filter(pk=deputy.pk).first()
    if current is None:
        return
    _require_naming(actor, current)
    if current.starts_on < today():
        raise Begun
    record(actor=actor, action="deputy.removed", subject=current)
    current.delete()


def _require_naming(actor: Actor, deputy: Deputy) -> None:
    POLICY.require(actor, "name_deputies")
    if not deputies_for(actor).filter(pk=deputy.pk).exists():
        raise PermissionDenied
