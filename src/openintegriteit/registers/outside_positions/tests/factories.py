"""Declared positions and what was earned with them, for tests; call it within the scope of the body."""

from datetime import date
from typing import Any

from openintegriteit.organisations.models import Organisation, Person
from openintegriteit.registers.declarations.models import Declaration, Regime
from openintegriteit.registers.declarations.registers import regime_of
from openintegriteit.registers.outside_positions.models import OUTCOMES, Assessment, OutsidePosition, PositionIncome
from openintegriteit.registers.outside_positions.operations import REGISTER

TYPED = {"role": "Penningmeester", "where": "Stichting De Brug", "is_paid": False, "hours_a_week": None}


def position(organisation: Organisation, person: Person, *, detail: Any = None, **values: Any) -> OutsidePosition:
    """An unpaid position that was declared in 2026; `values` are those of the declaration."""
    told = TYPED | (detail or {})
    given = {
        "title": f"{told['role']}, {told['where']}",
        "register": REGISTER,
        "regime": (regime := regime_of(person)),
        "asks_decision": regime == Regime.OFFICIALS,
        "declared_on": date(2026, 5, 12),
    }
    given["first_declared_on"] = values.get("declared_on", given["declared_on"])
    declaration = Declaration.objects.create(organisation=organisation, person=person, **given | values)
    return OutsidePosition.objects.create(organisation=organisation, declaration=declaration, **told)


def assessment(made: OutsidePosition, outcome: str = "not_incompatible", **values: Any) -> Assessment:
    """How a position was weighed as it reads now, as the clerk recorded it."""
    declaration = made.declaration
    given = {"revision": declaration.revision, "reasons": "Nagevraagd.", "weighed_on": date(2026, 5, 13)} | values
    (question,) = [asked for asked, outcomes in OUTCOMES.items() if outcome in outcomes]
    return Assessment.objects.create(
        organisation=made.organisation,
        declaration=declaration,
        question=question,
        outcome=outcome,
        weighed_by="Griffier",
        recorded_by="Griffier",
        **given,
    )


def income(organisation: Organisation, person: Person, **values: Any) -> PositionIncome:
    """That somebody told in March 2026 to have earned nothing in 2025."""
    given = {"year": 2025, "outcome": "nothing", "told_on": date(2026, 3, 1)} | values
    return PositionIncome.objects.create(organisation=organisation, person=person, **given)
