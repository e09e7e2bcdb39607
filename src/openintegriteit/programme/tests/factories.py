"""Records of the programme, for tests of every app; call them within the scope of the body."""

import itertools
from typing import Any

from openintegriteit.organisations.models import Organisation
from openintegriteit.programme.models import ActionPlan, Activity, Finding, Measure, MeasureHeading, WorkingGroup

numbers = itertools.count(1)


def plan_of(organisation: Organisation) -> ActionPlan:
    """The plan in which the measures of the tests stand."""
    return ActionPlan.objects.get_or_create(organisation=organisation, title="Plan van aanpak")[0]


def heading(organisation: Organisation, title: str, order: int = 0) -> MeasureHeading:
    """A heading of the plan."""
    return MeasureHeading.objects.create(
        organisation=organisation, plan=plan_of(organisation), title=title, order=order
    )


def measure(organisation: Organisation, **values: Any) -> Measure:
    """A measure, with the next number unless one is given."""
    number = values.pop("number", None) or next(numbers)
    values = {"title": f"Maatregel {number}", "plan": plan_of(organisation)} | values
    return Measure.objects.create(organisation=organisation, number=number, **values)


def activity(organisation: Organisation, **values: Any) -> Activity:
    """An activity in the account over 2025."""
    values = {"title": "Activiteit", "theme": "Thema", "year": 2025} | values
    return Activity.objects.create(organisation=organisation, **values)


def working_group(organisation: Organisation, **values: Any) -> WorkingGroup:
    """A working group."""
    return WorkingGroup.objects.create(organisation=organisation, **{"name": "Werkgroep integriteit"} | values)


def finding(organisation: Organisation, **values: Any) -> Finding:
    """A finding, with the next number unless one is given."""
    values = {"number": next(numbers), "kind": "audit", "text": "Bevinding"} | values
    return Finding.objects.create(organisation=organisation, **values)
