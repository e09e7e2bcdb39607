"""The list of deputies: columns on screen and in files."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from openintegriteit.ui.listing import ListColumn, Listing

DEPUTIES: Listing[Any] = Listing(
    name="vervangers",
    columns=(
        ListColumn(
            _("For whom"),
            lambda row: row.leader.full_name,
            key="voor",
            order=("leader__family_name", "leader__given_name", "starts_on", "id"),
        ),
        ListColumn(_("Who stands in"), lambda row: row.deputy.full_name),
        ListColumn(_("First day"), lambda row: row.starts_on, key="vanaf", order=("starts_on", "id")),
        ListColumn(_("Last day"), lambda row: row.ends_on, key="tot", order=("ends_on", "id")),
    ),
    default_order="-vanaf",
)
