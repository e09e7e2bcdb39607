"""What everybody may know of outside positions: those of office holders, at once, by law.

Gemeentewet 12, 41b and 67, Provinciewet 11, 40b and 66, Waterschapswet 32, 44k and 48. No more than the law asks: no
hours, no money, and not how it touches somebody's work.
"""

from datetime import date

from django.db.models import Prefetch, Q

from openintegriteit.core.contracts import PublicColumn, PublicEntry, PublicRegister
from openintegriteit.organisations.models import Mandate, Organisation
from openintegriteit.registers.declarations.models import Declaration, Regime
from openintegriteit.registers.declarations.permissions import OF_OFFICE_HOLDERS as KEEPERS
from openintegriteit.registers.declarations.registers import REGISTERS
from openintegriteit.registers.outside_positions.operations import REGISTER

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


def of_office_holders(organisation: Organisation, day: date, shown_since: date) -> tuple[PublicEntry, ...]:
    """The positions of office holders (two queries).

    What ended, or of whom left office, before `shown_since` is not among them any more.
    """
    still = Q(ends_on__isnull=True) | Q(ends_on__gte=shown_since)
    in_office = Q(person__ended_on__isnull=True) | Q(person__ended_on__gte=shown_since)
    rows = (
        Declaration.objects.filter(still, in_office, register=REGISTER, regime=Regime.OFFICE_HOLDERS)
        .filter(withdrawn_on__isnull=True)
        .select_related("person", "outside_position")
        .prefetch_related(Prefetch("person__mandates", Mandate.objects.order_by("-started_on")))
        .order_by("person__family_name", "person__given_name", "person_id", "starts_on", "title", "id")
    )
    return tuple(_entry(row, day) for row in rows)


def _entry(row: Declaration, day: date) -> PublicEntry:
    position = row.outside_position
    return PublicEntry(
        key=row.pk,
        person=row.person_id,
        values={
            "name": row.person.full_name,
            "office": _office(row, day),
            "role": position.role,
            "where": position.where,
            "paid": position.is_paid,
            "ex_officio": position.ex_officio,
            "since": row.starts_on,
            "until": row.ends_on,
        },
    )


def _office(row: Declaration, day: date) -> str:
    """The office that somebody holds on the day, and otherwise the kind of office holder they are."""
    for mandate in row.person.mandates.all():
        if mandate.ended_on is None or mandate.ended_on >= day:
            return str(mandate.office)
    return str(row.person.get_kind_display())


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
