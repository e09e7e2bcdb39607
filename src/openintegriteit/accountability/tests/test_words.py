"""A choice has the same word on every screen, in the workbook and in the report."""

import pytest
import yaml

from openintegriteit.accountability.models import AnnexKind
from openintegriteit.accountability.phrasing import wording
from openintegriteit.accountability.workbook.sheets import CONTENT
from openintegriteit.organisations.models import OrganisationKind
from openintegriteit.policy.models import Audience, RegulationKind
from openintegriteit.programme.models import (
    ActivityKind,
    ActivityStatus,
    FindingKind,
    FindingStatus,
    MeasureStatus,
    Priority,
    Scope,
)

IN_THE_WORKBOOK = {
    "bodies": OrganisationKind,
    "regulation_kinds": RegulationKind,
    "audiences": Audience,
    "measure_statuses": MeasureStatus,
    "priorities": Priority,
    "activity_kinds": ActivityKind,
    "activity_statuses": ActivityStatus,
    "scopes": Scope,
    "finding_kinds": FindingKind,
    "finding_statuses": FindingStatus,
    "annex_kinds": AnnexKind,
}
IN_THE_REPORT = {
    "statuses": MeasureStatus,
    "finding_statuses": FindingStatus,
    "regulation_kinds": RegulationKind,
}
ONLY_IN_THE_REPORT = {"not_done_yet", "not_resolved_yet"}  # as it stood on the reference date


def words_of(choices):
    return {str(choice.value): str(choice.label) for choice in choices}


def test_every_list_of_the_workbook_is_compared():
    assert set(yaml.safe_load(CONTENT.read_text())["choices"]) == set(IN_THE_WORKBOOK)


@pytest.mark.parametrize("name", IN_THE_WORKBOOK)
def test_the_workbook_offers_the_words_of_the_screens(name):
    offered = yaml.safe_load(CONTENT.read_text())["choices"][name]

    assert offered == words_of(IN_THE_WORKBOOK[name])


@pytest.mark.parametrize("name", IN_THE_REPORT)
def test_the_report_tells_the_words_of_the_screens(name):
    told = {value: word for value, word in wording()[name].items() if value not in ONLY_IN_THE_REPORT}

    assert told == words_of(IN_THE_REPORT[name])
