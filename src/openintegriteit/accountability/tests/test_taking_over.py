"""Answers of earlier years: only what was sent is taken over, as a draft that its author checks."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from openintegriteit.accountability import operations, taking_over
from openintegriteit.accountability.models import CouncilQuestion
from openintegriteit.accountability.taking_over import HasAnswer, NotSent, earlier_answers
from openintegriteit.accountability.tests.factories import question, report
from openintegriteit.accountability.tests.test_answers import html, send
from openintegriteit.core.locking import StaleRecord
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.models import Entry
from openintegriteit.programme.tests.factories import measure

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def about(organisation):
    return report(organisation)


@pytest.fixture
def before(organisation):
    return report(organisation, 2024)


@pytest.fixture
def asked(about):
    return question(about, question="Hoeveel?", paragraph="terugblik")


@pytest.fixture
def source(coordinator, before):
    found = question(before, number="7", question="Hoe vaak?", paragraph="terugblik", answer="Twaalf keer.")
    send(coordinator, before)
    return found


def take(actor, asked, source, version=1):
    return taking_over.take_over(actor=actor, question=asked, source=source, expected_version=version)


def test_earlier_answers_are_found_by_paragraph_by_measure_and_by_words(organisation, coordinator, before, asked):
    about_measure = measure(organisation)
    by_measure = question(before, question="Eed?", measure=about_measure, answer="Ja.")
    by_paragraph = question(before, question="Terug?", paragraph="terugblik", answer="Ja.")
    by_words = question(before, question="Melden?", answer="Bij de vertrouwenspersoon.")
    question(before, question="Niets?", not_applicable=True, paragraph="terugblik")
    send(coordinator, before)

    asked.measure = about_measure
    assert [one.question for one in earlier_answers(asked, "")] == [by_measure, by_paragraph]
    assert [one.question for one in earlier_answers(asked, "melden vertrouwens")] == [by_words]


def test_what_was_not_sent_or_is_not_earlier_is_neither_found_nor_taken_over(coordinator, organisation, before, asked):
    draft = question(before, question="Hoe vaak?", paragraph="terugblik", answer="Concept.")
    same_year = question(asked.report, question="Hoe vaak?", paragraph="terugblik", answer="Nu.")
    later = report(organisation, 2026)
    later_one = question(later, question="Hoe vaak?", paragraph="terugblik", answer="Later.")
    for each in (asked.report, later):
        send(coordinator, each)

    assert earlier_answers(asked, "") == ()
    for row in (draft, same_year, later_one):
        with pytest.raises(NotSent):
            take(coordinator, asked, row)
    assert CouncilQuestion.objects.get(pk=asked.pk).answer == ""


def test_an_answer_taken_over_counts_only_when_its_author_has_checked_it(coordinator, asked, source):
    take(coordinator, asked, source)

    stored = CouncilQuestion.objects.get(pk=asked.pk)
    assert (stored.answer, stored.taken_from, stored.is_checked) == ("Twaalf keer.", source, False)
    assert list(CouncilQuestion.objects.unanswered()) == [stored]
    assert "Twaalf keer." not in html(asked.report)
    assert Entry.objects.order_by("number").last().action == "council_question.taken_over"

    operations.change_question(actor=coordinator, question=stored, expected_version=2, values={"is_checked": True})

    assert not CouncilQuestion.objects.unanswered().exists()
    assert "Twaalf keer." in html(asked.report)


def test_a_draft_that_was_not_checked_when_the_answers_were_sent_can_still_be_written(coordinator, asked, source):
    take(coordinator, asked, source)
    send(coordinator, asked.report)

    done = {"answer": "Dertien keer.", "is_checked": True}
    operations.change_question(actor=coordinator, question=asked, expected_version=2, values=done)

    assert CouncilQuestion.objects.get(pk=asked.pk).answer == "Dertien keer."


def test_an_answer_that_is_there_is_not_overwritten(coordinator, asked, source):
    operations.change_question(actor=coordinator, question=asked, expected_version=1, values={"answer": "Zelf."})

    with pytest.raises(HasAnswer):
        take(coordinator, asked, source, version=2)

    assert CouncilQuestion.objects.get(pk=asked.pk).answer == "Zelf."


def test_who_saw_an_older_question_takes_nothing_over(coordinator, asked, source):
    operations.change_question(actor=coordinator, question=asked, expected_version=1, values={"question": "Anders?"})

    with pytest.raises(StaleRecord):
        take(coordinator, asked, source)

    assert CouncilQuestion.objects.get(pk=asked.pk).answer == ""


def test_the_answer_of_another_body_and_that_for_another_role_stay_out_of_reach(
    actor_with, client_as, other_organisation, asked, source
):
    with organisation_scope(other_organisation.pk):
        foreign = question(report(other_organisation, 2024), answer="Geheim.")

    browser, clerk = client_as("coordinator"), client_as("clerk")
    statuses = [
        browser.post(reverse("accountability:take_over", args=[asked.pk, foreign.pk]), {"version": 1}).status_code,
        clerk.post(reverse("accountability:take_over", args=[asked.pk, source.pk]), {"version": 1}).status_code,
        clerk.get(reverse("accountability:earlier", args=[asked.pk])).status_code,
    ]
    with pytest.raises(PermissionDenied):
        take(actor_with("clerk"), asked, source)

    assert statuses == [404, 403, 403]
    assert CouncilQuestion.objects.get(pk=asked.pk).answer == ""


def test_one_click_takes_over_and_the_form_asks_to_check_the_figures(client_as, asked, source):
    browser = client_as("coordinator")
    found = browser.get(reverse("accountability:earlier", args=[asked.pk])).content.decode()
    take_it = reverse("accountability:take_over", args=[asked.pk, source.pk])
    edit = reverse("accountability:question_edit", args=[asked.pk])

    assert take_it in found
    assert browser.post(take_it, {"version": 1}).url == edit
    form = browser.get(edit).content.decode()
    browser.post(edit, {"version": 2, "question": "Hoeveel?", "answer": "Dertien keer.", "is_checked": "on"})

    assert "Deze tekst is overgenomen van een eerder verslag (2024, 7)." in form
    stored = CouncilQuestion.objects.get(pk=asked.pk)
    assert (stored.answer, stored.is_checked) == ("Dertien keer.", True)
    page = browser.get(reverse("accountability:questions", args=[2025])).content.decode()
    assert "Overgenomen van een eerder verslag: 2024, 7." in page
