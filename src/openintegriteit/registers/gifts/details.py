"""A declared gift in words, for the pages that show any declaration."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from openintegriteit.registers.declarations.models import Declaration
from openintegriteit.registers.declarations.words import answers
from openintegriteit.registers.gifts.models import Gift
from openintegriteit.ui.amounts import euros

BEFORE_VALUE = ("kind", "what", "giver_organisation", "giver_person", "relation")
AFTER_VALUE = ("occasion", "received_at", "answer")


def details_of(declaration: Declaration) -> list[tuple[str, str]]:
    """Each question that was answered with the answer, in the language of the screen (one query)."""
    return words_of(Gift.objects.select_related("declaration").get(declaration=declaration))


def words_of(gift: Gift) -> list[tuple[str, str]]:
    """The same of a gift with its declaration at hand (no query)."""
    value = [(_("Value"), euros(gift.value))] if gift.value is not None else []
    day = gift.declaration.starts_on
    offered = [(_("Offered on"), date_format(day, "DATE_FORMAT"))] if day else []
    return [*answers(gift, BEFORE_VALUE), *value, *offered, *answers(gift, AFTER_VALUE)]
