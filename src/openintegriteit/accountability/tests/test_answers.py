"""The answers to questions: their steps, what is corrected after sending, what they promise, and the memo."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from openintegriteit.accountability import answers, importers, operations
from openintegriteit.accountability.answers import AnswersSent, NotItsTurn
from openintegriteit.accountability.answers_memo import memo_of
from openintegriteit.accountability.due import calendar_items, due_items
from openintegriteit.accountability.models import AnswerCorrection, AnswerStep, CouncilQuestion
from openintegriteit.accountability.rules import answer_steps_to_take
from openintegriteit.accountability.sections import paragraph_name
from openintegriteit.accountability.tests.factories import question, report, workbook
from openintegriteit.core.documents import write
from openintegriteit.core.locking import StaleRecord
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.models import Entry
from openintegriteit.programme.models import ActionPlan, Measure
from openintegriteit.programme.tests.factories import measure

pytestmark = [pytest.mark.django_db, pytest.mark.database]

DAY = date(2026, 6, 1)


@pytest.fixture
def about(organisation):
    return report(organisation)


@pytest.fixture
def browser(client_as):
    return client_as("coordinator")


def send(actor, about):
    for kind in ("adopted", "sent"):
        answers.take_step(actor=actor, report=about, kind=kind, taken_on=DAY, note="")


def actions():
    return list(Entry.objects.order_by("number").values_list("action", flat=True))


def html(about):
    return write(memo_of(about, about.organisation), "html").decode()


@pytest.mark.parametrize(
    ("taken", "possible"),
    [
        ((), ("drafted", "adopted")),
        (("drafted",), ("adopted",)),
        (("adopted",), ("sent",)),
        (("drafted", "adopted"), ("sent",)),
        (("drafted", "adopted", "sent"), ()),
    ],
)
def test_answers_are_sent_only_after_adoption_and_each_step_is_taken_once(taken, possible):
    assert answer_steps_to_take(taken) == possible


@pytest.mark.parametrize(
    ("stored", "told"),
    [
        ("terugblik", "Terugblik op 2025"),
        ("Tot slot", "Tot slot"),
        ("Paragraaf 3.2", "Paragraaf 3.2"),
        ("", ""),
    ],
)
def test_a_paragraph_is_told_by_its_heading_and_free_words_as_they_are(stored, told):
    assert paragraph_name(stored, 2025) == told


class TestSteps:
    """How far the answers are."""

    def test_a_step_tells_who_recorded_it_and_when(self, coordinator, about):
        step = answers.take_step(actor=coordinator, report=about, kind="adopted", taken_on=DAY, note="B 12")

        assert (step.kind, step.taken_on, step.note, step.recorded_by) == ("adopted", DAY, "B 12", coordinator.label)
        assert actions() == ["council_question.step"]

    def test_a_step_out_of_turn_or_taken_before_changes_nothing(self, coordinator, about):
        answers.take_step(actor=coordinator, report=about, kind="adopted", taken_on=DAY, note="")

        for kind in ("drafted", "adopted"):
            with pytest.raises(NotItsTurn):
                answers.take_step(actor=coordinator, report=about, kind=kind, taken_on=DAY, note="")

        assert AnswerStep.objects.count() == 1

    @pytest.mark.parametrize(
        ("role", "kind"), [("secretary", "drafted"), ("clerk", "adopted"), ("chair", "sent"), ("staff", "sent")]
    )
    def test_who_may_not_records_nothing(self, actor_with, about, role, kind):
        with pytest.raises(PermissionDenied):
            answers.take_step(actor=actor_with(role), report=about, kind=kind, taken_on=DAY, note="")

        assert not AnswerStep.objects.exists()

    def test_the_clerk_records_on_screen_that_the_answers_were_sent(self, client_as, coordinator, about):
        answers.take_step(actor=coordinator, report=about, kind="adopted", taken_on=DAY, note="")
        question(about, answer="Ja.")
        clerk = client_as("clerk")
        address = reverse("accountability:answer_step", args=[2025, "verzonden"])

        assert address in clerk.get(reverse("accountability:questions", args=[2025])).content.decode()
        early = clerk.post(address, {"taken_on": "2026-05-31"})
        clerk.post(address, {"taken_on": "2026-06-02"})

        assert early.status_code == 422
        assert AnswerStep.objects.get(kind="sent").taken_on == date(2026, 6, 2)


class TestCorrecting:
    """A sent answer changes only with a reason that stays."""

    def test_an_answer_that_was_not_sent_is_not_corrected_but_changed(self, coordinator, about):
        asked = question(about, answer="Ja.")

        with pytest.raises(NotItsTurn):
            answers.correct_answer(
                actor=coordinator, question=asked, expected_version=asked.version, answer="Nee.", reason="Fout."
            )

        asked.refresh_from_db()
        assert asked.answer == "Ja."
        assert not AnswerCorrection.objects.exists()

    def test_a_sent_answer_does_not_change_without_a_reason(self, coordinator, about):
        asked = question(about, answer="Ja.")
        send(coordinator, about)

        for values in ({"answer": "Nee."}, {"not_applicable": True}, {"answer": ""}):
            with pytest.raises(AnswersSent):
                operations.change_question(actor=coordinator, question=asked, expected_version=1, values=values)

        stored = CouncilQuestion.objects.get()
        assert (stored.answer, stored.not_applicable, stored.version) == ("Ja.", False, 1)

    def test_what_is_no_answer_can_still_change_and_a_late_answer_be_given(self, coordinator, about):
        asked, late = question(about, answer="Ja."), question(about)
        send(coordinator, about)

        for row, values in ((asked, {"asked_by": "Fractie A"}), (late, {"answer": "Alsnog."})):
            operations.change_question(actor=coordinator, question=row, expected_version=1, values=values)

        assert CouncilQuestion.objects.get(pk=asked.pk).asked_by == "Fractie A"
        assert CouncilQuestion.objects.get(pk=late.pk).answer == "Alsnog."

    def test_a_correction_keeps_what_was_said_and_why(self, coordinator, about):
        asked = question(about, answer="Twaalf.")
        send(coordinator, about)

        answers.correct_answer(
            actor=coordinator, question=asked, expected_version=1, answer="Dertien.", reason="Er was er een vergeten."
        )

        made = AnswerCorrection.objects.get()
        assert (made.before, made.reason, made.recorded_by) == (
            "Twaalf.",
            "Er was er een vergeten.",
            coordinator.label,
        )
        assert CouncilQuestion.objects.get().answer == "Dertien."
        assert actions()[-1] == "council_question.corrected"
        assert "Er was er een vergeten." in html(about)
        assert "Twaalf." in html(about)

    def test_a_correction_upon_an_old_version_changes_nothing(self, coordinator, about):
        asked = question(about, answer="Twaalf.", version=2)
        send(coordinator, about)

        with pytest.raises(StaleRecord):
            answers.correct_answer(actor=coordinator, question=asked, expected_version=1, answer="X", reason="Y")

        assert not AnswerCorrection.objects.exists()
        assert CouncilQuestion.objects.get().answer == "Twaalf."

    def test_the_page_asks_for_the_reason(self, browser, coordinator, about):
        asked = question(about, answer="Twaalf.")
        send(coordinator, about)
        address = reverse("accountability:answer_correct", args=[asked.pk])

        without = browser.post(address, {"version": 1, "answer": "Dertien."})
        stale = browser.post(address, {"version": 9, "answer": "Dertien.", "reason": "Vergeten."})
        done = browser.post(address, {"version": 1, "answer": "Dertien.", "reason": "Vergeten."})

        assert (without.status_code, stale.status_code, done.status_code) == (422, 409, 302)
        page = browser.get(reverse("accountability:questions", args=[2025])).content.decode()
        assert "Dertien." in page
        assert "Twaalf." in page
        assert "Vergeten." in page

    def test_who_was_writing_while_it_was_sent_can_make_a_correction_of_it(self, browser, coordinator, about):
        asked = question(about, answer="Twaalf.")
        send(coordinator, about)

        response = browser.post(
            reverse("accountability:question_edit", args=[asked.pk]),
            {"version": 1, "question": "Hoeveel?", "answer": "Dertien."},
        )

        assert response.status_code == 409
        assert "Dertien.</textarea>" in response.content.decode()
        assert CouncilQuestion.objects.get().answer == "Twaalf."

    def test_an_answer_that_was_not_sent_is_changed_as_usual(self, browser, about):
        asked = question(about, answer="Twaalf.")

        response = browser.get(reverse("accountability:answer_correct", args=[asked.pk]))

        assert response.url == reverse("accountability:question_edit", args=[asked.pk])

    def test_a_workbook_leaves_a_sent_answer_as_it_is(self, coordinator, about):
        question(about, order=1, answer="Twaalf.")
        send(coordinator, about)
        rows = [{"Volgorde": 1, "Vraag": "Hoeveel precies?", "Antwoord": "Dertien."}]

        file = importers.read_year(workbook(Raadsvragen=rows), about.organisation)
        importers.apply(file, actor=coordinator)

        stored = CouncilQuestion.objects.get()
        assert (stored.question, stored.answer) == ("Hoeveel precies?", "Twaalf.")

    def test_a_question_about_a_measure_of_an_older_plan_keeps_it(self, browser, about):
        old = measure(about.organisation, number=1, title="Oud")
        newer = ActionPlan.objects.create(
            organisation=about.organisation, title="Plan 2026", started_on=date(2026, 1, 1)
        )
        new = measure(about.organisation, number=1, title="Nieuw", plan=newer)
        asked = [question(about, measure=old), question(about)]

        for each in asked:
            form = {"question": each.question, "measure": "1", "answer": "Twaalf.", "version": each.version}
            assert browser.post(reverse("accountability:question_edit", args=[each.pk]), form).status_code == 302

        assert [each.measure for each in CouncilQuestion.objects.order_by("order")] == [old, new]


class TestPromising:
    """A promise in an answer becomes a measure."""

    def test_doing_it_twice_makes_one_measure(self, coordinator, about):
        asked = question(about, number="7", answer="Wij maken een protocol.")

        made = [
            answers.promise_measure(actor=coordinator, question=asked, values={"title": title})
            for title in ("Protocol", "Nog een")
        ]

        (stored,) = Measure.objects.all()
        assert made == [stored, stored]
        assert (stored.title, stored.initiator) == ("Protocol", "Vraag 7 van de raad (2025)")
        assert CouncilQuestion.objects.get().promised_measure == stored
        assert actions() == ["measure.created", "council_question.promised"]

    def test_the_page_of_the_questions_names_the_measure(self, browser, about):
        asked = question(about, answer="Wij maken een protocol.")
        address = reverse("accountability:promise", args=[asked.pk])

        assert browser.post(address, {"title": ""}).status_code == 422
        browser.post(address, {"title": "Protocol", "description": "", "owner": "", "due_on": ""})
        made = Measure.objects.get()

        assert browser.get(address).url == reverse("measure", args=[made.pk])
        page = browser.get(reverse("accountability:questions", args=[2025])).content.decode()
        assert reverse("measure", args=[made.pk]) in page
        assert "maatregel 1. Protocol" in html(about)

    def test_who_may_not_makes_no_measure(self, actor_with, about):
        asked = question(about, answer="Ja.")

        with pytest.raises(PermissionDenied):
            answers.promise_measure(actor=actor_with("clerk"), question=asked, values={"title": "X"})

        assert not Measure.objects.exists()


def test_the_memo_says_that_it_is_a_draft_until_it_was_sent(coordinator, about):
    first = question(about, question="Hoeveel?", answer="Twaalf.", paragraph="terugblik", asked_by="Fractie A")
    question(about, question="En hoe?", same_answer_as=first)
    question(about, question="Waarom?")

    before = memo_of(about, about.organisation).subject
    text = html(about)
    send(coordinator, about)

    assert before == "Concept. Memo aan de raad"
    assert memo_of(about, about.organisation).subject == "Memo aan de raad"
    for told in ("Fractie A", "Terugblik op 2025", "Zie ook de vraag: Hoeveel?", "Er is nog geen antwoord."):
        assert told in text
    assert "Verzonden op 1 juni 2026." in html(about)


def test_the_memo_is_for_readers_of_the_report_of_the_own_body(client_as, other_organisation, about):
    with organisation_scope(other_organisation.pk):
        report(other_organisation, 2019)

    reader = client_as("clerk")

    assert reader.get(reverse("accountability:answers_file", args=[2025, "html"])).status_code == 202
    assert reader.get(reverse("accountability:answers_file", args=[2019, "html"])).status_code == 404


def test_a_term_stands_among_what_is_due_and_in_the_calendar_until_there_is_an_answer(coordinator, about):
    asked = question(about, answer_due_on=DAY)
    question(about, answer_due_on=DAY, answer="Ja.")

    assert [item.due_on for item in due_items(coordinator, DAY)] == [DAY]
    (item,) = calendar_items(coordinator, DAY, DAY, 5)
    assert item.day == DAY
    assert item.address.endswith(f"#vraag-{asked.order}")


def test_the_database_refuses_a_question_that_answers_itself(about):
    asked = question(about)

    with pytest.raises(IntegrityError), transaction.atomic():
        CouncilQuestion.objects.filter(pk=asked.pk).update(same_answer_as=asked.pk)


def test_a_question_chooses_its_paragraph_and_old_words_stay(browser, about):
    asked = question(about, paragraph="Paragraaf 3.2")

    page = browser.get(reverse("accountability:question_edit", args=[asked.pk])).content.decode()

    assert '<option value="terugblik">Terugblik op 2025</option>' in page
    assert '<option value="Paragraaf 3.2" selected>' in page


def test_a_new_question_keeps_its_term(browser, about):
    data = {"submission": uuid.uuid4(), "question": "Waarom?", "answer_due_on": "2026-06-01", "paragraph": "visie"}
    browser.post(reverse("accountability:question_new", args=[2025]), data)

    stored = CouncilQuestion.objects.get()
    assert (stored.answer_due_on, stored.paragraph) == (DAY, "visie")


def test_a_step_that_can_be_recorded_says_that_it_has_not_been_taken(browser, about):
    question(about)

    shown = browser.get(reverse("accountability:questions", args=[about.year])).content.decode()

    assert shown.count("nog niet") == 3
