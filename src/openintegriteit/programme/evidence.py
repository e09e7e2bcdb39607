"""What proves a measure: adding it, and withdrawing it with a reason. Nothing of it is ever changed or removed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import body_of
from openintegriteit.event_log.operations import record
from openintegriteit.programme.models import Evidence, Measure
from openintegriteit.programme.permissions import POLICY


@transaction.atomic
def add_evidence(*, actor: Actor, identifier: UUID, measure: Measure, values: Mapping[str, Any]) -> Evidence:
    """Add what proves a measure; the author is the actor."""
    POLICY.require(actor, "change")
    existing: Evidence | None = Evidence.objects.filter(pk=identifier).first()
    if existing:
        return existing
    evidence: Evidence = Evidence.objects.create(
        pk=identifier, organisation_id=body_of(actor), measure=measure, author=actor.label, **values
    )
    record(actor=actor, action="measure.proven", subject=measure, details={"evidence": evidence.title})
    return evidence


@transaction.atomic
def withdraw_evidence(*, actor: Actor, evidence: Evidence, why: str) -> Evidence:
    """Say that this proves the measure no longer; it stays to be seen. A second time changes nothing.

    Raises ValueError without a reason.
    """
    POLICY.require(actor, "change")
    if not why.strip():
        raise ValueError("Evidence is withdrawn with a reason.")
    current: Evidence = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if current.withdrawn_at:
        return current
    current.withdrawn_at, current.withdrawn_by, current.withdrawn_why = timezone.now(), actor.label, why.strip()
    current.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    details = {"evidence": current.title, "reason": current.withdrawn_why}
    record(actor=actor, action="measure.evidence_withdrawn", subject=current.measure, details=details)
    return current
