"""Every change to regulations and answers to obligations: permission, change and log entry together.

Creating takes the key of the new record, so that doing it twice makes one. Changing takes the version that the person
saw, and raises StaleRecord when somebody else was first. Without the permission everything raises PermissionDenied.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from openintegriteit.campaigns.models import Campaign, CampaignState
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import body_of, create_once, save_changes
from openintegriteit.event_log.operations import record
from openintegriteit.organisations.models import Organisation
from openintegriteit.policy.models import ObligationAnswer, OwnObligation, Regulation, RegulationVersion
from openintegriteit.policy.permissions import POLICY

TEXTS = ("popular_text", "text", "web_address")


class TextWasMailed(Exception):
    """People were asked to read this version, so its text stays what they read."""


def create_regulation(*, actor: Actor, identifier: UUID, values: Mapping[str, Any]) -> Regulation:
    """Add a regulation, still without a version."""
    POLICY.require(actor, "change")
    return create_once(actor=actor, action="regulation.created", model=Regulation, identifier=identifier, values=values)


def change_regulation(
    *, actor: Actor, regulation: Regulation, expected_version: int, values: Mapping[str, Any]
) -> Regulation:
    """Change what is known of a regulation; what it said when is in its versions."""
    POLICY.require(actor, "change")
    return save_changes(
        actor=actor,
        action="regulation.changed",
        instance=regulation,
        expected_version=expected_version,
        values=values,
    )


@transaction.atomic
def add_version(
    *, actor: Actor, identifier: UUID, regulation: Regulation, values: Mapping[str, Any]
) -> RegulationVersion:
    """Add a version that was adopted; it is never removed, and of it only the text can be added later."""
    POLICY.require(actor, "change")
    existing: RegulationVersion | None = RegulationVersion.objects.filter(pk=identifier).first()
    if existing:
        return existing
    version: RegulationVersion = RegulationVersion.objects.create(
        pk=identifier, organisation_id=body_of(actor), regulation=regulation, **values
    )
    record(actor=actor, action="regulation.version_added", subject=regulation, details={"version": version.label})
    return version


@transaction.atomic
def change_text(
    *, actor: Actor, version: RegulationVersion, expected_version: int, values: Mapping[str, Any]
) -> RegulationVersion:
    """Write the text of a version, in full and in plain words, or where it was published.

    Raises TextWasMailed from the first campaign on in which it is read, and StaleRecord.
    """
    POLICY.require(actor, "change")
    if was_mailed(RegulationVersion.objects.select_for_update().get(pk=version.pk)):
        raise TextWasMailed
    return save_changes(
        actor=actor,
        action="regulation.text_changed",
        instance=version,
        expected_version=expected_version,
        values={name: values[name] for name in TEXTS},
    )


def was_mailed(version: RegulationVersion) -> bool:
    """Whether a campaign was started in which people read this version (one query)."""
    about = Campaign.objects.filter(subject_kind=version._meta.label_lower, subject_key=version.pk)
    return bool(about.exclude(state=CampaignState.DRAFT).exists())


@transaction.atomic
def answer_obligation(
    *, actor: Actor, obligation: str, expected_version: int, values: Mapping[str, Any]
) -> ObligationAnswer:
    """Say where the body stands on an obligation. `expected_version` 0: nobody had said anything yet.

    Raises StaleRecord when somebody else did meanwhile.
    """
    POLICY.require(actor, "change")
    body = Organisation.objects.select_for_update().get(pk=body_of(actor))  # two first answers wait for each other
    existing: ObligationAnswer | None = ObligationAnswer.objects.filter(obligation=obligation).first()
    if existing is not None:
        return save_changes(
            actor=actor,
            action="obligation.answered",
            instance=existing,
            expected_version=expected_version,
            values=values,
        )
    made: ObligationAnswer = ObligationAnswer.objects.create(organisation=body, obligation=obligation, **values)
    record(actor=actor, action="obligation.answered", subject=made)
    return made


def add_own_obligation(*, actor: Actor, identifier: UUID, values: Mapping[str, Any]) -> OwnObligation:
    """Add a duty that is not in the list of the law; the same key twice makes one."""
    POLICY.require(actor, "change")
    return create_once(
        actor=actor, action="obligation.added", model=OwnObligation, identifier=identifier, values=values
    )


def change_own_obligation(
    *, actor: Actor, obligation: OwnObligation, expected_version: int, values: Mapping[str, Any]
) -> OwnObligation:
    """Change or end a duty of the body's own. Raises StaleRecord when somebody else did meanwhile."""
    POLICY.require(actor, "change")
    return save_changes(
        actor=actor,
        action="obligation.changed",
        instance=obligation,
        expected_version=expected_version,
        values=values,
    )
