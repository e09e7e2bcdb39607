"""Telling members by mail that a subject of a coming meeting looks like what they declared: once for each meeting.

The mail names the meeting and how many subjects, not which and not why: a mailbox is no register.
"""

from datetime import date, datetime

import structlog
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from openintegriteit.core.roles import program_actor
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.operations import record
from openintegriteit.messages.letters import write
from openintegriteit.organisations.models import Organisation, Person
from openintegriteit.organisations.queries import web_address
from openintegriteit.registers.abstentions.models import Meeting, Notice, Suggestion
from openintegriteit.registers.abstentions.queries import SOON, meeting_address

logger = structlog.get_logger("openintegriteit.abstentions")


def send_notices(now: datetime) -> int:
    """Write the mails about meetings of the coming weeks, of every body; returns how many. Repeatable.

    One that cannot be written is logged and tried again the next day, after the others.
    """
    day, sent = timezone.localdate(now), 0
    for organisation in Organisation.objects.all():
        with organisation_scope(organisation.pk):
            for meeting_id, person_id in _untold(day):
                try:
                    sent += _send(organisation, meeting_id, person_id, day)
                except Exception:
                    logger.exception("notice not written", meeting=str(meeting_id), person=str(person_id))
    return sent


def _untold(day: date) -> list[tuple[object, object]]:
    """Which member is to be told of which meeting (one query)."""
    told = Notice.objects.filter(meeting=OuterRef("subject__meeting"), person=OuterRef("person"))
    rows = Suggestion.objects.open().filter(
        ~Exists(told),
        subject__meeting__called_off_on__isnull=True,
        subject__meeting__concluded_on__isnull=True,
        subject__meeting__held_on__range=(day, day + SOON),
    )
    return list(rows.exclude(person__email="").order_by().values_list("subject__meeting", "person").distinct())


@transaction.atomic
def _send(organisation: Organisation, meeting_id: object, person_id: object, day: date) -> bool:
    meeting, person = Meeting.objects.get(pk=meeting_id), Person.objects.get(pk=person_id)
    notice, is_new = Notice.objects.get_or_create(
        organisation_id=organisation.pk, meeting=meeting, person=person, defaults={"sent_on": day}
    )
    if not is_new:
        return False
    subjects = Suggestion.objects.open().filter(subject__meeting=meeting, person=person).order_by()
    actor = program_actor(organisation.pk)
    write(
        actor,
        person.email,
        "abstentions/mail/notice.txt",
        person=person,
        meeting=meeting,
        number=subjects.values("subject").distinct().count(),
        body=organisation,
        address=web_address(organisation, meeting_address(meeting.pk)),
        own_page=web_address(organisation, reverse("abstentions:mine")),
    )
    record(actor=actor, action="meeting.member_told", subject=notice, label=person.full_name)
    return True
