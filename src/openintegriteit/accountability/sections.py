"""The sections of the annual report, in their order, and the names of a body's offices."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext

from openintegriteit.core.spreadsheets.workbook import plain

FORM_FILE = Path(__file__).parent / "content" / "form_headings.yaml"
FORM = "formulier"


@dataclass(frozen=True, slots=True)
class SectionKind:
    """A section: its name in the workbook, its place in addresses, its heading, and the heading it stands under.

    In headings `{year}` and `{next_year}` are filled in. `parent` is empty for a section directly in its chapter.
    """

    key: str
    heading: str
    parent: str = ""

    @property
    def slug(self) -> str:
        """The section in addresses."""
        return self.key.replace(" ", "-")


PROPOSAL = SectionKind("voorstel", "Voorstel")
ARGUMENTS = "Argumentatie"
EXPLANATION = (
    SectionKind("aanleiding", "Aanleiding"),
    SectionKind("visie", "Waar wij voor staan", ARGUMENTS),
    SectionKind("ambtseed", "Ambtseed of belofte", ARGUMENTS),
    SectionKind("regelingen", "Regelingen en gedragscodes", ARGUMENTS),
    SectionKind("beleidsdocument", "Beleidsdocument", ARGUMENTS),
    SectionKind("vertrouwenspersonen", "Vertrouwenspersonen en meldpunten", ARGUMENTS),
    SectionKind("borging", "Borging", ARGUMENTS),
    SectionKind("terugblik", "Terugblik op {year}"),
    SectionKind("maatregelen", "Stand van de maatregelen"),
    SectionKind("bevindingen", "Bevindingen van anderen"),
    SectionKind("cijfers", "Cijfers over drie jaar"),
    SectionKind("agenda", "Agenda voor {next_year}"),
    SectionKind("tot slot", "Tot slot"),
)
SECTIONS = (PROPOSAL, *EXPLANATION)
# A section of the workbook whose text stands in the form, under the heading with this key.
BUDGET, BUDGET_HEADING = "begroting", "budget"


def section_named(key: str) -> SectionKind:
    """The section with this key. Raises StopIteration for none."""
    return next(kind for kind in SECTIONS if kind.key == key)


@cache
def form_content() -> dict[str, Any]:
    """The common form and the names of offices per type of body, as in content/form_headings.yaml."""
    with FORM_FILE.open(encoding="utf-8") as file:
        content: dict[str, Any] = yaml.safe_load(file)
    return content


def office_names(organisation_kind: str) -> dict[str, Any]:
    """What the representative body, the executive and the signatories are called in this type of body.

    In the language of the screen: the file is Dutch, and the English catalogue has its names under the Dutch ones.
    """
    names: dict[str, Any] = form_content()["names"][organisation_kind]
    return {
        key: [gettext(each) for each in name] if isinstance(name, list) else gettext(name)
        for key, name in names.items()
    }


def section_choices() -> tuple[tuple[str, str], ...]:
    """Every section that can hold a text, as the workbook of a year names it."""
    return tuple((key, key) for key in (*(kind.key for kind in SECTIONS), BUDGET, FORM))


def form_section(heading_key: str) -> str:
    """The section in which the text under a heading of the form is kept."""
    return BUDGET if heading_key == BUDGET_HEADING else f"{FORM}:{heading_key}"


def paragraph_name(stored: str, year: int) -> str:
    """What people call the paragraph of a question: the heading of a section by its key; other words as they are."""
    for kind in SECTIONS:
        if plain(kind.key) == plain(stored):
            return kind.heading.format(year=year, next_year=year + 1)
    return stored


def paragraph_choices(stored: str, year: int) -> list[tuple[str, str]]:
    """The sections that a question can be about, and the words that stand there when they name none."""
    choices = [(kind.key, paragraph_name(kind.key, year)) for kind in SECTIONS]
    known = {key for key, _name in choices}
    return choices if not stored or stored in known else [*choices, (stored, paragraph_name(stored, year))]
