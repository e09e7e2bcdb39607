"""What everybody may know of outside positions: of office holders at once, of designated officials once decided.

Gemeentewet 12, 41b, 67 and 81e, Provinciewet 11, 40b, 66 and 79e, Waterschapswet 32, 44k, 48 and 51ae. No more than
the law asks: no hours, not how it touches somebody's work, of a chair no positions that belong to the office, and money
only as the income of a year of whom the law asks that.
"""

from datetime import date

from django.db.models import F, Q

from openintegriteit.core.contracts import PublicColumn, PublicEntry, PublicRegister
from openintegriteit.organisations.models import Organisation
from openintegriteit.registers.declarations.models import POSSIBLE, Declaration, Regime
from openintegriteit.registers.declarations.permissions import OF_OFFICE_HOLDERS as KEEPERS
from openintegriteit.registers.declarations.permissions import OF_OFFICIALS as KEEPERS_OF_OFFICIALS
from openintegriteit.registers.declarations.published import office_of, shown, with_offices
from openintegriteit.registers.declarations.registers import REGISTERS
from openintegriteit.registers.designations.queries import designated
from openintegriteit.registers.outside_positions.law import LAWS, law_of
from openintegriteit.registers.outside_positions.operations import REGISTER
from openintegriteit.registers.outside_positions.queries import public_incomes

COLUMNS = (
    PublicColumn("name", "Naam"),
    PublicColumn("office", "Ambt"),
    PublicColumn("role", "Functie"),
    PublicColumn("where", "Bij"),
    PublicColumn("paid", "Betaald", "yes_no"),
    PublicColumn("ex_officio", "Vanwege het ambt", "yes_no"),
    PublicColumn("since", "Sinds", "day"),
    PublicColumn("until", "Tot en met", "day"),
)
INCOME_COLUMNS = (
    PublicColumn("name", "Naam"),
    PublicColumn("office", "Ambt"),
    PublicColumn("year", "Over het jaar"),
    PublicColumn("income", "Inkomsten", "amount"),
)
# An official has a position in the house, where an office holder has an office.
OF_OFFICIALS = {"office": PublicColumn("office", "Functie hier"), "role": PublicColumn("role", "Nevenwerk")}


def of_office_holders(organisation: Organisation, day: date, shown_since: date) -> tuple[PublicEntry, ...]:
    """The positions of office holders (four queries).

    What ended, or of whom left office, before `shown_since` is not among them any more.
    """
    rows = with_offices(shown(REGISTER, Regime.OFFICE_HOLDERS, shown_since), day)
    not_asked = Q(outside_position__ex_officio=True, person__kind__in=law_of(organisation.kind).not_ex_officio)
    return tuple(_entry(row) for row in rows.exclude(not_asked).select_related("outside_position"))


def income_of_office_holders(organisation: Organisation, day: date, shown_since: date) -> tuple[PublicEntry, ...]:
    """What office holders earned with positions in a year, of whom the law asks that (four queries).

    Gemeentewet 41b(4) and 67(3), Provinciewet 40b(4) and 66(3), Waterschapswet 44k(4) and 48(3).
    """
    rows = with_offices(public_incomes(organisation, shown_since), day)
    return tuple(
        PublicEntry(
            key=row.pk,
            person=row.person_id,
            values={
                "name": row.person.full_name,
                "office": office_of(row),
                "year": str(row.year),
                "income": str(row.amount),
            },
        )
        for row in rows
    )


def of_designated_officials(organisation: Organisation, day: date, shown_since: date) -> tuple[PublicEntry, ...]:
    """Side jobs of officials in positions that are designated for it, once they were decided to be possible.

    Ambtenarenwet 2017, art. 5(1)c. What reads otherwise than when it was decided about waits for the next decision,
    and so does what was decided until a day that has gone by (four queries).
    """
    rows = with_offices(shown(REGISTER, Regime.OFFICIALS, shown_since), day).select_related("outside_position")
    decided = rows.filter(outcome__in=POSSIBLE, decided_revision=F("revision")).exclude(holds_until__lt=day)
    return tuple(_entry(row) for row in decided.filter(person__in=designated("publishes_side_jobs", day)))


def _entry(row: Declaration) -> PublicEntry:
    position = row.outside_position
    return PublicEntry(
        key=row.pk,
        person=row.person_id,
        values={
            "name": row.person.full_name,
            "office": office_of(row),
            "role": position.role,
            "where": position.where,
            "paid": position.is_paid,
            **({"ex_officio": position.ex_officio} if row.regime == Regime.OFFICE_HOLDERS else {}),
            "since": row.starts_on,
            "until": row.ends_on,
        },
    )


OF_DESIGNATED_OFFICIALS = PublicRegister(
    key="side_jobs_of_designated_officials",
    slug="nevenwerk-ambtenaren",
    title="Nevenwerk van ambtenaren in aangewezen functies",
    explanation=(
        "Van sommige functies is het nevenwerk openbaar, om de integriteit van de dienst te beschermen. U leest hier "
        "het nevenwerk waarover is beslist dat het kan."
    ),
    columns=tuple(OF_OFFICIALS.get(column.key, column) for column in COLUMNS if column.key != "ex_officio"),
    entries=of_designated_officials,
    keepers=frozenset(KEEPERS_OF_OFFICIALS),
    articles={"": "Ambtenarenwet 2017, artikel 5, lid 1, onder c"},
)
OF_OFFICE_HOLDERS = PublicRegister(
    key="outside_positions_of_office_holders",
    slug="nevenfuncties-politieke-ambtsdragers",
    title="Nevenfuncties van politieke ambtsdragers",
    explanation=(
        "Wie de organisatie bestuurt of er volksvertegenwoordiger is, maakt bekend welke functies hij of zij daarnaast "
        "heeft, betaald of niet."
    ),
    columns=COLUMNS,
    entries=of_office_holders,
    keepers=frozenset(KEEPERS),
    articles=REGISTERS[REGISTER].regimes[Regime.OFFICE_HOLDERS].told_articles(),
)
INCOME_OF_OFFICE_HOLDERS = PublicRegister(
    key="income_from_positions_of_office_holders",
    slug="inkomsten-uit-nevenfuncties",
    title="Inkomsten uit nevenfuncties",
    explanation=(
        "Bestuurders die hun ambt niet in deeltijd vervullen, en de burgemeester, commissaris van de Koning of "
        "voorzitter, maken elk jaar bekend wat zij met nevenfuncties verdienden. Het gaat om het loon van alle "
        "nevenfuncties samen, bij de burgemeester, commissaris van de Koning of voorzitter zonder de functies die bij "
        "het ambt horen. Wie niets verdiende, staat hier niet."
    ),
    columns=INCOME_COLUMNS,
    entries=income_of_office_holders,
    keepers=frozenset(KEEPERS),
    articles={kind: "; ".join(law.income.values()) for kind, law in LAWS.items() if law.income},
)
