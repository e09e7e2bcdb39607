"""The eight pillars of the integrity infrastructure, as data (content/pillars.yaml): the axis through everything."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

CONTENT = Path(__file__).parent / "content" / "pillars.yaml"


@dataclass(frozen=True, slots=True)
class Pillar:
    """One pillar. `short_name` fits beside a bar in a chart (at most 26 characters)."""

    number: int
    name: str
    short_name: str
    explanation: str
    typical_measures: tuple[str, ...]


def load_pillars(path: Path) -> tuple[Pillar, ...]:
    """The pillars of a file, in the order of their numbers."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    pillars = [Pillar(**{**row, "typical_measures": tuple(row["typical_measures"])}) for row in rows]
    return tuple(sorted(pillars, key=lambda pillar: pillar.number))


PILLARS = load_pillars(CONTENT)
_BY_NUMBER = {pillar.number: pillar for pillar in PILLARS}


def pillar_named(number: int | None) -> Pillar | None:
    """The pillar with the number; None for a record that belongs to no pillar.

    Raises KeyError for a number that is no pillar.
    """
    return None if number is None else _BY_NUMBER[number]


def pillar_name(number: int | None) -> str:
    """The full name of a pillar, or nothing for a record that belongs to none."""
    pillar = pillar_named(number)
    return pillar.name if pillar else ""


def pillar_choices(pillars: Sequence[Pillar] = PILLARS) -> list[tuple[int, str]]:
    """Number and short name, for a form."""
    return [(pillar.number, f"{pillar.number}. {pillar.short_name}") for pillar in pillars]
