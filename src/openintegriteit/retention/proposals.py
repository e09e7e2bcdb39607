"""Which line of the selection list may fit a kind of record, as data (content/rules.yaml). It decides nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from openintegriteit.organisations.models import OrganisationKind

CONTENT = Path(__file__).parent / "content" / "rules.yaml"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the selection list; `what` is Dutch. `start` "": the list does not say when the term begins."""

    category: str
    what: str
    months: int
    start: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an archivist may look at first for a kind of record. `line` None: we know of no line that may fit."""

    source: str
    line: Line | None
    beware: str = ""  # a line that looks as if it fits and does not; Dutch


@dataclass(frozen=True, slots=True)
class SelectionList:
    """A selection list with what was read in it, and for which kinds of body it holds."""

    source: str
    bodies: frozenset[str]
    proposals: Mapping[str, Proposal]

    def proposal_for(self, kind: str, organisation_kind: str) -> Proposal | None:
        """What may fit a kind of record; None for bodies with a list of their own. KeyError for an unknown kind."""
        found = self.proposals[kind]
        return found if organisation_kind in self.bodies else None


def load(path: Path) -> SelectionList:
    """The selection list of a file. Raises KeyError, TypeError or ValueError for what it cannot mean."""
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    lines = {category: Line(category=category, **values) for category, values in content["lines"].items()}
    return SelectionList(
        source=content["source"],
        bodies=frozenset(OrganisationKind(kind) for kind in content["bodies"]),
        proposals={
            kind: Proposal(
                content["source"], lines[values["line"]] if "line" in values else None, values.get("beware", "")
            )
            for kind, values in content["kinds"].items()
        },
    )


SELECTION_LIST = load(CONTENT)
