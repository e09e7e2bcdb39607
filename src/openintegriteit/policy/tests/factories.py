"""Norms, for tests of every app; call them within the scope of the body."""

import itertools
from typing import Any

from openintegriteit.organisations.models import Organisation
from openintegriteit.policy.models import PolicyPlan, Regulation, RegulationVersion

numbers = itertools.count(1)


def regulation(organisation: Organisation, **values: Any) -> Regulation:
    """A code of conduct, with a title of its own unless one is given."""
    values = {"title": f"Gedragscode {next(numbers)}", "kind": "code_of_conduct"} | values
    return Regulation.objects.create(organisation=organisation, **values)


def version(of: Regulation, label: str, **values: Any) -> RegulationVersion:
    """A version of a regulation."""
    return RegulationVersion.objects.create(organisation=of.organisation, regulation=of, label=label, **values)


def plan(organisation: Organisation, **values: Any) -> PolicyPlan:
    """A policy plan, with a title of its own unless one is given."""
    return PolicyPlan.objects.create(organisation=organisation, **({"title": f"Beleidsplan {next(numbers)}"} | values))
