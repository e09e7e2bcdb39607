"""What was destroyed is destroyed again when a backup from before that day is put back.

The database that came back cannot tell it; what was written down outside it can (`written.py`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.organisations.models import Organisation
from openintegriteit.retention.destroying import destroy, stays
from openintegriteit.retention.models import ListedRecord, ListState
from openintegriteit.retention.queries import Kinds
from openintegriteit.retention.written import Destroyed


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of it: how many records were destroyed again, and those that are there and stay."""

    destroyed: int
    kept: tuple[Destroyed, ...]


def destroy_again(kinds: Kinds, told: Iterable[Destroyed], since: datetime) -> Replay:
    """Destroy what was destroyed since a moment and is there again, in the order of then. Repeatable.

    What a hold keeps or another record needs by the rows that came back stays: that can still go by a new list, and
    what is gone cannot come back. A list that two agreed to and that came back too is left to the worker.
    """
    later = sorted((each for each in told if each.at >= since), key=lambda each: each.at)
    destroyed, kept = 0, []
    for body in Organisation.objects.values_list("pk", flat=True):
        with organisation_scope(body):
            for each in (each for each in later if each.body == body):
                outcome = _again(kinds, each)
                destroyed += outcome is True
                kept += [each] if outcome is False else []
    return Replay(destroyed, tuple(kept))


@transaction.atomic
def _again(kinds: Kinds, told: Destroyed) -> bool | None:
    """Whether the record went; None: it is not there, or the worker sees to it."""
    kind = kinds[told.kind]
    rows = kind.rows(kind.starts[0]).filter(pk=told.record)
    found = rows.first()
    agreed = ListedRecord.objects.waiting().filter(on_list__state=ListState.APPROVED)
    if found is None or agreed.filter(kind=told.kind, record=told.record).exists():
        return None
    details = {"destruction_list": told.list_number, "ground": told.ground, "destroyed_first": told.at.isoformat()}
    return not (stays(kind, rows) or destroy(kind, found, words=told.words, details=details))


def unknown_kinds(kinds: Kinds, told: Iterable[Destroyed]) -> Sequence[str]:
    """The kinds of record that these tell of and that this version does not know."""
    return sorted({each.kind for each in told} - set(kinds))
