"""Oaths and their texts for tests."""

from datetime import date
from typing import Any

from openintegriteit.organisations.models import Organisation, Person
from openintegriteit.registers.oaths.models import ForWhom, How, Oath, OathForm, OathText
from openintegriteit.registers.oaths.rules import for_whom_of


def oath(organisation: Organisation, person: Person, **values: Any) -> Oath:
    """What the person took, as what they are now, unless the values say otherwise."""
    for_whom = values.pop("for_whom", for_whom_of(person.kind))
    statement = for_whom == ForWhom.NOT_EMPLOYED
    given: dict[str, Any] = {
        "form": OathForm.STATEMENT if statement else OathForm.AFFIRMATION,
        "taken_on": date(2026, 1, 5),
        "how": How.PAPER,
    }
    made: Oath = Oath.objects.create(organisation=organisation, person=person, for_whom=for_whom, **given | values)
    return made


def words(organisation: Organisation, for_whom: str = ForWhom.NOT_EMPLOYED, **values: Any) -> OathText:
    """Words that hold for a group."""
    given = {"label": "Verklaring", "text": "Ik werk eerlijk.", "in_force_from": date(2026, 1, 1)}
    made: OathText = OathText.objects.create(organisation=organisation, for_whom=for_whom, **given | values)
    return made
