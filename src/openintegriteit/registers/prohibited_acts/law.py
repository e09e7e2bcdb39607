"""Which acts the law prohibits to whom, where each stands and what may fall under it (content/acts.yaml).

Acts from which an exemption can be granted come from `abstentions.law`.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from openintegriteit.registers.abstentions.law import law_of
from openintegriteit.registers.abstentions.models import Act
from openintegriteit.registers.prohibited_acts.models import NeverExempted

CONTENT = Path(__file__).parent / "content" / "acts.yaml"
EVERY = "every"


def load_never(told: Mapping[str, Any]) -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Per kind of body and of person where each act stands. Raises ValueError for an act that is unknown."""
    return {
        body: {
            kind: {str(NeverExempted(act)): place for act, place in places.items()} for kind, places in per_kind.items()
        }
        for body, per_kind in told.items()
    }


_TOLD: Mapping[str, Any] = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))
NEVER = load_never(_TOLD["never"])
EXAMPLES: Mapping[str, str] = _TOLD["examples"]


def places_of(organisation_kind: str, person_kind: str) -> Mapping[str, str]:
    """The acts that the law prohibits to a kind of person, each with its place, in the order of the law.

    Gemeentewet 15(1), Provinciewet 15(1) and 47, Waterschapswet 33(1), and the articles that declare them to apply.
    """
    never = NEVER[organisation_kind]
    return {**never.get(EVERY, {}), **law_of(organisation_kind).acts, **never.get(person_kind, {})}


def may_be_exempted(act: str) -> bool:
    """Whether an exemption from the act can be granted: from contracts with the body itself only."""
    return act in Act
