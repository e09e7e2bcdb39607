"""Changes of the account: who may make them, that nobody overwrites silently, and what the log tells."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from openintegriteit.accountability import operations
from openintegriteit.accountability.models import AnnexKind, AnnualReport, CouncilQuestion, FormHeading, ReportText
from openintegriteit.accountability.tests.factories import question, report
from openintegriteit.core.locking import StaleRecord
from openintegriteit.event_log.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.database]

UNTIL = date(2026, 3, 31)


def actions():
    return list(Entry.objects.order_by("number").values_list("action", flat=True))


@pytest.fixture
def about(organisation):
    return report(organisation)


@pytest.fixture
def write(coordinator, about):
    def written(text, expected_version, ready=False):
        return operations.write_section(
            actor=coordinator,
            report=about,
            section="visie",
            text=text,
            ready=ready,
            expected_version=expected_version,
        )

    return written


@pytest.mark.parametrize(
    "role", ["secretary", "clerk", "chair", "internal_auditor", "technical_administrator", "staff"]
)
def test_who_only_reads_changes_nothing(organisation, about, actor_with, role):
    reader = actor_with(role)
    asked = question(about)
    changes = [
        lambda: operations.start_report(actor=reader, year=2024, reference_date=date(2025, 3, 31)),
        lambda: operations.store_form(actor=reader),
        lambda: operations.write_section(
            actor=reader, report=about, section="visie", text="X", ready=True, expected_version=0
        ),
        lambda: operations.leave_out_section(actor=reader, report=about, section="visie", expected_version=0),
        lambda: operations.back_to_draft(actor=reader, report=about, section="visie", expected_version=0),
        lambda: operations.change_report(actor=reader, report=about, expected_version=1, values={"council_on": UNTIL}),
        lambda: operations.create_question(actor=reader, report=about, identifier=uuid.uuid4(), values={}),
        lambda: operations.change_question(actor=reader, question=asked, expected_version=1, values={"answer": "X"}),
        lambda: operations.create_annex(actor=reader, report=about, identifier=uuid.uuid4(), values={}),
    ]

    for change in changes:
        with pytest.raises(PermissionDenied):
            change()

    assert not Entry.objects.exists()
    assert not ReportText.objects.exists()
    assert AnnualReport.objects.count() == CouncilQuestion.objects.count() == 1


def test_starting_a_report_gives_the_body_its_form(organisation, coordinator):
    made = operations.start_report(actor=coordinator, year=2025, reference_date=UNTIL)

    assert (made.year, made.reference_date) == (2025, UNTIL)
    assert list(FormHeading.objects.values_list("title", flat=True))[:2] == ["Toegankelijkheid", "Geheimhouding"]
    assert actions() == ["annual_report.created"]


def test_starting_a_report_twice_makes_one_that_keeps_its_dates(organisation, coordinator):
    first = operations.start_report(actor=coordinator, year=2025, reference_date=UNTIL)
    again = operations.start_report(actor=coordinator, year=2025, reference_date=date(2026, 6, 30))

    assert again == first
    assert again.reference_date == UNTIL
    assert actions() == ["annual_report.created"]


def test_a_form_that_was_changed_is_not_taken_from_the_common_one_again(organisation, coordinator):
    operations.store_form(actor=coordinator)
    number = FormHeading.objects.count()
    heading = FormHeading.objects.get(key="alternatives")
    operations.change_form_heading(
        actor=coordinator, heading=heading, expected_version=1, values={"title": "Andere wegen"}
    )

    operations.store_form(actor=coordinator)

    assert FormHeading.objects.count() == number
    assert FormHeading.objects.get(key="alternatives").title == "Andere wegen"
    assert actions() == ["form_heading.changed"]


def test_two_people_who_change_one_heading_do_not_overwrite_each_other(organisation, coordinator):
    operations.store_form(actor=coordinator)
    heading = FormHeading.objects.get(key="alternatives")
    change = {"actor": coordinator, "heading": heading, "expected_version": 1}
    operations.change_form_heading(**change, values={"default_text": "Eerst"})

    with pytest.raises(StaleRecord):
        operations.change_form_heading(**change, values={"default_text": "Daarna"})

    assert FormHeading.objects.get(key="alternatives").default_text == "Eerst"


@pytest.mark.parametrize("day", [date(2025, 6, 30), date(2027, 1, 1)])
def test_a_reference_date_that_does_not_fit_the_year_is_refused(organisation, coordinator, day):
    with pytest.raises(ValidationError):
        operations.start_report(actor=coordinator, year=2025, reference_date=day)

    assert not AnnualReport.objects.exists()


def test_writing_a_section_counts_its_versions_and_logs_each_change(write):
    first = write("Eerst", 0)
    second = write("Daarna", 1, ready=True)

    assert (first.version, second.version) == (1, 2)
    stored = ReportText.objects.get()
    assert (stored.text, stored.ready, stored.version) == ("Daarna", True, 2)
    assert actions() == ["report_text.changed"] * 2


def test_writing_upon_a_text_that_somebody_changed_meanwhile_is_refused(write):
    write("Eerst", 0)
    write("Van een ander", 1)

    with pytest.raises(StaleRecord) as stale:
        write("Van mij", 1)

    assert stale.value.current.text == "Van een ander"
    assert ReportText.objects.get().text == "Van een ander"
    assert len(actions()) == 2


def test_two_who_write_the_first_text_at_once_do_not_overwrite_each_other(write):
    write("Van de eerste", 0)

    with pytest.raises(StaleRecord) as stale:
        write("Van de tweede", 0)

    assert stale.value.current.text == "Van de eerste"
    assert ReportText.objects.get().text == "Van de eerste"


def test_a_section_that_is_left_out_keeps_its_text(write, coordinator, about):
    write("Blijft", 0)

    operations.leave_out_section(actor=coordinator, report=about, section="visie", expected_version=1)

    stored = ReportText.objects.get()
    assert (stored.text, stored.left_out) == ("Blijft", True)


def test_back_to_the_draft_forgets_text_and_states(write, coordinator, about):
    write("Weg", 0, ready=True)

    operations.back_to_draft(actor=coordinator, report=about, section="visie", expected_version=1)

    stored = ReportText.objects.get()
    assert (stored.text, stored.ready, stored.left_out) == ("", False, False)


def test_a_question_that_is_sent_twice_is_stored_once(coordinator, about):
    key, values = uuid.uuid4(), {"question": "Waarom?"}
    first = operations.create_question(actor=coordinator, report=about, identifier=key, values=values)
    again = operations.create_question(actor=coordinator, report=about, identifier=key, values=values)
    other = operations.create_question(actor=coordinator, report=about, identifier=uuid.uuid4(), values=values)

    assert first == again
    assert (first.order, other.order) == (1, 2)
    assert actions() == ["council_question.created"] * 2


def test_an_annex_that_is_sent_twice_is_stored_once(coordinator, about):
    key, values = uuid.uuid4(), {"title": "Stand", "kind": AnnexKind.MEASURES}
    for _time in range(2):
        operations.create_annex(actor=coordinator, report=about, identifier=key, values=values)

    assert [(annex.order, annex.title) for annex in about.annexes.all()] == [(1, "Stand")]
    assert actions() == ["annex.created"]


def test_a_changed_answer_is_logged_with_what_it_was(coordinator, about):
    asked = question(about, answer="Eerst")

    operations.change_question(actor=coordinator, question=asked, expected_version=1, values={"answer": "Daarna"})

    (entry,) = Entry.objects.all()
    assert entry.action == "council_question.changed"
    assert entry.details == {"changes": {"answer": ["Eerst", "Daarna"]}}


@pytest.mark.parametrize(
    ("values", "answered"), [({}, False), ({"answer": "Ja."}, True), ({"not_applicable": True}, True)]
)
def test_a_question_is_answered_by_an_answer_or_by_not_applying(about, values, answered):
    asked = question(about, **values)

    assert asked.is_answered is answered
    assert CouncilQuestion.objects.unanswered().exists() is not answered


def test_a_question_is_answered_by_the_answer_of_another(about):
    asked = question(about, same_answer_as=question(about, answer="Ja."))

    assert asked.is_answered
    assert not CouncilQuestion.objects.unanswered().exists()
