"""Reminding the owners of measures by mail, and taking their answers by a one-time link.

An owner gets at most one mail a week or month, about measures that are late or come due; the row of that mail is
written in the same transaction, so a worker that is killed, or a second one, sends nothing twice.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Count, F, Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Actor, program_actor
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.changes import body_of, save_changes
from openintegriteit.event_log.operations import record
from openintegriteit.messages.letters import write
from openintegriteit.messages.links import make_link, use_up
from openintegriteit.messages.models import OneTimeLink
from openintegriteit.organisations.models import Organisation, Person
from openintegriteit.organisations.queries import web_address
from openintegriteit.programme.models import Digest, DigestRules, Measure, ProgressNote
from openintegriteit.programme.permissions import POLICY
from openintegriteit.programme.rules import digest_period, finished_day

logger = structlog.get_logger("openintegriteit.programme")
PURPOSE = "measures"
VALID_FOR = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an owner says about one measure: how it stands, on the version that the page showed, and what happened."""

    measure: Measure
    expected_version: int
    status: str
    finished_on: date | None
    note: str


def rules_of_body(organisation: Organisation) -> DigestRules:
    """How often the body in scope reminds owners; never, as long as nobody chose (one query)."""
    return DigestRules.objects.first() or DigestRules(organisation=organisation)


@transaction.atomic
def set_rhythm(*, actor: Actor, expected_version: int, values: Mapping[str, Any]) -> DigestRules:
    """Choose how often owners are reminded. Raises StaleRecord when somebody else chose meanwhile."""
    POLICY.require(actor, "change")
    rules, _made = DigestRules.objects.get_or_create(organisation_id=body_of(actor))
    return save_changes(
        actor=actor, action="digest.rules_changed", instance=rules, expected_version=expected_version, values=values
    )


def people_to_remind(day: date) -> list[tuple[Person, int]]:
    """Owners of measures that are late or come due, by name, with how many; also who has no address (two queries)."""
    due = Measure.objects.to_remind_of(day).values("owner_person").annotate(number=Count("pk")).order_by()
    numbers = {row["owner_person"]: row["number"] for row in due}
    return [(person, numbers[person.pk]) for person in Person.objects.filter(pk__in=numbers)]


def send_digests(now: datetime) -> int:
    """Write the mails of this week or month of every body that wants them; returns how many. Repeatable."""
    day, sent = timezone.localdate(now), 0
    for body in Organisation.objects.all():
        with organisation_scope(body.pk):
            period = digest_period(rules_of_body(body).rhythm, day)
            people = people_to_remind(day) if period else []
            sent += sum(_tried(body, person, period, day) for person, _number in people if person.email)
    return sent


def _tried(body: Organisation, person: Person, period: str, day: date) -> bool:
    """Whether the mail was written now. One that cannot be is logged and tried again the next day, after the others."""
    try:
        return _send(body, person, period, day)
    except Exception:
        logger.exception("digest not written", person=str(person.pk))
        return False


@transaction.atomic
def _send(body: Organisation, person: Person, period: str, day: date) -> bool:
    actor = program_actor(body.pk)
    measures = list(Measure.objects.to_remind_of(day).filter(owner_person=person).order_by("due_on", "number"))
    digest, is_new = Digest.objects.get_or_create(
        organisation_id=body.pk, person=person, period=period, defaults={"measures": len(measures)}
    )
    if not is_new:
        return False
    token = make_link(actor=actor, person=person, purpose=PURPOSE, valid_for=VALID_FOR)
    write(
        actor,
        person.email,
        "programme/mail/digest.txt",
        person=person,
        measures=measures,
        day=day,
        body=body,
        address=web_address(body, reverse("answer_measures", args=[token])),
        until=day + VALID_FOR,
    )
    record(actor=actor, action="digest.sent", subject=digest, label=person.full_name, details={"lines": len(measures)})
    return True


def measures_to_answer(link: OneTimeLink) -> list[Measure]:
    """The open measures of the link's person with their notes, those that come due first (two queries)."""
    mine = Measure.objects.open().filter(owner_person=link.person_id)
    ordered = mine.order_by(F("due_on").asc(nulls_last=True), "number")
    notes = ProgressNote.objects.order_by(F("noted_on").desc(nulls_last=True), "-created_at")
    return list(ordered.prefetch_related(Prefetch("notes", notes)))


@transaction.atomic
def answer(*, link: OneTimeLink, answers: Iterable[Answer]) -> Actor:
    """Store what the person says about measures of their own, all or nothing, and use the link up.

    Raises LinkSpent when it was answered already, and StaleRecord when somebody else changed a measure meanwhile.
    """
    actor = use_up(link)
    for said in answers:
        if said.measure.owner_person_id != link.person_id:
            raise ValueError("A link answers for measures of its own person only.")
        day = finished_day(said.status, said.finished_on, was_done=False, day=today())
        save_changes(
            actor=actor,
            action="measure.changed",
            instance=said.measure,
            expected_version=said.expected_version,
            values={"status": said.status, "finished_on": day},
        )
        if said.note:
            note = ProgressNote.objects.create(
                organisation_id=link.organisation_id,
                measure=said.measure,
                noted_on=today(),
                text=said.note,
                author=actor.label,
            )
            record(actor=actor, action="measure.noted", subject=said.measure, details={"note": str(note.pk)})
    Digest.objects.filter(Q(answered_at=None), person=link.person_id).update(answered_at=timezone.now())
    record(actor=actor, action="digest.answered", subject=link, label=link.person.full_name)
    return actor
