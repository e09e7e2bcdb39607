"""Reading and checking the event log.

Reading asks the indexes of the log only, newest first and from where the page before it ended, so that a page costs the
same in a log of a million lines as in one of a thousand. For the same reason filtered lines are not counted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone
from django_scopes import scopes_disabled

from openintegriteit.event_log.models import Chain, Entry
from openintegriteit.event_log.operations import INSTALLATION, entry_hash

PER_PAGE = 50
MOST_NAMES = 20


@dataclass(frozen=True, slots=True)
class Verification:
    """The outcome for one chain: how many entries hold, and the first number that does not (None: all do)."""

    chain: str
    entries: int
    first_bad: int | None
    reason: str = ""


def verify_chain(organisation_id: UUID | None) -> Verification:
    """Walk the chain of a body (None: of the installation) from its first entry; call it within that body's scope.

    Names the first entry that was changed, removed or inserted, and notices a cut-off tail. The chain keeps the outcome
    for whoever reads the log.
    """
    started = timezone.now()
    outcome = _walk(organisation_id)
    Chain.objects.filter(key=outcome.chain).update(
        verified_at=started, verified_entries=outcome.entries, verified_first_bad=outcome.first_bad
    )
    return outcome


def hashes_in_chain(organisation_id: UUID | None, numbers: Iterable[int]) -> dict[tuple[str, int], str]:
    """The hash of each entry with one of the numbers, by chain and number; call it within that body's scope."""
    key, asked = str(organisation_id or INSTALLATION), sorted(set(numbers))
    found: dict[tuple[str, int], str] = {}
    for start in range(0, len(asked), 500):
        rows = _entries_of(organisation_id).filter(number__in=asked[start : start + 500])
        found |= {(key, number): seal for number, seal in rows.values_list("number", "hash")}
    return found


def _walk(organisation_id: UUID | None) -> Verification:
    """Walk from the first entry to the last, while others may be adding entries.

    What the chain said before the walk must be there; nothing may be there that the chain does not know after it.
    """
    key = str(organisation_id or INSTALLATION)
    before = _end_of(key)
    previous_hash, number = "0" * 64, 0
    for entry in _entries_of(organisation_id).order_by("number").iterator(chunk_size=2000):
        number += 1
        if entry.number != number:
            return Verification(key, number - 1, number, "missing")
        if entry.previous_hash != previous_hash or entry_hash(entry) != entry.hash:
            return Verification(key, number - 1, number, "changed")
        previous_hash = entry.hash
        if number == before.length and previous_hash != before.last_hash:
            return Verification(key, number - 1, number, "changed")
    if number < before.length:
        return Verification(key, number, number + 1, "cut off")
    after = _end_of(key)
    if number > after.length or (number == after.length and previous_hash != after.last_hash):
        return Verification(key, after.length, after.length + 1, "changed")
    return Verification(key, number, None)


def _end_of(key: str) -> Chain:
    return Chain.objects.filter(key=key).first() or Chain(key=key)


def _entries_of(organisation_id: UUID | None) -> QuerySet[Entry]:
    if organisation_id:
        return Entry.objects.filter(chain=str(organisation_id))
    with scopes_disabled():
        return Entry.objects.filter(chain=INSTALLATION)


@dataclass(frozen=True, slots=True)
class Filters:
    """What to show of a log: from `start` up to `end`, and only what fits whatever else is filled in."""

    start: datetime | None = None
    end: datetime | None = None
    actions: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    person: str | None = None  # the name as it stands in the log
    record: str = ""


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Some lines of the log, newest first. `older` is the number after which the next page begins; None: no more."""

    entries: tuple[Entry, ...]
    older: int | None


def filtered_entries(organisation_id: UUID, filters: Filters) -> QuerySet[Entry]:
    """The lines of the log of a body that fit, newest first; call it within that body's scope."""
    rows: QuerySet[Entry] = Entry.objects.filter(organisation_id=organisation_id).order_by("-at", "-number")
    if filters.start:
        rows = rows.filter(at__gte=filters.start)
    if filters.end:
        rows = rows.filter(at__lt=filters.end)
    for field, values in (("action", filters.actions), ("subject_type", filters.kinds)):
        if values:
            rows = rows.filter(**({field: values[0]} if len(values) == 1 else {f"{field}__in": values}))
    if filters.person is not None:
        rows = rows.filter(actor_label=filters.person)
    if filters.record:
        # A record is of one kind; by both the database finds its lines in order.
        same = rows.order_by().filter(subject_id=filters.record).values_list("subject_type", flat=True)
        rows = rows.filter(subject_id=filters.record, subject_type=next(iter(same[:1]), ""))
    return rows


def entry_page(organisation_id: UUID, filters: Filters, after: int | None = None) -> EntryPage:
    """The page that follows the line with the number `after` (None, or a number that is not there: the newest).

    One query, one more where it follows another page, and one more where it is about one record.
    """
    rows = filtered_entries(organisation_id, filters)
    moment = _moment_of(organisation_id, after) if after is not None else None
    if after is not None and moment is not None:
        rows = rows.filter(Q(at__lt=moment) | Q(number__lt=after), at__lte=moment)
    entries = list(rows[: PER_PAGE + 1])
    more = len(entries) > PER_PAGE
    entries = entries[:PER_PAGE]
    return EntryPage(tuple(entries), entries[-1].number if more else None)


def _moment_of(organisation_id: UUID, number: int) -> datetime | None:
    rows = Entry.objects.filter(chain=str(organisation_id), number=number)
    moment: datetime | None = rows.values_list("at", flat=True).first()
    return moment


@dataclass(frozen=True, slots=True)
class Names:
    """Who is meant by what was typed: exactly one name, or several to choose from (at most twenty), or nobody."""

    name: str | None
    choices: tuple[str, ...]


def names_like(organisation_id: UUID, typed: str, told: dict[str, str]) -> Names:
    """The names in the log in which every typed word stands (one query). `told` gives other words for a name."""
    words = typed.casefold().split()
    found = []
    for name in values_in_log(organisation_id, "actor_label"):
        shown = " ".join(told.get(name, name).casefold().split())
        if shown == " ".join(words):
            return Names(name, ())
        if all(word in shown for word in words):
            found.append(name)
    return Names(found[0], ()) if len(found) == 1 else Names(None, tuple(found[:MOST_NAMES]))


def values_in_log(organisation_id: UUID, field: Literal["action", "subject_type", "actor_label"]) -> list[str]:
    """The different values of a field in the log of a body, in order.

    One query that jumps from value to value in the index: it costs as many steps as there are values, not lines.
    """
    column = connection.ops.quote_name(field)
    query = f"""
        WITH RECURSIVE found(value) AS (
            SELECT min({column}) FROM event_log_entry WHERE organisation_id = %s
            UNION ALL
            SELECT (SELECT min({column}) FROM event_log_entry WHERE organisation_id = %s AND {column} > found.value)
            FROM found WHERE found.value IS NOT NULL
        )
        SELECT value FROM found WHERE value IS NOT NULL
    """  # noqa: S608 a column of ours
    key = Entry._meta.get_field("organisation_id").get_db_prep_value(organisation_id, connection)
    with connection.cursor() as cursor:
        cursor.execute(query, [key, key])
        return [value for (value,) in cursor.fetchall()]


def chain_of(organisation_id: UUID) -> Chain:
    """How long the log of a body is and what its last check found (one query); of a body without lines an empty one."""
    return _end_of(str(organisation_id))
