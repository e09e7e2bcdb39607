"""Declared acts, for tests; call it within the scope of the body."""

from datetime import date
from typing import Any

from openintegriteit.organisations.models import Appointment, Organisation, Person, Position
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.declarations.models import Declaration
from openintegriteit.registers.declarations.registers import regime_of
from openintegriteit.registers.designations.models import Designation
from openintegriteit.registers.prohibited_acts.models import ProhibitedAct
from openintegriteit.registers.prohibited_acts.operations import REGISTER

TYPED = {"act": "lease", "about": "Weiland achter de sporthal", "with_whom": "De organisatie"}


def act(organisation: Organisation, person: Person, *, detail: Any = None, **values: Any) -> ProhibitedAct:
    """A lease that was declared in 2026; `values` are those of the declaration."""
    told = TYPED | (detail or {})
    given = {"first_declared_on": date(2026, 5, 12), "declared_on": date(2026, 5, 12), "asks_decision": False} | values
    declaration = Declaration.objects.create(
        organisation=organisation,
        person=person,
        register=REGISTER,
        regime=regime_of(person),
        title=f"{told['about']}, {told['with_whom']}",
        **given,
    )
    return ProhibitedAct.objects.create(organisation=organisation, declaration=declaration, **told)


def secretary_or_clerk(organisation: Organisation, title: str = "Secretaris") -> Person:
    """An official in a position that is designated as that of the secretary or the clerk."""
    post = Position.objects.create(organisation=organisation, title=title)
    Designation.objects.create(
        organisation=organisation,
        position=post,
        is_at_risk=False,
        is_secretary_or_clerk=True,
        reasons="Zo zegt de wet het.",
        designated_on=date(2026, 1, 1),
    )
    person: Person = PersonFactory(organisation=organisation)
    Appointment.objects.create(organisation=organisation, person=person, position=post)
    return person
