"""The lists of norms: columns on screen and in files."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.spreadsheets.writing import Value
from openintegriteit.policy.obligations import Obligation
from openintegriteit.policy.plans import TAGS, state_of
from openintegriteit.ui.listing import ListColumn, Listing

# The rows carry what policy.queries.with_version_in_force adds.
REGULATIONS: Listing[Any] = Listing(
    name="regelingen",
    columns=(
        ListColumn(_("Regulation"), lambda row: row.title, key="titel", order="title"),
        ListColumn(_("Kind"), lambda row: row.get_kind_display(), key="soort", order="kind"),
        ListColumn(_("For whom"), lambda row: row.get_audience_display(), key="doelgroep", order="audience"),
        ListColumn(_("In force from"), lambda row: row.version_in_force_on),
        ListColumn(_("Review before"), lambda row: row.review_due_on, key="herzien", order="review_due_on"),
        ListColumn(_("Version"), lambda row: row.version_label, file_only=True),
        ListColumn(_("Adopted on"), lambda row: row.version_adopted_on, file_only=True),
        ListColumn(_("Note"), lambda row: row.note, file_only=True),
    ),
    default_order="titel",
)

# The rows carry what PolicyPlanQuerySet.with_replaced adds.
PLANS: Listing[Any] = Listing(
    name="beleidsplannen",
    columns=(
        ListColumn(_("Policy plan"), lambda row: row.title, key="titel", order="title"),
        ListColumn(_("Version"), lambda row: row.edition, key="versie", order=("title", "edition"), numeric=True),
        ListColumn(_("How it stands"), lambda row: TAGS[state_of(row)][1]),
        ListColumn(_("Adopted by"), lambda row: row.adopted_by, key="door", order="adopted_by"),
        ListColumn(_("Adopted on"), lambda row: row.adopted_on, key="op", order="adopted_on"),
        ListColumn(_("Active policy since"), lambda row: row.policy_since, file_only=True),
        ListColumn(_("Vision"), lambda row: row.vision, file_only=True),
        ListColumn(_("Definitions"), lambda row: row.definitions, file_only=True),
        ListColumn(_("Ambitions"), lambda row: row.ambitions, file_only=True),
        ListColumn(_("How we follow it"), lambda row: row.monitoring, file_only=True),
        ListColumn(_("Chapters"), lambda row: row.chapters, file_only=True),
        ListColumn(_("Note"), lambda row: row.note, file_only=True),
    ),
    default_order="-op",
)

OBLIGATION_HEADS = (
    _("Law"),
    _("Place in the law"),
    _("Who"),
    _("What the law asks"),
    _("Term"),
    _("How you see it"),
    _("In force"),
    _("Text of the law"),
)


def obligation_cells(obligation: Obligation) -> tuple[Value, ...]:
    """An obligation as a row of a file, under the heads above."""
    in_force = gettext("not yet") if obligation.not_yet_in_force else gettext("yes")
    return (
        obligation.law,
        obligation.place,
        obligation.who,
        obligation.what,
        obligation.term,
        obligation.checked_by,
        in_force,
        obligation.address,
    )
