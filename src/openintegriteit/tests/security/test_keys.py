"""The key that a form sends along for the record to be: whoever sends it may fill in any other."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.organisations.models import Unit
from openintegriteit.programme.models import Finding, ProgressNote
from openintegriteit.tests.rows import make_row

pytestmark = [pytest.mark.django_db, pytest.mark.database]
FINDING = {"text": "Getypt", "kind": "audit", "status": "open", "taken_over": "undecided"}


@pytest.fixture
def browser(client_as):
    return client_as("coordinator", "hr")


def test_the_key_of_a_record_of_another_body_is_a_key_like_any_other(browser, organisation, other_organisation):
    foreign = make_row(Finding, other_organisation)

    response = browser.post(reverse("programme:finding_new"), FINDING | {"submission": foreign.pk})

    assert response.status_code == 302
    assert Finding.objects.get().text == "Getypt"
    with organisation_scope(other_organisation.pk):
        assert Finding.objects.get().text == foreign.text


def test_the_key_of_an_own_record_makes_another_record(browser, organisation):
    own = make_row(Finding, organisation)

    browser.post(reverse("programme:finding_new"), FINDING | {"submission": own.pk})

    assert set(Finding.objects.values_list("text", flat=True)) == {own.text, "Getypt"}


def test_a_note_with_the_key_of_another_note_is_added(browser, organisation):
    note = make_row(ProgressNote, organisation)
    typed = {"text": "Getypt", "noted_on": date(2026, 1, 1), "submission": note.pk}

    browser.post(reverse("measure_note", args=[note.measure_id]), typed)

    assert set(ProgressNote.objects.values_list("text", flat=True)) == {note.text, "Getypt"}


@pytest.mark.parametrize("times", [1, 2])
def test_sending_the_same_form_again_makes_one_record(browser, organisation, times):
    typed = {"code": "A", "name": "Boven", "parent": "", "submission": uuid4()}

    answers = [browser.post(reverse("organisations:unit_new"), typed).status_code for _time in range(times)]

    assert answers == [302] * times
    assert Unit.objects.count() == 1
