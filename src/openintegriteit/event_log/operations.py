"""Adding to the event log: always in the transaction of the change that it tells about."""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from openintegriteit.core.roles import Actor
from openintegriteit.event_log.models import Chain, Entry

INSTALLATION = "installation"


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
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An event is recorded in the transaction of the change it tells about.")
    key = str(actor.organisation_id or INSTALLATION)
    Chain.objects.get_or_create(key=key)
    chain = Chain.objects.select_for_update().get(key=key)
    is_record = isinstance(subject, models.Model)
    entry = Entry(
        chain=key,
        organisation_id=actor.organisation_id,
        number=chain.length + 1,
        at=timezone.now(),
        actor_id=actor.identifier,
        actor_label=actor.label,
        action=action,
        subject_type=subject._meta.label_lower if is_record else subject,
        subject_id=str(subject.pk) if is_record else "",
        subject_label=(label or str(subject))[:300],
        details=json.loads(json.dumps(details or {}, default=str)),
        previous_hash=chain.last_hash,
    )
    entry.hash = entry_hash(entry)
    entry.save(force_insert=True)
    chain.length, chain.last_hash = entry.number, entry.hash
    chain.save()
    return entry


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
