"""Every change to declarations: permission, change and log entry together.

The event log is read by others than those who may read a declaration. Its entries tell who declared in which register
and which fields changed, never what they said.

Creating takes the key of the new record, so that doing it twice makes one. Changing takes the version that the person
saw, and raises StaleRecord when somebody else was first.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation

from openintegriteit.core.clock import today
from openintegriteit.core.locking import save_if_unchanged
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import body_of, create_once
from openintegriteit.event_log.operations import record
from openintegriteit.organisations.models import Person
from openintegriteit.registers.declarations.models import Decision, Declaration, NothingToDeclare, RegisterKey, Remark
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.declarations.queries import may_decide, may_write, reader_of, visible_to
from openintegriteit.registers.declarations.registers import regime_of


class Withdrawn(Exception):
    """The declaration was withdrawn, so nothing about it changes any more."""


class AlreadyDecided(Exception):
    """Somebody decided about the declaration as it reads now."""


class StillDeclared(Exception):
    """The person has declarations that hold, so there is something to declare."""


@transaction.atomic
def add(*, actor: Actor, identifier: UUID, register: str, person: Person, values: Mapping[str, Any]) -> Declaration:
    """Add a declaration, once for a key; `values` are its title and dates.

    PermissionDenied for who may not declare for the person.
    """
    require_writing(actor, person)
    whose = {"register": register, "person": person, "regime": regime_of(person)}
    days = {"first_declared_on": today(), "declared_on": today()}
    return create_once(
        actor=actor,
        action="declaration.made",
        model=Declaration,
        identifier=identifier,
        values={**whose, **days, **values},
        label=_label(register, person),
    )


def revise(
    *, actor: Actor, declaration: Declaration, values: Mapping[str, Any], changed: Collection[str]
) -> Declaration:
    """Store what a register changed in a declaration, as its next revision; a decision then is asked anew.

    `changed` names the fields that read otherwise now, also those of the register itself; nothing happens without one.
    The register itself sees to it that nobody overwrites silently. Raises Withdrawn.
    """
    require_writing(actor, declaration.person)
    current = _held(declaration)
    if not changed:
        return current
    for name, value in values.items():
        setattr(current, name, value)
    current.revision += 1
    current.declared_on = today()
    save_if_unchanged(current, expected_version=current.version, fields=[*values, "revision", "declared_on"])
    _log(actor, "declaration.changed", current, fields=sorted(changed), revision=current.revision)
    return current


@transaction.atomic
def end(*, actor: Actor, declaration: Declaration, expected_version: int, ends_on: date) -> Declaration:
    """Say on what day it stopped. That asks no new decision."""
    require_writing(actor, declaration.person)
    current = _held(declaration)
    current.ends_on = ends_on
    save_if_unchanged(current, expected_version=expected_version, fields=["ends_on"])
    _log(actor, "declaration.ended", current)
    return current


@transaction.atomic
def withdraw(*, actor: Actor, declaration: Declaration, expected_version: int, reason: str) -> Declaration:
    """Take back what was declared by mistake, with the reason. Doing it twice does it once."""
    require_writing(actor, declaration.person)
    current: Declaration = Declaration.objects.select_for_update().get(pk=declaration.pk)
    if current.withdrawn_on:
        return current
    current.withdrawn_on, current.withdrawn_because = today(), reason
    save_if_unchanged(current, expected_version=expected_version, fields=["withdrawn_on", "withdrawn_because"])
    _log(actor, "declaration.withdrawn", current)
    return current


@transaction.atomic
def confirm(*, actor: Actor, declaration: Declaration) -> Declaration:
    """Say that it still is as it was declared. Twice on one day says it once."""
    require_writing(actor, declaration.person)
    current = _held(declaration)
    if current.confirmed_on == today():
        return current
    current.confirmed_on = today()
    save_if_unchanged(current, expected_version=current.version, fields=["confirmed_on"])
    _log(actor, "declaration.confirmed", current)
    return current


@transaction.atomic
def say_nothing(*, actor: Actor, person: Person, register: str) -> NothingToDeclare:
    """Say that somebody has nothing to declare in a register; twice on one day says it once. Raises StillDeclared."""
    require_writing(actor, person)
    if Declaration.objects.of_people([person]).current_on(today()).filter(register=register).exists():
        raise StillDeclared
    said, is_new = NothingToDeclare.objects.get_or_create(
        organisation_id=body_of(actor),
        register=register,
        person=person,
        said_on=today(),
        defaults={"recorded_by": actor.label},
    )
    if is_new:
        record(actor=actor, action="declaration.nothing", subject=said, label=_label(register, person))
    return said


@transaction.atomic
def decide(
    *,
    actor: Actor,
    declaration: Declaration,
    expected_version: int,
    values: Mapping[str, Any],
    about: Mapping[str, str],
) -> Decision:
    """Decide about a declaration as it reads now; `about` keeps what it said, in words.

    Raises AlreadyDecided for who comes second, Withdrawn, StaleRecord when it was changed since the person read it, and
    PermissionDenied for who is not above the person who declared.
    """
    current = _held(declaration)
    if not may_decide(reader_of(actor), current):
        raise PermissionDenied
    if not current.awaits_decision:
        raise AlreadyDecided
    current.outcome, current.review_on = values["outcome"], values["review_on"]
    current.decided_revision = current.revision
    save_if_unchanged(current, expected_version=expected_version, fields=["outcome", "review_on", "decided_revision"])
    decision: Decision = Decision.objects.create(
        organisation_id=body_of(actor),
        declaration=current,
        revision=current.revision,
        decided_on=today(),
        decided_by=actor.label,
        about=dict(about),
        **values,
    )
    _log(actor, "declaration.decided", current, outcome=decision.outcome, revision=decision.revision)
    return decision


@transaction.atomic
def remark(*, actor: Actor, declaration: Declaration, identifier: UUID, text: str) -> Remark:
    """Ask something about a declaration, or answer it; the same key twice makes one. PermissionDenied for others."""
    reader = reader_of(actor)
    if not visible_to(reader).filter(pk=declaration.pk).exists():
        raise PermissionDenied
    existing: Remark | None = Remark.objects.filter(pk=identifier).first()
    if existing:
        return existing
    made: Remark = Remark.objects.create(
        pk=identifier,
        organisation_id=body_of(actor),
        declaration=declaration,
        text=text,
        author=actor.label,
        by_declarant=declaration.person_id in reader.own_keys,
    )
    _log(actor, "declaration.remarked", declaration)
    return made


def require_writing(actor: Actor, person: Person) -> None:
    """Raise PermissionDenied unless the actor may declare for the person."""
    POLICY.require(actor, "declare")
    if not may_write(reader_of(actor), person):
        raise PermissionDenied


def _held(declaration: Declaration) -> Declaration:
    """The declaration as it is now, held until the end of the transaction. Raises Withdrawn."""
    held: Declaration = (
        Declaration.objects.select_for_update(of=("self",)).select_related("person").get(pk=declaration.pk)
    )
    if held.withdrawn_on:
        raise Withdrawn
    return held


@translation.override(settings.LANGUAGE_CODE)
def _label(register: str, person: Person) -> str:
    return f"{RegisterKey(register).label.capitalize()}: {person.full_name}"


def _log(actor: Actor, action: str, declaration: Declaration, **details: Any) -> None:
    label = _label(declaration.register, declaration.person)
    record(actor=actor, action=action, subject=declaration, label=label, details=details)
