"""The eight pillars of the integrity infrastructure, as data (content/pillars.yaml): the axis through everything."""

from dataclasses import dataclass, replace
from pathlib import Path

import yaml
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext

CONTENT = Path(__file__).parent / "content" / "pillars.yaml"
PILLAR_BOUNDS = [MinValueValidator(1), MaxValueValidator(8)]


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
    """The pillar with the number, its names in the language of the screen; None for a record that belongs to no pillar.

    The file is Dutch: English names stand in the English catalogue under the Dutch ones. Raises KeyError for a number
    that is no pillar.
    """
    if number is None:
        return None
    pillar = _BY_NUMBER[number]
    return replace(pillar, name=gettext(pillar.name), short_name=gettext(pillar.short_name))


def pillar_choices() -> list[tuple[int, str]]:
    """Number and short name, for a form."""
    return [(pillar.number, f"{pillar.number}. {gettext(pillar.short_name)}") for pillar in PILLARS]
