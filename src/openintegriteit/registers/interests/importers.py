"""What a file of financial interests holds. Amounts have no column: nobody asks for them."""

from typing import Any

from django.utils.translation import gettext_lazy

from openintegriteit.core.spreadsheets.columns import Column
from openintegriteit.registers.declarations.importers import LASTING, TOUCHES_DUTIES, RegisterFile, Values
from openintegriteit.registers.interests.details import words_of
from openintegriteit.registers.interests.models import FinancialInterest, Holder, InterestKind
from openintegriteit.registers.interests.operations import REGISTER

KINDS = (
    (InterestKind.SECURITIES, "effecten of aandelen"),
    (InterestKind.OWNERSHIP, "een eigen bedrijf, of een deel ervan"),
    (InterestKind.REAL_ESTATE, "grond of gebouwen"),
    (InterestKind.LOAN, "lening of vordering"),
    (InterestKind.WORKS, "werken of leveringen voor de overheid"),
    (InterestKind.OTHER, "ander belang"),
)
HOLDERS = ((Holder.SELF, "eigen"), (Holder.PARTNER, "partner"), (Holder.CHILD, "kind"))
COLUMNS = (
    Column(
        "kind",
        "Soort belang",
        "choice",
        required=True,
        choices=KINDS,
        synonyms=("Soort",),
        example="effecten of aandelen",
    ),
    Column(
        "what",
        "Wat",
        required=True,
        max_length=200,
        synonyms=("Belang", "Omschrijving"),
        help=gettext_lazy("No amounts."),
        example="Aandelen",
    ),
    Column(
        "where",
        "Bedrijf of plaats",
        required=True,
        max_length=190,
        synonyms=("Bedrijf", "Plaats", "Onderneming"),
        help=gettext_lazy("The name of the company, or the town. No home address."),
        example="Bouwbedrijf De Hoop",
    ),
    Column(
        "whose",
        "Van wie",
        "choice",
        choices=HOLDERS,
        synonyms=("Wiens belang",),
        help=gettext_lazy("Left out, it is somebody’s own."),
        example="eigen",
    ),
    TOUCHES_DUTIES,
    *LASTING,
)


def _whole(values: Values) -> dict[str, Any]:
    return {**values, "whose": values["whose"] or Holder.SELF}


FILE = RegisterFile(
    register=REGISTER,
    slug="belangen",
    listed="interests:interests",
    sheet="Financiële belangen",
    model=FinancialInterest,
    own=COLUMNS,
    identity=("kind", "what", "where", "whose", "starts_on"),
    words=words_of,
    whole=_whole,
)
