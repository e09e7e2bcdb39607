"""What an activity uses: adding it, and withdrawing it with a reason. Nothing of it is ever changed or removed."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import body_of
from openintegriteit.event_log.operations import record
from openintegriteit.programme.models import Activity, Material
from openintegriteit.programme.permissions import POLICY


@transaction.atomic
def add_material(*, actor: Actor, identifier: UUID, activity: Activity, values: Mapping[str, Any]) -> Material:
    """Add what an activity uses; the author is the actor."""
    POLICY.require(actor, "change")
    existing: Material | None = Material.objects.filter(pk=identifier).first()
    if existing:
        return existing
    material: Material = Material.objects.create(
        pk=identifier, organisation_id=body_of(actor), activity=activity, author=actor.label, **values
    )
    record(actor=actor, action="activity.material_added", subject=activity, details={"material": material.title})
    return material


@transaction.atomic
def withdraw_material(*, actor: Actor, material: Material, why: str) -> Material:
    """Say that this is used no longer; it stays to be seen. A second time changes nothing.

    Raises ValueError without a reason.
    """
    POLICY.require(actor, "change")
    if not why.strip():
        raise ValueError("Material is withdrawn with a reason.")
    current: Material = Material.objects.select_for_update().get(pk=material.pk)
    if current.withdrawn_at:
        return current
    current.withdrawn_at, current.withdrawn_by, current.withdrawn_why = timezone.now(), actor.label, why.strip()
    current.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_why"])
    details = {"material": current.title, "reason": current.withdrawn_why}
    record(actor=actor, action="activity.material_withdrawn", subject=current.activity, details=details)
    return current
