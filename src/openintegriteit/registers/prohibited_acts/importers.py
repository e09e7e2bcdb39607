"""What a file of prohibited acts holds."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openintegriteit.core.spreadsheets.columns import Column
from openintegriteit.organisations.models import Person
from openintegriteit.registers.abstentions.models import Act
from openintegriteit.registers.declarations.importers import LASTING, Problem, RegisterFile, Values
from openintegriteit.registers.prohibited_acts.details import words_of
from openintegriteit.registers.prohibited_acts.law import places_of
from openintegriteit.registers.prohibited_acts.models import NeverExempted, ProhibitedAct
from openintegriteit.registers.prohibited_acts.operations import REGISTER

ACTS = (
    (NeverExempted.ADVISER_IN_DISPUTES, "advocaat of adviseur in een geschil"),
    (NeverExempted.AGENT_IN_DISPUTES, "gemachtigde van de wederpartij in een geschil"),
    (NeverExempted.CONTRACTS_FOR_OTHERS, "anderen helpen aan een overeenkomst"),
    (NeverExempted.REAL_ESTATE_FOR_OTHERS, "anderen helpen grond of gebouwen te verkopen"),
    (NeverExempted.AGENT_IN_RULINGS, "gemachtigde of adviseur in zaken voor Gedeputeerde Staten"),
    (Act.WORKS, "werk aannemen"),
    (Act.PAID_ACTIVITIES, "betaalde werkzaamheden"),
    (Act.SUPPLIES, "roerende zaken leveren"),
    (Act.HIRING_OUT, "roerende zaken verhuren"),
    (Act.DISPUTED_CLAIMS, "betwiste vorderingen verwerven"),
    (Act.REAL_ESTATE, "grond of gebouwen onderhands kopen"),
    (Act.LEASE, "onderhands huren of pachten"),
)
COLUMNS = (
    Column(
        "act",
        "Handeling",
        "choice",
        required=True,
        choices=ACTS,
        synonyms=("Soort handeling", "Verboden handeling"),
        example="onderhands huren of pachten",
    ),
    Column(
        "about",
        "Waarover",
        required=True,
        max_length=200,
        synonyms=("Onderwerp", "Omschrijving"),
        help=gettext_lazy("No amounts."),
        example="Weiland achter de sporthal",
    ),
    Column(
        "with_whom",
        "Met of voor wie",
        required=True,
        max_length=190,
        synonyms=("Met wie", "Voor wie", "Wederpartij"),
        help=gettext_lazy("The name only. No home address."),
        example="De gemeente",
    ),
    *LASTING,
)


def _not_forbidden(values: Values, person: Person, organisation_kind: str) -> Iterator[Problem]:
    """The form of declaring offers only what the law forbids to somebody of this kind."""
    if values["act"] not in places_of(organisation_kind, person.kind):
        yield "act", _("the law does not forbid this act to this person.")


FILE = RegisterFile(
    register=REGISTER,
    slug="handelingen",
    listed="prohibited_acts:acts",
    sheet="Verboden handelingen",
    model=ProhibitedAct,
    own=COLUMNS,
    identity=("act", "about", "with_whom", "starts_on"),
    words=words_of,
    problems_of=_not_forbidden,
)
