"""What each register tells of one declaration: handed down to the pages that show declarations of every register."""

from collections.abc import Callable, Mapping

from openintegriteit.core.access import ActorRequest
from openintegriteit.registers.declarations.models import Declaration
from openintegriteit.registers.declarations.words import Note
from openintegriteit.registers.gifts import details as gifts
from openintegriteit.registers.gifts.operations import REGISTER as GIFTS
from openintegriteit.registers.interests import details as interests
from openintegriteit.registers.interests.operations import REGISTER as INTERESTS
from openintegriteit.registers.outside_positions import details as outside_positions
from openintegriteit.registers.outside_positions import notes as notes_on_outside_positions
from openintegriteit.registers.outside_positions.operations import REGISTER as OUTSIDE_POSITIONS
from openintegriteit.registers.prohibited_acts import details as prohibited_acts
from openintegriteit.registers.prohibited_acts import notes as notes_on_prohibited_acts
from openintegriteit.registers.prohibited_acts.operations import REGISTER as PROHIBITED_ACTS

DETAILS: Mapping[str, Callable[[Declaration], list[tuple[str, str]]]] = {
    GIFTS: gifts.details_of,
    INTERESTS: interests.details_of,
    OUTSIDE_POSITIONS: outside_positions.details_of,
    PROHIBITED_ACTS: prohibited_acts.details_of,
}

NOTES: Mapping[str, Callable[[ActorRequest, Declaration], list[Note]]] = {
    OUTSIDE_POSITIONS: notes_on_outside_positions.notes_of,
    PROHIBITED_ACTS: notes_on_prohibited_acts.notes_of,
}


def details_of(declaration: Declaration) -> list[tuple[str, str]]:
    """Each question of its register with the answer, in words. Raises KeyError for an unknown register."""
    return DETAILS[declaration.register](declaration)


def notes_of(request: ActorRequest, declaration: Declaration) -> list[Note]:
    """What its register has to say about it to who reads its page."""
    told = NOTES.get(declaration.register)
    return told(request, declaration) if told else []
