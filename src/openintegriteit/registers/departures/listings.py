"""The lists of who left without a record and of departures: columns on screen and in files."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from openintegriteit.registers.departures.models import CoolingOffRule
from openintegriteit.registers.departures.rules import term_of
from openintegriteit.ui.listing import ListColumn, Listing

UNRECORDED: Listing[Any] = Listing(
    name="vertrokken-niet-vastgelegd",
    columns=(
        ListColumn(_("Name"), lambda row: row.full_name, key="naam", order=("family_name", "given_name", "id")),
        ListColumn(_("Personnel number"), lambda row: row.personnel_number, file_only=True),
        ListColumn(_("Kind"), lambda row: row.get_kind_display(), key="soort", order=("kind", "family_name", "id")),
        ListColumn(_("Department or team"), lambda row: row.unit.name if row.unit else ""),
        ListColumn(_("Last day"), lambda row: row.left_on, key="dag", order=("left_on", "id")),
    ),
    default_order="-dag",
)


def departures_listing(rules: Sequence[CoolingOffRule]) -> Listing[Any]:
    """The list of departures, with the term that these rules set."""

    def not_before(row: Any) -> Any:
        term = term_of(row.kind, row.left_on, rules)
        return term.free_from if term else None

    return Listing(
        name="vertrek",
        columns=(
            ListColumn(_("Name"), lambda row: row.person.full_name),
            ListColumn(_("Personnel number"), lambda row: row.person.personnel_number, file_only=True),
            ListColumn(_("Left as"), lambda row: row.get_kind_display()),
            ListColumn(_("Last day"), lambda row: row.left_on, key="dag", order=("left_on", "id")),
            ListColumn(_("Exit talk"), lambda row: row.get_talk_display()),
            ListColumn(_("Talk held on"), lambda row: row.talk_on, file_only=True),
            ListColumn(_("Talk held by"), lambda row: row.talk_by, file_only=True),
            ListColumn(
                _("Reminded of secrecy"), lambda row: row.reminded_on, key="geheim", order=("reminded_on", "id")
            ),
            ListColumn(_("Still to be done"), lambda row: ", ".join(row.still_open())),
            ListColumn(_("May be hired again from"), not_before, file_only=True),
            ListColumn(_("Recorded by"), lambda row: row.recorded_by, file_only=True),
            ListColumn(_("Withdrawn on"), lambda row: row.withdrawn_on, file_only=True),
            ListColumn(_("Why this was a mistake"), lambda row: row.withdrawn_because, file_only=True),
        ),
        default_order="-dag",
    )
