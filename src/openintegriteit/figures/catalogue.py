"""What can be counted in a year: the common catalogue (content/indicators.yaml) and what a body adds to it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from django.utils.translation import get_language, gettext, override

from openintegriteit.core.contracts import Figure
from openintegriteit.figures.models import OwnIndicator

CONTENT = Path(__file__).parent / "content" / "indicators.yaml"

Direction = Literal["none", "more_is_better", "less_is_better"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """Something that is counted every year, and exactly what counts.

    `report_section` is the section of the annual report that shows it (empty: none); `pillar` None belongs to none.
    """

    code: str
    name: str
    unit: str
    definition: str
    pillar: int | None = None
    breakdown_protected: bool = True
    report_section: str = ""
    direction: Direction = "none"
    own: bool = False


def load_catalogue(path: Path) -> tuple[Indicator, ...]:
    """The indicators of a file, in its order."""
    return tuple(Indicator(**row) for row in yaml.safe_load(path.read_text(encoding="utf-8")))


CATALOGUE = load_catalogue(CONTENT)
COMMON = {indicator.code: indicator for indicator in CATALOGUE}


def counted(
    code: str, year: int, value: int | None, source: str, address: str, readers: frozenset[str] | None = None
) -> Figure:
    """A figure of the common catalogue that records counted; `readers` may open the address (None: whoever sees it).

    Raises KeyError for a code that the catalogue does not have.
    """
    indicator = COMMON[code]
    return Figure(code, year, value, indicator.unit, indicator.definition, source, address, address_readers=readers)


def indicators() -> dict[str, Indicator]:
    """Every indicator of the body in scope by its code: the common catalogue, then its own by name (one query).

    The common ones are told in the language of the screen: the file is Dutch, and the English catalogue has its texts
    under the Dutch ones.
    A code of the common catalogue always means what the catalogue says.
    """
    common = _common_in(get_language())
    own = {
        row.code: Indicator(row.code, row.name, row.unit, row.definition, own=True)
        for row in OwnIndicator.objects.order_by("name")
    }
    return {**common} | {code: indicator for code, indicator in own.items() if code not in common}


@cache
def _common_in(language: str | None) -> Mapping[str, Indicator]:
    with override(language):
        return {
            indicator.code: replace(
                indicator,
                name=gettext(indicator.name),
                unit=gettext(indicator.unit),
                definition=gettext(indicator.definition),
            )
            for indicator in CATALOGUE
        }
