"""Changing a record that people edit: nobody overwrites silently, and the log tells what was and what is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.functional import Promise

from openintegriteit.core.clock import today
from openintegriteit.core.display import field_text
from openintegriteit.core.locking import VersionedModel, save_if_unchanged
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.models import Entry
from openintegriteit.event_log.operations import record
from openintegriteit.event_log.telling import field_words

LINES_OF_HISTORY = 50


def body_of(actor: Actor) -> UUID:
    """The body in which the actor creates a record. Raises ValueError for an actor of no body."""
    if actor.organisation_id is None:
        raise ValueError("This actor works in no body.")
    return actor.organisation_id


@transaction.atomic
def create_once[M: models.Model](
    *, actor: Actor, action: str, model: type[M], identifier: UUID, values: Mapping[str, Any], label: str = ""
) -> M:
    """Store a new record of the actor's body under its key, with an entry; where the key is there already, that record.

    So sending one form twice makes one record and one entry. `label` is what the entry calls it, where its own name
    does not do. The permission is the caller's to check.
    """
    existing: M | None = model._default_manager.filter(pk=identifier).first()
    if existing is not None:
        return existing
    made: M = model._default_manager.create(pk=identifier, organisation_id=body_of(actor), **values)
    record(actor=actor, action=action, subject=made, label=label)
    return made


@transaction.atomic
def save_changes[M: VersionedModel](
    *,
    actor: Actor,
    action: str,
    instance: M,
    expected_version: int,
    values: Mapping[str, Any],
    label: str = "",
    names_only: bool = False,
) -> M:
    """Store the values that differ from what the database holds, with an entry that names each as [before, after].

    `names_only`: the entry names the fields and not what they say. `label` as in `create_once`.
    Returns the record as it is now; nothing is stored or logged when nothing differs. Raises StaleRecord when somebody
    else changed the record since `expected_version`. The permission is the caller's to check.
    """
    current = type(instance)._default_manager.get(pk=instance.pk)
    before = {name: getattr(current, name) for name in values}
    changed = {name: value for name, value in values.items() if before[name] != value}
    if not changed:
        return current
    for name, value in changed.items():
        setattr(current, name, value)
    save_if_unchanged(current, expected_version=expected_version, fields=changed)
    told = {name: [_plain(before[name]), _plain(value)] for name, value in changed.items()}
    details = {"fields": sorted(changed)} if names_only else {"changes": told}
    record(actor=actor, action=action, subject=current, label=label, details=details)
    return current


@transaction.atomic
def withdraw_once[M: VersionedModel](
    *, actor: Actor, action: str, instance: M, expected_version: int, reason: str, names_only: bool = False
) -> M:
    """Take back a record that keeps `withdrawn_on` and `withdrawn_because`, with an entry; twice does it once.

    `names_only` and StaleRecord as of `save_changes`. The permission is the caller's to check.
    """
    current: Any = type(instance)._default_manager.select_for_update().get(pk=instance.pk)
    if current.withdrawn_on:
        return current
    return save_changes(
        actor=actor,
        action=action,
        instance=current,
        expected_version=expected_version,
        values={"withdrawn_on": today(), "withdrawn_because": reason},
        names_only=names_only,
    )


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """What one field was and became, in words; empty: nothing was filled in."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event in the life of a record."""

    at: datetime
    actor: str
    action: str
    changes: tuple[ChangeLine, ...]


def history_of(
    instance: models.Model,
    actions: Mapping[str, str | Promise],
    *,
    hidden: Collection[str] = (),
    without: Collection[str] = (),
) -> list[HistoryLine]:
    """The last events of a record, newest first (one query). `actions` gives the words for each action.

    What the `hidden` fields were and became is left out, for who may not see them on the page either; so are the
    actions `without`.
    """
    entries = Entry.objects.filter(
        organisation_id=instance.organisation_id,  # type: ignore[attr-defined]
        subject_type=instance._meta.label_lower,
        subject_id=str(instance.pk),
    )
    return [
        HistoryLine(
            entry.at,
            entry.actor_label,
            str(actions.get(entry.action, entry.action)),
            changes_of(type(instance), entry, hidden=hidden),
        )
        for entry in entries.exclude(action__in=without).order_by("-number")[:LINES_OF_HISTORY]
    ]


def changes_of(
    model: type[models.Model] | None, entry: Entry, *, hidden: Collection[str] = ()
) -> tuple[ChangeLine, ...]:
    """What an entry says about each field but the `hidden` ones, in words.

    `model` is that of its record (None: there is none any more).
    """
    changes: Mapping[str, list[Any]] = entry.details.get("changes", {})
    return tuple(_line(model, name, *values) for name, values in changes.items() if name not in hidden)


def _line(model: type[models.Model] | None, name: str, before: Any, after: Any) -> ChangeLine:
    """The words for a logged change. A field that the model no longer has keeps its name."""
    label = field_words(model, name)
    field = next((field for field in model._meta.concrete_fields if field.name == name), None) if model else None
    if field is None or field.is_relation:
        return ChangeLine(label, str(before or ""), str(after or ""))
    return ChangeLine(label, _told(field, before), _told(field, after))


def _told(field: models.Field[Any, Any], value: Any) -> str:
    """The value in words; as it was logged, where the field has another form by now."""
    try:
        return field_text(field, field.to_python(value))
    except (ValidationError, TypeError):
        return str(value)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, models.Model) else value
