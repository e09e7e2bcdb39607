"""What the law itself asks, as data (content/law.yaml)."""

from collections.abc import Mapping
from pathlib import Path

import yaml

from openintegriteit.organisations.models import OrganisationKind, PersonKind
from openintegriteit.registers.screening.models import ScreeningKind
from openintegriteit.registers.screening.rules import Demand

CONTENT = Path(__file__).parent / "content" / "law.yaml"


def load_law(path: Path) -> Mapping[str, tuple[Demand, ...]]:
    """The demands of a file by kind of body, in its order.

    Raises KeyError for a field that is missing, and ValueError for an unknown kind of body, person or screening.
    """
    demands: dict[str, tuple[Demand, ...]] = {}
    for row in yaml.safe_load(path.read_text(encoding="utf-8")):
        demand = Demand(
            kind=ScreeningKind(row["kind"]),
            person_kind=PersonKind(row["person_kind"]),
            fresh=row["fresh"],
            since=row["since"],
            also_present=False,
            basis=row["article"],
        )
        body = OrganisationKind(row["body"])
        demands[body] = (*demands.get(body, ()), demand)
    return demands


LAW = load_law(CONTENT)
