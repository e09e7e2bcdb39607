"""Every change to exemptions from prohibited acts: permission, change and log entry together."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import body_of, create_once, save_changes
from openintegriteit.organisations.models import Organisation, Person
from openintegriteit.registers.abstentions.law import Law, law_of
from openintegriteit.registers.abstentions.models import Exemption
from openintegriteit.registers.abstentions.permissions import POLICY
from openintegriteit.registers.abstentions.queries import exemption_laws, may_keep, may_record


def article_for(law: Law, person: Person, act: str, granted_by: str) -> str:
    """The article by which somebody gets this exemption, and where the act stands; empty: we know none."""
    says, place = exemption_laws(law, person), law.acts.get(act)
    found = [one for one in says if one.granted_by == granted_by] or says
    return f"{found[0].article}; {place}" if found and place else ""


@transaction.atomic
def record_exemption(*, actor: Actor, identifier: UUID, person: Person, values: Mapping[str, Any]) -> Exemption:
    """Record an exemption that was granted; the same key twice records one. PermissionDenied for people of others."""
    if not may_record(actor, person):
        raise PermissionDenied
    law = _law_if_kept(actor, person)
    told = {**values, "person": person, "article": article_for(law, person, values["act"], values["granted_by"])}
    return create_once(
        actor=actor,
        action="exemption.recorded",
        model=Exemption,
        identifier=identifier,
        values={**told, "recorded_by": actor.label},
        label=person.full_name,
    )


@transaction.atomic
def change_exemption(
    *, actor: Actor, exemption: Exemption, expected_version: int, values: Mapping[str, Any]
) -> Exemption:
    """Change what was granted, until when, or when to look again. Raises StaleRecord."""
    law = _law_if_kept(actor, exemption.person)
    act, granted_by = (values.get(name, getattr(exemption, name)) for name in ("act", "granted_by"))
    is_same = values.keys().isdisjoint({"act", "granted_by"})
    article = {} if is_same else {"article": article_for(law, exemption.person, act, granted_by)}
    return save_changes(
        actor=actor,
        action="exemption.changed",
        instance=exemption,
        expected_version=expected_version,
        values={**values, **article},
        label=exemption.person.full_name,
        names_only=True,
    )


def _law_if_kept(actor: Actor, person: Person) -> Law:
    POLICY.require(actor, "keep_exemptions")
    if not may_keep(actor, person):
        raise PermissionDenied
    return law_of(Organisation.objects.get(pk=body_of(actor)).kind)
