"""The list of imposed secrecy: columns on screen and in files."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openintegriteit.registers.secrecy.law import Law, ground_in_words
from openintegriteit.ui.listing import ListColumn, Listing


def secrecy_listing(law: Law) -> Listing[Any]:
    """The list, in which the offices have the names that this law gives them."""
    return Listing(
        name="geheimhouding",
        columns=(
            ListColumn(_("Subject"), lambda row: row.subject),
            ListColumn(_("Kind"), lambda row: row.get_kind_display(), key="soort", order=("kind", "imposed_on", "id")),
            ListColumn(_("Reference"), lambda row: row.reference, file_only=True),
            ListColumn(_("Imposed by"), law.imposer_of),
            ListColumn(_("Imposed on"), lambda row: row.imposed_on, key="opgelegd", order=("imposed_on", "id")),
            ListColumn(_("Interest"), lambda row: ground_in_words(row.ground), file_only=True),
            ListColumn(_("Marked or told on"), lambda row: row.marked_on, key="vermeld", order=("marked_on", "id")),
            ListColumn(_("How"), lambda row: row.marking, file_only=True),
            ListColumn(_("Given to the representative body on"), lambda row: row.given_on, file_only=True),
            ListColumn(_("Given to a committee on"), lambda row: row.given_to_committee_on, file_only=True),
            ListColumn(_("Next meeting of the representative body"), lambda row: row.meeting_on, file_only=True),
            ListColumn(
                _("Confirmed in that meeting"),
                lambda row: (gettext("yes") if row.is_confirmed else gettext("no")) if row.meeting_on else "",
                file_only=True,
            ),
            ListColumn(_("Which groups know it"), lambda row: row.known_to, file_only=True),
            ListColumn(
                _("To be looked at again on"), lambda row: row.review_on, key="kijken", order=("review_on", "id")
            ),
            ListColumn(_("Lifted on"), lambda row: row.lifted_on, key="opgeheven", order=("lifted_on", "id")),
            ListColumn(
                _("Lifted by"),
                lambda row: law.lifters_by_name(row).get(row.lifted_by, ""),
                file_only=True,
            ),
            ListColumn(_("Reference of the decision"), lambda row: row.lifting_reference, file_only=True),
            ListColumn(_("Recorded by"), lambda row: row.recorded_by, file_only=True),
            ListColumn(_("Withdrawn on"), lambda row: row.withdrawn_on, file_only=True),
            ListColumn(_("Why it is withdrawn"), lambda row: row.withdrawn_because, file_only=True),
        ),
        default_order="-opgelegd",
    )
