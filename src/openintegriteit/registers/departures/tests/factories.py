"""Departures and terms for tests."""

from datetime import date
from typing import Any

from openintegriteit.organisations.models import Organisation, Person
from openintegriteit.registers.declarations.registers import regime_of
from openintegriteit.registers.departures.models import HANDED_OVER, CoolingOffRule, Departure

FINISHED = {"talk": "held", "talk_on": date(2026, 3, 1), "reminded_on": date(2026, 3, 1)} | dict.fromkeys(
    HANDED_OVER, "done"
)


def departure(organisation: Organisation, person: Person, **values: Any) -> Departure:
    """That the person left on 31 March 2026, of which everything has still to be done."""
    given = {"left_on": date(2026, 3, 31), "regime": regime_of(person), "kind": person.kind} | values
    made: Departure = Departure.objects.create(organisation=organisation, person=person, **given)
    return made


def term(organisation: Organisation, **values: Any) -> CoolingOffRule:
    """That the body does not hire officials again for two years."""
    given = {"for_whom": "official", "months": 24, "what": "Niet inhuren", "basis": "Gedragscode, artikel 6"}
    given |= {"in_force_from": date(2020, 1, 1)}
    made: CoolingOffRule = CoolingOffRule.objects.create(organisation=organisation, **given | values)
    return made
