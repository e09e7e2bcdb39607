"""Declared positions, for tests; call it within the scope of the body."""

from datetime import date
from typing import Any

from openintegriteit.organisations.models import Organisation, Person
from openintegriteit.registers.declarations.models import Declaration, Regime
from openintegriteit.registers.declarations.registers import regime_of
from openintegriteit.registers.outside_positions.models import OutsidePosition
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
