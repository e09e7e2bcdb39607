"""The list of public lines: columns on screen and in files."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openintegriteit.publication.contents import BY_KEY
from openintegriteit.ui.listing import ListColumn, Listing

ENTRIES: Listing[Any] = Listing(
    name="openbare-regels",
    columns=(
        ListColumn(_("Line"), lambda row: row.title, key="regel", order=("title", "id")),
        ListColumn(_("Register"), lambda row: gettext(BY_KEY[row.register].title)),
        ListColumn(_("Public since"), lambda row: row.added_on, key="sinds", order=("added_on", "id")),
        ListColumn(_("Changed on"), lambda row: row.changed_on),
    ),
    default_order="regel",
)
