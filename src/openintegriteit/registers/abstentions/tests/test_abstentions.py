"""Announcing and recording that one does not take part, and what a member sees of their own meetings."""

import uuid
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from openintegriteit.core.clock import today
from openintegriteit.core.locking import StaleRecord
from openintegriteit.core.roles import Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.models import Entry
from openintegriteit.messages.models import Message
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.abstentions import due, operations
from openintegriteit.registers.abstentions.models import Abstention, Suggestion
from openintegriteit.registers.abstentions.notices import send_notices
from openintegriteit.registers.abstentions.tests.factories import (
    CLUB,
    abstention,
    exemption,
    meeting,
    on_the_board,
    suggestion,
)
from openintegriteit.registers.declarations.tests.factories import acting, somebody

pytestmark = pytest.mark.database
YESTERDAY, TOMORROW = timedelta(days=-1), timedelta(days=1)


@pytest.fixture
def councillor(organisation):
    """A member of the council with an account: (account, row of the list of people, client)."""
    user, person = somebody(organisation, Role.ELECTED_MEMBER, kind="elected_member", family_name="Aaldijk")
    client = Client()
    client.force_login(user)
    return user, person, client


def member(organisation, kind="elected_member", **values):
    return PersonFactory(organisation=organisation, kind=kind, **values)


def send(client, name, pk, **values):
    given = {"part": "both", "reason": "Ik zit in het bestuur", "submission": uuid.uuid4()}
    return client.post(reverse(f"abstentions:{name}", args=[pk]), given | values, follow=True)


def test_a_member_sees_their_own_suggestion_and_announces_once(organisation, councillor) -> None:
    _user, person, client = councillor
    other = member(organisation, family_name="Zuiderzee")
    made = meeting(organisation, CLUB)
    about = made.subjects.get()
    for each in (person, other):
        suggestion(organisation, each, about)
    page = client.get(reverse("abstentions:mine")).content.decode()
    assert "1 onderwerp lijkt op iets dat u hebt opgegeven" in page
    page = client.get(reverse("abstentions:meeting", args=[made.pk])).content.decode()
    assert "U hebt opgegeven:" in page
    assert "Zuiderzee" not in page
    form = {"submission": uuid.uuid4()}

    for _ in range(2):
        send(client, "announce", about.pk, **form)

    found = Abstention.objects.get()
    assert (found.person, found.state, found.reason) == (person, "announced", "Ik zit in het bestuur")
    assert "Geen onderwerp lijkt op iets" in client.get(reverse("abstentions:mine")).content.decode()
    assert send(client, "announce", about.pk).status_code == 422
    assert Suggestion.objects.open().get().person == other


def test_on_the_desk_a_member_finds_what_comes(organisation, councillor) -> None:
    _user, person, client = councillor
    assert "Voor uw vergadering" not in client.get(reverse("desks:home")).content.decode()
    suggestion(organisation, person, meeting(organisation, CLUB).subjects.get())

    page = client.get(reverse("desks:home")).content.decode()

    assert "Voor uw vergadering" in page
    assert "1 onderwerp lijkt op iets dat u hebt opgegeven. Doet u daaraan mee?" in page


@pytest.mark.parametrize(
    ("kind", "roles", "body", "status"),
    [
        ("elected_member", [Role.ELECTED_MEMBER], "representative", 200),
        ("elected_member", [Role.ELECTED_MEMBER], "executive", 404),
        ("executive_member", [Role.EXECUTIVE_MEMBER], "executive", 200),
        ("executive_member", [Role.EXECUTIVE_MEMBER], "representative", 404),
        ("chair", [Role.CHAIR], "executive", 200),
        ("official", [Role.ELECTED_MEMBER], "representative", 404),
        ("elected_member", [Role.STAFF], "representative", 403),
    ],
)
def test_a_member_reads_the_agendas_of_where_they_sit(organisation, kind, roles, body, status) -> None:
    user, _person = somebody(organisation, *roles, kind=kind)
    client = Client()
    client.force_login(user)
    made = meeting(organisation, CLUB, body=body)

    assert client.get(reverse("abstentions:meeting", args=[made.pk])).status_code == status
    expected = status if roles != [Role.CHAIR] or body == "executive" else 404
    assert client.get(reverse("abstentions:announce", args=[made.subjects.get().pk])).status_code == expected


def test_who_has_left_sits_nowhere_any_more(organisation, councillor) -> None:
    _user, person, client = councillor
    person.ended_on = today() + YESTERDAY
    person.save()
    made = meeting(organisation, CLUB)

    assert client.get(reverse("abstentions:meeting", args=[made.pk])).status_code == 404
    assert "We vinden u niet bij de leden" in client.get(reverse("abstentions:mine")).content.decode()


def test_waterschapswet_41_who_sits_in_the_daily_board_sits_in_the_general_board_too(organisation) -> None:
    organisation.kind = "water_board"
    organisation.save()
    user, _person = somebody(organisation, Role.EXECUTIVE_MEMBER, kind="executive_member")
    client = Client()
    client.force_login(user)

    for body in ("representative", "executive"):
        made = meeting(organisation, CLUB, body=body)
        assert client.get(reverse("abstentions:meeting", args=[made.pk])).status_code == 200


@pytest.mark.parametrize(
    "values",
    [
        {"held_on": today() + YESTERDAY},
        {"called_off_on": today(), "called_off_because": "Storm"},
        {"concluded_on": today(), "held_on": today()},
    ],
)
def test_after_the_meeting_nobody_announces(organisation, councillor, values) -> None:
    user, _person, client = councillor
    about = meeting(organisation, CLUB, **values).subjects.get()

    page = send(client, "announce", about.pk).content.decode()

    assert "al geweest of afgezegd" in page
    with pytest.raises(operations.MeetingOver):
        operations.announce(
            actor=acting(user, organisation),
            identifier=uuid.uuid4(),
            subject=about,
            values={"part": "both", "reason": "X"},
        )
    assert not Abstention.objects.exists()


def test_the_clerk_records_what_happened_once(client_as, organisation) -> None:
    somebody_ = member(organisation)
    about = meeting(organisation, CLUB, held_on=today()).subjects.get()
    client, form = client_as(Role.CLERK), {"submission": uuid.uuid4(), "person": somebody_.pk, "part": "vote"}
    where = reverse("abstentions:record", args=[about.pk])
    assert f'<option value="{somebody_.pk}" selected' in client.get(where, {"wie": somebody_.pk}).content.decode()

    for _ in range(2):
        page = send(client, "record", about.pk, **form).content.decode()

    found = Abstention.objects.get()
    assert (found.person, found.part, found.state) == (somebody_, "vote", "recorded")
    assert somebody_.full_name in page
    assert "staat het al bij het onderwerp" in send(client, "record", about.pk, person=somebody_.pk).content.decode()


def test_before_the_meeting_the_clerk_records_an_announcement(client_as, organisation) -> None:
    about = meeting(organisation, CLUB).subjects.get()

    send(client_as(Role.CLERK), "record", about.pk, person=member(organisation).pk)

    assert Abstention.objects.get().state == "announced"


@pytest.mark.parametrize("kind", ["official", "executive_member", "audit_court_member"])
def test_only_a_member_of_the_meeting_can_abstain(client_as, actor_with, organisation, kind) -> None:
    about, outsider = meeting(organisation, CLUB).subjects.get(), member(organisation, kind)

    assert send(client_as(Role.CLERK), "record", about.pk, person=outsider.pk).status_code == 422
    with pytest.raises(PermissionDenied):
        operations.record_abstention(
            actor=actor_with(Role.CLERK),
            identifier=uuid.uuid4(),
            subject=about,
            person=outsider,
            values={"part": "both", "reason": "X"},
        )


@pytest.mark.parametrize("values", [{"reason": ""}, {"part": "onzin"}, {"person": "onzin"}, {"reason": "x" * 301}])
def test_bad_input_is_told_and_nothing_is_recorded(client_as, organisation, values) -> None:
    about, somebody_ = meeting(organisation, CLUB).subjects.get(), member(organisation)

    answer = send(client_as(Role.CLERK), "record", about.pk, **{"person": somebody_.pk} | values)

    assert answer.status_code == 422
    assert not Abstention.objects.exists()


def test_what_was_announced_is_recorded_as_it_happened(client_as, organisation) -> None:
    about = meeting(organisation, CLUB, held_on=today()).subjects.get()
    made = abstention(organisation, member(organisation), about, state="announced")
    client = client_as(Role.CLERK)
    sent = {"part": "vote", "reason": "Bestuurslid", "version": 1}

    assert client.post(reverse("abstentions:change", args=[made.pk]), sent).status_code == 302
    answer = client.post(reverse("abstentions:change", args=[made.pk]), sent | {"part": "deliberation"})

    made.refresh_from_db()
    assert (made.part, made.state, made.reason, made.version) == ("vote", "recorded", "Bestuurslid", 2)
    assert answer.status_code == 409


def test_a_mistake_is_withdrawn_with_the_reason_and_stays(client_as, organisation) -> None:
    about = meeting(organisation, CLUB, held_on=today()).subjects.get()
    made, client = abstention(organisation, member(organisation), about), client_as(Role.CLERK)
    where = reverse("abstentions:withdraw", args=[made.pk])
    assert client.post(where, {"version": 1, "withdrawn_because": ""}).status_code == 422

    page = client.post(where, {"version": 1, "withdrawn_because": "Was een ander"}, follow=True).content.decode()

    assert "Was een ander" in page
    assert "al ingetrokken" in client.get(where, follow=True).content.decode()
    listed = reverse("abstentions:abstentions")
    assert made.person.full_name not in client.get(listed).content.decode()
    assert made.person.full_name in client.get(listed, {"ingetrokken": "on"}).content.decode()
    change = client.get(reverse("abstentions:change", args=[made.pk]), follow=True).content.decode()
    assert "al ingetrokken" in change
    assert abstention(organisation, made.person, about).pk  # it can be recorded anew


def test_a_member_takes_back_what_they_announced_but_not_what_happened(organisation, councillor) -> None:
    user, person, client = councillor
    about = meeting(organisation, CLUB).subjects.get()
    made = abstention(organisation, person, about, state="announced")
    others = abstention(organisation, member(organisation), about, state="announced")
    where = reverse("abstentions:withdraw", args=[made.pk])
    assert client.get(reverse("abstentions:abstention", args=[others.pk])).status_code == 404
    assert client.get(reverse("abstentions:withdraw", args=[others.pk])).status_code == 404

    client.post(where, {"version": 1, "withdrawn_because": "Ik ben weg bij de club"})

    made.refresh_from_db()
    assert made.withdrawn_on == today()
    happened = abstention(organisation, person, about)
    assert client.get(reverse("abstentions:withdraw", args=[happened.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        operations.withdraw(
            actor=acting(user, organisation), abstention=happened, expected_version=1, reason="Toch niet"
        )


def test_two_who_withdraw_or_put_aside_do_it_once(actor_with, organisation) -> None:
    actor, about = actor_with(Role.CLERK), meeting(organisation, CLUB).subjects.get()
    made = abstention(organisation, member(organisation), about)
    found = suggestion(organisation, member(organisation), about)
    for reason in ("Eerst", "Later"):
        operations.withdraw(actor=actor, abstention=made, expected_version=1, reason=reason)
        operations.dismiss(actor=actor, suggestion=found, expected_version=1, reason=reason)

    assert Abstention.objects.get().withdrawn_because == "Eerst"
    assert Suggestion.objects.get().dismissed_because == "Eerst"


def test_a_stale_suggestion_is_not_put_aside(actor_with, organisation) -> None:
    found = suggestion(organisation, member(organisation), meeting(organisation, CLUB).subjects.get(), version=3)

    with pytest.raises(StaleRecord):
        operations.dismiss(actor=actor_with(Role.CLERK), suggestion=found, expected_version=2, reason="X")


def test_a_member_puts_their_own_suggestion_aside_with_a_reason(organisation, councillor) -> None:
    user, person, client = councillor
    made = meeting(organisation, CLUB)
    about = made.subjects.get()
    own, others = suggestion(organisation, person, about), suggestion(organisation, member(organisation), about)
    where = reverse("abstentions:dismiss", args=[own.pk])
    assert client.post(where, {"version": 1, "dismissed_because": ""}).status_code == 422

    page = client.post(where, {"version": 1, "dismissed_because": "Andere club"}, follow=True).content.decode()

    assert "terzijde gelegd" in page and "Andere club" in page
    assert "al terzijde gelegd" in client.get(where, follow=True).content.decode()
    assert client.get(reverse("abstentions:dismiss", args=[others.pk])).status_code == 404
    with pytest.raises(PermissionDenied):
        operations.dismiss(actor=acting(user, organisation), suggestion=others, expected_version=1, reason="Ook niet")


def test_the_secretary_sees_which_register_and_not_what_was_declared(client_as, organisation) -> None:
    made = meeting(organisation, CLUB, body="executive")
    suggestion(organisation, member(organisation, "executive_member", family_name="Börner"), made.subjects.get())

    page = client_as(Role.SECRETARY).get(reverse("abstentions:meeting", args=[made.pk])).content.decode()

    assert "Börner" in page
    assert "gaf iets op in het register van nevenfuncties" in page
    assert "Penningmeester" not in page


def test_the_chair_reads_both_lists_and_changes_nothing(client_as, organisation) -> None:
    for body, kind in (("representative", "elected_member"), ("executive", "executive_member")):
        about = meeting(organisation, CLUB, body=body).subjects.get()
        abstention(organisation, member(organisation, kind, family_name=f"Van{body}"), about)
    page = client_as(Role.CHAIR).get(reverse("abstentions:abstentions")).content.decode()
    assert "Vanrepresentative" in page and "Vanexecutive" in page
    page = client_as(Role.CLERK).get(reverse("abstentions:abstentions")).content.decode()
    assert "Vanrepresentative" in page and "Vanexecutive" not in page
    made = Abstention.objects.first()

    assert client_as(Role.CHAIR).get(reverse("abstentions:change", args=[made.pk])).status_code == 403
    assert client_as(Role.CHAIR).get(reverse("abstentions:withdraw", args=[made.pk])).status_code == 404


def test_the_list_is_narrowed_and_handed_out_as_text(client_as, organisation) -> None:
    about = meeting(organisation, CLUB, held_on=today()).subjects.get()
    abstention(organisation, member(organisation, family_name="Börner"), about, reason="=1+1", part="vote")
    abstention(organisation, member(organisation, family_name="Aaldijk"), about, state="announced")
    client, where = client_as(Role.CLERK), reverse("abstentions:abstentions")

    def names(**asked):
        page = client.get(where, asked).content.decode()
        return {name for name in ("Börner", "Aaldijk") if name in page}

    assert names() == {"Börner", "Aaldijk"}
    assert names(zoek="borner") == {"Börner"}
    assert names(zoek="meerkoet") == {"Börner", "Aaldijk"}
    assert names(waarvan="alleen-de-stemming") == {"Börner"}
    assert names(stand="vooraf-gemeld") == {"Aaldijk"}
    assert "'=1+1" in client.get(where, {"formaat": "csv"}).content.decode()


def test_rows_of_another_body_answer_as_absent(client_as, organisation, other_organisation) -> None:
    with organisation_scope(other_organisation.pk):
        about = meeting(other_organisation, CLUB).subjects.get()
        theirs = member(other_organisation)
        rows = {
            "meeting": about.meeting_id,
            "subject": about.pk,
            "record": about.pk,
            "abstention": abstention(other_organisation, theirs, about).pk,
            "dismiss": suggestion(other_organisation, theirs, about).pk,
            "exemption": exemption(other_organisation, theirs).pk,
        }
    client = client_as(Role.CLERK)

    statuses = {name: client.get(reverse(f"abstentions:{name}", args=[pk])).status_code for name, pk in rows.items()}

    assert statuses == dict.fromkeys(rows, 404)
    own = meeting(organisation, CLUB).subjects.get()
    assert send(client, "record", own.pk, person=theirs.pk).status_code == 422


def test_the_database_itself_keeps_one_abstention_a_subject(organisation) -> None:
    about, person = meeting(organisation, CLUB).subjects.get(), member(organisation)
    abstention(organisation, person, about)

    with pytest.raises(IntegrityError), transaction.atomic():
        abstention(organisation, person, about)
    with pytest.raises(IntegrityError), transaction.atomic():
        abstention(organisation, member(organisation), about, reason="")


def test_a_member_gets_one_mail_about_a_meeting_that_tells_no_subject(organisation, councillor) -> None:
    _user, person, _client = councillor
    made = meeting(organisation, CLUB, f"Nogmaals {CLUB}")
    for about in made.subjects.all():
        suggestion(organisation, person, about, declaration=on_the_board(organisation, person))
    suggestion(organisation, member(organisation, email=""), made.subjects.first())
    later = meeting(organisation, CLUB, held_on=today() + timedelta(days=40))
    suggestion(organisation, person, later.subjects.get())

    assert (send_notices(timezone.now()), send_notices(timezone.now())) == (1, 0)

    (told,) = Message.objects.all()
    assert told.recipient == person.email
    assert "2 onderwerpen" in told.body and f"/werk/vergaderingen/{made.pk}/" in told.body
    assert "Meerkoet" not in told.body + told.subject
    assert Entry.objects.filter(action="meeting.member_told").count() == 1
    assert mail.outbox == []


def test_what_keepers_have_to_do_before_and_after(actor_with, organisation) -> None:
    council = meeting(organisation, CLUB, CLUB + " twee")
    for about in council.subjects.all():
        suggestion(organisation, member(organisation), about)
    meeting(organisation, CLUB, title="Oude raad", held_on=today() + YESTERDAY)
    meeting(organisation, CLUB, title="Oud college", held_on=today() + YESTERDAY, body="executive")
    meeting(organisation, CLUB, title="Heel oud", held_on=today() - timedelta(days=400))
    meeting(organisation, CLUB, title="Klaar", held_on=today() + 2 * YESTERDAY, concluded_on=today())
    chair = member(organisation, "chair", given_name="Bea", infix="", family_name="Voorzitter")
    exemption(organisation, chair, review_on=today() + TOMORROW)
    exemption(organisation, member(organisation), holds_until=today() + TOMORROW)
    exemption(organisation, chair, holds_until=today() + YESTERDAY, review_on=today())

    def told(role):
        return [(item.title, item.due_on) for item in due.due_items(actor_with(role), today())]

    assert told(Role.CLERK)[:2] == [
        ("Raadsvergadering", council.held_on),
        ("Oude raad", today() + YESTERDAY + due.RECORD_WITHIN),
    ]
    assert len(told(Role.CLERK)) == 4
    assert told(Role.SECRETARY) == [
        ("Oud college", today() + YESTERDAY + due.RECORD_WITHIN),
        ("Ontheffing van Bea Voorzitter", today() + TOMORROW),
    ]
    assert told(Role.COORDINATOR) == []
    days = due.calendar_items(actor_with(Role.CHAIR), today(), today() + TOMORROW, 10)
    assert [(item.day, item.waiting) for item in days] == [(today(), False), (today() + TOMORROW, True)]
    assert due.calendar_items(actor_with(Role.COORDINATOR), today(), today() + TOMORROW, 10) == []
