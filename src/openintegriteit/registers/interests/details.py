"""A declared interest in words, for the pages that show any declaration."""

from openintegriteit.registers.declarations.models import Declaration
from openintegriteit.registers.declarations.words import answers
from openintegriteit.registers.interests.models import FinancialInterest

SHOWN = ("kind", "what", "where", "whose", "touches_duties")


def details_of(declaration: Declaration) -> list[tuple[str, str]]:
    """Each question with the answer, in the language of the screen (one query)."""
    return answers(FinancialInterest.objects.get(declaration=declaration), SHOWN)
