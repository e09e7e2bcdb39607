"""Screenings and rules for tests."""

from datetime import date
from typing import Any

from openintegriteit.organisations.models import Organisation, Person
from openintegriteit.registers.declarations.registers import regime_of
from openintegriteit.registers.screening.models import Screening, ScreeningRule
from openintegriteit.registers.screening.rules import fresh_until


def screening(organisation: Organisation, person: Person, **values: Any) -> Screening:
    """A certificate of conduct of the person that was in order, unless the values say otherwise."""
    given = {"kind": "certificate_of_conduct", "result": "in_order", "done_on": date(2026, 1, 5)} | values
    given.setdefault("fresh_until", fresh_until(given["done_on"]))
    given.setdefault("regime", regime_of(person))
    made: Screening = Screening.objects.create(organisation=organisation, person=person, **given)
    return made


def rule(organisation: Organisation, **values: Any) -> ScreeningRule:
    """That a certificate of conduct is asked of officials, also of who was here before."""
    given = {"for_whom": "official", "kind": "certificate_of_conduct", "in_force_from": date(2020, 1, 1)}
    given |= {"also_present": True, "basis": "Beleid 2020"}
    made: ScreeningRule = ScreeningRule.objects.create(organisation=organisation, **given | values)
    return made
