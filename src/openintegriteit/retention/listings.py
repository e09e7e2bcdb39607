"""The lists of destruction lists, of their records and of holds: columns on screen and in files."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from openintegriteit.ui.listing import ListColumn, Listing

LISTS: Listing[Any] = Listing(
    name="vernietigingslijsten",
    columns=(
        ListColumn(_("List"), lambda row: row.number, key="nummer", order="number"),
        ListColumn(_("Whose records"), lambda row: row.get_side_display()),
        ListColumn(_("Drawn up on"), lambda row: row.drawn_up_on, key="opgesteld", order=("drawn_up_on", "number")),
        ListColumn(_("Drawn up by"), lambda row: row.drawn_up_name),
        ListColumn(_("First agreement"), lambda row: row.first_name, file_only=True),
        ListColumn(_("First agreement on"), lambda row: row.first_on, file_only=True),
        ListColumn(_("Second agreement"), lambda row: row.second_name, file_only=True),
        ListColumn(_("Second agreement on"), lambda row: row.second_on, file_only=True),
        ListColumn(_("State"), lambda row: row.get_state_display(), key="stand", order=("state", "number")),
        ListColumn(_("Records"), lambda row: row.records_in_all, numeric=True),
        ListColumn(_("Destroyed"), lambda row: row.destroyed, numeric=True),
        ListColumn(_("Not destroyed"), lambda row: row.passed_over, numeric=True, file_only=True),
        ListColumn(_("Closed on"), lambda row: row.closed_on, file_only=True),
        ListColumn(_("Taken back because"), lambda row: row.refused_because, file_only=True),
    ),
    default_order="-nummer",
)
RECORDS: Listing[Any] = Listing(
    name="vernietigingslijst",
    columns=(
        ListColumn(_("What it is"), lambda row: row.words, key="wat", order=("words", "id")),
        ListColumn(_("Mark of the record"), lambda row: str(row.record), file_only=True),
        ListColumn(_("Term began on"), lambda row: row.began),
        ListColumn(_("Kept until"), lambda row: row.kept_until, key="bewaard-tot", order=("kept_until", "id")),
        ListColumn(_("On the ground of"), lambda row: row.rule.ground),
        ListColumn(_("What became of it"), lambda row: row.get_fate_display(), key="uitkomst", order=("fate", "id")),
        ListColumn(_("Why not"), lambda row: row.get_because_display(), file_only=True),
        ListColumn(_("Handled at"), lambda row: row.handled_at, file_only=True),
    ),
    default_order="bewaard-tot",
)
HOLDS: Listing[Any] = Listing(
    name="opschortingen",
    columns=(
        ListColumn(_("What is kept"), lambda row: row.label, key="wat", order=("label", "id")),
        ListColumn(_("Because of"), lambda row: row.get_cause_display()),
        ListColumn(_("Explanation"), lambda row: row.reason, file_only=True),
        ListColumn(_("Since"), lambda row: row.since, key="sinds", order=("since", "id")),
        ListColumn(_("Expected until"), lambda row: row.expected_until, key="tot", order=("expected_until", "id")),
        ListColumn(_("Set by"), lambda row: row.set_by),
        ListColumn(_("Ended on"), lambda row: row.ended_on, file_only=True),
        ListColumn(_("Ended by"), lambda row: row.ended_by, file_only=True),
        ListColumn(_("Why it ended"), lambda row: row.ended_because, file_only=True),
    ),
    default_order="-sinds",
)
