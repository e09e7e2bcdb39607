"""The words of the draft fit every number, and claim nothing that the records do not show."""

import re

import pytest

from openintegriteit.accountability.drafting import ASKED, DRAFTS
from openintegriteit.accountability.phrasing import in_number, question, sentence, wording
from openintegriteit.accountability.sections import BUDGET, SECTIONS, form_content
from openintegriteit.organisations.models import OrganisationKind
from openintegriteit.policy.models import Audience, RegulationKind
from openintegriteit.programme.models import FindingStatus, MeasureStatus

FORMS = {"one": "1 {thing}", "other": "{count} {thing}", "none": "geen {thing}"}


@pytest.mark.parametrize(("count", "words"), [(0, "geen code"), (1, "1 code"), (2, "2 code"), (None, "None code")])
def test_the_form_follows_the_number(count, words):
    assert in_number(FORMS, count, thing="code") == words


def test_without_a_form_for_none_the_common_form_serves():
    assert in_number({"one": "1 keer", "other": "{count} keer"}, 0) == "0 keer"


def test_values_are_filled_in_once_whatever_they_hold():
    told = sentence("series_break", name="{year} %s {0}", year=2025, reason="{reason}")

    assert told == "{year} %s {0}: het cijfer van 2025 is niet te vergelijken met eerdere jaren. {reason}"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (MeasureStatus, "statuses"),
        (FindingStatus, "finding_statuses"),
        (RegulationKind, "regulation_kinds"),
        (Audience, "audiences"),
    ],
)
def test_every_value_of_the_records_has_a_word(kind, words):
    assert set(kind.values) <= set(wording()[words])


def test_what_is_asked_exists_and_each_draft_belongs_to_a_section():
    sections = {kind.key for kind in SECTIONS}

    assert set(DRAFTS) <= sections
    assert {*sections, BUDGET} >= ASKED
    assert all(question(name) for name in ASKED)


def test_no_sentence_judges_or_explains():
    text = str(wording()["drafts"]).lower()

    for word in ("helaas", "gelukkig", "goed ", "slecht", "omdat", "doordat", "daardoor", "succes", "gedaald"):
        assert word not in text


@pytest.mark.parametrize("kind", OrganisationKind.values)
def test_every_type_of_body_has_all_names(kind):
    names = form_content()["names"]
    used = set(re.findall(r"{(\w+)}", str(form_content()["groups"]) + str(form_content()["committee_advice"])))

    assert set(names[kind]) == set(names["municipality"])
    assert used <= set(names[kind])
    assert len(names[kind]["signatories"]) == 2
