"""Reminding owners: one mail a period, only about what is theirs; answered once, without an account."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from openintegriteit.core.clock import today
from openintegriteit.core.locking import StaleRecord
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.models import Entry
from openintegriteit.messages.links import LinkSpent, open_link, token_hash
from openintegriteit.messages.models import Message, OneTimeLink
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.programme import digests
from openintegriteit.programme.models import Digest, DigestRules, Measure, ProgressNote
from openintegriteit.programme.operations import change_measure
from openintegriteit.programme.rules import digest_period
from openintegriteit.programme.tests.factories import measure

pytestmark = [pytest.mark.django_db, pytest.mark.database]
MONDAY = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)


@pytest.fixture
def owner(organisation):
    return PersonFactory(organisation=organisation, given_name="Noor", family_name="Groot", email="noor@proef.example")


@pytest.fixture
def weekly(organisation):
    return DigestRules.objects.create(organisation=organisation, rhythm="weekly")


@pytest.fixture
def late(organisation, owner):
    return measure(organisation, number=9007, title="Doorlichten", owner_person=owner, due_on=date(2026, 11, 1))


def token_mailed():
    return re.search(r"/antwoord/([\w-]+)/", Message.objects.order_by("-created_at").first().body)[1]


def typed(about, **values):
    said = {"version": about.version, "status": about.status, "finished_on": "", "note": ""} | values
    return {f"{about.pk}-{name}": value for name, value in said.items()}


@pytest.mark.parametrize(
    ("rhythm", "day", "period"),
    [
        ("weekly", date(2026, 11, 23), "2026-W48"),
        ("weekly", date(2027, 1, 1), "2026-W53"),
        ("monthly", date(2026, 11, 30), "2026-11"),
        ("off", date(2026, 11, 23), ""),
    ],
)
def test_a_period_is_a_week_or_a_month(rhythm, day, period):
    assert digest_period(rhythm, day) == period


def test_an_owner_gets_one_mail_a_week_however_often_the_worker_runs(weekly, late):
    assert digests.send_digests(MONDAY) == 1
    assert digests.send_digests(MONDAY + timedelta(days=3)) == 0
    assert digests.send_digests(MONDAY + timedelta(days=7)) == 1

    mail = Message.objects.order_by("created_at").first()
    assert (mail.recipient, mail.subject) == ("noor@proef.example", "Eén maatregel vraagt uw aandacht")
    assert "9007. Doorlichten (had klaar moeten zijn op 1 november 2026)" in mail.body
    assert Entry.objects.filter(action="digest.sent").count() == 2


def test_a_body_that_did_not_choose_reminds_nobody(late):
    assert digests.send_digests(MONDAY) == 0
    assert not Message.objects.exists()


def test_only_what_is_late_or_comes_due_is_told_and_only_to_who_works_here_and_has_an_address(organisation, weekly):
    gone = PersonFactory(organisation=organisation, email="weg@proef.example", ended_on=date(2026, 11, 1))
    unknown = PersonFactory(organisation=organisation, email="")
    busy = PersonFactory(organisation=organisation, email="druk@proef.example")
    for person in (gone, unknown):
        measure(organisation, owner_person=person, due_on=date(2026, 11, 1))
    measure(organisation, owner_person=busy, title="Later", due_on=date(2027, 6, 1))
    measure(organisation, owner_person=busy, title="Al klaar", due_on=date(2026, 11, 1), status="done")
    measure(organisation, owner_person=busy, title="Binnenkort", due_on=date(2026, 12, 20))

    assert digests.send_digests(MONDAY) == 1

    mail = Message.objects.get()
    assert mail.recipient == "druk@proef.example"
    assert "Binnenkort" in mail.body
    assert "Later" not in mail.body
    assert "Al klaar" not in mail.body


def test_each_body_reminds_its_own_owners(weekly, late, other_organisation):
    with organisation_scope(other_organisation.pk):
        person = PersonFactory(organisation=other_organisation, email="ander@proef.example")
        measure(other_organisation, owner_person=person, due_on=date(2026, 11, 1))

    assert digests.send_digests(MONDAY) == 1
    assert "https://testserver/antwoord/" in Message.objects.get().body


def test_only_the_coordinator_chooses_how_often(coordinator, actor_with):
    with pytest.raises(PermissionDenied):
        digests.set_rhythm(actor=actor_with("manager"), expected_version=1, values={"rhythm": "weekly"})

    digests.set_rhythm(actor=coordinator, expected_version=1, values={"rhythm": "weekly"})
    with pytest.raises(StaleRecord):
        digests.set_rhythm(actor=coordinator, expected_version=1, values={"rhythm": "monthly"})

    assert DigestRules.objects.get().rhythm == "weekly"
    assert Entry.objects.get(action="digest.rules_changed").actor_label == coordinator.label


# -- Answering


@pytest.fixture
def link(weekly, late):
    """The address that was mailed to the owner."""
    digests.send_digests(MONDAY)
    token = token_mailed()
    OneTimeLink.objects.update(expires_at=datetime.now(UTC) + timedelta(days=21))
    return f"/antwoord/{token}/"


def test_an_owner_without_an_account_answers_once(client, link, late, owner):
    shown = client.get(link)
    assert "9007. Doorlichten" in shown.content.decode()
    assert shown["Cache-Control"].startswith("max-age=0")

    response = client.post(link, typed(late, status="done", note="Klaar, met dank aan het team."))

    late.refresh_from_db()
    note = ProgressNote.objects.get()
    assert response.status_code == 200
    assert (late.status, late.finished_on) == ("done", today())
    assert (note.author, note.text, note.noted_on) == ("Noor Groot", "Klaar, met dank aan het team.", today())
    assert Digest.objects.get().answered_at is not None
    entry = Entry.objects.get(action="measure.changed")
    assert (entry.actor_label, entry.actor_id) == ("Noor Groot", f"person:{owner.pk}")
    assert client.get(link).status_code == 410
    assert client.post(link, typed(late, status="delayed")).status_code == 410


@pytest.mark.parametrize(
    ("known", "told"),
    [
        ({"noted_on": date(2026, 10, 2), "author": "Sam Bos"}, "Laatste bericht, 2 oktober 2026, Sam Bos:"),
        ({"noted_on": date(2026, 10, 2)}, "Laatste bericht, 2 oktober 2026:"),
        ({}, "Laatste bericht:"),
    ],
)
def test_the_page_tells_of_the_last_note_what_is_known(client, link, organisation, late, known, told):
    ProgressNote.objects.create(organisation=organisation, measure=late, text="De rollen zijn in kaart.", **known)

    assert told in client.get(link).content.decode()


def test_the_page_shows_measures_of_the_owner_only(client, link, organisation):
    other = measure(organisation, title="Van een ander", owner_person=PersonFactory(organisation=organisation))

    assert "Van een ander" not in client.get(link).content.decode()
    client.post(link, typed(other, status="done"))

    other.refresh_from_db()
    assert other.status == "not_started"


def test_the_operation_refuses_a_measure_of_somebody_else(link, organisation):
    other = measure(organisation, owner_person=PersonFactory(organisation=organisation))
    found = open_link(link.split("/")[2], digests.PURPOSE)

    with pytest.raises(ValueError, match="its own person"):
        digests.answer(link=found, answers=[digests.Answer(other, 1, "done", None, "")])

    assert open_link(link.split("/")[2], digests.PURPOSE) is not None


def test_a_measure_that_changed_meanwhile_is_shown_with_what_was_typed(client, link, late, coordinator):
    change_measure(actor=coordinator, measure=late, expected_version=late.version, values={"status": "delayed"})

    refused = client.post(link, typed(late, status="on_schedule", note="Het loopt."))
    page = refused.content.decode()
    again = client.post(link, typed(Measure.objects.get(), status="on_schedule", note="Het loopt."))

    assert refused.status_code == 409
    assert "Het loopt." in page
    assert "vertraagd" in page
    assert again.status_code == 200
    assert Measure.objects.get().status == "on_schedule"
    assert ProgressNote.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [{"status": "verzonnen"}, {"status": ""}, {"finished_on": "2026-01-01"}, {"version": "x"}, {"note": "n" * 2001}],
)
def test_bad_input_comes_back_as_typed_and_the_link_stays_open(client, link, late, wrong):
    response = client.post(link, typed(late, note="Dit typte ik.") | typed(late, **({"note": "Dit typte ik."} | wrong)))

    late.refresh_from_db()
    assert response.status_code == 422
    assert late.status == "not_started"
    assert not ProgressNote.objects.exists()
    assert client.get(link).status_code == 200


def test_an_answer_about_a_measure_that_a_colleague_closed_is_not_lost(client, link, late, organisation, owner):
    stays = measure(organisation, title="Blijft open", owner_person=owner)
    said = typed(late, note="Dit wilde ik nog zeggen.") | typed(stays, status="on_schedule", note="Loopt.")
    Measure.objects.filter(pk=late.pk).update(status="dropped")

    refused = client.post(link, said)
    again = client.post(link, typed(stays, status="on_schedule", note="Loopt."))

    assert refused.status_code == 409
    assert "Dit wilde ik nog zeggen." in refused.content.decode()
    assert "Loopt." in refused.content.decode()
    assert again.status_code == 200
    assert ProgressNote.objects.get().text == "Loopt."


def test_an_answer_about_nothing_leaves_the_link_open(client, link):
    assert client.post(link, {}).status_code == 422
    assert client.get(link).status_code == 200


def test_one_mail_that_cannot_be_written_does_not_keep_the_others(organisation, weekly, late, monkeypatch):
    other = PersonFactory(organisation=organisation, family_name="Aalders", email="aalders@proef.example")
    measure(organisation, owner_person=other, title="x" * 300, due_on=date(2026, 11, 1))
    OneTimeLink.objects.create(
        organisation=organisation, person=other, purpose="measures", token_hash=token_hash("bekend"), expires_at=MONDAY
    )
    monkeypatch.setattr("openintegriteit.messages.links.secrets.token_urlsafe", tokens := Tokens())

    assert digests.send_digests(MONDAY) == 1
    assert tokens.asked == 2
    assert Message.objects.get().recipient == "noor@proef.example"


class Tokens:
    """The first secret was given out before, so that its link cannot be stored; the second is fresh."""

    asked = 0

    def __call__(self, _size):
        self.asked += 1
        if self.asked == 1:
            return "bekend"
        return "nieuw-geheim"


def test_of_two_answers_at_once_one_counts(link, late):
    found = open_link(link.split("/")[2], digests.PURPOSE)
    said = [digests.Answer(late, late.version, "done", None, "Een keer")]
    digests.answer(link=found, answers=said)

    with pytest.raises(LinkSpent):
        digests.answer(link=found, answers=said)

    assert ProgressNote.objects.count() == 1


def test_a_link_of_another_body_opens_nothing(link, other_organisation, settings):
    settings.ALLOWED_HOSTS = ["ander.example"]

    assert Client(HTTP_HOST="ander.example").get(link).status_code == 410


# -- The page of the coordinator


def test_the_coordinator_sees_who_would_get_a_mail_and_chooses_how_often(client_as, organisation, owner):
    measure(organisation, owner_person=owner, due_on=today())
    measure(organisation, owner_person=PersonFactory(organisation=organisation, email=""), due_on=today())
    measure(organisation)
    client, address = client_as("coordinator"), "/werk/maatregelen/herinneringen/"

    page = client.get(address).content.decode()
    response = client.post(address, {"rhythm": "monthly", "version": "1"})

    assert "noor@proef.example" in page
    assert "krijgt niets" in page
    assert "Eén open maatregel heeft geen persoon voor herinneringen die hier werkt" in page
    assert response.status_code == 302
    assert DigestRules.objects.get().rhythm == "monthly"


def test_a_person_is_chosen_by_name_and_gives_the_owner_a_name(client_as, organisation, owner):
    about = measure(organisation)
    typed_form = {"title": about.title, "priority": "2", "status": "not_started", "version": about.version}
    client, address = client_as("coordinator"), f"/werk/maatregelen/{about.pk}/wijzigen/"

    unknown = client.post(address, typed_form | {"owner_person": "Niemand"})
    client.post(address, typed_form | {"owner_person": "Noor Groot"})

    about.refresh_from_db()
    assert unknown.status_code == 422
    assert (about.owner_person, about.owner) == (owner, "Noor Groot")


def test_the_page_of_reminders_asks_the_database_as_often_for_many(client_as, organisation, django_assert_num_queries):
    client, address = client_as("coordinator"), "/werk/maatregelen/herinneringen/"
    client.get(address)
    for number in range(31):
        if number == 1:
            with CaptureQueriesContext(connection) as few:
                client.get(address)
        person = PersonFactory(organisation=organisation)
        measure(organisation, owner_person=person, due_on=today())
        Digest.objects.create(organisation=organisation, person=person, period="2026-W48", measures=1)

    with django_assert_num_queries(len(few)):
        client.get(address)
