"""Every change to meetings, suggestions and abstentions: permission, change and log entry together.

The event log is read by others than those who may read this register. Its entries tell who did what with which meeting
and which fields changed, never what the subject or the reason is.

Creating takes the key of the new record, so that doing it twice makes one. Changing takes the version that the person
saw, and raises StaleRecord when somebody else was first.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import translation

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import body_of, create_once, save_changes
from openintegriteit.event_log.operations import record
from openintegriteit.organisations.models import Organisation, Person
from openintegriteit.registers.abstentions.comparing import compare, members_on
from openintegriteit.registers.abstentions.models import (
    Abstention,
    AbstentionState,
    Meeting,
    Subject,
    Suggestion,
)
from openintegriteit.registers.abstentions.permissions import POLICY, bodies_to, require_keeping
from openintegriteit.registers.abstentions.queries import seats_of

MOST_SUBJECTS = 200  # of one meeting


class MeetingOver(Exception):
    """The meeting was held, its record is complete, or it was called off, so this cannot be done any more."""


class TooManySubjects(Exception):
    """A meeting has two hundred subjects at most."""


class HasAbstentions(Exception):
    """Somebody abstained from the subject, so it cannot be taken away."""


@transaction.atomic
def add_meeting(*, actor: Actor, identifier: UUID, values: Mapping[str, Any]) -> Meeting:
    """Add a meeting with its `subjects`, pairs of number and title; the same key twice adds one.

    The subjects of a coming meeting are laid beside the declarations at once. Raises TooManySubjects.
    """
    require_keeping(actor, values["body"])
    existing: Meeting | None = Meeting.objects.filter(pk=identifier).first()
    if existing:
        return existing
    told = {name: value for name, value in values.items() if name != "subjects"}
    meeting = create_once(actor=actor, action="meeting.added", model=Meeting, identifier=identifier, values=told)
    store_subjects(meeting, values["subjects"])
    compare(meeting, actor=actor, organisation=_organisation(actor))
    return meeting


@transaction.atomic
def change_meeting(*, actor: Actor, meeting: Meeting, expected_version: int, values: Mapping[str, Any]) -> Meeting:
    """Change what a meeting is called or when it is. Raises StaleRecord, and MeetingOver when it was called off."""
    current = _kept(actor, meeting)
    saved = save_changes(
        actor=actor,
        action="meeting.changed",
        instance=current,
        expected_version=expected_version,
        values=values,
        label=str(current),
        names_only=True,
    )
    compare(saved, actor=actor, organisation=_organisation(actor))
    return saved


@transaction.atomic
def call_off(*, actor: Actor, meeting: Meeting, expected_version: int, reason: str) -> Meeting:
    """Say that a meeting is not held, with the reason; twice does it once.

    Raises StaleRecord, and MeetingOver when the record of who abstained is complete.
    """
    require_keeping(actor, meeting.body)
    current: Meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if current.called_off_on:
        return current
    if current.concluded_on:
        raise MeetingOver
    return save_changes(
        actor=actor,
        action="meeting.called_off",
        instance=current,
        expected_version=expected_version,
        values={"called_off_on": today(), "called_off_because": reason},
        label=str(current),
        names_only=True,
    )


@transaction.atomic
def conclude(*, actor: Actor, meeting: Meeting) -> Meeting:
    """Say that everybody who abstained stands here, or that nobody did; twice does it once.

    What was announced and not changed counts as what happened. Raises MeetingOver for a meeting that was called off,
    and for one that is still to come.
    """
    current = _kept(actor, meeting)
    if current.concluded_on:
        return current
    if current.held_on > today():
        raise MeetingOver
    announced = Abstention.objects.standing().filter(subject__meeting=current, state=AbstentionState.ANNOUNCED)
    for abstention in announced.select_related("person", "subject__meeting"):
        _record_as_happened(actor, abstention, abstention.version, {})
    return save_changes(
        actor=actor,
        action="meeting.concluded",
        instance=current,
        expected_version=current.version,
        values={"concluded_on": today(), "concluded_by": actor.label},
        label=str(current),
        names_only=True,
    )


@transaction.atomic
def compare_again(*, actor: Actor, meeting: Meeting) -> int:
    """Lay the subjects beside the declarations as they are now; returns how many suggestions are new."""
    current = _kept(actor, meeting)
    return compare(current, actor=actor, organisation=_organisation(actor))


@transaction.atomic
def add_subjects(*, actor: Actor, meeting: Meeting, subjects: Iterable[tuple[str, str]]) -> int:
    """Add subjects after those that are there; returns how many. One that is there already is passed over.

    Raises TooManySubjects, and MeetingOver for a meeting that was called off.
    """
    current = _kept(actor, meeting)
    added = store_subjects(current, subjects)
    if added:
        record(actor=actor, action="meeting.subjects_added", subject=current, details={"added": added})
        compare(current, actor=actor, organisation=_organisation(actor))
    return added


def store_subjects(meeting: Meeting, subjects: Iterable[tuple[str, str]]) -> int:
    """Store the subjects that a meeting does not have yet; returns how many. Raises TooManySubjects."""
    rows = list(meeting.subjects.values_list("number", "title", "place"))
    known = {(number, title) for number, title, _place in rows}
    new = [pair for pair in dict.fromkeys(subjects) if pair not in known]
    if len(rows) + len(new) > MOST_SUBJECTS:
        raise TooManySubjects
    first = max((place for _number, _title, place in rows), default=0) + 1
    Subject.objects.bulk_create(
        Subject(
            organisation_id=meeting.organisation_id, meeting=meeting, place=first + offset, number=number, title=title
        )
        for offset, (number, title) in enumerate(new)
    )
    return len(new)


@transaction.atomic
def change_subject(*, actor: Actor, subject: Subject, expected_version: int, values: Mapping[str, Any]) -> Subject:
    """Change how a subject reads. Raises StaleRecord, and MeetingOver for a meeting that was called off."""
    current = _kept(actor, subject.meeting)
    saved = save_changes(
        actor=actor,
        action="subject.changed",
        instance=subject,
        expected_version=expected_version,
        values=values,
        label=str(current),
        names_only=True,
    )
    compare(current, actor=actor, organisation=_organisation(actor))
    return saved


@transaction.atomic
def remove_subject(*, actor: Actor, subject: Subject) -> None:
    """Take away a subject that is not on the agenda. Raises HasAbstentions."""
    current = _kept(actor, subject.meeting)
    if Abstention.objects.filter(subject=subject).exists():
        raise HasAbstentions
    record(actor=actor, action="subject.removed", subject=subject, label=str(current))
    Subject.objects.filter(pk=subject.pk).delete()


@transaction.atomic
def dismiss(*, actor: Actor, suggestion: Suggestion, expected_version: int, reason: str) -> Suggestion:
    """Put a suggestion aside with the reason; twice does it once. Raises StaleRecord.

    For the member concerned and who keeps the meeting; PermissionDenied for others.
    """
    POLICY.require(actor, "read")
    current: Suggestion = (
        Suggestion.objects.select_for_update(of=("self",))
        .select_related("subject__meeting", "person")
        .get(pk=suggestion.pk)
    )
    meeting = current.subject.meeting
    if meeting.body not in bodies_to("keep", actor) and current.person_id not in _own_keys(actor):
        raise PermissionDenied
    if current.dismissed_on:
        return current
    return save_changes(
        actor=actor,
        action="suggestion.dismissed",
        instance=current,
        expected_version=expected_version,
        values={"dismissed_on": today(), "dismissed_by": actor.label, "dismissed_because": reason},
        label=_about(current.person, meeting),
        names_only=True,
    )


@transaction.atomic
def announce(*, actor: Actor, identifier: UUID, subject: Subject, values: Mapping[str, Any]) -> Abstention:
    """Say as a member that one will not take part in a subject; the same key twice says it once.

    Raises PermissionDenied for who does not sit there, and MeetingOver for a meeting of before today or one that was
    called off or whose record is complete.
    """
    POLICY.require(actor, "attend")
    meeting: Meeting = Meeting.objects.select_for_update().get(pk=subject.meeting_id)
    person = seats_of(actor, _organisation(actor).kind, today()).person_in(meeting.body)
    if person is None:
        raise PermissionDenied
    existing: Abstention | None = Abstention.objects.filter(pk=identifier).first()
    if existing:
        return existing
    if meeting.called_off_on or meeting.concluded_on or meeting.held_on < today():
        raise MeetingOver
    return _create(actor, identifier, subject, meeting, person, AbstentionState.ANNOUNCED, values)


@transaction.atomic
def record_abstention(
    *, actor: Actor, identifier: UUID, subject: Subject, person: Person, values: Mapping[str, Any]
) -> Abstention:
    """Record that a member did not take part in a subject, or announced it; the same key twice records one.

    Raises PermissionDenied for somebody who does not sit there on the day, and MeetingOver for a meeting that was
    called off.
    """
    meeting = _kept(actor, subject.meeting)
    if not members_on(meeting.body, _organisation(actor).kind, meeting.held_on).filter(pk=person.pk).exists():
        raise PermissionDenied
    state = AbstentionState.ANNOUNCED if meeting.held_on > today() else AbstentionState.RECORDED
    return _create(actor, identifier, subject, meeting, person, state, values)


def _create(
    actor: Actor,
    identifier: UUID,
    subject: Subject,
    meeting: Meeting,
    person: Person,
    state: AbstentionState,
    values: Mapping[str, Any],
) -> Abstention:
    told = {**values, "subject": subject, "person": person, "state": state}
    told |= {"recorded_by": actor.label, "recorded_on": today()}
    return create_once(
        actor=actor,
        action=f"abstention.{state}",
        model=Abstention,
        identifier=identifier,
        values=told,
        label=_about(person, meeting),
    )


@transaction.atomic
def change_abstention(
    *, actor: Actor, abstention: Abstention, expected_version: int, values: Mapping[str, Any]
) -> Abstention:
    """Record what happened, where it was announced or reads otherwise. Raises StaleRecord.

    Raises MeetingOver for what was withdrawn and for a meeting that was called off.
    """
    current = _held_abstention(abstention)
    _kept(actor, current.subject.meeting)
    return _record_as_happened(actor, current, expected_version, values)


def _record_as_happened(
    actor: Actor, abstention: Abstention, expected_version: int, values: Mapping[str, Any]
) -> Abstention:
    meeting = abstention.subject.meeting
    was = meeting.held_on <= today()
    told = {**values, "state": AbstentionState.RECORDED} if was else dict(values)
    return save_changes(
        actor=actor,
        action="abstention.changed",
        instance=abstention,
        expected_version=expected_version,
        values={**told, "recorded_by": actor.label, "recorded_on": today()},
        label=_about(abstention.person, meeting),
        names_only=True,
    )


@transaction.atomic
def withdraw(*, actor: Actor, abstention: Abstention, expected_version: int, reason: str) -> Abstention:
    """Take back what was a mistake, or did not happen, with the reason; twice does it once. Raises StaleRecord.

    For who keeps the meeting; the member may take back what they announced, until it is recorded as what happened.
    """
    POLICY.require(actor, "read")
    current: Abstention = (
        Abstention.objects.select_for_update(of=("self",))
        .select_related("subject__meeting", "person")
        .get(pk=abstention.pk)
    )
    meeting = current.subject.meeting
    announced_by_self = current.state == AbstentionState.ANNOUNCED and current.person_id in _own_keys(actor)
    if meeting.body not in bodies_to("keep", actor) and not announced_by_self:
        raise PermissionDenied
    if current.withdrawn_on:
        return current
    return save_changes(
        actor=actor,
        action="abstention.withdrawn",
        instance=current,
        expected_version=expected_version,
        values={"withdrawn_on": today(), "withdrawn_because": reason},
        label=_about(current.person, meeting),
        names_only=True,
    )


def _kept(actor: Actor, meeting: Meeting) -> Meeting:
    """The meeting as it is now, held until the end of the transaction. Raises MeetingOver when it was called off."""
    require_keeping(actor, meeting.body)
    held: Meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if held.called_off_on:
        raise MeetingOver
    return held


def _held_abstention(abstention: Abstention) -> Abstention:
    held: Abstention = (
        Abstention.objects.select_for_update(of=("self",))
        .select_related("subject__meeting", "person")
        .get(pk=abstention.pk)
    )
    if held.withdrawn_on:
        raise MeetingOver
    return held


def _organisation(actor: Actor) -> Organisation:
    return Organisation.objects.get(pk=body_of(actor))


def _own_keys(actor: Actor) -> frozenset[UUID]:
    return seats_of(actor, _organisation(actor).kind, today()).keys


@translation.override(settings.LANGUAGE_CODE)
def _about(person: Person, meeting: Meeting) -> str:
    return f"{person.full_name}: {meeting}"
