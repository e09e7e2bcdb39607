"""Meetings with their subjects: typing, suggestions, putting aside, and completing the record."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from openintegriteit.core.clock import today
from openintegriteit.core.locking import StaleRecord
from openintegriteit.core.roles import Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.event_log.models import Entry
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.abstentions import operations
from openintegriteit.registers.abstentions.comparing import compare, compare_all, declared_by, members_on
from openintegriteit.registers.abstentions.models import Abstention, Meeting, Subject, Suggestion
from openintegriteit.registers.abstentions.tests.factories import (
    CLUB,
    abstention,
    meeting,
    on_the_board,
    suggestion,
)
from openintegriteit.registers.gifts.tests.factories import gift
from openintegriteit.registers.interests.tests.factories import interest

pytestmark = pytest.mark.database
DAY = date(2026, 6, 1)


def member(organisation, kind="elected_member", **values):
    return PersonFactory(organisation=organisation, kind=kind, **values)


def typed(**values):
    given = {"body": "representative", "title": "Raadsvergadering", "held_on": (today() + timedelta(7)).isoformat()}
    given |= {"starts_at": "19:30", "subjects": f"1. Opening\n2. {CLUB}\n", "submission": uuid.uuid4()}
    return given | values


def add(client, **values):
    return client.post(reverse("abstentions:new"), typed(**values), follow=True)


def post(client, name, pk, **values):
    return client.post(reverse(f"abstentions:{name}", args=[pk]), values, follow=True)


def compared(made, organisation, coordinator):
    return compare(made, actor=coordinator, organisation=organisation)


def test_the_clerk_types_a_meeting_and_sees_what_looks_like_a_declaration(client_as, organisation) -> None:
    somebody = member(organisation, family_name="Aaldijk")
    on_the_board(organisation, somebody)
    form = {"submission": uuid.uuid4()}
    client = client_as(Role.CLERK)

    for _ in range(2):
        page = add(client, **form).content.decode()

    made = Meeting.objects.get()
    assert [(row.number, row.title) for row in made.subjects.all()] == [("1", "Opening"), ("2", CLUB)]
    (found,) = Suggestion.objects.all()
    assert (found.person, found.words, found.subject.number) == (somebody, "roeiclub, meerkoet", "2")
    assert "Aaldijk" in page
    assert "Penningmeester, Roeiclub Meerkoet" in page
    assert "dat beoordeelt het lid zelf" in page


def test_only_what_office_holders_declared_is_read(organisation, coordinator) -> None:
    official, elected = member(organisation, "official"), member(organisation)
    on_the_board(organisation, official)
    on_the_board(organisation, elected, regime="officials")  # of before they were elected
    made = meeting(organisation, CLUB)

    compared(made, organisation, coordinator)

    assert not Suggestion.objects.exists()


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ({}, True),
        ({"starts_on": date(2026, 5, 31)}, True),
        ({"starts_on": DAY, "ends_on": DAY}, True),
        ({"starts_on": date(2026, 6, 2)}, False),
        ({"ends_on": date(2026, 5, 31)}, False),
        ({"withdrawn_on": DAY, "withdrawn_because": "Vergissing"}, False),
    ],
)
def test_what_holds_on_the_day_of_the_meeting_counts(organisation, days, found) -> None:
    somebody = member(organisation)
    on_the_board(organisation, somebody, **days)

    names = declared_by(members_on("representative", "municipality", DAY), DAY)

    assert [row.name for row in names] == (["Roeiclub Meerkoet"] if found else [])


@pytest.mark.parametrize(
    ("offered", "found"),
    [(date(2026, 5, 1), True), (date(2022, 7, 1), True), (date(2022, 5, 1), False), (date(2026, 6, 2), False)],
)
def test_who_offered_a_gift_counts_for_four_years(organisation, offered, found) -> None:
    gift(organisation, member(organisation), starts_on=offered, detail={"giver_person": "J. Jansen"})

    names = declared_by(members_on("representative", "municipality", DAY), DAY)

    assert [row.name for row in names] == (["Bouwbedrijf De Hoop", "J. Jansen"] if found else [])


def test_of_an_interest_the_place_is_a_name_and_the_rest_describes(organisation) -> None:
    interest(organisation, member(organisation))

    names = declared_by(members_on("representative", "municipality", DAY), DAY)

    assert [(row.name, row.whole) for row in names] == [("Bouwbedrijf De Hoop", True), ("Aandelen", False)]


@pytest.mark.parametrize(
    ("kind", "body", "members"),
    [
        ("municipality", "representative", {"elected_member"}),
        ("municipality", "executive", {"executive_member", "chair"}),
        ("province", "representative", {"elected_member"}),
        ("province", "executive", {"executive_member", "chair"}),
        ("water_board", "representative", {"elected_member", "executive_member"}),
        ("water_board", "executive", {"executive_member", "chair"}),
    ],
)
def test_gemeentewet_34_provinciewet_34_waterschapswet_40_41_who_the_members_are(
    organisation, kind, body, members
) -> None:
    for each in ("official", "elected_member", "executive_member", "chair", "audit_court_member"):
        member(organisation, each)
    member(organisation, "elected_member", ended_on=DAY - timedelta(days=1))
    member(organisation, "elected_member", started_on=DAY + timedelta(days=1))

    assert sorted(row.kind for row in members_on(body, kind, DAY)) == sorted(members)


def test_looking_anew_adds_what_is_new_and_takes_away_what_is_gone(organisation, coordinator) -> None:
    kept, gone = member(organisation), member(organisation)
    on_the_board(organisation, kept)
    ending = on_the_board(organisation, gone)
    made = meeting(organisation, CLUB)
    assert compared(made, organisation, coordinator) == 2
    assert compared(made, organisation, coordinator) == 0
    ending.ends_on = today()
    ending.save()
    on_the_board(organisation, kept, where="Stichting Meerkoet")

    assert compared(made, organisation, coordinator) == 1

    assert {row.person for row in Suggestion.objects.all()} == {kept}
    entries = Entry.objects.filter(action="meeting.compared").order_by("number")
    assert [entry.details for entry in entries] == [{"added": 2, "removed": 0}, {"added": 1, "removed": 1}]


def test_what_was_put_aside_stays_with_its_reason(organisation, coordinator) -> None:
    somebody = member(organisation)
    declaration = on_the_board(organisation, somebody)
    made = meeting(organisation, CLUB)
    compared(made, organisation, coordinator)
    Suggestion.objects.update(dismissed_on=today(), dismissed_because="Andere club", dismissed_by="Griffier")
    declaration.ends_on = today()
    declaration.save()

    assert compared(made, organisation, coordinator) == 0

    assert Suggestion.objects.get().dismissed_because == "Andere club"


@pytest.mark.parametrize(
    "values",
    [
        {"held_on": date(2020, 1, 1)},
        {"called_off_on": date(2026, 1, 1), "called_off_because": "Storm"},
        {"concluded_on": date(2026, 1, 1)},
    ],
)
def test_what_is_over_is_laid_beside_nothing(organisation, coordinator, values) -> None:
    on_the_board(organisation, member(organisation))

    assert compared(meeting(organisation, CLUB, **values), organisation, coordinator) == 0


def test_the_worker_finds_what_was_declared_since_in_every_body(organisation, other_organisation) -> None:
    for body in (organisation, other_organisation):
        with organisation_scope(body.pk):
            meeting(body, CLUB)
            on_the_board(body, member(body))

    assert (compare_all(), compare_all()) == (2, 0)


def test_fifty_of_each_kind_cost_the_same_queries_as_one(organisation, coordinator) -> None:
    def cost():
        made = meeting(organisation, CLUB, title=uuid.uuid4().hex)
        return data_queries(lambda: compared(made, organisation, coordinator))

    on_the_board(organisation, member(organisation))
    cost()
    few = cost()
    for _ in range(50):
        on_the_board(organisation, member(organisation))

    assert cost() == few


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"title": ""}, "verplicht"),
        ({"held_on": "gisteren"}, "datum"),
        ({"starts_at": "half acht"}, "tijd"),
        ({"body": "executive"}, "geldige keuze"),
        ({"subjects": "x" * 501}, "Onderwerp 1 is langer dan 500 tekens"),
        ({"subjects": "\n".join(f"{number}. X{number}" for number in range(201))}, "ten hoogste 200 onderwerpen"),
    ],
)
def test_bad_input_is_told_and_nothing_is_added(client_as, organisation, values, message) -> None:
    answer = add(client_as(Role.CLERK), **values)

    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not Meeting.objects.exists()


def test_the_same_meeting_twice_is_told(client_as, organisation) -> None:
    client = client_as(Role.CLERK)
    add(client)
    add(client, starts_at="")

    assert "staat hier al" in add(client).content.decode()
    assert "staat hier al" in add(client, starts_at="").content.decode()
    assert Meeting.objects.count() == 2


def test_the_database_itself_keeps_each_meeting_and_suggestion_once(organisation) -> None:
    made = meeting(organisation, CLUB)
    known = suggestion(organisation, member(organisation), made.subjects.get())

    with pytest.raises(IntegrityError), transaction.atomic():
        meeting(organisation)
    with pytest.raises(IntegrityError), transaction.atomic():
        suggestion(organisation, known.person, known.subject, declaration=known.declaration)
    with pytest.raises(IntegrityError), transaction.atomic():
        Suggestion.objects.update(dismissed_on=today())


@pytest.mark.parametrize(
    ("role", "seen", "hidden"),
    [
        (Role.CLERK, {"Raad"}, {"College"}),
        (Role.SECRETARY, {"College"}, {"Raad"}),
        (Role.CHAIR, {"Raad", "College"}, set()),
    ],
)
@pytest.mark.parametrize("file_format", ["", "csv"])
def test_each_keeper_sees_their_own_meetings(client_as, organisation, role, seen, hidden, file_format) -> None:
    meeting(organisation, title="Raad van juni")
    meeting(organisation, title="College van juni", body="executive")

    page = client_as(role).get(reverse("abstentions:meetings"), {"formaat": file_format}).content.decode()

    assert [name for name in seen if f"{name} van juni" not in page] == []
    assert [name for name in hidden if f"{name} van juni" in page] == []


@pytest.mark.parametrize("role", [Role.SECRETARY, Role.CHAIR, Role.ELECTED_MEMBER, Role.COORDINATOR])
def test_who_does_not_keep_the_council_changes_nothing(actor_with, organisation, role) -> None:
    made, actor = meeting(organisation, CLUB), actor_with(role)
    subject = made.subjects.get()
    values = {"body": "representative", "title": "X", "held_on": today(), "subjects": []}
    attempts = (
        lambda: operations.add_meeting(actor=actor, identifier=uuid.uuid4(), values=values),
        lambda: operations.change_meeting(actor=actor, meeting=made, expected_version=1, values={"title": "X"}),
        lambda: operations.call_off(actor=actor, meeting=made, expected_version=1, reason="X"),
        lambda: operations.conclude(actor=actor, meeting=made),
        lambda: operations.compare_again(actor=actor, meeting=made),
        lambda: operations.add_subjects(actor=actor, meeting=made, subjects=[("", "X")]),
        lambda: operations.change_subject(actor=actor, subject=subject, expected_version=1, values={"title": "X"}),
        lambda: operations.remove_subject(actor=actor, subject=subject),
    )
    for attempt in attempts:
        with pytest.raises(PermissionDenied):
            attempt()

    assert (Meeting.objects.count(), Subject.objects.get().title) == (1, CLUB)


def test_the_meeting_of_the_executive_answers_the_clerk_as_absent(client_as, organisation) -> None:
    made = meeting(organisation, CLUB, body="executive")
    client = client_as(Role.CLERK)

    for name in ("meeting", "edit", "call_off", "add_subjects"):
        assert client.get(reverse(f"abstentions:{name}", args=[made.pk])).status_code == 404
    assert client.get(reverse("abstentions:subject", args=[made.subjects.get().pk])).status_code == 404


def test_subjects_are_added_once_changed_and_taken_away(client_as, organisation) -> None:
    made, client = meeting(organisation, "Opening"), client_as(Role.CLERK)
    on_the_board(organisation, member(organisation))

    for _ in range(2):
        page = post(client, "add_subjects", made.pk, subjects=f"2. {CLUB}\n2. {CLUB}\n3. Sluiting").content.decode()

    assert [row.number for row in made.subjects.all()] == ["1", "2", "3"]
    assert "Meerkoet" in page and Suggestion.objects.count() == 1
    club = made.subjects.get(number="2")
    assert post(client, "subject", club.pk, number="2", title="Huur van iets", version=1).status_code == 200
    assert not Suggestion.objects.exists()
    assert post(client, "subject", club.pk, number="1", title="Opening", version=2).status_code == 422
    post(client, "remove_subject", club.pk)
    assert [row.number for row in made.subjects.all()] == ["1", "3"]


def test_a_subject_from_which_somebody_abstained_stays(client_as, organisation) -> None:
    made = meeting(organisation, CLUB)
    about = made.subjects.get()
    abstention(organisation, member(organisation), about)

    page = post(client_as(Role.CLERK), "remove_subject", about.pk).content.decode()

    assert "dus het blijft staan" in page
    assert Subject.objects.filter(pk=about.pk).exists()


def test_more_than_two_hundred_subjects_in_parts_are_told(client_as, organisation) -> None:
    made = meeting(organisation, *(f"Onderwerp {number}" for number in range(200)))

    answer = post(client_as(Role.CLERK), "add_subjects", made.pk, subjects="Nog een")

    assert answer.status_code == 422
    assert "meer dan 200 onderwerpen" in answer.content.decode()


def test_two_who_change_a_meeting_do_not_overwrite_each_other(client_as, actor_with, organisation) -> None:
    made, client = meeting(organisation), client_as(Role.CLERK)
    sent = {"title": "Extra raad", "held_on": made.held_on.isoformat(), "starts_at": "", "version": 1}
    assert post(client, "edit", made.pk, **sent).status_code == 200

    answer = post(client, "edit", made.pk, **sent | {"title": "Gewone raad"})

    assert answer.status_code == 409
    assert "Extra raad" in answer.content.decode() and "Gewone raad" in answer.content.decode()
    with pytest.raises(StaleRecord):
        operations.call_off(actor=actor_with(Role.CLERK), meeting=made, expected_version=1, reason="Storm")


def test_a_meeting_that_was_called_off_asks_nothing_any_more(client_as, organisation) -> None:
    made, client = meeting(organisation, CLUB), client_as(Role.CLERK)
    suggestion(organisation, member(organisation), made.subjects.get())
    assert post(client, "call_off", made.pk, version=1, called_off_because="").status_code == 422

    page = post(client, "call_off", made.pk, version=1, called_off_because="Storm").content.decode()

    assert "Storm" in page
    for name, values in (("edit", {}), ("conclude", {}), ("compare", {}), ("call_off", {"version": 2})):
        sent = {"title": "X", "held_on": "2026-06-01", "version": 2, "called_off_because": "X"} | values
        answer = client.post(reverse(f"abstentions:{name}", args=[made.pk]), sent, follow=True)
        assert "Storm" in answer.content.decode()
    assert (Meeting.objects.get().title, Meeting.objects.get().called_off_because) == ("Raadsvergadering", "Storm")


def test_completing_the_record_counts_what_was_announced_as_happened(client_as, organisation) -> None:
    made, client = meeting(organisation, CLUB, held_on=today()), client_as(Role.CLERK)
    announced = abstention(organisation, member(organisation), made.subjects.get(), state="announced")

    for _ in range(2):
        page = post(client, "conclude", made.pk).content.decode()

    made.refresh_from_db()
    announced.refresh_from_db()
    assert (made.concluded_on, announced.state) == (today(), "recorded")
    assert "De onthoudingen bij deze vergadering zijn vastgelegd" in page
    assert Entry.objects.filter(action="meeting.concluded").count() == 1


def test_a_meeting_to_come_cannot_be_completed(client_as, organisation) -> None:
    made = meeting(organisation)

    post(client_as(Role.CLERK), "conclude", made.pk)

    assert Meeting.objects.get().concluded_on is None


def test_the_log_tells_no_subject_and_no_reason(client_as, organisation) -> None:
    somebody = member(organisation)
    on_the_board(organisation, somebody)
    client = client_as(Role.CLERK)
    add(client)
    found = Suggestion.objects.get()
    post(client, "dismiss", found.pk, version=1, dismissed_because="Dat is een andere club")

    told = " ".join(f"{entry.subject_label} {entry.details}" for entry in Entry.objects.all())

    assert Suggestion.objects.get().dismissed_because == "Dat is een andere club"
    assert "suggestion.dismissed" in {entry.action for entry in Entry.objects.all()}
    assert [word for word in ("Meerkoet", "andere club") if word in told] == []


def test_the_list_is_narrowed_by_stand_and_words(client_as, organisation) -> None:
    meeting(organisation, title="Komende raad")
    meeting(organisation, title="Oude raad", held_on=date(2026, 1, 5))
    meeting(organisation, title="Klare raad", held_on=date(2026, 1, 6), concluded_on=date(2026, 1, 7))
    meeting(organisation, title="Stormraad", called_off_on=DAY, called_off_because="Storm")
    client = client_as(Role.CLERK)

    def names(**asked):
        page = client.get(reverse("abstentions:meetings"), asked).content.decode()
        return {name for name in ("Komende raad", "Oude raad", "Klare raad", "Stormraad") if name in page}

    assert len(names()) == 4
    assert names(stand="komt") == {"Komende raad"}
    assert names(stand="vast-te-leggen") == {"Oude raad"}
    assert names(stand="vastgelegd") == {"Klare raad"}
    assert names(stand="afgezegd") == {"Stormraad"}
    assert names(zoek="klare") == {"Klare raad"}
    assert names(wie="dagelijks-bestuur") in (set(), names())


@pytest.mark.parametrize("name", ["meetings", "abstentions", "exemptions"])
def test_a_page_costs_the_same_however_long_it_is(client_as, organisation, name) -> None:
    client, where = client_as(Role.CLERK), reverse(f"abstentions:{name}")

    def fill():
        made = meeting(organisation, CLUB, title=uuid.uuid4().hex)
        abstention(organisation, member(organisation), made.subjects.get())

    fill()
    few = data_queries(lambda: client.get(where))
    for _ in range(30):
        fill()

    assert data_queries(lambda: client.get(where)) == few <= 8
    assert Abstention.objects.count() == 31
