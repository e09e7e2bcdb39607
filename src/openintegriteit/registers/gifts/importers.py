"""What a file of gifts, services and invitations holds."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openintegriteit.core.clock import today
from openintegriteit.core.spreadsheets.columns import Column
from openintegriteit.registers.declarations.importers import Problem, RegisterFile, Values
from openintegriteit.registers.declarations.models import Regime
from openintegriteit.registers.gifts.details import words_of
from openintegriteit.registers.gifts.models import Answer, Gift, GiftKind, GiftRule, Place, giver_key
from openintegriteit.registers.gifts.operations import REGISTER
from openintegriteit.registers.gifts.rules import asks_consent
from openintegriteit.ui.amounts import CENTS

KINDS = (
    (GiftKind.GIFT, "geschenk"),
    (GiftKind.SERVICE, "dienst"),
    (GiftKind.INVITATION, "uitnodiging"),
    (GiftKind.OTHER, "ander voordeel"),
)
ANSWERS = (
    (Answer.OFFERED, "nog niet beantwoord"),
    (Answer.ACCEPTED, "aangenomen"),
    (Answer.REFUSED, "geweigerd"),
    (Answer.RETURNED, "teruggegeven"),
    (Answer.GIVEN, "aan de organisatie gegeven"),
)
PLACES = ((Place.WORK, "op het werk"), (Place.HOME, "thuis"), (Place.ELSEWHERE, "ergens anders"))
COLUMNS = (
    Column("kind", "Soort", "choice", required=True, choices=KINDS, example="geschenk"),
    Column(
        "what",
        "Wat",
        required=True,
        max_length=200,
        synonyms=("Omschrijving", "Omschrijving geschenk"),
        example="Fles wijn",
    ),
    Column(
        "giver_organisation",
        "Organisatie die het aanbiedt",
        max_length=150,
        synonyms=("Gever", "Aanbieder", "Schenker", "Organisatie", "Bedrijf", "Van wie"),
        help=gettext_lazy("An organisation, a person, or both."),
        example="Bouwbedrijf De Hoop",
    ),
    Column(
        "giver_person",
        "Persoon die het aanbiedt",
        max_length=150,
        synonyms=("Persoon", "Contactpersoon"),
        help=gettext_lazy("The name only. No home address."),
    ),
    Column(
        "relation",
        "Relatie met werk of ambt",
        max_length=2000,
        synonyms=("Relatie", "Relatie met werk", "Relatie met functie"),
        example="Het bedrijf bouwt onze school.",
    ),
    Column(
        "value",
        "Waarde in euro’s",
        "decimal",
        minimum=0,
        maximum=9_999_999,
        synonyms=("Waarde", "Geschatte waarde", "Bedrag", "Waarde in euro"),
        help=gettext_lazy("An estimate will do. Leave empty what nobody knows."),
        example="15,00",
    ),
    Column("occasion", "Aanleiding", max_length=200, synonyms=("Gelegenheid",), example="Nieuwjaar"),
    Column(
        "starts_on",
        "Aangeboden op",
        "date",
        required=True,
        synonyms=("Datum", "Datum aanbod", "Ontvangen op", "Datum ontvangst"),
        example="10-01-2025",
    ),
    Column(
        "received_at",
        "Waar",
        "choice",
        choices=PLACES,
        synonyms=("Waar ontvangen", "Plaats"),
        help=gettext_lazy("Leave empty what nobody knows."),
        example="op het werk",
    ),
    Column(
        "answer",
        "Wat ermee gebeurde",
        "choice",
        required=True,
        choices=ANSWERS,
        synonyms=("Bestemming", "Afhandeling"),
        example="aangenomen",
    ),
)


def _problems(values: Values) -> Iterator[Problem]:
    if not values["giver_organisation"] and not values["giver_person"]:
        yield "giver_organisation", _("write who offers it: an organisation, a person, or both.")
    elif not giver_key(values["giver_organisation"] or values["giver_person"]):
        yield "giver_organisation", _("write a name.")
    if values["starts_on"] and values["starts_on"] > today():
        yield "starts_on", _("this day has not come yet.")


def _whole(values: Values) -> dict[str, Any]:
    value = values["value"]
    return {
        **values,
        "giver_key": giver_key(values["giver_organisation"] or values["giver_person"]),
        "received_at": values["received_at"] or "",
        "value": value if value is None else value.quantize(CENTS),
    }


def _asking() -> Callable[[Values], bool]:
    """Whether the employer has to consent, by the rule of the body on the day of the offer (one query for all)."""
    rules = list(GiftRule.objects.filter(regime=Regime.OFFICIALS).order_by("-in_force_from"))

    def asks(values: Values) -> bool:
        terms = next((rule for rule in rules if rule.in_force_from <= values["starts_on"]), None)
        return asks_consent(
            terms, value=values["value"], answer=values["answer"], received_at=values["received_at"] or ""
        )

    return asks


FILE = RegisterFile(
    register=REGISTER,
    slug="geschenken",
    listed="gifts:gifts",
    sheet="Geschenken",
    model=Gift,
    own=COLUMNS,
    identity=("what", "giver_key", "starts_on"),
    words=words_of,
    problems=_problems,
    whole=_whole,
    asking=_asking,
)
