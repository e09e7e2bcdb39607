"""Bringing in meetings that were read from a file: all of them or nothing, and the same file twice adds nothing."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import body_of, save_changes
from openintegriteit.event_log.operations import record
from openintegriteit.organisations.models import Organisation
from openintegriteit.registers.abstentions.comparing import compare
from openintegriteit.registers.abstentions.importers import ReadMeeting
from openintegriteit.registers.abstentions.models import Meeting
from openintegriteit.registers.abstentions.operations import store_subjects
from openintegriteit.registers.abstentions.permissions import require_keeping


@dataclass(frozen=True, slots=True)
class BroughtIn:
    """What a file changed: meetings that are new, that were there with another day or title, and new subjects."""

    added: int
    moved: int
    subjects: int


@transaction.atomic
def bring_in(*, actor: Actor, body: str, meetings: Sequence[ReadMeeting]) -> BroughtIn:
    """Add the meetings and subjects that are not there yet; nothing is taken away.

    A meeting is known by its name in the calendar, else by its day, time and title. One that the calendar moved moves
    here too, unless its record is complete. What was called off stays so. Raises TooManySubjects, with nothing changed.
    """
    require_keeping(actor, body)
    organisation = Organisation.objects.select_for_update().get(pk=body_of(actor))  # one file of a body at a time
    added = moved = subjects = 0
    for told in meetings:
        meeting = _known(body, told)
        is_new = meeting is None
        if meeting is None:
            meeting = _add(actor, body, told)
        elif meeting.called_off_on or meeting.concluded_on:
            continue
        has_moved = not is_new and _move(actor, meeting, told)
        stored = store_subjects(meeting, told.subjects)
        if stored and not is_new:
            record(actor=actor, action="meeting.subjects_added", subject=meeting, details={"added": stored})
        if is_new or has_moved or stored:
            compare(meeting, actor=actor, organisation=organisation)
        added, moved, subjects = added + is_new, moved + has_moved, subjects + stored
    return BroughtIn(added, moved, subjects)


def _known(body: str, told: ReadMeeting) -> Meeting | None:
    rows = Meeting.objects.filter(body=body)
    by_uid: Meeting | None = rows.filter(uid=told.uid).first() if told.uid else None
    if by_uid:
        return by_uid
    found: Meeting | None = rows.filter(held_on=told.held_on, starts_at=told.starts_at, title=told.title).first()
    return found


def _add(actor: Actor, body: str, told: ReadMeeting) -> Meeting:
    meeting: Meeting = Meeting.objects.create(
        organisation_id=body_of(actor),
        body=body,
        title=told.title,
        held_on=told.held_on,
        starts_at=told.starts_at,
        uid=told.uid,
    )
    record(actor=actor, action="meeting.added", subject=meeting, details={"by": "import"})
    return meeting


def _move(actor: Actor, meeting: Meeting, told: ReadMeeting) -> bool:
    """Whether the calendar says another day, time or title, which the meeting has from now on."""
    values = {"held_on": told.held_on, "starts_at": told.starts_at, "title": told.title}
    if not told.uid or all(getattr(meeting, name) == value for name, value in values.items()):
        return False
    taken = Meeting.objects.filter(body=meeting.body, **values).exclude(pk=meeting.pk)
    if taken.exists():
        return False
    saved = save_changes(
        actor=actor,
        action="meeting.changed",
        instance=meeting,
        expected_version=meeting.version,
        values=values,
        label=str(meeting),
        names_only=True,
    )
    meeting.held_on, meeting.starts_at, meeting.title = saved.held_on, saved.starts_at, saved.title
    return True
