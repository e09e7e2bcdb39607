"""Parts of a question, and who asked it."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse

from openintegriteit.accountability import answers, importers, operations, question_parts
from openintegriteit.accountability.answers import AnswersSent
from openintegriteit.accountability.answers_memo import memo_of
from openintegriteit.accountability.asking import asker_in_words, labels_of, letter_of
from openintegriteit.accountability.due import calendar_items, due_items
from openintegriteit.accountability.models import CouncilQuestion
from openintegriteit.accountability.question_parts import NoParts
from openintegriteit.accountability.tests.factories import question, report, workbook
from openintegriteit.accountability.tests.test_answers import DAY, html, send
from openintegriteit.core.documents.model import Heading
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def about(organisation):
    return report(organisation)


@pytest.fixture
def browser(client_as):
    return client_as("coordinator")


def part(actor, whole, text, **values):
    key = uuid.uuid4()
    return question_parts.create_part(actor=actor, question=whole, identifier=key, values={"question": text} | values)


def labels(about):
    rows = CouncilQuestion.objects.filter(report=about)
    named = labels_of(rows)
    return {row.question: named[row.pk] for row in rows}


@pytest.mark.parametrize(("place", "letter"), [(1, "a"), (3, "c"), (26, "z"), (27, "aa"), (52, "az"), (53, "ba")])
def test_parts_are_called_by_letters(place, letter):
    assert letter_of(place) == letter


def test_a_question_with_parts_waits_by_its_parts_until_each_has_an_answer(coordinator, about):
    whole = question(about, number="3", question="Hoe staat het?", answer_due_on=DAY)
    first, second = part(coordinator, whole, "Bij wie?"), part(coordinator, whole, "Sinds wanneer?")

    assert labels(about) == {"Hoe staat het?": "3", "Bij wie?": "3a", "Sinds wanneer?": "3b"}
    assert set(CouncilQuestion.objects.unanswered()) == {first, second}
    assert [item.due_on for item in due_items(coordinator, DAY)] == [DAY, DAY]
    assert [item.kind for item in calendar_items(coordinator, DAY, DAY, 5)] == ["council_question"] * 2

    for row in (first, second):
        assert not CouncilQuestion.objects.get(pk=whole.pk).is_answered
        operations.change_question(actor=coordinator, question=row, expected_version=1, values={"answer": "Zo."})

    assert CouncilQuestion.objects.get(pk=whole.pk).is_answered
    assert not CouncilQuestion.objects.unanswered().exists()


def test_the_same_click_twice_makes_one_part_and_a_part_has_no_parts(coordinator, about):
    whole, key = question(about), uuid.uuid4()
    made = [
        question_parts.create_part(actor=coordinator, question=whole, identifier=key, values={"question": "Wie?"})
        for _ in range(2)
    ]

    with pytest.raises(NoParts):
        part(coordinator, made[0], "Te diep")

    assert made[0] == made[1]
    assert CouncilQuestion.objects.count() == 2


def test_parts_change_places_and_the_first_stays_first(coordinator, about):
    whole = question(about, number="1")
    rows = [part(coordinator, whole, text) for text in ("Een", "Twee", "Drie")]

    question_parts.move_part(actor=coordinator, part=rows[2], direction="up")
    question_parts.move_part(actor=coordinator, part=rows[0], direction="up")

    told = labels(about)
    assert (told["Een"], told["Drie"], told["Twee"]) == ("1a", "1b", "1c")
    assert Entry.objects.filter(action="council_question.moved").count() == 1


def test_a_sent_answer_of_a_part_changes_only_by_a_correction(coordinator, about):
    whole = question(about, number="1")
    first = part(coordinator, whole, "Hoeveel?", answer="Twaalf.")
    late = part(coordinator, whole, "Waarom?")
    send(coordinator, about)

    with pytest.raises(AnswersSent):
        operations.change_question(actor=coordinator, question=first, expected_version=1, values={"answer": "Nee."})
    operations.change_question(actor=coordinator, question=late, expected_version=1, values={"answer": "Alsnog."})
    answers.correct_answer(
        actor=coordinator, question=first, expected_version=1, answer="Dertien.", reason="Een vergeten."
    )

    assert CouncilQuestion.objects.get(pk=late.pk).answer == "Alsnog."
    assert "Een vergeten." in html(about)


def test_the_memo_tells_each_part_with_its_answer_and_who_asked(coordinator, about):
    whole = question(about, number="3", question="Hoe staat het?")
    part(coordinator, whole, "Bij wie?", answer="Bij ons.")
    other = question(about, order=9_000, question="En?", asker_kind="group", asked_by="Groen")
    part(coordinator, other, "Ook zo?", same_answer_as=CouncilQuestion.objects.get(question="Bij wie?"))

    heads = [block.text for block in memo_of(about, about.organisation).blocks if isinstance(block, Heading)]

    assert heads == ["Vraag 3", "Vraag 3a", "Antwoord", "Vraag 2", "Vraag 2a", "Antwoord"]
    for told in ("Vraagsteller onbekend.", "Gesteld door: fractie Groen.", "Zie ook de vraag: Bij wie?"):
        assert told in html(about)


def test_who_may_not_adds_and_moves_nothing(actor_with, client_as, coordinator, about):
    whole = question(about)
    first = part(coordinator, whole, "Wie?")

    with pytest.raises(PermissionDenied):
        part(actor_with("clerk"), whole, "Nee")
    with pytest.raises(PermissionDenied):
        question_parts.move_part(actor=actor_with("clerk"), part=first, direction="up")

    assert client_as("clerk").get(reverse("accountability:part_new", args=[whole.pk])).status_code == 403
    assert CouncilQuestion.objects.count() == 2


def test_the_pages_add_answer_and_move_parts(browser, about):
    whole = question(about, number="3")
    new = reverse("accountability:part_new", args=[whole.pk])
    empty = browser.post(new, {"submission": uuid.uuid4(), "question": ""})
    for text in ("Bij wie?", "Waarom?"):
        browser.post(new, {"submission": uuid.uuid4(), "question": text})
    first, second = CouncilQuestion.objects.filter(part_of=whole).order_by("part_order")
    browser.post(reverse("accountability:part_move", args=[second.pk]), {"omhoog": "1"})
    edit = reverse("accountability:question_edit", args=[second.pk])
    done = browser.post(edit, {"version": 1, "question": "Waarom?", "answer": "Daarom."})

    page = browser.get(reverse("accountability:questions", args=[2025])).content.decode()

    assert (empty.status_code, done.status_code) == (422, 302)
    assert "3a. Waarom?" in page
    assert "3b. Bij wie?" in page
    assert "Eén vraag wacht op antwoord" in page
    assert browser.get(reverse("accountability:part_new", args=[first.pk])).status_code == 404


def test_a_question_of_another_body_gets_no_part(browser, other_organisation):
    with organisation_scope(other_organisation.pk):
        foreign = question(report(other_organisation))

    response = browser.post(
        reverse("accountability:part_new", args=[foreign.pk]), {"submission": uuid.uuid4(), "question": "X"}
    )

    assert response.status_code == 404
    with organisation_scope(other_organisation.pk):
        assert CouncilQuestion.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, "vraagsteller onbekend"),
        ({"asker_kind": "group", "asked_by": "Groen"}, "fractie Groen"),
        ({"asker_kind": "group", "asked_by": "Fractie Groen"}, "Fractie Groen"),
        ({"asker_kind": "person", "asked_by": "Mevrouw Smit"}, "Mevrouw Smit"),
        ({"asked_by": "de raad"}, "de raad"),
    ],
)
def test_the_asker_is_told_in_words(about, values, told):
    assert asker_in_words(question(about, **values)) == told


@pytest.mark.parametrize(
    ("asker", "status"),
    [
        ({"asker_kind": "group", "asked_by": ""}, 422),
        ({"asker_kind": "", "asked_by": "Groen"}, 422),
        ({"asker_kind": "person", "asked_by": "Mevrouw Smit"}, 302),
        ({"asker_kind": "", "asked_by": ""}, 302),
    ],
)
def test_kind_and_name_of_the_asker_belong_together(browser, about, asker, status):
    data = {"submission": uuid.uuid4(), "question": "Waarom?"} | asker

    response = browser.post(reverse("accountability:question_new", args=[2025]), data)

    assert response.status_code == status
    assert CouncilQuestion.objects.exists() is (status == 302)


def test_the_database_refuses_a_kind_of_asker_without_a_name(about):
    with pytest.raises(IntegrityError), transaction.atomic():
        question(about, asker_kind="group")


def test_the_page_shows_the_questions_of_one_asker(browser, about):
    question(about, question="Van Groen?", asker_kind="group", asked_by="Groen")
    question(about, question="Van wie?")
    address = reverse("accountability:questions", args=[2025])

    of_one = browser.get(f"{address}?vrager=Groen").content.decode()
    unknown = browser.get(f"{address}?vrager=onbekend").content.decode()

    assert "Van Groen?" in of_one
    assert "Van wie?" not in of_one
    assert "Van Groen?" not in unknown
    assert "Van wie?" in unknown


@pytest.mark.parametrize(
    ("numbers", "parts"),
    [
        (["3", "3a", "3b"], ["3a", "3b"]),
        (["3", "3a"], []),  # it may as well be squeezed in after 3
        (["3", "3a", "3c"], []),
        (["3a", "3b"], []),
        (["3a", "3b", "3"], []),
        (["3", "3", "3a", "3b"], []),
    ],
)
def test_a_workbook_makes_parts_only_where_that_is_certain(coordinator, about, numbers, parts):
    rows = [{"Volgorde": n, "Nummer": number, "Vraag": f"V{n}"} for n, number in enumerate(numbers, start=1)]

    for _ in range(2):  # the second time changes nothing
        done = importers.apply(importers.read_year(workbook(Raadsvragen=rows), about.organisation), actor=coordinator)

    stored = CouncilQuestion.objects.filter(part_of__isnull=False).order_by("part_order")
    assert [row.number for row in stored] == parts
    assert done.count("Raadsvragen", "added") == done.count("Raadsvragen", "changed") == 0
