"""What the law says about not taking part and about exemptions, per kind of body, as data (content/law/*.yaml)."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from openintegriteit.organisations.models import OFFICE_HOLDERS, OrganisationKind, PersonKind
from openintegriteit.registers.abstentions.models import Act, Granter, MeetingBody

CONTENT = Path(__file__).parent / "content" / "law"
OFFICIALS = frozenset(PersonKind) - OFFICE_HOLDERS


@dataclass(frozen=True, slots=True)
class BodyLaw:
    """Who meets, by its Dutch name; the article on not taking part (empty: we know of none); who its members are."""

    name: str
    article: str
    members: frozenset[PersonKind]


@dataclass(frozen=True, slots=True)
class ExemptionLaw:
    """By which article somebody can get an exemption, and who grants it."""

    article: str
    granted_by: Granter


@dataclass(frozen=True, slots=True)
class Law:
    """What holds in a kind of body. `acts`: where each act stands in the law.

    `stands_in`: the exemption of who stands in for the chair, beside that of the own office.
    """

    bodies: Mapping[MeetingBody, BodyLaw]
    exemptions: Mapping[str, ExemptionLaw]
    stands_in: ExemptionLaw | None
    acts: Mapping[str, str]

    def sits_in(self, person_kind: str) -> frozenset[MeetingBody]:
        """In whose meetings somebody of this kind takes part as a member."""
        return frozenset(body for body, law in self.bodies.items() if person_kind in law.members)

    def body(self, body: str) -> BodyLaw:
        """What holds for the meetings of one of the two. Raises ValueError for another."""
        return self.bodies[MeetingBody(body)]


def load_law(path: Path) -> Law:
    """What a file says. Raises TypeError, KeyError or ValueError for what is unknown or missing."""
    told: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    stands_in = told.get("stands_in")
    return Law(
        bodies={
            body: BodyLaw(row["name"], row["article"], frozenset(PersonKind(kind) for kind in row["members"]))
            for body in MeetingBody
            for row in [told["bodies"][body]]
        },
        exemptions={
            kind: _exemption(row)
            for named, row in told["exemptions"].items()
            for kind in (OFFICIALS if named == "officials" else [PersonKind(named)])
        },
        stands_in=_exemption(stands_in) if stands_in else None,
        acts={Act(act): place for act, place in told["acts"].items()},
    )


def _exemption(row: Mapping[str, str]) -> ExemptionLaw:
    return ExemptionLaw(row["article"], Granter(row["granted_by"]))


LAWS: Mapping[str, Law] = {kind: load_law(CONTENT / f"{kind}.yaml") for kind in OrganisationKind}


def law_of(organisation_kind: str) -> Law:
    """What holds in a kind of body."""
    return LAWS[organisation_kind]
