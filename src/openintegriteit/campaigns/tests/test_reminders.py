"""Reminders: one per person and planned day, only for who has not read yet, with a link that works."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from openintegriteit.campaigns import preparing
from openintegriteit.campaigns.models import Campaign, Invitee
from openintegriteit.campaigns.operations import close, note_paper
from openintegriteit.campaigns.tests.factories import opened
from openintegriteit.core.clock import today
from openintegriteit.event_log.models import Entry
from openintegriteit.messages.links import link_about
from openintegriteit.messages.models import Message
from openintegriteit.organisations.tests.factories import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def asked(organisation):
    """A campaign among two people that started three weeks ago and whose last day is tomorrow; reminded at 7 and 1."""
    for name in ("noor", "ali"):
        PersonFactory(organisation=organisation, email=f"{name}@proef.example")
    PersonFactory(organisation=organisation, email="")
    made = opened(organisation, reminder_days=[7, 1])
    Invitee.objects.filter(invited_at__isnull=False).update(invited_at=datetime.now(UTC) - timedelta(days=21))
    Campaign.objects.update(answer_before=today() + timedelta(days=7))
    Message.objects.all().delete()
    return made


def noon(days):
    return datetime(*(today() + timedelta(days=days)).timetuple()[:3], 11, tzinfo=UTC)


def recipients():
    return sorted(Message.objects.values_list("recipient", flat=True))


def test_who_has_not_read_yet_is_reminded_once_on_each_planned_day(asked):
    assert preparing.send_reminders(noon(-1)) == 0
    assert preparing.send_reminders(noon(0)) == 2
    assert preparing.send_reminders(noon(0)) == preparing.send_reminders(noon(3)) == 0
    assert preparing.send_reminders(noon(6)) == 2

    assert recipients() == ["ali@proef.example"] * 2 + ["noor@proef.example"] * 2
    entries = Entry.objects.filter(action="campaign.reminded")
    assert [entry.details for entry in entries] == [{"people": 2}, {"people": 2}]


def test_who_has_read_or_has_left_is_left_alone(asked, coordinator, organisation):
    first, second = Invitee.objects.filter(invited_at__isnull=False).select_related("campaign", "person")
    note_paper(actor=coordinator, invitee=first)
    second.person.ended_on = today() - timedelta(days=1)
    second.person.save()

    assert preparing.send_reminders(noon(0)) == 0
    assert not Message.objects.exists()


def test_who_was_invited_after_the_planned_day_is_not_reminded_of_it(asked):
    Invitee.objects.update(invited_at=datetime.now(UTC))

    assert preparing.send_reminders(noon(0)) == 0


def test_a_reminder_brings_a_new_link_and_ends_the_one_before(asked):
    preparing.send_reminders(noon(0))
    first = _token()
    Message.objects.all().delete()
    preparing.send_reminders(noon(6))

    assert not link_about(first, preparing.FAMILY).is_open()
    assert link_about(_token(), preparing.FAMILY).is_open()


def test_a_closed_campaign_reminds_nobody(asked, coordinator):
    close(actor=coordinator, campaign=asked)

    assert preparing.send_reminders(noon(0)) == 0


def _token():
    body = Message.objects.get(recipient="noor@proef.example").body
    return re.search(r"/lezen/([\w-]+)/", body)[1]
