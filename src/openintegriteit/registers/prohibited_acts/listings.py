"""The list of what may be prohibited acts: columns on screen and in files."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from openintegriteit.ui.listing import ListColumn, Listing

ACTS: Listing[Any] = Listing(
    name="verboden-handelingen",
    columns=(
        ListColumn(_("Person"), lambda row: row.person.full_name),
        ListColumn(_("What it is about"), lambda row: row.title, key="waarover", order=("title", "id")),
        ListColumn(_("Who"), lambda row: row.get_regime_display()),
        ListColumn(_("Which act"), lambda row: row.prohibited_act.get_act_display()),
        ListColumn(_("Since"), lambda row: row.starts_on, key="sinds", order=("starts_on", "id")),
        ListColumn(_("Until"), lambda row: row.ends_on, file_only=True),
        ListColumn(_("Declared on"), lambda row: row.declared_on, key="opgegeven", order=("declared_on", "id")),
    ),
    default_order="-opgegeven",
)
