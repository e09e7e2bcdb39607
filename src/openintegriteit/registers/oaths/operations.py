"""Every change to oaths and their texts: permission, change and log entry together."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import create_once, withdraw_once
from openintegriteit.messages.links import end_links
from openintegriteit.organisations.models import Person
from openintegriteit.registers.oaths.models import Oath, OathText
from openintegriteit.registers.oaths.permissions import require_recording
from openintegriteit.registers.oaths.queries import STATEMENT_LINK, group_of


@transaction.atomic
def record_oath(*, actor: Actor, identifier: UUID, person: Person, values: Mapping[str, Any]) -> Oath:
    """Record what a person took, as what they are now; the same key twice makes one. A mailed link ends."""
    for_whom = group_of(person, today())
    require_recording(actor, for_whom)
    told = {**values, "person": person, "for_whom": for_whom, "recorded_by": actor.label}
    made = create_once(actor=actor, action="oath.recorded", model=Oath, identifier=identifier, values=told)
    end_links(person_ids=[person.pk], purpose=STATEMENT_LINK)
    return made


def withdraw(*, actor: Actor, oath: Oath, expected_version: int, reason: str) -> Oath:
    """Take back what was recorded by mistake, with the reason; twice does it once. Raises StaleRecord."""
    require_recording(actor, oath.for_whom)
    return withdraw_once(
        actor=actor, action="oath.withdrawn", instance=oath, expected_version=expected_version, reason=reason
    )


def add_text(*, actor: Actor, identifier: UUID, values: Mapping[str, Any]) -> OathText:
    """Add words for a group, the next version where it has some; the same key twice adds one."""
    require_recording(actor, values["for_whom"])
    return create_once(actor=actor, action="oath_text.added", model=OathText, identifier=identifier, values=values)
