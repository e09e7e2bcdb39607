"""Every change to the log of advice: permission, change and log entry together.

The event log is read by others than the coordinator. Its entries therefore tell theme, day and which fields changed,
never what they said.

Creating takes the key of the new record, so that doing it twice makes one. Changing takes the version that the person
saw, and raises StaleRecord when somebody else was first. Without the permission everything raises PermissionDenied.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.text import slugify

from openintegriteit.coordination.models import Advice, OwnTheme
from openintegriteit.coordination.permissions import POLICY
from openintegriteit.coordination.themes import dutch_name
from openintegriteit.core.locking import save_if_unchanged
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import body_of
from openintegriteit.event_log.operations import record

PREFIX = "eigen-"  # no code of a common theme begins with it


@transaction.atomic
def create_advice(*, actor: Actor, identifier: UUID, values: Mapping[str, Any]) -> Advice:
    """Add advice to the log."""
    POLICY.require(actor, "change")
    existing: Advice | None = Advice.objects.filter(pk=identifier).first()
    if existing:
        return existing
    advice: Advice = Advice.objects.create(pk=identifier, organisation_id=body_of(actor), **values)
    record(actor=actor, action="advice.created", subject=advice, label=_label(advice))
    return advice


@transaction.atomic
def change_advice(*, actor: Actor, advice: Advice, expected_version: int, values: Mapping[str, Any]) -> Advice:
    """Change advice; the entry names the fields, not what stood in them."""
    POLICY.require(actor, "change")
    current: Advice = Advice.objects.get(pk=advice.pk)
    changed = [name for name, value in values.items() if getattr(current, name) != value]
    if not changed:
        return current
    for name in changed:
        setattr(current, name, values[name])
    save_if_unchanged(current, expected_version=expected_version, fields=changed)
    record(actor=actor, action="advice.changed", subject=current, label=_label(current), details={"fields": changed})
    return current


@transaction.atomic
def create_theme(*, actor: Actor, identifier: UUID, name: str) -> OwnTheme:
    """Add a theme of the body's own. Raises IntegrityError for a name that it has already."""
    POLICY.require(actor, "change")
    existing: OwnTheme | None = OwnTheme.objects.filter(pk=identifier).first()
    if existing:
        return existing
    theme: OwnTheme = OwnTheme.objects.create(
        pk=identifier, organisation_id=body_of(actor), code=theme_code(name), name=name
    )
    record(actor=actor, action="advice_theme.created", subject=theme)
    return theme


def theme_code(name: str) -> str:
    """The code of an own theme with this name."""
    return f"{PREFIX}{slugify(name)}"


def _label(advice: Advice) -> str:
    return f"{dutch_name(advice.theme)}, {advice.day:%d-%m-%Y}"
