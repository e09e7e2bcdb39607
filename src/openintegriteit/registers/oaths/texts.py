"""The words of the law that a body can take over, as data (content/texts.yaml)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from openintegriteit.organisations.models import OrganisationKind
from openintegriteit.registers.oaths.models import ForWhom

CONTENT = Path(__file__).parent / "content" / "texts.yaml"


@dataclass(frozen=True, slots=True)
class LegalText:
    """What the law says for a group in some kinds of body. Empty `text`: the body enters its own words."""

    for_whom: ForWhom
    bodies: frozenset[OrganisationKind]
    article: str
    label: str
    text: str
    hands: str = ""
    charged_to_act: Mapping[str, str] = field(default_factory=dict)

    def before(self, *, charged_to_act: bool) -> str:
        """Into whose hands it is taken, in Dutch; empty where the law names nobody outside the body."""
        return self.charged_to_act.get("hands", self.hands) if charged_to_act else self.hands


def load_texts(path: Path) -> tuple[LegalText, ...]:
    """The texts of a file in its order.

    Raises TypeError for a field that is unknown or missing, and ValueError for an unknown group or kind of body.
    """
    return tuple(
        LegalText(
            for_whom=ForWhom(row.pop("for_whom")),
            bodies=frozenset(OrganisationKind(kind) for kind in row.pop("bodies")),
            **row,
        )
        for row in yaml.safe_load(path.read_text(encoding="utf-8"))
    )


TEXTS = load_texts(CONTENT)


def legal_text(for_whom: str, organisation_kind: str) -> LegalText | None:
    """What the law says for a group in a kind of body; None: nothing that we know of."""
    return next((row for row in TEXTS if row.for_whom == for_whom and organisation_kind in row.bodies), None)


def articles_for(groups: Iterable[str], organisation_kind: str) -> list[str]:
    """The articles behind the duties of these groups in a kind of body."""
    found = (legal_text(group, organisation_kind) for group in groups)
    return [row.article for row in found if row and row.article]
