"""What the internal auditor reads: the log with filters, a line in words, and the selection as a file."""

import csv
import io
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from openintegriteit.core.roles import Actor
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log import listings, views
from openintegriteit.event_log.changes import save_changes
from openintegriteit.event_log.forms import EntryFilter
from openintegriteit.event_log.models import Chain, Entry
from openintegriteit.event_log.operations import Event, record, record_many
from openintegriteit.event_log.queries import Filters, filtered_entries, verify_chain
from openintegriteit.policy.models import Regulation

pytestmark = [pytest.mark.django_db, pytest.mark.database]
LIST = "/werk/logboek/"


@pytest.fixture
def auditor(client_as):
    return client_as("internal_auditor")


@pytest.fixture
def noor(organisation):
    return Actor("1", "Noor Jansen", organisation.pk)


def lines(response):
    """The labels of the records on the page, without what tells of reading the log itself."""
    page = response.context["page"]
    return [entry.subject_label for entry in page.entries if entry.action != "event_log.read"]


def write(actor, number, action="measure.created", kind="programme.measure"):
    return record_many(actor=actor, events=[Event(action, kind, f"regel {index}") for index in range(number)])


def test_lines_are_told_in_dutch_newest_first(auditor, noor):
    write(noor, 2)

    response = auditor.get(LIST)

    text = response.content.decode()
    assert lines(response) == ["regel 1", "regel 0"]
    assert "Maatregel toegevoegd" in text
    assert "Noor Jansen" in text
    assert "measure.created" not in text


def test_reading_is_a_line_itself_with_what_was_asked(auditor, noor):
    write(noor, 1)

    auditor.get(LIST, {"wie": "noor", "vanaf": "2026-01-01"})

    newest = Entry.objects.order_by("-number").first()
    assert (newest.action, newest.subject_type) == ("event_log.read", "event_log")
    assert newest.details == {"filters": {"Vanaf": "2026-01-01", "Door wie": "noor"}}


def test_in_english_the_addresses_and_the_log_stay_dutch(auditor, noor):
    write(noor, 1)

    with translation.override("en"):
        form = EntryFilter({"handeling": "maatregel-toegevoegd"}, actions=["measure.created"], kinds=[])

        assert form.filters(None).actions == ("measure.created",)
        assert ("maatregel-toegevoegd", "Measure added") in form.fields["handeling"].choices
        assert form.told() == {"Wat er is gebeurd": "Maatregel toegevoegd"}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"handeling": "regeling-toegevoegd"}, ["code"]),
        ({"soort": "maatregel"}, ["een"]),
        ({"wie": "noor"}, ["een"]),
        ({"wie": "Ali de Boer"}, ["code"]),
        ({"wie": "noor", "soort": "regeling"}, []),
        ({"tot": "2000-01-01"}, []),
        ({"vanaf": "2999-01-01"}, []),
        ({"record": "00000000"}, []),
        ({"handeling": "'; DROP TABLE event_log_entry; --"}, ["code", "een"]),
        ({"vanaf": "gisteren", "ouder": "-1"}, ["code", "een"]),
        ({"ouder": "9" * 40}, ["code", "een"]),
        ({"vanaf": "0001-01-01", "tot": "9999-12-31"}, ["code", "een"]),
        ({"wie": "\0", "record": "\0", "ouder": "\u0663"}, ["code", "een"]),
    ],
)
def test_filters_stand_in_the_address(auditor, noor, organisation, asked, found):
    record(actor=noor, action="measure.created", subject="programme.measure", label="een")
    ali = Actor("2", "Ali de Boer", organisation.pk)
    record(actor=ali, action="regulation.created", subject="policy.regulation", label="code")

    assert lines(auditor.get(LIST, asked)) == found


def test_a_record_is_found_by_its_id(auditor, coordinator, organisation):
    regulation, other = (
        Regulation.objects.create(organisation=organisation, title=title, kind="other") for title in ("een", "twee")
    )
    for row in (regulation, other):
        record(actor=coordinator, action="regulation.created", subject=row)

    assert lines(auditor.get(LIST, {"record": str(regulation.pk), "soort": "regeling"})) == ["een"]
    assert lines(auditor.get(LIST, {"record": str(other.pk)})) == ["twee"]


def test_a_name_that_fits_several_people_is_asked_back(auditor, noor, organisation):
    record(actor=noor, action="measure.created", subject="programme.measure", label="een")
    record(actor=Actor("2", "Noor Visser", organisation.pk), action="measure.created", subject="x", label="twee")

    response = auditor.get(LIST, {"wie": "noor"})

    assert response.context["names"] == ["Noor Jansen", "Noor Visser"]
    assert "Wie bedoelt u?" in response.content.decode()
    assert lines(auditor.get(LIST, {"wie": "Noor Visser"})) == ["twee"]


def test_nobody_with_the_name_gives_no_lines(auditor, noor):
    write(noor, 1)

    response = auditor.get(LIST, {"wie": "niemand"})

    assert response.context["page"] is None
    assert "Geen regel van het logboek past bij deze filters" in response.content.decode()


def test_pages_follow_each_other_without_a_gap(auditor, noor):
    write(noor, 120)

    seen, after = [], None
    while True:
        response = auditor.get(LIST, {"soort": "maatregel", **({"ouder": after} if after else {})})
        seen += lines(response)
        after = response.context["page"].older
        if after is None:
            break

    assert seen == [f"regel {index}" for index in reversed(range(120))]
    assert "Nieuwste regels" in response.content.decode()


def test_lines_of_the_same_moment_stand_on_one_page_each(organisation, auditor, noor, monkeypatch):
    moment = datetime(2026, 3, 1, 12, tzinfo=UTC)
    monkeypatch.setattr("openintegriteit.event_log.operations.timezone.now", lambda: moment)
    write(noor, 60)
    monkeypatch.undo()

    first = auditor.get(LIST, {"soort": "maatregel"})
    second = auditor.get(LIST, {"soort": "maatregel", "ouder": first.context["page"].older})

    assert lines(first) + lines(second) == [f"regel {index}" for index in reversed(range(60))]
    assert verify_chain(organisation.pk).first_bad is None


@pytest.mark.parametrize("asked", [{}, {"handeling": "maatregel-toegevoegd"}, {"wie": "Noor Jansen"}, {"ouder": "9"}])
def test_a_page_costs_the_same_whatever_the_length_of_the_log(auditor, noor, asked):
    write(noor, 10)
    auditor.get(LIST, asked)
    with CaptureQueriesContext(connection) as few:
        auditor.get(LIST, asked)
    write(noor, 1000)
    with CaptureQueriesContext(connection) as many:
        auditor.get(LIST, asked)

    assert len(many) == len(few)


@pytest.mark.parametrize(
    ("filters", "index"),
    [
        (Filters(), "event_log_time"),
        (Filters(start=datetime(2026, 1, 1, tzinfo=UTC), end=datetime(2026, 2, 1, tzinfo=UTC)), "event_log_time"),
        (Filters(actions=("measure.created",)), "event_log_action"),
        (Filters(kinds=("programme.measure",)), "event_log_kind"),
        (Filters(person="Ali"), "event_log_actor"),
        (Filters(record=str(UUID(int=1))), "event_log_record"),
        (Filters(record=str(UUID(int=1)), kinds=("policy.regulation",)), "event_log_record"),
    ],
)
def test_each_way_of_reading_has_an_index_of_its_own(noor, organisation, filters, index):
    write(noor, 200)
    write(Actor("3", "Kees", organisation.pk), 2000, "finding.changed", "programme.finding")
    rows = [Regulation(pk=UUID(int=number), title="een") for number in range(200)]
    ali = Actor("2", "Ali", organisation.pk)
    record_many(actor=ali, events=[Event("regulation.created", row) for row in rows])
    if connection.vendor == "postgresql":  # which reads so few lines at once, if it may
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off; ANALYZE event_log_entry")

    plan = filtered_entries(organisation.pk, filters)[:51].explain()

    assert index in plan


def test_a_change_is_told_in_words(auditor, coordinator, organisation):
    regulation = Regulation.objects.create(organisation=organisation, title="Oud", kind="other")
    save_changes(
        actor=coordinator,
        action="regulation.changed",
        instance=regulation,
        expected_version=1,
        values={"title": "<script>alert(1)</script>", "review_due_on": "2027-01-01"},
    )
    entry = Entry.objects.get()

    text = auditor.get(reverse("event_log:entry", args=[entry.pk])).content.decode()

    assert "Regeling gewijzigd" in text
    assert "1 januari 2027" in text
    assert "niet ingevuld" in text
    assert "<script>alert" not in text
    assert Entry.objects.filter(action="event_log.read", subject_id=str(entry.pk)).count() == 1


@pytest.mark.parametrize(
    "details",
    [
        {"changes": {"colour": ["red", None], "review_due_on": ["not a day", {"odd": 1}]}},
        {"fields": ["title", "colour"], "roles": [], "pigeons": {"a": 1}},
    ],
)
def test_lines_of_an_older_product_are_told_as_far_as_they_can_be(auditor, noor, details):
    for kind in ("policy.regulation", "pigeons.pigeon", "nodots"):
        entry = record(actor=noor, action="pigeon.sent", subject=kind, details=details)

        response = auditor.get(reverse("event_log:entry", args=[entry.pk]))

        assert response.status_code == 200


def test_the_file_holds_the_selection_and_is_a_line_itself(auditor, noor):
    write(noor, 3)
    record(actor=noor, action="regulation.created", subject="policy.regulation", label="=1+1")

    response = auditor.get(LIST, {"soort": "regeling", "formaat": "csv"})

    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0][:4] == ["Nummer", "Moment", "Door wie", "Wat er is gebeurd"]
    assert [row[2:5] for row in rows[1:]] == [["Noor Jansen", "Regeling toegevoegd", "regeling"]]
    assert not rows[1][5].startswith("=")
    newest = Entry.objects.order_by("-number").first()
    assert (newest.action, newest.details["lines"]) == ("event_log.exported", 1)


@pytest.mark.parametrize("file_format", ["xlsx", "ods"])
def test_other_formats_work_too(auditor, noor, file_format):
    write(noor, 1)

    assert auditor.get(LIST, {"formaat": file_format}).content.startswith(b"PK")


def test_too_much_for_one_file_says_what_to_do(auditor, noor, monkeypatch):
    monkeypatch.setattr(views, "MOST_LINES", 2)
    write(noor, 3)

    response = auditor.get(LIST, {"soort": "maatregel", "formaat": "csv"})

    assert response.status_code == 422
    assert "In een bestand passen hooguit 2 regels" in response.content.decode()
    assert not Entry.objects.filter(action="event_log.exported").exists()
    assert listings.MOST_LINES == 50_000


class TestTheHeading:
    """The page says whether the log was checked last, and what came of it."""

    def test_never(self, auditor, noor):
        write(noor, 1)

        assert "Het logboek is nog niet gecontroleerd" in auditor.get(LIST).content.decode()

    def test_right(self, auditor, noor, organisation):
        write(noor, 3)
        verify_chain(organisation.pk)
        write(noor, 2)

        text = auditor.get(LIST).content.decode()

        assert "Het logboek klopt<" in text
        assert "3 regels, geen veranderd en geen weg. Sindsdien bijgekomen: 3." in text

    def test_wrong(self, auditor, noor, organisation):
        write(noor, 3)
        verify_chain(organisation.pk)
        Chain.objects.update(verified_first_bad=2)

        text = auditor.get(LIST).content.decode()

        assert "Het logboek klopt niet vanaf regel 2" in text
        assert "ondertekende controlepunt" in text


def test_a_line_of_another_body_is_as_absent(auditor, other_organisation):
    with organisation_scope(other_organisation.pk):
        foreign = record(actor=Actor("3", "Kees", other_organisation.pk), action="measure.created", subject="x")

    answers = [auditor.get(reverse("event_log:entry", args=[key])) for key in (foreign.pk, uuid4())]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert lines(auditor.get(LIST, {"ouder": foreign.number + 1})) == []
    assert auditor.get(LIST, {"wie": "Kees"}).context["page"] is None
    assert not Entry.objects.filter(action="event_log.read", subject_id=str(foreign.pk)).exists()


def test_a_period_counts_days_in_the_netherlands(auditor, noor, monkeypatch):
    late = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)  # 2 March, half past midnight
    monkeypatch.setattr("openintegriteit.event_log.operations.timezone.now", lambda: late)
    write(noor, 1)
    monkeypatch.undo()

    assert lines(auditor.get(LIST, {"vanaf": "2026-03-02", "tot": "2026-03-02"})) == ["regel 0"]
    assert lines(auditor.get(LIST, {"tot": "2026-03-01"})) == []
