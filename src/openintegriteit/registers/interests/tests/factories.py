"""Declared interests and designated people, for tests; call it within the scope of the body."""

from datetime import date
from typing import Any

from openintegriteit.organisations.models import Appointment, Organisation, Person, Position
from openintegriteit.registers.declarations.models import Declaration, Regime
from openintegriteit.registers.declarations.registers import regime_of
from openintegriteit.registers.designations.models import Designation
from openintegriteit.registers.interests.models import FinancialInterest
from openintegriteit.registers.interests.operations import REGISTER

TYPED = {
    "kind": "securities",
    "what": "Aandelen",
    "where": "Bouwbedrijf De Hoop",
    "whose": "self",
    "touches_duties": "Nee.",
}


def interest(organisation: Organisation, person: Person, *, detail: Any = None, **values: Any) -> FinancialInterest:
    """Shares that were declared in 2026; `values` are those of the declaration."""
    told = TYPED | (detail or {})
    given = {
        "title": f"{told['what']}, {told['where']}",
        "register": REGISTER,
        "regime": (regime := regime_of(person)),
        "asks_decision": regime == Regime.OFFICIALS,
        "declared_on": date(2026, 5, 12),
    }
    given["first_declared_on"] = values.get("declared_on", given["declared_on"])
    declaration = Declaration.objects.create(organisation=organisation, person=person, **given | values)
    return FinancialInterest.objects.create(organisation=organisation, declaration=declaration, **told)


def designate(organisation: Organisation, *people: Person, title: str = "Inkoper", **values: Any) -> Designation:
    """A position of which interests are declared, with the people who hold it."""
    post = Position.objects.create(organisation=organisation, title=title)
    for person in people:
        Appointment.objects.create(organisation=organisation, person=person, position=post)
    given = {"declares_interests": True, "reasons": "Kiest leveranciers", "designated_on": date(2026, 1, 1)}
    return Designation.objects.create(organisation=organisation, position=post, **given | values)
