"""What a decision that was taken elsewhere has to tell: Ambtenarenwet 2017, art. 8 asks one about officials only."""

from datetime import date

import pytest

from openintegriteit.registers.declarations.importers import OF_DECISION, decision_problems

DAY = date(2026, 3, 1)
ALLOWED = {"outcome": "allowed", "decided_on": date(2025, 2, 3), "reasons": "Het raakt het werk niet."}


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ({}, []),
        (ALLOWED, []),
        (ALLOWED | {"decided_on": DAY}, []),
        (ALLOWED | {"decided_on": date(2026, 3, 2)}, ["decided_on"]),
        (ALLOWED | {"decided_on": None}, ["decided_on"]),
        (ALLOWED | {"declared_on": date(2025, 2, 4)}, ["decided_on"]),
        (ALLOWED | {"reasons": ""}, ["reasons"]),
        (ALLOWED | {"conditions": "Niet voor leveranciers"}, ["conditions"]),
        (ALLOWED | {"outcome": "conditions"}, ["conditions"]),
        (ALLOWED | {"outcome": "conditions", "conditions": "Niet voor leveranciers"}, []),
        (ALLOWED | {"review_on": date(2025, 2, 3)}, ["review_on"]),
        ({"reasons": "Het raakt het werk niet."}, ["outcome"]),
    ],
)
def test_a_decision_taken_elsewhere_is_told_whole(told, wrong):
    values = dict.fromkeys((*OF_DECISION, "declared_on")) | told

    assert [key for key, _problem in decision_problems(values, is_decided=True, day=DAY)] == wrong


def test_nobody_decides_about_an_office_holder():
    values = dict.fromkeys((*OF_DECISION, "declared_on"))

    about = [dict(decision_problems(told, is_decided=False, day=DAY)) for told in (values, values | ALLOWED)]

    assert [list(problems) for problems in about] == [[], ["outcome"]]
