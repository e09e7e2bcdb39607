"""The obligations that the law puts on a body, as data (content/obligations/*.yaml, one file per law)."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import yaml

from openintegriteit.organisations.models import OrganisationKind

CONTENT = Path(__file__).parent / "content" / "obligations"


@dataclass(frozen=True, slots=True)
class Obligation:
    """One duty of a body. `mark` tells how sure we are: V read in the law text, S from a secondary source."""

    id: str
    law: str
    bwb_id: str
    text_of: date
    kinds: frozenset[OrganisationKind]
    article: str
    paragraph: str
    who: str
    what: str
    term: str
    checked_by: str
    mark: Literal["V", "S"] = "V"
    not_yet_in_force: bool = False

    @property
    def place(self) -> str:
        """Where it stands in the law, as people cite it: artikel 5, lid 1, onder a."""
        return ", ".join(part for part in (f"artikel {self.article}", self.paragraph) if part)

    @property
    def address(self) -> str:
        """The article in the text of the law that was read."""
        return f"https://wetten.overheid.nl/{self.bwb_id}/{self.text_of:%Y-%m-%d}#Artikel{self.article}"


def load_obligations(folder: Path) -> tuple[Obligation, ...]:
    """The obligations of all files in a folder, in the order of file and place.

    Raises TypeError for a field that is unknown or missing, and ValueError for an unknown kind of body.
    """
    obligations = []
    for path in sorted(folder.glob("*.yaml")):
        law = yaml.safe_load(path.read_text(encoding="utf-8"))
        rows = law.pop("obligations")
        kinds = frozenset(OrganisationKind(kind) for kind in law.pop("kinds"))
        obligations += [Obligation(**law, kinds=kinds, **row) for row in rows]
    return tuple(obligations)


OBLIGATIONS = load_obligations(CONTENT)


def obligations_of(kind: str) -> list[Obligation]:
    """The obligations of a kind of body."""
    return [obligation for obligation in OBLIGATIONS if kind in obligation.kinds]
