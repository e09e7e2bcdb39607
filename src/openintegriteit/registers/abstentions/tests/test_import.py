"""Meetings from a calendar or a table: whole or not at all, twice adds nothing, and hostile files are told."""

from datetime import date, time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from openintegriteit.core.roles import Role
from openintegriteit.event_log.models import Entry
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.abstentions.importers import UnreadableMeetings, read_meetings
from openintegriteit.registers.abstentions.models import Meeting, Subject, Suggestion
from openintegriteit.registers.abstentions.tests.factories import on_the_board

CSV = """Datum;Tijd;Vergadering;Nummer;Onderwerp
07-12-2099;19:30;Raadsvergadering;1;Opening
07-12-2099;19.30 uur;Raadsvergadering;2a;Huur van het clubhuis door Roeiclub Meerkoet
14-12-2099;;Commissie;;=1+1
14-12-2099;;Commissie;;
"""


def calendar(*events: str) -> bytes:
    parts = [f"BEGIN:VEVENT\r\n{event}\r\nEND:VEVENT" for event in events]
    return "\r\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", *parts, "END:VCALENDAR", ""]).encode()


COUNCIL = "UID:raad-1\r\nDTSTART:20991207T183000Z\r\nSUMMARY:Raadsvergadering\r\n"
COUNCIL += "DESCRIPTION:1. Opening\\n2a. Roeiclub Meerkoet"


def send(client, content, *, name="raad.csv", body="representative"):
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    return client.post(reverse("abstentions:import"), {"body": body, "file": file}, follow=True)


def told():
    return [
        (row.title, row.held_on, row.starts_at, [str(subject) for subject in row.subjects.all()])
        for row in Meeting.objects.order_by("held_on")
    ]


def problems_of(content, name="raad.csv"):
    with pytest.raises(UnreadableMeetings) as refused:
        read_meetings(content if isinstance(content, bytes) else content.encode(), name=name)
    return refused.value.problems


@pytest.mark.database
def test_a_table_brings_in_meetings_with_their_subjects_once(client_as, organisation) -> None:
    on_the_board(organisation, PersonFactory(organisation=organisation, kind="elected_member"))
    client = client_as(Role.CLERK)

    first = send(client, CSV).content.decode()
    again = send(client, CSV).content.decode()

    assert "2 vergaderingen toegevoegd, 3 onderwerpen toegevoegd" in first
    assert "Er is niets toegevoegd" in again
    assert told() == [
        (
            "Raadsvergadering",
            date(2099, 12, 7),
            time(19, 30),
            ["1. Opening", "2a. Huur van het clubhuis door Roeiclub Meerkoet"],
        ),
        ("Commissie", date(2099, 12, 14), None, ["=1+1"]),
    ]
    assert Suggestion.objects.get().words == "roeiclub, meerkoet"
    assert Entry.objects.filter(action="meeting.added").count() == 2


@pytest.mark.database
def test_a_calendar_brings_in_meetings_on_the_dutch_clock_and_moves_them(client_as, organisation) -> None:
    client = client_as(Role.CLERK)
    send(client, calendar(COUNCIL), name="raad.ics")
    assert told() == [("Raadsvergadering", date(2099, 12, 7), time(19, 30), ["1. Opening", "2a. Roeiclub Meerkoet"])]
    assert "Er is niets toegevoegd" in send(client, calendar(COUNCIL)).content.decode()

    moved = COUNCIL.replace("20991207T183000Z", "20991208T183000Z").replace("1. Opening", "1. Opening\\n9. Sluiting")
    page = send(client, calendar(moved)).content.decode()

    assert "1 onderwerp toegevoegd, 1 vergadering gewijzigd" in page
    assert [(day, len(subjects)) for _title, day, _at, subjects in told()] == [(date(2099, 12, 8), 3)]


@pytest.mark.database
def test_what_was_typed_is_not_brought_in_twice_and_what_is_over_stays(client_as, organisation) -> None:
    typed = Meeting.objects.create(
        organisation=organisation,
        body="representative",
        title="Raadsvergadering",
        held_on=date(2099, 12, 7),
        starts_at=time(19, 30),
    )
    client = client_as(Role.CLERK)
    send(client, CSV)
    assert (Meeting.objects.count(), typed.subjects.count()) == (2, 2)
    Meeting.objects.update(concluded_on=date(2026, 1, 1))

    send(client, CSV + "07-12-2099;19:30;Raadsvergadering;3;Nagekomen\n")

    assert typed.subjects.count() == 2


@pytest.mark.database
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (CSV.replace("14-12-2099;;Commissie;;=", "31-02-2099;;Commissie;;="), "rij 4, kolom Datum"),
        (CSV.replace("19.30 uur", "half acht"), "rij 3, kolom Tijd: “half acht” is geen tijd"),
        (CSV.replace(";Commissie;;=", ";;;="), "rij 4, kolom Vergadering: deze cel is leeg"),
        (CSV.replace("Opening", "x" * 501), "rij 2, kolom Onderwerp"),
    ],
)
def test_one_wrong_row_is_named_and_nothing_changes(client_as, organisation, content, message) -> None:
    answer = send(client_as(Role.CLERK), content)

    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert not Meeting.objects.exists()


@pytest.mark.database
def test_a_meeting_that_would_grow_too_long_changes_nothing(client_as, organisation) -> None:
    client = client_as(Role.CLERK)
    rows = [f"07-12-2099;19:30;Raadsvergadering;{number};Onderwerp {number}" for number in range(200)]
    assert send(client, "\n".join([CSV.splitlines()[0], *rows])).status_code == 200

    answer = send(client, "\n".join([CSV.splitlines()[0], "01-12-2099;;Andere;;X", *rows[:1], CSV.splitlines()[2]]))

    assert answer.status_code == 422
    assert "meer dan 200 onderwerpen" in answer.content.decode()
    assert (Meeting.objects.count(), Subject.objects.count()) == (1, 200)


@pytest.mark.database
@pytest.mark.parametrize(
    ("role", "body", "status"),
    [(Role.SECRETARY, "executive", 200), (Role.SECRETARY, "representative", 422), (Role.CHAIR, "executive", 403)],
)
def test_each_keeper_brings_in_their_own(client_as, organisation, role, body, status) -> None:
    assert send(client_as(role), CSV, body=body).status_code == status
    assert Meeting.objects.exists() == (status == 200)


@pytest.mark.parametrize(
    ("event", "message"),
    [
        ("UID:1\r\nSUMMARY:Raad", "geen dag waarop"),
        ("UID:1\r\nDTSTART:20991207T183000Z", "geen titel"),
        ("UID:1\r\nDTSTART:20991207\r\nSUMMARY:Raad\r\nRRULE:FREQ=DAILY", "herhaald met een regel"),
        (f"DTSTART:20991207\r\nSUMMARY:{'x' * 201}", "langer dan 200 tekens"),
        (f"DTSTART:20991207\r\nSUMMARY:Raad\r\nDESCRIPTION:{'x' * 501}", "langer dan 500 tekens"),
        ("DTSTART:00010101T000000\r\nSUMMARY:Raad", "jaar kan niet kloppen"),
        ("DTSTART:20991207\r\nSUMMARY:Raad\u202egnirev", "niet te tonen"),
    ],
)
def test_a_wrong_appointment_is_named(event, message) -> None:
    problems = problems_of(calendar(COUNCIL, event), "raad.ics")

    assert len(problems) == 1
    assert problems[0].startswith("Afspraak 2 (")
    assert message in problems[0]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (calendar(), "geen afspraken"),
        (calendar("UID:1\r\nDTSTART:onzin\r\nSUMMARY:X"), "beschadigd"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:20991207", "beschadigd"),
        (b"BEGIN:VCALENDAR\r\n\xff\xfe\x00", "beschadigd"),
        (calendar(*["UID:1\r\nDTSTART:20991207\r\nSUMMARY:X"] * 501), "meer dan 500 vergaderingen"),
        (b"BEGIN:VCALENDAR" + b"x" * (2 * 1024 * 1024), "groter dan 2 MB"),
        (
            calendar("DTSTART:20991207\r\nSUMMARY:X\r\nDESCRIPTION:" + "".join(f"{n}\\n" for n in range(201))),
            "meer dan 200 onderwerpen",
        ),
        (b"", "leeg"),
        (b"Datum;Vergadering\n", "geen vergadering"),
        (b"%PDF-1.7", ""),
        (b"\x00\x01\x02", ""),
        (b"Onderwerp\nX\n", "kolom Datum"),
        ("Datum;Vergadering\n" + "".join(f"07-12-2099;M{n}\n" for n in range(501)), "meer dan 500 vergaderingen"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(content, message) -> None:
    assert message in " ".join(problems_of(content))


def test_of_many_problems_the_first_twenty_are_told() -> None:
    rows = "".join("gisteren;Raad\n" for _ in range(30))

    problems = problems_of("Datum;Vergadering\n" + rows)

    assert (len(problems), problems[-1]) == (21, "En nog 10.")


def test_a_calendar_is_known_by_its_content_and_passes_over_what_was_cancelled() -> None:
    cancelled = "UID:2\r\nDTSTART:20991208\r\nSUMMARY:Weg\r\nSTATUS:CANCELLED"
    twice = "UID:3\r\nDTSTART;TZID=Europe/Amsterdam:20991209T200000\r\nSUMMARY:A\r\nSUMMARY:B\r\nUID:4"

    meetings = read_meetings(b"\xef\xbb\xbf" + calendar(cancelled, twice), name="raad.csv")

    assert [(row.title, row.held_on, row.starts_at, row.uid) for row in meetings] == [
        ("A", date(2099, 12, 9), time(20, 0), "3")
    ]


def test_meetings_of_a_series_are_told_apart_by_their_day() -> None:
    events = [f"UID:1\r\nRECURRENCE-ID:2099120{n}\r\nDTSTART:2099120{n}\r\nSUMMARY:Raad" for n in (7, 8)]

    assert len({row.uid for row in read_meetings(calendar(*events))}) == 2


def test_a_name_that_is_too_long_is_kept_by_its_mark() -> None:
    (row,) = read_meetings(calendar(f"UID:{'u' * 5000}\r\nDTSTART:20991207\r\nSUMMARY:Raad"))

    assert len(row.uid) == 36
