"""What a file of outside positions holds."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openintegriteit.core.spreadsheets.columns import Column
from openintegriteit.registers.declarations.importers import LASTING, TOUCHES_DUTIES, Problem, RegisterFile, Values
from openintegriteit.registers.outside_positions.details import words_of
from openintegriteit.registers.outside_positions.models import HOURS_IN_A_WEEK, OutsidePosition
from openintegriteit.registers.outside_positions.operations import REGISTER

TENTH = Decimal("0.1")
COLUMNS = (
    Column(
        "role",
        "Functie",
        required=True,
        max_length=200,
        synonyms=("Nevenfunctie", "Rol", "Nevenwerkzaamheid", "Nevenwerkzaamheden", "Omschrijving"),
        example="Penningmeester",
    ),
    Column(
        "where",
        "Organisatie",
        required=True,
        max_length=190,
        synonyms=("Organisatie of bedrijf", "Bedrijf", "Instelling", "Bij", "Werkgever"),
        help=gettext_lazy("The name only. No home address."),
        example="Stichting De Brug",
    ),
    Column(
        "is_paid", "Betaald", "yes_no", required=True, synonyms=("Bezoldigd", "Betaald of onbetaald"), example="nee"
    ),
    Column(
        "hours_a_week",
        "Uren per week",
        "decimal",
        minimum=0,
        maximum=HOURS_IN_A_WEEK,
        synonyms=("Uren", "Omvang"),
        example="2",
    ),
    Column(
        "ex_officio",
        "Ambtshalve",
        "yes_no",
        synonyms=("Q.q.", "Uit hoofde van het ambt", "Ambtshalve functie"),
        help=gettext_lazy("Only of office holders. Left out, it is no."),
        example="nee",
    ),
    Column(
        "ex_officio_agreement",
        "Afspraken ambtshalve",
        max_length=1000,
        synonyms=("Afspraken over belang en geld",),
        help=gettext_lazy("Whose interest is served, and where the money goes."),
    ),
    replace(TOUCHES_DUTIES, help=gettext_lazy("Only of officials.")),
    *LASTING,
)


def _problems(values: Values) -> Iterator[Problem]:
    if values["ex_officio_agreement"] and not values["ex_officio"]:
        yield (
            "ex_officio_agreement",
            _("this belongs to a position that somebody holds because of the office. Write ja under “Ambtshalve”."),
        )


def _whole(values: Values) -> dict[str, Any]:
    hours = values["hours_a_week"]
    return {
        **values,
        "ex_officio": bool(values["ex_officio"]),
        "hours_a_week": hours if hours is None else hours.quantize(TENTH),
    }


FILE = RegisterFile(
    register=REGISTER,
    slug="nevenfuncties",
    listed="outside_positions:positions",
    sheet="Nevenfuncties",
    model=OutsidePosition,
    own=COLUMNS,
    identity=("role", "where", "starts_on"),
    words=words_of,
    problems=_problems,
    whole=_whole,
)
