"""Inviting a group in batches: everybody once, also after a crash, and only who belongs to the group."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from openintegriteit.campaigns import preparing
from openintegriteit.campaigns.models import Campaign, CampaignState, Invitee
from openintegriteit.campaigns.operations import LastDayGone, NobodyToAsk, close, start
from openintegriteit.campaigns.tests.factories import campaign, opened
from openintegriteit.core.clock import today
from openintegriteit.core.locking import StaleRecord
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.models import Entry
from openintegriteit.messages.models import Message, OneTimeLink
from openintegriteit.organisations.tests.factories import PersonFactory, UnitFactory
from openintegriteit.registers.rounds.tasks import prepare_campaign

pytestmark = [pytest.mark.django_db, pytest.mark.database]


def person(organisation, name, **values):
    return PersonFactory(organisation=organisation, **({"email": f"{name}@proef.example"} | values))


def test_everybody_gets_a_row_and_who_has_an_address_a_mail_with_a_link(organisation):
    team = UnitFactory(organisation=organisation, name="Team Groen")
    reached = person(organisation, "noor", unit=team, given_name="Noor", family_name="Groot")
    silent = person(organisation, "", email="")

    asked = opened(organisation, intro="Er is een nieuwe code.")

    rows = {row.person: row for row in Invitee.objects.filter(campaign=asked)}
    assert set(rows) == {reached, silent}
    assert (rows[reached].unit_name, rows[reached].invited_at is not None) == ("Team Groen", True)
    assert (rows[silent].unit_name, rows[silent].invited_at) == ("", None)
    mail = Message.objects.get()
    assert mail.subject == "Wilt u dit lezen? Lees de gedragscode"
    assert "Er is een nieuwe code." in mail.body
    assert "https://testserver/lezen/" in mail.body
    assert OneTimeLink.objects.get().person == reached
    assert (asked.state, asked.group_size) == (CampaignState.OPEN, 2)
    assert Entry.objects.filter(action="campaign.prepared").count() == 1


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (lambda units: {}, {"top", "below", "hired", "new"}),
        (lambda units: {"kinds": ["hired"]}, {"hired"}),
        (lambda units: {"units": [str(units[0].pk)]}, {"top", "below"}),
        (lambda units: {"units": [str(units[1].pk)]}, {"below"}),
        (lambda units: {"newcomers_since": today() - timedelta(days=30)}, {"new"}),
    ],
)
def test_the_group_is_who_is_present_as_far_as_the_rules_leave_them(organisation, rule, expected):
    top = UnitFactory(organisation=organisation)
    below = UnitFactory(organisation=organisation, parent=top)
    people = {
        "top": person(organisation, "top", unit=top),
        "below": person(organisation, "below", unit=below),
        "hired": person(organisation, "hired", kind="hired"),
        "new": person(organisation, "new", started_on=today()),
    }
    person(organisation, "gone", ended_on=today() - timedelta(days=1))
    person(organisation, "later", started_on=today() + timedelta(days=1))

    asked = opened(organisation, **rule([top, below]))

    invited = set(Invitee.objects.filter(campaign=asked).values_list("person", flat=True))
    assert invited == {people[name].pk for name in expected}


def test_preparing_goes_on_where_it_was_broken_off(organisation, coordinator, monkeypatch):
    monkeypatch.setattr(preparing, "BATCH", 2)
    for number in range(5):
        person(organisation, f"p{number}")
    asked = campaign(organisation)
    start(actor=coordinator, campaign=asked, expected_version=1)

    preparing._invite_batch(asked.pk, today())  # and then the worker is killed
    halfway = Campaign.objects.get()
    assert (Message.objects.count(), halfway.state) == (2, CampaignState.PREPARING)
    preparing.prepare(asked.pk, today())
    preparing.prepare(asked.pk, today())

    assert Invitee.objects.count() == OneTimeLink.objects.count() == Message.objects.count() == 5
    assert Campaign.objects.get().state == CampaignState.OPEN
    assert Entry.objects.filter(action="campaign.prepared").count() == 1


def test_a_batch_that_breaks_leaves_nothing_half_done(organisation, coordinator, monkeypatch):
    person(organisation, "noor")
    asked = campaign(organisation)
    start(actor=coordinator, campaign=asked, expected_version=1)

    with pytest.raises(RuntimeError), transaction.atomic():
        preparing._invite_batch(asked.pk, today())
        raise RuntimeError("killed")

    assert not Invitee.objects.exists()
    assert not Message.objects.exists()
    assert not OneTimeLink.objects.exists()


def test_starting_twice_does_it_once(organisation, coordinator):
    person(organisation, "noor")
    asked = campaign(organisation)

    start(actor=coordinator, campaign=asked, expected_version=1)
    start(actor=coordinator, campaign=asked, expected_version=1)

    assert Entry.objects.filter(action="campaign.started").count() == 1


def test_a_draft_that_was_changed_meanwhile_is_not_started(organisation, coordinator):
    person(organisation, "noor")
    asked = campaign(organisation)
    Campaign.objects.update(version=2)

    with pytest.raises(StaleRecord):
        start(actor=coordinator, campaign=asked, expected_version=1)

    assert Campaign.objects.get().state == CampaignState.DRAFT


def test_a_campaign_that_asks_nobody_is_not_started(organisation, coordinator):
    asked = campaign(organisation)

    with pytest.raises(NobodyToAsk):
        start(actor=coordinator, campaign=asked, expected_version=1)

    assert Campaign.objects.get().state == CampaignState.DRAFT
    assert not Entry.objects.filter(action="campaign.started").exists()


def test_a_draft_whose_last_day_has_gone_by_is_not_started(organisation, coordinator):
    person(organisation, "noor")
    days = {"opens_on": today() - timedelta(days=9), "answer_before": today() - timedelta(days=1)}
    asked = campaign(organisation, **days)

    with pytest.raises(LastDayGone):
        start(actor=coordinator, campaign=asked, expected_version=1)

    assert Campaign.objects.get().state == CampaignState.DRAFT


def test_a_campaign_waits_for_its_first_day(organisation, coordinator):
    person(organisation, "noor")
    tomorrow = today() + timedelta(days=1)
    asked = campaign(organisation, opens_on=tomorrow)
    start(actor=coordinator, campaign=asked, expected_version=1)
    now = datetime(*tomorrow.timetuple()[:3], 9, tzinfo=UTC)

    assert preparing.prepare(asked.pk, today()) == 0
    assert preparing.prepare_due(now - timedelta(days=1), prepare_campaign) == 0
    assert not DBTaskResult.objects.exists()
    assert [preparing.prepare_due(now, prepare_campaign) for _twice in range(2)] == [1, 1]

    assert DBTaskResult.objects.count() == 1
    assert preparing.prepare(asked.pk, tomorrow) == 1


def test_a_campaign_that_is_closed_invites_nobody_more(organisation, coordinator):
    person(organisation, "noor")
    asked = campaign(organisation)
    start(actor=coordinator, campaign=asked, expected_version=1)
    close(actor=coordinator, campaign=asked)

    assert preparing.prepare(asked.pk, today()) == 0
    assert not Message.objects.exists()


def test_a_body_asks_its_own_people_only(organisation, other_organisation):
    with organisation_scope(other_organisation.pk):
        person(other_organisation, "ander")
    own = person(organisation, "noor")

    opened(organisation)

    assert list(Invitee.objects.values_list("person", flat=True)) == [own.pk]
