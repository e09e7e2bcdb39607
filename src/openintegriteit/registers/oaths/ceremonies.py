"""Every change to ceremonies: planning, inviting, who was there and what they took, calling off.

The day, title and status of a ceremony are those of its activity, which counts it once, whoever tells how it went.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from openintegriteit.core.clock import today
from openintegriteit.core.locking import StaleRecord, save_if_unchanged
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import body_of, create_once, save_changes
from openintegriteit.event_log.operations import Event, record, record_many
from openintegriteit.messages.letters import write_many
from openintegriteit.organisations.models import Organisation, Person
from openintegriteit.programme.models import FORESEEN_STATUSES, Activity, ActivityKind, ActivityStatus, Scope
from openintegriteit.programme.operations import change_activity, create_activity
from openintegriteit.registers.oaths.models import Attendance, Ceremony, How, OathForm
from openintegriteit.registers.oaths.operations import record_oath
from openintegriteit.registers.oaths.permissions import POLICY, SIDES
from openintegriteit.registers.oaths.queries import current_text, group_of
from openintegriteit.registers.oaths.queries_ceremonies import Line, lines_of, material_of, to_invite
from openintegriteit.registers.oaths.rules import is_to_come

PILLAR = 4  # recruitment and selection: the oath is taken there
MOMENTS = timedelta(minutes=2)
PRESENT, ABSENT = "present", "absent"
OF_ACTIVITY = ("title", "starts_on")


class NotForeseen(Exception):
    """The activity is under way, was held or was called off, so that no ceremony is planned on it."""


@dataclass(frozen=True, slots=True)
class Invited:
    """How many people came on the list, and how many got a mail."""

    added: int
    mailed: int


@dataclass(frozen=True, slots=True)
class Recorded:
    """How many oaths were recorded, and the names of who had taken theirs already."""

    taken: int
    already: tuple[str, ...]


@transaction.atomic
def plan_ceremony(
    *,
    actor: Actor,
    identifier: UUID,
    for_office_holders: bool,
    values: Mapping[str, Any],
    activity: Activity | None = None,
    expected_version: int = 0,
) -> Ceremony:
    """Plan a ceremony as a new activity, or on one that stands in the programme; the same key twice plans one.

    `expected_version` is that of the activity that stands there. Raises StaleRecord where it was changed meanwhile,
    and NotForeseen where it is under way, was held or was called off.
    """
    _require(actor, for_office_holders)
    existing: Ceremony | None = Ceremony.objects.filter(pk=identifier).first()
    if existing:
        return existing
    own = {name: value for name, value in values.items() if name not in OF_ACTIVITY}
    about = _dated({name: values[name] for name in OF_ACTIVITY})
    if activity is None:
        told = about | _as_activity(for_office_holders)
        activity = create_activity(actor=actor, identifier=identifier, values=told)
    else:
        current: Activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
        if current.status not in FORESEEN_STATUSES:
            raise NotForeseen
        if current.version != expected_version:
            raise StaleRecord(current)
        activity = change_activity(
            actor=actor, activity=current, expected_version=expected_version, values=about | {"year": current.year}
        )
    own |= {"activity": activity, "for_office_holders": for_office_holders}
    return create_once(actor=actor, action="ceremony.planned", model=Ceremony, identifier=identifier, values=own)


@translation.override(settings.LANGUAGE_CODE)
def _as_activity(for_office_holders: bool) -> dict[str, Any]:
    return {
        "kind": ActivityKind.CEREMONY,
        "theme": _("Oath and affirmation"),
        "pillar": PILLAR,
        "scope": Scope.INTEGRITY,
        "audience": _("political office holders") if for_office_holders else _("new colleagues"),
    }


def _dated(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with the year of the day, in which the account tells it."""
    return {**values, "year": values["starts_on"].year}


def change_ceremony(*, actor: Actor, ceremony: Ceremony, expected_version: int, values: Mapping[str, Any]) -> Ceremony:
    """Change where it is, what people read beforehand, or who is there. Raises StaleRecord."""
    _require(actor, ceremony.for_office_holders)
    return save_changes(
        actor=actor, action="ceremony.changed", instance=ceremony, expected_version=expected_version, values=values
    )


def move_ceremony(*, actor: Actor, ceremony: Ceremony, expected_version: int, values: Mapping[str, Any]) -> Activity:
    """Give it another day or title; the version is that of its activity. Raises StaleRecord."""
    _require(actor, ceremony.for_office_holders)
    return change_activity(
        actor=actor, activity=ceremony.activity, expected_version=expected_version, values=_dated(values)
    )


@transaction.atomic
def call_off(*, actor: Actor, ceremony: Ceremony, expected_version: int, reason: str) -> Activity:
    """Call it off and mail whoever got an invitation; twice does it once. The version is that of its activity."""
    _require(actor, ceremony.for_office_holders)
    if Activity.objects.filter(pk=ceremony.activity_id, status=ActivityStatus.CALLED_OFF).exists():
        return ceremony.activity
    values = {"status": ActivityStatus.CALLED_OFF, "called_off_because": reason}
    changed = change_activity(actor=actor, activity=ceremony.activity, expected_version=expected_version, values=values)
    told = ceremony.attendance.filter(mailed_at__isnull=False).exclude(person__email="").select_related("person")
    _mail(actor, "oaths/mail/ceremony_called_off.txt", ceremony, changed, [row.person for row in told])
    return changed


@transaction.atomic
def invite(*, actor: Actor, ceremony: Ceremony, people: Iterable[UUID], now: datetime) -> Invited:
    """Put people on the list who owe an oath on its day, and mail those who have an address.

    Whoever owes none is passed over, and nobody gets two mails within moments: sending one form twice mails once. Once
    its day has gone by nobody is mailed: then this puts people on the list who came without an invitation.
    """
    _require(actor, ceremony.for_office_holders)
    held = _locked(ceremony)
    chosen = list(to_invite(held).filter(pk__in=list(people)).order_by("pk"))
    known = set(held.attendance.values_list("person_id", flat=True))
    new = [person for person in chosen if person.pk not in known]
    Attendance.objects.bulk_create(
        Attendance(organisation_id=held.organisation_id, ceremony=held, person=person) for person in new
    )
    to_mail = []
    if is_to_come(held.activity, today()):
        rows = held.attendance.filter(person__in=chosen).exclude(person__email="")
        rows = rows.filter(Q(mailed_at__isnull=True) | Q(mailed_at__lte=now - MOMENTS))
        asked = set(rows.values_list("person_id", flat=True))
        to_mail = [person for person in chosen if person.pk in asked]
        held.attendance.filter(person__in=to_mail).update(mailed_at=now, mailed_for=held.activity.starts_on)
    _mail(actor, "oaths/mail/ceremony.txt", held, held.activity, to_mail, material=material_of(held))
    details = {"ceremony": held.activity.title}
    concerned = {person.pk: person for person in (*new, *to_mail)}.values()
    record_many(
        actor=actor,
        events=[Event("ceremony.invited", person, person.full_name, details) for person in concerned],
    )
    if new:
        _count(actor, held, {"invited": len(known) + len(new)})
    return Invited(len(new), len(to_mail))


@transaction.atomic
def record_attendance(
    *, actor: Actor, ceremony: Ceremony, expected_version: int, values: Mapping[str, Any], said: Mapping[UUID, str]
) -> Recorded:
    """Record who was there and what they took, in the words in force on the day, and that it was held.

    `said` gives by person what they took (an OathForm), PRESENT, ABSENT, or "" where nobody knows. Whoever took theirs
    already, there or elsewhere, takes none again; so sending one form twice records once. Raises StaleRecord.
    """
    _require(actor, ceremony.for_office_holders)
    held = _locked(ceremony)
    keys = list(held.attendance.values_list("person_id", flat=True))
    list(Person.objects.select_for_update().filter(pk__in=keys).order_by("pk").values_list("pk"))  # one at a time
    lines = [line for line in lines_of(held) if line.person.pk in said]
    noted = [line for line in lines if line.attendance.came != _came(line, said[line.person.pk])]
    taking = [line for line in lines if said[line.person.pk] in line.can_take]
    forms = set(OathForm)
    already = [line for line in lines if said[line.person.pk] in forms and line.has_taken and not line.oath]
    changed = {name: value for name, value in values.items() if getattr(held, name) != value}
    if changed or noted or taking:
        for name, value in changed.items():
            setattr(held, name, value)
        save_if_unchanged(held, expected_version=expected_version, fields=changed)
        _note(noted, said)
        for line in taking:
            _take(actor, held, line.person, said[line.person.pk])
        record(
            actor=actor,
            action="ceremony.attended",
            subject=held,
            details={"noted": len(noted), "taken": len(taking), "fields": sorted(changed)},
        )
        _held(actor, held)
    return Recorded(len(taking), tuple(line.person.full_name for line in already))


def _came(line: Line, said: str) -> bool | None:
    """Whether somebody was there: who took something there was."""
    if line.oath:
        return True
    return None if not said else said != ABSENT


def _note(lines: Iterable[Line], said: Mapping[UUID, str]) -> None:
    rows = [line.attendance for line in lines]
    for row, line in zip(rows, lines, strict=True):
        row.came = _came(line, said[line.person.pk])
    Attendance.objects.bulk_update(rows, ["came"])


def _take(actor: Actor, held: Ceremony, person: Person, form: str) -> None:
    day = held.activity.starts_on
    values = {
        "form": form,
        "taken_on": day,
        "how": How.CEREMONY,
        "before_whom": held.before_whom,
        "occasion": held.activity.title,
        "text": current_text(group_of(person, day), day) if day else None,
        "ceremony": held,
    }
    record_oath(actor=actor, identifier=uuid4(), person=person, values=values)


def _held(actor: Actor, held: Ceremony) -> None:
    """Tell the activity that it was held, once, with how many were invited and came, as soon as anybody was noted."""
    came = list(held.attendance.values_list("came", flat=True))
    if all(one is None for one in came):
        return
    counts = {"invited": len(came), "participants": came.count(True), "sessions": held.activity.sessions or 1}
    _count(actor, held, {"status": ActivityStatus.HELD, **counts})


def _count(actor: Actor, held: Ceremony, values: Mapping[str, Any]) -> None:
    about = Activity.objects.get(pk=held.activity_id)
    change_activity(actor=actor, activity=about, expected_version=about.version, values=values)


def _mail(
    actor: Actor, template: str, ceremony: Ceremony, activity: Activity, people: Iterable[Person], **more: Any
) -> None:
    told = {"body": Organisation.objects.get(pk=body_of(actor)), "ceremony": ceremony, "activity": activity, **more}
    write_many(actor, template, ((person.email, {**told, "person": person}) for person in people))


def _locked(ceremony: Ceremony) -> Ceremony:
    """The ceremony with its activity as they are now; others who change its list wait."""
    rows = Ceremony.objects.select_for_update(of=("self",)).select_related("activity")
    held: Ceremony = rows.get(pk=ceremony.pk)
    return held


def _require(actor: Actor, for_office_holders: bool) -> None:
    POLICY.require(actor, f"record{SIDES[for_office_holders]}")
