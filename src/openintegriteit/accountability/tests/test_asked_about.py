"""A measure leads to the questions about it, and to the answer that promised it."""

import pytest
from django.urls import reverse

from openintegriteit.accountability.queries_questions import asked_about
from openintegriteit.accountability.tests.factories import question, report
from openintegriteit.core.roles import Actor
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.programme.tests.factories import measure

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def asked(organisation):
    return measure(organisation)


def test_the_page_names_what_was_asked_and_what_was_promised_the_newest_year_first(client_as, organisation, asked):
    question(report(organisation, 2024), question="Hoe staat het?", measure=asked)
    promised = question(report(organisation, 2025), question="Wanneer is het klaar?", promised_measure=asked)
    question(promised.report, question="Iets anders?")

    page = client_as("coordinator").get(reverse("measure", args=[asked.pk]))

    assert [(line.title, line.state) for line in page.context["questions"]] == [
        ("Wanneer is het klaar?", "toegezegd"),
        ("Hoe staat het?", "gevraagd"),
    ]
    assert f"/werk/vragen/2025/#vraag-{promised.order}" in page.content.decode()


def test_who_may_not_read_questions_is_not_told_of_them(organisation, asked):
    question(report(organisation), measure=asked)
    reader = Actor("1", "Een leidinggevende", organisation.pk, frozenset({"manager"}))

    assert asked_about(reader, asked.pk) == []


def test_questions_to_another_body_are_not_told(coordinator, organisation, other_organisation, asked):
    with organisation_scope(other_organisation.pk):
        question(report(other_organisation), measure=measure(other_organisation))

    assert asked_about(coordinator, asked.pk) == []
