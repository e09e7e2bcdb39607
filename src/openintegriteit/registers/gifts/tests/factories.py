"""Declared gifts and rules, for tests; call them within the scope of the body."""

from datetime import date
from decimal import Decimal
from typing import Any

from openintegriteit.organisations.models import Organisation, Person
from openintegriteit.registers.declarations.models import Declaration, Regime
from openintegriteit.registers.declarations.registers import regime_of
from openintegriteit.registers.gifts.models import Gift, GiftRule, giver_key
from openintegriteit.registers.gifts.operations import REGISTER

OFFERED = date(2026, 5, 11)
TOLD = {
    "kind": "gift",
    "what": "Fles wijn",
    "giver_organisation": "Bouwbedrijf De Hoop",
    "giver_person": "",
    "relation": "Het bedrijf bouwt onze school.",
    "value": Decimal("15.00"),
    "occasion": "Nieuwjaar",
    "received_at": "work",
    "answer": "accepted",
}


def gift(organisation: Organisation, person: Person, *, detail: Any = None, **values: Any) -> Gift:
    """A bottle of wine that was declared in 2026; `values` are those of the declaration."""
    told = TOLD | (detail or {})
    told["giver_key"] = giver_key(str(told["giver_organisation"] or told["giver_person"]))
    made = Gift(organisation=organisation, **told)
    given = {
        "title": str(made),
        "register": REGISTER,
        "regime": (regime := regime_of(person)),
        "asks_decision": regime == Regime.OFFICIALS,
        "declared_on": date(2026, 5, 12),
        "starts_on": OFFERED,
    }
    given["first_declared_on"] = values.get("declared_on", given["declared_on"])
    made.declaration = Declaration.objects.create(organisation=organisation, person=person, **given | values)
    made.repeat()
    made.save()
    return made


def rule(organisation: Organisation, **values: Any) -> GiftRule:
    """The rule that officials may keep what is worth 50 euros or less, from 2026 on."""
    given = {"regime": "officials", "in_force_from": date(2026, 1, 1), "limit": Decimal("50.00")}
    made: GiftRule = GiftRule.objects.create(organisation=organisation, **given | values)
    return made
