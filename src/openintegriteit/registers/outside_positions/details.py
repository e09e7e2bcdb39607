"""A declared position in words, for the pages that show any declaration."""

from openintegriteit.registers.declarations.models import Declaration, Regime
from openintegriteit.registers.declarations.words import answers
from openintegriteit.registers.outside_positions.models import OutsidePosition

SHOWN = {
    Regime.OFFICIALS: ("role", "where", "is_paid", "hours_a_week", "touches_duties"),
    Regime.OFFICE_HOLDERS: (
        "role",
        "where",
        "is_paid",
        "hours_a_week",
        "ex_officio",
        "ex_officio_agreement",
        "intention_reported_on",
    ),
}


def details_of(declaration: Declaration) -> list[tuple[str, str]]:
    """Each question that was answered with the answer, in the language of the screen (one query)."""
    return words_of(OutsidePosition.objects.select_related("declaration").get(declaration=declaration))


def words_of(position: OutsidePosition) -> list[tuple[str, str]]:
    """The same of a position with its declaration at hand (no query)."""
    return answers(position, SHOWN[Regime(position.declaration.regime)])
