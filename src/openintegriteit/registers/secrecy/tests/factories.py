"""Imposed secrecy for tests."""

from datetime import date
from typing import Any

from openintegriteit.organisations.models import Organisation
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.registers.secrecy.models import Exclusion, ImposedSecrecy

MARKED = {"marked_on": date(2026, 3, 3), "marking": "Op elke bladzijde"}
LIFTED = {"lifted_on": date(2026, 9, 1), "lifted_by": "executive", "lifting_reference": "B 2026-9"}


def secrecy(organisation: Organisation, **values: Any) -> ImposedSecrecy:
    """That the executive imposed secrecy on a document on 3 March 2026, which nobody marked."""
    given = {"subject": "Waardebepaling", "kind": "document", "reference": "Z 2026-1", "imposed_by": "executive"}
    closed = values.get("kind") == "closed_meeting"
    given |= {"imposed_on": date(2026, 3, 3), "ground": "" if closed else "5.1.2.b"}
    made: ImposedSecrecy = ImposedSecrecy.objects.create(organisation=organisation, **given | values)
    return made


def exclusion(organisation: Organisation, broken: ImposedSecrecy, **values: Any) -> Exclusion:
    """That an elected member who broke it was excluded for the month of April 2026."""
    given = {"starts_on": date(2026, 4, 1), "ends_on": date(2026, 4, 30), "reference": "R 7"} | values
    if "person" not in given:
        given["person"] = PersonFactory(organisation=organisation, kind="elected_member")
    made: Exclusion = Exclusion.objects.create(organisation=organisation, secrecy=broken, **given)
    return made
