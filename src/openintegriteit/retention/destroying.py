"""What the worker does with a list to which two people agreed: record by record, so that a kill leaves nothing by half.

Each record goes with all its details, its entry in the event log and its fate on the list in one transaction. Who comes
after a killed worker finds what is left by its fate. A record that a hold keeps by now, that changed or whose term is
not over any more, stays, with the reason.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Count, ProtectedError, Q, QuerySet, RestrictedError
from django.utils import timezone

from openintegriteit.core.clock import today
from openintegriteit.core.contracts import KeptKind
from openintegriteit.core.locking import save_if_unchanged
from openintegriteit.core.roles import program_actor
from openintegriteit.core.tenancy import organisation_in_scope, organisation_scope
from openintegriteit.event_log.operations import record
from openintegriteit.organisations.documents import forget_documents
from openintegriteit.organisations.models import Organisation
from openintegriteit.retention.counting import count
from openintegriteit.retention.models import Because, DestructionList, Fate, ListedRecord, ListState
from openintegriteit.retention.operations import one_at_a_time
from openintegriteit.retention.queries import Kinds, not_held, not_needed, rule_on
from openintegriteit.retention.rules import is_over
from openintegriteit.retention.written import write_down

MOST_AT_ONCE = 500  # of a body in one call, so that the other work of the worker need not wait long
logger = structlog.get_logger("openintegriteit.retention")


def destroy_approved(kinds: Kinds) -> None:
    """Destroy what two people agreed to, of every body. Repeatable; what is left over comes with the next call.

    A body where it fails is logged and tried again, and does not keep the others from it.
    """
    for body in Organisation.objects.values_list("pk", flat=True):
        try:
            with organisation_scope(body):
                _destroy_of_body(kinds)
        except Exception:
            logger.exception("destruction failed", organisation=str(body))


def _destroy_of_body(kinds: Kinds) -> None:
    left = MOST_AT_ONCE
    for key in DestructionList.objects.filter(state=ListState.APPROVED).order_by("number").values_list("pk", flat=True):
        waiting = ListedRecord.objects.waiting().filter(on_list=key).order_by("kept_until", "id")
        batch = list(waiting.values_list("pk", flat=True)[:left])
        for listed in batch:
            handle(kinds, listed, today())
        left -= len(batch)
        write_down(DestructionList.objects.get(pk=key))
        if left <= 0:
            return
        finish(kinds, key, today())


@transaction.atomic
def handle(kinds: Kinds, listed: UUID, day: date) -> None:
    """Destroy one record of an approved list, or say why it stays. Nothing happens to what was handled before."""
    one_at_a_time(organisation_in_scope())
    row: ListedRecord | None = (
        ListedRecord.objects.waiting()
        .filter(pk=listed, on_list__state=ListState.APPROVED)
        .select_for_update(of=("self",))
        .select_related("on_list", "rule")
        .first()
    )
    if row is None:
        return
    because = _destroy(kinds[row.kind], row, day)
    row.fate = Fate.PASSED_OVER if because else Fate.DESTROYED
    row.because, row.person, row.handled_at = because, None, timezone.now()
    row.save(update_fields=["fate", "because", "person", "handled_at"])


def _destroy(kind: KeptKind, listed: ListedRecord, day: date) -> str:
    """Destroy the record; empty, or why it stays."""
    rule = rule_on(kind.key, day)
    if rule is None or rule.pk != listed.rule_id or rule.months is None:
        return Because.RULE
    rows = kind.rows(rule.start).filter(pk=listed.record)  # type: ignore[arg-type]
    if rows.select_for_update(of=("self",)).first() is None:
        return Because.GONE
    found = rows.get()  # anew: what hangs on it may have changed until it was locked
    if because := stays(kind, rows):
        return because
    if not is_over(found.began, rule.months, day):
        return Because.NOT_DUE
    if found.began != listed.began or kind.mark(found) != listed.mark:
        return Because.CHANGED
    details = {"destruction_list": listed.on_list.number, "ground": rule.ground}
    return destroy(kind, found, words=listed.words, details=details)


def stays(kind: KeptKind, rows: QuerySet[Any]) -> str:
    """Why the one record of a kind that `rows` gives has to stay; empty: nothing keeps it."""
    if not not_held(rows, kind).exists():
        return Because.HELD
    return "" if not_needed(rows, kind).exists() else Because.IN_USE


def destroy(kind: KeptKind, found: Any, *, words: str, details: Mapping[str, Any]) -> str:
    """Destroy a record of a kind with all its details and tell the log; empty, or why the database keeps it."""
    try:
        with transaction.atomic():
            actor = program_actor(found.organisation_id)
            record(actor=actor, action="record.destroyed", subject=found, label=words, details=details)
            kind.destroy(found)
    except (ProtectedError, RestrictedError):
        return Because.IN_USE
    return ""


@transaction.atomic
def finish(kinds: Kinds, key: UUID, day: date) -> None:
    """Close a list of which every record was handled: from then on it is the declaration. Repeatable.

    Documents that were made of the records of the body go too; they are made again without what was destroyed.
    """
    held: DestructionList = DestructionList.objects.select_for_update(of=("self",)).get(pk=key)
    if held.state != ListState.APPROVED or ListedRecord.objects.waiting().filter(on_list=held).exists():
        return
    forget_documents(held.organisation_id)
    counted = held.records.aggregate(
        destroyed=Count("pk", filter=Q(fate=Fate.DESTROYED)), passed_over=Count("pk", filter=Q(fate=Fate.PASSED_OVER))
    )
    held.destroyed, held.passed_over = counted["destroyed"], counted["passed_over"]
    held.state, held.closed_on, held.sha256 = ListState.DONE, day, digest_of(held)
    save_if_unchanged(
        held,
        expected_version=held.version,
        fields=["destroyed", "passed_over", "state", "closed_on", "sha256"],
    )
    details = {"destroyed": held.destroyed, "passed_over": held.passed_over, "sha256": held.sha256}
    record(actor=program_actor(held.organisation_id), action="destruction_list.executed", subject=held, details=details)
    concerned = held.records.order_by().values_list("kind", flat=True).distinct()
    count(kinds[kind] for kind in concerned)


def digest_of(destruction_list: DestructionList) -> str:
    """SHA-256 of what became of each record of a list and who agreed: what stands in its declaration."""
    held = destruction_list
    people = [held.number, held.drawn_up_name, held.first_name, held.second_name]
    days = [held.drawn_up_on, held.first_on, held.second_on]
    rows = held.records.order_by("pk").values_list(
        "kind", "record", "words", "rule", "began", "kept_until", "fate", "because"
    )
    content = json.dumps([people, days, [list(row) for row in rows]], default=str, ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()
