import re

import pytest

from openintegriteit.organisations.models import OrganisationKind
from openintegriteit.policy.obligations import OBLIGATIONS, obligations_of

ADDRESS = re.compile(r"https://wetten\.overheid\.nl/BWBR\d{7}/\d{4}-\d{2}-\d{2}#Artikel\d+[a-z]*")


def test_every_obligation_has_a_name_of_its_own() -> None:
    names = [obligation.id for obligation in OBLIGATIONS]

    assert len(names) == len(set(names)) == 24


@pytest.mark.parametrize("obligation", OBLIGATIONS, ids=lambda obligation: obligation.id)
def test_an_obligation_can_be_read_and_looked_up(obligation) -> None:
    assert ADDRESS.fullmatch(obligation.address)
    assert obligation.mark in ("V", "S")
    assert 20 <= len(obligation.what) <= 300
    assert obligation.what.endswith(".")
    assert obligation.checked_by.endswith(".")
    assert obligation.who and obligation.term
    words = f"{obligation.who} {obligation.what} {obligation.term} {obligation.checked_by}".lower()
    assert not re.search(r"\b(the|and|with|shall|must)\b", words)


def test_law_that_does_not_hold_yet_is_marked() -> None:
    assert [obligation.id for obligation in OBLIGATIONS if obligation.not_yet_in_force] == ["WBK-02-2e"]


@pytest.mark.parametrize("kind", OrganisationKind.values)
def test_laws_about_employers_hold_for_every_kind_of_body(kind) -> None:
    assert {"AW-04-4", "WBK-02-1", "ARBO-05"} <= {obligation.id for obligation in obligations_of(kind)}
