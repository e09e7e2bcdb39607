"""Adding to the event log: always in the transaction of the change that it tells about."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone, translation

from openintegriteit.core.roles import Actor
from openintegriteit.event_log.models import Chain, Entry

INSTALLATION = "installation"
BATCH = 1000


@dataclass(frozen=True, slots=True)
class Event:
    """What one entry tells: the action, the record concerned (or the name of a page), what people call it, and more."""

    action: str
    subject: models.Model | str
    label: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)


def record(
    *,
    actor: Actor,
    action: str,
    subject: models.Model | str,
    label: str = "",
    details: Mapping[str, Any] | None = None,
) -> Entry:
    """Add one entry to the chain of the actor's body (of the installation, for an actor without a body).

    `subject` is the record concerned, or the name of a page where a read is logged; `label` is what people call it.
    Raises RuntimeError outside a transaction: a change and its entry stand or fall together.
    """
    return record_many(actor=actor, events=[Event(action, subject, label, details or {})])[0]


@translation.override(settings.LANGUAGE_CODE)
def record_many(*, actor: Actor, events: Iterable[Event]) -> list[Entry]:
    """Add one entry per event, in their order, to the same chain: for changes of many rows at once.

    The chain is locked once and the entries are inserted in batches, so the cost per entry does not grow with their
    number. Raises RuntimeError outside a transaction, as `record` does.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An event is recorded in the transaction of the change it tells about.")
    key = str(actor.organisation_id or INSTALLATION)
    Chain.objects.get_or_create(key=key)
    chain = Chain.objects.select_for_update().get(key=key)
    entries = []
    for event in events:
        entry = _next_entry(chain, actor, event)
        chain.length, chain.last_hash = entry.number, entry.hash
        entries.append(entry)
    Entry.objects.bulk_create(entries, batch_size=BATCH)
    chain.save(update_fields=["length", "last_hash"])
    return entries


def _next_entry(chain: Chain, actor: Actor, event: Event) -> Entry:
    subject_type, subject_id = _subject(event.subject)
    entry = Entry(
        chain=chain.key,
        organisation_id=actor.organisation_id,
        number=chain.length + 1,
        at=timezone.now(),
        actor_id=actor.identifier,
        actor_label=actor.label,
        action=event.action,
        subject_type=subject_type,
        subject_id=subject_id,
        subject_label=(event.label or str(event.subject))[:300],
        details=json.loads(json.dumps(dict(event.details), default=str)),
        previous_hash=chain.last_hash,
    )
    entry.hash = entry_hash(entry)
    return entry


def _subject(subject: models.Model | str) -> tuple[str, str]:
    """The type and id of a record; for a page its name and no id."""
    if isinstance(subject, models.Model):
        return subject._meta.label_lower, str(subject.pk)
    return subject, ""


def entry_hash(entry: Entry) -> str:
    """SHA-256 over everything that the entry says and the hash of the one before it, as canonical JSON."""
    content = {
        "chain": entry.chain,
        "number": entry.number,
        "at": _instant(entry.at),
        "actor": [entry.actor_id, entry.actor_label],
        "action": entry.action,
        "subject": [entry.subject_type, entry.subject_id, entry.subject_label],
        "details": entry.details,
        "previous": entry.previous_hash,
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
