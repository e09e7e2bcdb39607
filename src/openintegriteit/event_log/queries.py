"""Reading and checking the event log."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django_scopes import scopes_disabled

from openintegriteit.event_log.models import Chain, Entry
from openintegriteit.event_log.operations import INSTALLATION, entry_hash


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome for one chain: how many entries hold, and the first number that does not (None: all do)."""

    chain: str
    entries: int
    first_bad: int | None
    reason: str = ""


def verify_chain(organisation_id: UUID | None) -> Verification:
    """Walk the chain of a body (None: of the installation) from its first entry; call it within that body's scope.

    Names the first entry that was changed, removed or inserted, and notices a cut-off tail.
    """
    key = str(organisation_id or INSTALLATION)
    entries = Entry.objects.filter(chain=key) if organisation_id else _installation_entries()
    previous_hash, number = "0" * 64, 0
    for entry in entries.order_by("number").iterator(chunk_size=2000):
        number += 1
        if entry.number != number:
            return Verification(key, number - 1, number, "missing")
        if entry.previous_hash != previous_hash or entry_hash(entry) != entry.hash:
            return Verification(key, number - 1, number, "changed")
        previous_hash = entry.hash
    chain = Chain.objects.filter(key=key).first() or Chain(key=key)
    if chain.length != number or chain.last_hash != previous_hash:
        return Verification(key, number, number + 1, "cut off")
    return Verification(key, number, None)


def _installation_entries() -> QuerySet[Entry]:
    with scopes_disabled():
        return Entry.objects.filter(chain=INSTALLATION)
