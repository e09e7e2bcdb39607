"""Every change of what is public: permission, change and log entry together."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from openintegriteit.core.clock import today
from openintegriteit.core.contracts import PublicEntry, PublicRegister
from openintegriteit.core.roles import Actor, program_actor
from openintegriteit.core.searching import search_values
from openintegriteit.core.terms import add_months
from openintegriteit.event_log.changes import body_of, create_once, save_changes
from openintegriteit.event_log.operations import record
from openintegriteit.organisations.models import Organisation
from openintegriteit.publication.contents import BY_KEY, REGISTERS
from openintegriteit.publication.models import ChangeKind, Entry, EntryChange, Hiding, Publication
from openintegriteit.publication.permissions import POLICY
from openintegriteit.publication.rules import compare, kept_content, title_of

BATCH = 500
CHANGING = ("content", "title", "person", "added_on", "changed_on", "removed_on", "search_text")
type Lines = dict[str, tuple[PublicEntry, ...]]  # by the key of their register


def publication_of(organisation_id: UUID) -> Publication:
    """How the body in scope publishes; made with the usual values where nobody set anything."""
    found: Publication = Publication.objects.get_or_create(organisation_id=organisation_id)[0]
    return found


def change_settings(*, actor: Actor, expected_version: int, values: Mapping[str, Any]) -> Publication:
    """Change how the body publishes. Raises StaleRecord when somebody else was first."""
    POLICY.require(actor, "change")
    return save_changes(
        actor=actor,
        action="publication.settings_changed",
        instance=publication_of(body_of(actor)),
        expected_version=expected_version,
        values=values,
    )


@transaction.atomic
def hide(
    *, actor: Actor, identifier: UUID, entry: Entry, whole_person: bool, reason: str, hidden_until: date
) -> Hiding:
    """Take one line, or all lines about the same person, out of sight for a while; the same key twice does it once.

    PermissionDenied for who does not keep the register.
    """
    require_keeping(actor, entry)
    return create_once(
        actor=actor,
        action="publication.hidden",
        model=Hiding,
        identifier=identifier,
        values={
            "person_id": entry.person,
            "entry": None if whole_person else entry,
            "reason": reason,
            "hidden_on": today(),
            "hidden_until": hidden_until,
            "hidden_by": actor.label,
        },
    )


@transaction.atomic
def show_again(*, actor: Actor, hiding: Hiding) -> Hiding:
    """Bring back what was out of sight, before its day; twice does it once. PermissionDenied as for hiding."""
    held: Hiding = Hiding.objects.select_for_update().get(pk=hiding.pk)
    require_ending(actor, held)
    if held.ended_on is None:
        held.ended_on = today()
        held.save(update_fields=["ended_on"])
        record(actor=actor, action="publication.shown_again", subject=held)
    return held


def require_keeping(actor: Actor, entry: Entry) -> None:
    """Raise PermissionDenied unless the actor keeps the register of the line, and the line is about somebody."""
    POLICY.require(actor, "hide")
    if entry.person is None or not actor.has(*BY_KEY[entry.register].keepers):
        raise PermissionDenied


def require_ending(actor: Actor, hiding: Hiding) -> None:
    """Raise PermissionDenied unless the actor keeps a register in which something of the hiding stands."""
    POLICY.require(actor, "hide")
    concerned = [hiding.entry] if hiding.entry else Entry.objects.filter(person=hiding.person_id)
    if not any(actor.has(*BY_KEY[entry.register].keepers) for entry in concerned):
        raise PermissionDenied


@transaction.atomic
def bring_up_to_date(organisation: Organisation, day: date) -> Lines:
    """Record what became public, changed and left since the last time; returns every line as it should be.

    One at a time for a body: who comes second waits, and then finds that it has been done.
    """
    publication_of(organisation.pk)
    publication = Publication.objects.select_for_update().get()
    since = add_months(day, -publication.shown_for_months)
    lines = {register.key: register.entries(organisation, day, since) for register in REGISTERS}
    for register in REGISTERS:
        _record_changes(program_actor(organisation.pk), publication, register, lines[register.key], day)
    return lines


def _record_changes(
    actor: Actor, publication: Publication, register: PublicRegister, entries: Iterable[PublicEntry], day: date
) -> None:
    known = {row.pk: row for row in Entry.objects.filter(register=register.key)}
    wanted = {entry.key: entry for entry in entries}
    contents = {key: kept_content(entry) for key, entry in wanted.items()}
    changes = compare({key: row.content for key, row in known.items() if row.removed_on is None}, contents)
    new: list[Entry] = []
    old: list[Entry] = []
    told: list[tuple[Entry, ChangeKind]] = []
    for key, entry in wanted.items():
        if key in changes.added:
            row = known.get(key) or Entry(pk=key, organisation_id=body_of(actor), register=register.key)
            (old if key in known else new).append(row)
            row.added_on, row.changed_on, row.removed_on = day, None, None
            told.append((row, ChangeKind.ADDED))
        elif key in changes.changed:
            row = known[key]
            old.append(row)
            row.changed_on = day
            told.append((row, ChangeKind.CHANGED))
        else:
            continue
        row.content, row.title, row.person = contents[key], title_of(register, entry), entry.person
    for key in changes.removed:
        row = known[key]
        row.content, row.title, row.person, row.removed_on = {}, "", None, day
        old.append(row)
        told.append((row, ChangeKind.REMOVED))
    if not told:
        return
    for row in old:
        search_values(row)
    Entry.objects.bulk_create(new, batch_size=BATCH)
    Entry.objects.bulk_update(old, CHANGING, batch_size=BATCH)
    EntryChange.objects.filter(entry__in=changes.removed).update(content={})
    EntryChange.objects.bulk_create(
        [
            EntryChange(organisation_id=row.organisation_id, entry=row, kind=kind, day=day, content=row.content)
            for row, kind in told
        ],
        batch_size=BATCH,
    )
    counts = {"added": len(changes.added), "changed": len(changes.changed), "removed": len(changes.removed)}
    details = {name: number for name, number in counts.items() if number}
    record(actor=actor, action="publication.changed", subject=publication, label=register.title, details=details)
