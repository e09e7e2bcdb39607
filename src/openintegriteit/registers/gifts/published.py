"""What everybody may know of gifts to office holders: what the code of conduct makes public, and no amounts."""

from datetime import date

from openintegriteit.core.contracts import PublicColumn, PublicEntry, PublicRegister
from openintegriteit.organisations.models import Organisation
from openintegriteit.registers.declarations.models import Declaration, Regime
from openintegriteit.registers.declarations.permissions import OF_OFFICE_HOLDERS as KEEPERS
from openintegriteit.registers.declarations.published import office_of, shown, with_offices
from openintegriteit.registers.declarations.registers import REGISTERS
from openintegriteit.registers.gifts.operations import REGISTER

COLUMNS = (
    PublicColumn("name", "Naam"),
    PublicColumn("office", "Ambt"),
    PublicColumn("what", "Wat"),
    PublicColumn("giver", "Van wie"),
    PublicColumn("kind", "Soort"),
    PublicColumn("occasion", "Aanleiding"),
    PublicColumn("offered_on", "Aangeboden op", "day"),
    PublicColumn("answer", "Wat ermee gebeurde"),
)
PRIVATE_GIVER = "een particulier"  # whose name is nobody's business


def to_office_holders(organisation: Organisation, day: date, shown_since: date) -> tuple[PublicEntry, ...]:
    """What office holders declared that they were offered (four queries)."""
    rows = with_offices(shown(REGISTER, Regime.OFFICE_HOLDERS, shown_since), day).select_related("gift")
    return tuple(_entry(row) for row in rows)


def _entry(row: Declaration) -> PublicEntry:
    gift = row.gift
    return PublicEntry(
        key=row.pk,
        person=row.person_id,
        values={
            "name": row.person.full_name,
            "office": office_of(row),
            "what": gift.what,
            "kind": gift.get_kind_display(),
            "giver": gift.giver_organisation or PRIVATE_GIVER,
            "occasion": gift.occasion,
            "offered_on": row.starts_on,
            "answer": gift.get_answer_display(),
        },
    )


TO_OFFICE_HOLDERS = PublicRegister(
    key="gifts_to_office_holders",
    slug="geschenken-politieke-ambtsdragers",
    title="Geschenken aan politieke ambtsdragers",
    explanation=(
        "Wat iemand aan een bestuurder of volksvertegenwoordiger aanbood: een geschenk, een dienst of een uitnodiging, "
        "aangenomen of niet."
    ),
    columns=COLUMNS,
    entries=to_office_holders,
    keepers=frozenset(KEEPERS),
    articles=REGISTERS[REGISTER].regimes[Regime.OFFICE_HOLDERS].told_articles(),
)
