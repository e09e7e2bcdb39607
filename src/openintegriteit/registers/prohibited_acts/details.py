"""A declared act in words, for the pages that show any declaration."""

from openintegriteit.registers.declarations.models import Declaration
from openintegriteit.registers.declarations.words import answers
from openintegriteit.registers.prohibited_acts.models import ProhibitedAct

SHOWN = ("act", "about", "with_whom")


def details_of(declaration: Declaration) -> list[tuple[str, str]]:
    """Each question with the answer, in the language of the screen (one query)."""
    return words_of(ProhibitedAct.objects.get(declaration=declaration))


def words_of(act: ProhibitedAct) -> list[tuple[str, str]]:
    """The same of an act at hand (no query)."""
    return answers(act, SHOWN)
