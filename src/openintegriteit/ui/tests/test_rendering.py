"""Lists of choices: the HTML that Django makes, made faster."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html

from openintegriteit.ui.rendering import FormRenderer

CHOICES = [("", "Alle"), ("Zorg & <Welzijn>", 'Zorg "& <Welzijn>'), ("Groep <1>", [(1, "een"), (2, "twee")])]


@pytest.mark.parametrize("value", ["", "Zorg & <Welzijn>", 2, "onbekend", None])
@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple])
@pytest.mark.parametrize("attributes", [{}, {"class": "keuze", "required": True, "disabled": False, "title": 'a"<b'}])
def test_a_list_of_choices_reads_as_django_makes_it(widget, value, attributes):
    made = widget(choices=CHOICES)

    fast, slow = (made.render("keuze", value, attributes, renderer()) for renderer in (FormRenderer, DjangoTemplates))

    assert parse_html(fast) == parse_html(slow)


def test_what_a_choice_says_is_shown_and_never_interpreted():
    made = forms.Select(choices=CHOICES).render("keuze", "", {}, FormRenderer())

    assert "<Welzijn>" not in made
    assert "Zorg &quot;&amp; &lt;Welzijn&gt;" in made
