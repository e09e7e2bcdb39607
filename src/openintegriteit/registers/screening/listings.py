"""The lists of who owes a screening and of what was done: columns on screen and in files."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from openintegriteit.registers.screening.queries import lacks_of
from openintegriteit.registers.screening.rules import Demand
from openintegriteit.ui.listing import ListColumn, Listing


def owing_listing(demands: Sequence[Demand], day: date) -> Listing[Any]:
    """The list of who lacks on the day something of what is asked."""

    def lacking(person: Any) -> str:
        return "; ".join(f"{demand.label}: {lack.label}" for demand, lack in lacks_of(person, demands, day))

    return Listing(
        name="nog-geen-screening",
        columns=(
            ListColumn(_("Name"), lambda row: row.full_name, key="naam", order=("family_name", "given_name", "id")),
            ListColumn(_("Personnel number"), lambda row: row.personnel_number, file_only=True),
            ListColumn(_("Kind"), lambda row: row.get_kind_display(), key="soort", order=("kind", "family_name", "id")),
            ListColumn(_("Department or team"), lambda row: row.unit.name if row.unit else ""),
            ListColumn(_("Began on"), lambda row: row.appointed_on, key="sinds", order=("appointed_on", "id")),
            ListColumn(_("What is lacking"), lacking),
        ),
        default_order="naam",
    )


SCREENINGS: Listing[Any] = Listing(
    name="screeningen",
    columns=(
        ListColumn(_("Name"), lambda row: row.person.full_name),
        ListColumn(_("Personnel number"), lambda row: row.person.personnel_number, file_only=True),
        ListColumn(_("What was checked"), lambda row: row.get_kind_display()),
        ListColumn(_("Result"), lambda row: row.get_result_display()),
        ListColumn(_("Issued or done on"), lambda row: row.done_on, key="dag", order=("done_on", "id")),
        ListColumn(_("Good until"), lambda row: row.valid_until, key="tot", order=("valid_until", "id")),
        ListColumn(_("For which position or office"), lambda row: row.post, file_only=True),
        ListColumn(_("Recorded by"), lambda row: row.recorded_by, file_only=True),
        ListColumn(_("Withdrawn on"), lambda row: row.withdrawn_on, file_only=True),
        ListColumn(_("Why this was a mistake"), lambda row: row.withdrawn_because, file_only=True),
    ),
    default_order="-dag",
)
