"""People, organisations and what people do there, after the Popolo specification (popoloproject.com)."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid5

from openintegriteit.organisations.models import Organisation
from openintegriteit.publication.queries import Shown


def popolo(organisation: Organisation, registers: Sequence[Shown]) -> dict[str, list[dict[str, Any]]]:
    """The people of the registers with their office here and their positions elsewhere, in the order of the registers.

    A person has the same identifier in every edition; an organisation elsewhere has one that is made of its name.
    """
    own = {"id": str(organisation.pk), "name": organisation.name, "classification": organisation.kind}
    people: dict[UUID, dict[str, Any]] = {}
    organisations: dict[UUID, dict[str, Any]] = {organisation.pk: own}
    memberships: list[dict[str, Any]] = []
    for shown in registers:
        for line in shown.lines:
            person, content = line.entry.person, line.content
            if person is None:
                continue
            if person not in people:
                people[person] = {"id": str(person), "name": content["name"]}
                memberships.append(_membership(uuid5(person, "office"), person, organisation.pk, content["office"]))
            if "role" not in content:  # of who was offered something only the office here is known
                continue
            where = uuid5(organisation.pk, content["where"].casefold())
            organisations.setdefault(where, {"id": str(where), "name": content["where"]})
            dates = {"start_date": content["since"], "end_date": content["until"]}
            memberships.append(
                _membership(line.entry.key, person, where, content["role"]) | {k: v for k, v in dates.items() if v}
            )
    return {"persons": [*people.values()], "organizations": [*organisations.values()], "memberships": memberships}


def _membership(key: UUID, person: UUID, organisation: UUID, role: str) -> dict[str, Any]:
    return {"id": str(key), "person_id": str(person), "organization_id": str(organisation), "role": role}
