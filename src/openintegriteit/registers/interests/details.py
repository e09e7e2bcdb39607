"""A declared interest in words, for the pages that show any declaration."""

from openintegriteit.registers.declarations.models import Declaration
from openintegriteit.registers.declarations.words import answers
from openintegriteit.registers.interests.models import FinancialInterest

SHOWN = ("kind", "what", "where", "whose", "touches_duties")


def details_of(declaration: Declaration) -> list[tuple[str, str]]:
    """Each question with the answer, in the language of the screen (one query)."""
    return words_of(FinancialInterest.objects.get(declaration=declaration))


def words_of(interest: FinancialInterest) -> list[tuple[str, str]]:
    """The same of an interest at hand (no query)."""
    return answers(interest, SHOWN)
