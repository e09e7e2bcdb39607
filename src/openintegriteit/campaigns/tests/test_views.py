"""The pages of the coordinator and of the personnel department."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from openintegriteit.campaigns.due import calendar_items, due_items
from openintegriteit.campaigns.models import Campaign, CampaignState, Invitee
from openintegriteit.campaigns.operations import note_paper
from openintegriteit.campaigns.queries import progress_of
from openintegriteit.campaigns.search import search
from openintegriteit.campaigns.tests.factories import campaign, opened
from openintegriteit.core.clock import today
from openintegriteit.event_log.models import Entry
from openintegriteit.organisations.tests.factories import PersonFactory, UnitFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def asked(organisation):
    """A campaign among three people of two units; one has no address."""
    green, blue = (UnitFactory(organisation=organisation, name=name) for name in ("Team Groen", "Team Blauw"))
    PersonFactory(organisation=organisation, email="a@proef.example", given_name="Noor", unit=green)
    PersonFactory(organisation=organisation, email="", given_name="Ali", unit=green)
    PersonFactory(organisation=organisation, email="b@proef.example", given_name="Ewa", unit=blue)
    return opened(organisation)


def test_the_campaign_tells_how_far_each_unit_is(client_as, coordinator, asked):
    note_paper(actor=coordinator, invitee=Invitee.objects.get(person__given_name="Ali"))

    progress = progress_of(asked)
    page = client_as("hr").get(f"/werk/campagnes/{asked.pk}/").content.decode()

    assert (progress.asked, progress.answered, progress.waiting, progress.without_address) == (3, 1, 2, 1)
    assert [(unit.name, unit.asked, unit.answered, unit.percentage) for unit in progress.units] == [
        ("Team Blauw", 1, 0, 0),
        ("Team Groen", 2, 1, 50),
    ]
    assert "1 van de 3 hebben geantwoord" in page
    assert "Sluit de campagne af" not in page


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        ("", {"Noor", "Ali", "Ewa"}),
        ("stand=nog-niet", {"Ali", "Ewa"}),
        ("stand=geantwoord", {"Noor"}),
        ("stand=zonder-mailadres", {"Ali"}),
        ("afdeling=Team+Groen&stand=nog-niet", {"Ali"}),
        ("zoek=noor", {"Noor"}),
        ("afdeling=verzonnen", {"Noor", "Ali", "Ewa"}),
    ],
)
def test_who_has_not_read_yet_on_screen_and_as_a_file(client_as, coordinator, asked, filters, names):
    note_paper(actor=coordinator, invitee=Invitee.objects.get(person__given_name="Noor"))
    client, address = client_as("hr"), f"/werk/campagnes/{asked.pk}/mensen/?{filters}"

    page = client.get(address).content.decode()
    file = client.get(f"{address}&formaat=csv").content.decode("utf-8-sig")

    for text in (page, file):
        assert {name for name in ("Noor", "Ali", "Ewa") if f"{name} " in text} == names
    assert Entry.objects.filter(action="people.read", subject_type="campaigns.invitees").count() == 2


def test_a_draft_is_changed_and_one_that_was_started_is_not(client_as, organisation, asked):
    draft = campaign(organisation, title="Concept")
    typed = {
        "title": "Anders",
        "opens_on": today().isoformat(),
        "answer_before": (today() + timedelta(days=9)).isoformat(),
        "version": 1,
    }
    client = client_as("coordinator")

    changed = client.post(f"/werk/campagnes/{draft.pk}/wijzigen/", typed)
    stale = client.post(
        f"/werk/campagnes/{draft.pk}/wijzigen/", typed | {"title": "Te laat", "kinds": ["hired"], "reminder_days": "9"}
    )
    started = client.post(f"/werk/campagnes/{asked.pk}/wijzigen/", typed | {"version": asked.version}, follow=True)

    assert changed.status_code == 302
    assert stale.status_code == 409
    assert "Te laat" in stale.content.decode()
    assert client.get(f"/werk/campagnes/{draft.pk}/").status_code == 200
    assert "De campagne is gestart" in started.content.decode()
    assert set(Campaign.objects.values_list("title", flat=True)) == {"Anders", "Lees de gedragscode"}


def test_starting_and_closing_by_the_buttons(client_as, organisation, asked):
    draft = campaign(organisation, title="Concept")
    client = client_as("coordinator")

    other = client.post(f"/werk/campagnes/{draft.pk}/starten/", {"version": 9}, follow=True)
    assert "anders dan u zag" in other.content.decode()
    assert Campaign.objects.get(pk=draft.pk).state == CampaignState.DRAFT
    for _twice in range(2):
        client.post(f"/werk/campagnes/{draft.pk}/starten/", {"version": 1})
    client.post(f"/werk/campagnes/{asked.pk}/sluiten/")
    client.post(f"/werk/campagnes/{asked.pk}/sluiten/")

    assert Campaign.objects.get(pk=draft.pk).state == CampaignState.PREPARING
    assert DBTaskResult.objects.count() == 1
    assert Campaign.objects.get(pk=asked.pk).state == CampaignState.CLOSED
    assert Entry.objects.filter(action="campaign.closed").count() == 1


def test_a_campaign_that_is_being_prepared_tells_how_far_it_is(client_as, asked):
    Campaign.objects.update(state=CampaignState.PREPARING, group_size=30)

    page = client_as("coordinator").get(f"/werk/campagnes/{asked.pk}/").content.decode()

    assert "3 van 30 mensen zijn uitgenodigd." in page


def test_what_is_due_and_in_the_calendar_and_found(asked, coordinator, actor_with):
    assert [(item.title, item.detail) for item in due_items(coordinator, today())] == [
        ("Lees de gedragscode", "3 mensen hebben nog niet geantwoord.")
    ]
    assert due_items(actor_with("hr"), today()) == []
    assert [item.day for item in calendar_items(coordinator, today(), asked.answer_before, 5)] == [asked.answer_before]
    assert [hit.title for hit in search(coordinator, "gedragscode", 5)] == ["Lees de gedragscode"]
    assert search(actor_with("manager"), "gedragscode", 5) == []


@pytest.mark.parametrize("page", ["", "{pk}/", "{pk}/mensen/"])
def test_pages_ask_the_database_as_often_for_many(client_as, organisation, django_assert_num_queries, page):
    client = client_as("coordinator")
    of_few = 0
    for size in (10, 60):
        for _number in range(size):
            PersonFactory(organisation=organisation, unit=UnitFactory(organisation=organisation))
        asked = opened(organisation)
        address = "/werk/campagnes/" + page.format(pk=asked.pk)
        client.get(address)
        if size == 10:
            with CaptureQueriesContext(connection) as few:
                client.get(address)
            of_few = len(few)
    with django_assert_num_queries(of_few):
        client.get(address)
