"""Versions with a text, what holds for oneself, and having a version read."""

import re
import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from openintegriteit.campaigns.models import Campaign, CampaignState, Invitee, Route
from openintegriteit.campaigns.operations import close
from openintegriteit.campaigns.tests.factories import opened
from openintegriteit.core.clock import today
from openintegriteit.core.locking import StaleRecord
from openintegriteit.core.roles import Role
from openintegriteit.event_log.models import Entry
from openintegriteit.identity.queries import actor_for
from openintegriteit.identity.tests.factories import user_with_roles
from openintegriteit.messages.models import Message
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.policy import operations
from openintegriteit.policy.models import RegulationVersion
from openintegriteit.policy.queries import versions_of
from openintegriteit.policy.reading import my_rules, subject_of
from openintegriteit.policy.tests.factories import regulation, version

pytestmark = [pytest.mark.django_db, pytest.mark.database]
TEXTS = {"popular_text": "Wees eerlijk.", "text": "Artikel 1", "web_address": ""}


@pytest.fixture
def code(organisation):
    return regulation(organisation, title="Gedragscode", audience="officials")


@pytest.fixture
def current(code):
    return version(code, "2", in_force_on=date(2024, 1, 1), popular_text="Wees eerlijk.", text="Artikel 1")


def signed_in(client, organisation, email, role=Role.STAFF):
    user = user_with_roles(organisation, role)
    user.email = email
    user.save()
    client.force_login(user)
    return actor_for(user, organisation.pk)


def test_a_version_holds_until_the_next_one_of_its_regulation(code, current):
    version(code, "1", in_force_on=date(2020, 1, 1))
    version(code, "3", in_force_on=date(2027, 1, 1))

    ends = {row.label: row.in_force_until for row in versions_of(code)}

    assert ends == {"1": date(2024, 1, 1), "2": date(2027, 1, 1), "3": None}


def test_a_version_of_another_regulation_can_end_it(organisation, code, current):
    version(regulation(organisation), "1", in_force_on=date(2025, 6, 1), replaces_version=current)

    assert versions_of(code).get().in_force_until == date(2025, 6, 1)


def test_a_version_without_a_day_ends_nothing_and_its_end_is_unknown(code, current):
    version(code, "oud")

    assert {row.label: row.in_force_until for row in versions_of(code)} == {"2": None, "oud": None}


# -- The text


def test_the_coordinator_writes_the_text_of_a_version_that_is_there(client_as, current):
    client, address = client_as("coordinator"), f"/werk/regelingen/versies/{current.pk}/tekst/"

    response = client.post(address, TEXTS | {"text": "Artikel 2", "version": 1})

    current.refresh_from_db()
    assert response.status_code == 302
    assert (current.text, current.popular_text) == ("Artikel 2", "Wees eerlijk.")
    assert Entry.objects.get(action="regulation.text_changed").details == {
        "changes": {"text": ["Artikel 1", "Artikel 2"]}
    }


def test_of_two_who_write_a_text_the_second_is_told(coordinator, current):
    operations.change_text(actor=coordinator, version=current, expected_version=1, values=TEXTS | {"text": "Een"})

    with pytest.raises(StaleRecord):
        operations.change_text(actor=coordinator, version=current, expected_version=1, values=TEXTS | {"text": "Twee"})

    assert RegulationVersion.objects.get().text == "Een"


def test_nobody_else_writes_a_text(actor_with, current):
    with pytest.raises(PermissionDenied):
        operations.change_text(
            actor=actor_with("secretary"), version=current, expected_version=1, values=TEXTS | {"text": "Anders"}
        )

    assert RegulationVersion.objects.get().text == "Artikel 1"


def test_a_text_that_people_were_asked_to_read_stays(organisation, client_as, coordinator, current):
    PersonFactory(organisation=organisation, email="noor@proef.example")
    opened(organisation, **subject_of(current))
    address = f"/werk/regelingen/versies/{current.pk}/tekst/"

    with pytest.raises(operations.TextWasMailed):
        operations.change_text(actor=coordinator, version=current, expected_version=1, values=TEXTS | {"text": "X"})
    response = client_as("coordinator").post(address, TEXTS | {"text": "X", "version": 1}, follow=True)

    assert RegulationVersion.objects.get().text == "Artikel 1"
    assert "Voeg een nieuwe versie toe" in response.content.decode()


# -- What holds for oneself


@pytest.mark.parametrize(
    ("kind", "titles"),
    [
        ("official", ["Gedragscode", "Iedereen", "Onbepaald"]),
        ("elected_member", ["Iedereen", "Onbepaald", "Raad"]),
        ("executive_member", ["College", "Iedereen", "Onbepaald"]),
        (None, ["College", "Gedragscode", "Iedereen", "Onbepaald", "Raad"]),
    ],
)
def test_one_sees_what_is_in_force_for_ones_kind(client, organisation, current, kind, titles):
    others = {"College": "executive", "Raad": "representatives", "Iedereen": "everybody", "Onbepaald": ""}
    for title, audience in others.items():
        version(regulation(organisation, title=title, audience=audience), "1", in_force_on=date(2020, 1, 1))
    version(regulation(organisation, title="Later"), "1", in_force_on=today() + timedelta(days=1))
    regulation(organisation, title="Zonder versie")
    if kind:
        PersonFactory(organisation=organisation, email="noor@proef.example", kind=kind)

    mine = my_rules(signed_in(client, organisation, "noor@proef.example"), today())

    assert [rule.title for rule in mine.rules] == titles
    assert mine.is_known == (kind is not None)


def test_who_is_asked_reads_and_says_so_without_the_mail(client, organisation, current):
    PersonFactory(organisation=organisation, email="Noor@proef.example")
    opened(organisation, **subject_of(current))
    signed_in(client, organisation, "noor@proef.example")
    address = f"/werk/mijn-regels/{current.pk}/"

    listed = client.get("/werk/mijn-regels/").content.decode()
    page = client.get(address).content.decode()
    assert Invitee.objects.get().answered_at is None
    client.post(f"{address}gelezen/")
    again = client.post(f"{address}gelezen/", follow=True)

    assert "U wordt gevraagd één tekst te lezen" in listed
    assert "Ik heb dit gelezen" in page
    assert "Wees eerlijk." in page
    assert Invitee.objects.get().route == Route.ACCOUNT
    assert again.status_code == 200
    assert Entry.objects.filter(action="campaign.answered").count() == 1
    assert "Ik heb dit gelezen" not in client.get(address).content.decode()


def test_who_is_not_asked_cannot_say_so_and_does_not_see_what_is_still_to_come(client, organisation, code, current):
    later = version(code, "3", in_force_on=today() + timedelta(days=30))
    signed_in(client, organisation, "noor@proef.example")

    assert client.get(f"/werk/mijn-regels/{current.pk}/").status_code == 200
    assert client.get(f"/werk/mijn-regels/{later.pk}/").status_code == 404
    assert client.post(f"/werk/mijn-regels/{current.pk}/gelezen/").status_code == 302
    assert not Entry.objects.filter(action="campaign.answered").exists()


def test_after_a_campaign_closed_nothing_is_asked(client, organisation, coordinator, current):
    PersonFactory(organisation=organisation, email="noor@proef.example")
    close(actor=coordinator, campaign=opened(organisation, **subject_of(current)))
    signed_in(client, organisation, "noor@proef.example")

    client.post(f"/werk/mijn-regels/{current.pk}/gelezen/")

    assert "Ik heb dit gelezen" not in client.get(f"/werk/mijn-regels/{current.pk}/").content.decode()
    assert Invitee.objects.get().answered_at is None


def test_my_rules_ask_the_database_as_often_for_many(client, organisation, current, django_assert_num_queries):
    PersonFactory(organisation=organisation, email="noor@proef.example")
    actor = signed_in(client, organisation, "noor@proef.example")
    for size in (1, 20):
        for _number in range(size):
            added = version(regulation(organisation), "1", in_force_on=date(2020, 1, 1))
            opened(organisation, **subject_of(added))
        with django_assert_num_queries(3):
            my_rules(actor, today())


# -- Having it read


def test_from_a_version_to_the_page_on_a_phone(client, client_as, organisation, current):
    PersonFactory(organisation=organisation, email="noor@proef.example")
    PersonFactory(organisation=organisation, email="raad@proef.example", kind="elected_member")
    desk = client_as("coordinator")
    address = f"/werk/regelingen/versies/{current.pk}/laten-lezen/"
    form = desk.get(address).content.decode()
    typed = {
        "title": "Lezen: Gedragscode",
        "opens_on": today().isoformat(),
        "answer_before": (today() + timedelta(days=14)).isoformat(),
        "reminder_days": "7, 2",
        "kinds": ["official", "hired"],
        "submission": str(uuid.uuid4()),
    }

    for _click in range(2):
        created = desk.post(address, typed)
    draft = Campaign.objects.get()
    preview = desk.get(created.url).content.decode()
    desk.post(f"{created.url}starten/", {"version": 1})
    from openintegriteit.campaigns.preparing import prepare

    prepare(draft.pk, today())
    token = re.search(r"/lezen/([\w-]+)/", Message.objects.get().body)[1]
    read = client.get(f"/lezen/{token}/").content.decode()

    assert re.search(r'value="official"[^>]*checked', form)
    assert (draft.state, draft.reminder_days, draft.subject_label) == (
        CampaignState.DRAFT,
        [7, 2],
        "Gedragscode, versie 2",
    )
    assert "Eén persoon krijgt deze vraag." in preview
    assert "In gewone woorden" in read
    assert "Wees eerlijk." in read
    assert "Artikel 1" in read


@pytest.mark.parametrize(
    "wrong",
    [
        {"answer_before": today().isoformat()},
        {"answer_before": (today() + timedelta(days=367)).isoformat()},
        {"opens_on": (today() - timedelta(days=1)).isoformat()},
        {"reminder_days": "een week"},
        {"kinds": ["verzonnen"]},
        {"units": [str(uuid.uuid4())]},
        {"title": ""},
    ],
)
def test_bad_input_comes_back_as_typed(client_as, current, wrong):
    typed = {
        "title": "Lezen",
        "intro": "Dit typte ik.",
        "opens_on": today().isoformat(),
        "answer_before": (today() + timedelta(days=14)).isoformat(),
        "submission": str(uuid.uuid4()),
    } | wrong

    response = client_as("coordinator").post(f"/werk/regelingen/versies/{current.pk}/laten-lezen/", typed)

    assert response.status_code == 422
    assert "Dit typte ik." in response.content.decode()
    assert not Campaign.objects.exists()
