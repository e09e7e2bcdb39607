from datetime import date

import pytest
from django import forms
from django.core.paginator import Paginator
from django.forms import formset_factory

from openintegriteit.ui.forms import ExampleForm
from openintegriteit.ui.templatetags.ui import (
    Problem,
    button_classes,
    due_label,
    due_status,
    field_kind,
    form_problems,
    page_numbers,
)

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("day", "words", "status"),
    [
        (date(2026, 11, 9), "12 dagen te laat", "late"),
        (date(2026, 11, 20), "1 dag te laat", "late"),
        (date(2026, 11, 21), "vandaag", "soon"),
        (date(2026, 11, 22), "nog 1 dag", "soon"),
        (date(2026, 12, 5), "nog 14 dagen", "soon"),
        (date(2026, 12, 6), "nog 15 dagen", "info"),
    ],
)
def test_a_day_is_told_in_words(day, words, status):
    assert due_label(day, TODAY) == words
    assert due_status(day, TODAY) == status


@pytest.mark.parametrize(
    ("pages", "number", "shown"),
    [
        (1, 1, [1]),
        (3, 2, [1, 2, 3]),
        (5, 1, [1, 2, None, 5]),
        (5, 3, [1, 2, 3, 4, 5]),
        (5, 5, [1, None, 4, 5]),
        (21, 7, [1, None, 6, 7, 8, None, 21]),
        (21, 4, [1, 2, 3, 4, 5, None, 21]),
    ],
)
def test_page_numbers_leave_out_what_is_far_away(pages, number, shown):
    page = Paginator(range(pages), 1).get_page(number)

    assert page_numbers(page) == shown


def test_each_widget_has_its_kind():
    form = ExampleForm()

    kinds = {field.name: field_kind(field) for field in form}

    assert kinds == {
        "title": "text",
        "explanation": "textarea",
        "pillar": "select",
        "day": "text",
        "amount": "number",
        "paid": "radio",
        "readers": "checkboxes",
        "agreed": "checkbox",
        "attachment": "file",
    }


def test_an_unknown_kind_of_button_is_refused():
    with pytest.raises(KeyError):
        button_classes("secundary")


class Person(forms.Form):
    name = forms.CharField(label="Naam")
    kind = forms.ChoiceField(label="Soort", choices=[("a", "A")], widget=forms.RadioSelect)

    def clean(self):
        raise forms.ValidationError("Deze persoon bestaat al.")


def test_problems_stand_in_the_order_of_the_page_and_lead_to_their_field():
    problems = form_problems(Person({}), [])

    assert problems == [
        Problem("", "", "Deze persoon bestaat al."),
        Problem("id_name", "Naam", "Dit veld is verplicht."),
        Problem("id_kind_0", "Soort", "Dit veld is verplicht."),
    ]


def test_problems_of_a_formset_are_those_of_all_its_forms():
    data = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0", "form-0-name": "A", "form-0-kind": "a"}
    formset = formset_factory(Person, extra=0, min_num=2, validate_min=True)(data)

    problems = form_problems("", [formset])

    assert [problem.message for problem in problems].count("Deze persoon bestaat al.") == 2
    assert Problem("id_form-1-name", "Naam", "Dit veld is verplicht.") in problems


def test_a_form_that_was_not_sent_has_no_problems():
    assert form_problems(ExampleForm(), []) == []
