"""The list of outside positions: columns on screen and in files."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from openintegriteit.ui.listing import ListColumn, Listing

POSITIONS: Listing[Any] = Listing(
    name="nevenfuncties",
    columns=(
        ListColumn(_("Person"), lambda row: row.person.full_name),
        ListColumn(_("Position"), lambda row: row.title, key="functie", order=("title", "id")),
        ListColumn(_("Who"), lambda row: row.get_regime_display()),
        ListColumn(_("Paid"), lambda row: row.outside_position.get_is_paid_display()),
        ListColumn(_("Hours a week"), lambda row: row.outside_position.hours_a_week, numeric=True),
        ListColumn(_("Since"), lambda row: row.starts_on, file_only=True),
        ListColumn(_("Until"), lambda row: row.ends_on, file_only=True),
        ListColumn(_("Declared on"), lambda row: row.declared_on, key="opgegeven", order=("declared_on", "id")),
        ListColumn(_("Decision"), lambda row: row.outcome_today, key="besluit", order=("outcome", "id")),
        ListColumn(_("The decision holds until"), lambda row: row.holds_until, file_only=True),
        ListColumn(_("To be looked at again on"), lambda row: row.review_on, file_only=True),
    ),
    default_order="-opgegeven",
)
