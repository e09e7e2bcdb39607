"""The list of designations: columns on screen and in files."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from openintegriteit.ui.listing import ListColumn, Listing

DESIGNATIONS: Listing[Any] = Listing(
    name="aangewezen-functies",
    columns=(
        ListColumn(_("Position"), lambda row: row.position.title, key="functie", order=("position__title", "id")),
        ListColumn(_("Department or team"), lambda row: row.position.unit.name if row.position.unit else ""),
        ListColumn(_("For what"), lambda row: "; ".join(row.duties())),
        ListColumn(_("People"), lambda row: row.holders, numeric=True),
        ListColumn(_("Designated on"), lambda row: row.designated_on, key="sinds", order=("designated_on", "id")),
        ListColumn(_("To be looked at again on"), lambda row: row.review_on, key="kijken", order=("review_on", "id")),
        ListColumn(_("Why this position"), lambda row: row.reasons, file_only=True),
        ListColumn(_("Does not hold any more from"), lambda row: row.ended_on, file_only=True),
    ),
    default_order="functie",
)
