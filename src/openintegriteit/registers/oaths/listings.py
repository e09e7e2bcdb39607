"""The lists of who owes an oath, of what was taken and of ceremonies: columns on screen and in files."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openintegriteit.ui.listing import ListColumn, Listing

OWING: Listing[Any] = Listing(
    name="nog-geen-eed",
    columns=(
        ListColumn(_("Name"), lambda row: row.full_name, key="naam", order=("family_name", "given_name", "id")),
        ListColumn(_("Personnel number"), lambda row: row.personnel_number, file_only=True),
        ListColumn(_("Kind"), lambda row: row.get_kind_display(), key="soort", order=("kind", "family_name", "id")),
        ListColumn(_("Department or team"), lambda row: row.unit.name if row.unit else ""),
        ListColumn(
            _("Works here since"), lambda row: row.started_on, key="sinds", order=("started_on", "family_name", "id")
        ),
        ListColumn(_("Email address"), lambda row: row.email, file_only=True),
        ListColumn(
            _("Of an earlier term"), lambda row: gettext("yes") if row.was_taken else gettext("no"), file_only=True
        ),
    ),
    default_order="naam",
)
TAKEN: Listing[Any] = Listing(
    name="eden-en-verklaringen",
    columns=(
        ListColumn(_("Name"), lambda row: row.person.full_name),
        ListColumn(_("Personnel number"), lambda row: row.person.personnel_number, file_only=True),
        ListColumn(_("Group"), lambda row: row.get_for_whom_display()),
        ListColumn(_("What was taken"), lambda row: row.get_form_display()),
        ListColumn(_("Taken on"), lambda row: row.taken_on, key="dag", order=("taken_on", "id")),
        ListColumn(_("Before whom"), lambda row: row.before_whom),
        ListColumn(_("Meeting or occasion"), lambda row: row.occasion, file_only=True),
        ListColumn(_("How"), lambda row: row.get_how_display(), file_only=True),
        ListColumn(_("Words that were used"), lambda row: row.text.label if row.text else "", file_only=True),
        ListColumn(_("Recorded by"), lambda row: row.recorded_by, file_only=True),
        ListColumn(_("Withdrawn on"), lambda row: row.withdrawn_on, file_only=True),
        ListColumn(_("Why this was a mistake"), lambda row: row.withdrawn_because, file_only=True),
    ),
    default_order="-dag",
)
CEREMONIES: Listing[Any] = Listing(
    name="bijeenkomsten",
    columns=(
        ListColumn(_("Ceremony"), lambda row: row.activity.title, key="naam", order=("activity__title", "id")),
        ListColumn(_("Day"), lambda row: row.activity.starts_on, key="dag", order=("activity__starts_on", "id")),
        ListColumn(_("Place"), lambda row: row.place),
        ListColumn(_("On the list"), lambda row: row.listed, numeric=True),
        ListColumn(_("Was there"), lambda row: row.present, numeric=True),
        ListColumn(_("Status"), lambda row: row.activity.get_status_display()),
        ListColumn(_("Before whom"), lambda row: row.before_whom, file_only=True),
        ListColumn(_("In whose presence"), lambda row: row.in_presence_of, file_only=True),
    ),
    default_order="-dag",
)
