"""Meetings from a file: a calendar (iCalendar, RFC 5545), or a table with a row for each subject.

Read whole or not at all: what is wrong is told by row or meeting, with what to do. A formula is text like any other.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar

from openintegriteit.core.spreadsheets.columns import Column, TableError, TableRow, read_table
from openintegriteit.core.spreadsheets.reading import Limits, UnreadableFile, clean_text, read_workbook
from openintegriteit.core.spreadsheets.values import FIRST_YEAR, LAST_YEAR
from openintegriteit.registers.abstentions.operations import MOST_SUBJECTS
from openintegriteit.registers.abstentions.rules import LONGEST_NUMBER, LONGEST_SUBJECT, subjects_in

MEGABYTE = 1024 * 1024
LONGEST_TITLE, LONGEST_UID = 200, 300
MOST_MEETINGS = 500
MOST_TOLD = 20  # problems on the page
LIMITS = Limits(file_size=2 * MEGABYTE, unpacked_size=20 * MEGABYTE, rows=10_000, columns=50, cells=100_000)
CALENDAR = b"BEGIN:VCALENDAR"
EVENT = re.compile(rb"^BEGIN:VEVENT\s*$", re.IGNORECASE | re.MULTILINE)
TIME = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?(?:\s*(?:uur|u))?", re.IGNORECASE)
COLUMNS = (
    Column("day", "Datum", "date", required=True, synonyms=("Dag", "Vergaderdatum")),
    Column("starts_at", "Tijd", max_length=20, synonyms=("Aanvang", "Tijdstip", "Begintijd")),
    Column("meeting", "Vergadering", required=True, max_length=LONGEST_TITLE, synonyms=("Naam vergadering",)),
    Column("number", "Nummer", max_length=LONGEST_NUMBER, synonyms=("Nr", "Agendapunt", "Volgnummer")),
    Column("subject", "Onderwerp", max_length=LONGEST_SUBJECT, synonyms=("Titel", "Agendaonderwerp")),
)


@dataclass(frozen=True, slots=True)
class ReadMeeting:
    """A meeting as the file tells it. `uid` is empty where the file has no names of its own for meetings."""

    held_on: date
    starts_at: time | None
    title: str
    subjects: tuple[tuple[str, str], ...]
    uid: str = ""


class UnreadableMeetings(Exception):
    """The file is refused as a whole; `problems` say what is wrong and where, each as a sentence for the user."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("; ".join(problems))
        more = len(problems) - MOST_TOLD
        self.problems = [*problems[:MOST_TOLD], *([_("And %(number)d more.") % {"number": more}] if more > 0 else [])]


def read_meetings(content: bytes, *, name: str = "") -> list[ReadMeeting]:
    """The meetings in a file, at most five hundred. Raises UnreadableMeetings."""
    if len(content) > LIMITS.file_size:
        raise UnreadableMeetings([_("The file is larger than 2 MB. Divide it into several files.")])
    if content.lstrip(b"\xef\xbb\xbf \r\n\t")[: len(CALENDAR)].upper() == CALENDAR:
        return _from_calendar(content)
    try:
        workbook = read_workbook(content, name=name, limits=LIMITS)
    except UnreadableFile as refusal:
        raise UnreadableMeetings([str(refusal)]) from refusal
    (sheet, *_others) = (sheet for sheet in workbook.sheets if sheet.rows)
    table = read_table(sheet, COLUMNS)
    problems, times = [str(error) for error in table.errors], {}
    for row in table.rows:
        try:
            times[row.number] = _time(str(row.values["starts_at"]))
        except ValueError as problem:
            problems.append(str(TableError(sheet.name, row.number, "Tijd", str(problem))))
    if not problems and not table.rows:
        problems.append(_("The file holds column heads and no meeting. Add a row for each subject."))
    if problems:
        raise UnreadableMeetings(problems)
    return _checked(_grouped(table.rows, times))


def _grouped(rows: Sequence[TableRow], times: dict[int, time | None]) -> list[ReadMeeting]:
    meetings: dict[tuple[Any, ...], list[tuple[str, str]]] = {}
    for row in rows:
        subjects = meetings.setdefault((row.values["day"], times[row.number], row.values["meeting"]), [])
        if title := " ".join(str(row.values["subject"]).split()):
            subjects.append((str(row.values["number"]), title))
    return [
        ReadMeeting(day, at, " ".join(title.split()), tuple(dict.fromkeys(subjects)))
        for (day, at, title), subjects in meetings.items()
    ]


def _time(text: str) -> time | None:
    if not text:
        return None
    match = TIME.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError(text)
        return time(int(match[1]), int(match[2]))
    except ValueError:
        raise ValueError(_("“%(value)s” is not a time. Write the time like 19:30.") % {"value": text}) from None


def _from_calendar(content: bytes) -> list[ReadMeeting]:
    """Each event is a meeting, each line of its description a subject. A cancelled one is passed over."""
    if len(EVENT.findall(content)) > MOST_MEETINGS:
        raise UnreadableMeetings([_too_many()])
    try:
        events = Calendar.from_ical(content).walk("VEVENT")
        texts = [_texts(event) for event in events if _text(event, "STATUS").upper() != "CANCELLED"]
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError) as error:
        raise UnreadableMeetings(
            [_("This calendar file is damaged or not complete. Save it from the calendar once more.")]
        ) from error
    problems, meetings = [], []
    for place, told in enumerate(texts, start=1):
        try:
            meetings.append(_meeting(told))
        except ValueError as problem:
            named = told["title"][:60] or _("without a title")
            problems.append(
                _("Appointment %(place)d (%(title)s): %(problem)s")
                % {"place": place, "title": named, "problem": problem}
            )
    if not texts:
        problems.append(_("This calendar holds no appointments. Choose another file."))
    if problems:
        raise UnreadableMeetings(problems)
    return _checked(meetings)


def _texts(event: Any) -> dict[str, Any]:
    begins = event.get("DTSTART")
    return {
        "title": " ".join(_text(event, "SUMMARY").split()),
        "description": _text(event, "DESCRIPTION"),
        "uid": _text(event, "UID"),
        "again": _text(event, "RECURRENCE-ID"),
        "repeats": "RRULE" in event,
        "begins": getattr(begins, "dt", None),
    }


def _text(event: Any, name: str) -> str:
    """What a property says; of one that stands there several times the first."""
    value = event.get(name)
    first = value[0] if isinstance(value, list) and value else value
    if first is None or isinstance(first, list):
        return ""
    return str(first.to_ical().decode() if name == "RECURRENCE-ID" else first)


def _meeting(told: dict[str, Any]) -> ReadMeeting:
    if told["repeats"]:
        raise ValueError(_("it is repeated by a rule. Save each meeting as an appointment of its own."))
    begins = told["begins"]
    if isinstance(begins, datetime):
        local = timezone.localtime(begins) if timezone.is_aware(begins) else begins
        day, at = local.date(), local.time().replace(second=0, microsecond=0, tzinfo=None)
    elif isinstance(begins, date):
        day, at = begins, None
    else:
        raise ValueError(_("it has no day on which it begins."))
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValueError(_("its year cannot be right."))
    try:
        title, description = clean_text(told["title"]), clean_text(told["description"])
    except ValueError:
        raise ValueError(_("it holds a character that cannot be shown.")) from None
    if not title:
        raise ValueError(_("it has no title."))
    if len(title) > LONGEST_TITLE:
        raise ValueError(_("its title is longer than 200 characters. Make it shorter."))
    subjects = tuple(dict.fromkeys(subjects_in(description)))
    if any(len(number) > LONGEST_NUMBER or len(subject) > LONGEST_SUBJECT for number, subject in subjects):
        raise ValueError(_("a line of its description is longer than 500 characters. Make it shorter."))
    return ReadMeeting(day, at, title, subjects, _key(told["uid"], told["again"]))


def _key(uid: str, again: str) -> str:
    """The name of an event; one of a series is told apart by its day. What is too long is told by its mark."""
    key = "".join(mark for mark in f"{uid} {again}" if mark.isprintable()).strip()
    return key if len(key) <= LONGEST_UID else str(uuid5(NAMESPACE_URL, key))


def _checked(meetings: list[ReadMeeting]) -> list[ReadMeeting]:
    if len(meetings) > MOST_MEETINGS:
        raise UnreadableMeetings([_too_many()])
    crowded = [meeting for meeting in meetings if len(meeting.subjects) > MOST_SUBJECTS]
    if crowded:
        raise UnreadableMeetings(
            [
                _("“%(title)s” has more than %(most)d subjects. Divide them over several meetings.")
                % {"title": meeting.title, "most": MOST_SUBJECTS}
                for meeting in crowded
            ]
        )
    return meetings


def _too_many() -> str:
    return _("The file holds more than %(most)d meetings. Divide it into several files.") % {"most": MOST_MEETINGS}
