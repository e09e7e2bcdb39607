"""The lists of campaigns: columns on screen and in files."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from openintegriteit.ui.listing import ListColumn, Listing
from openintegriteit.ui.tables import Column


def _day(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment else None


# The rows carry what campaigns.queries.with_numbers adds.
CAMPAIGNS: Listing[Any] = Listing(
    name="campagnes",
    columns=(
        ListColumn(_("Campaign"), lambda row: row.title, key="titel", order="title"),
        ListColumn(_("What it is about"), lambda row: row.subject_label, file_only=True),
        ListColumn(_("State"), lambda row: row.get_state_display(), key="stand", order="state"),
        ListColumn(_("Mails go out from"), lambda row: row.opens_on, key="vanaf", order="opens_on"),
        ListColumn(_("To be answered before"), lambda row: row.answer_before, key="voor", order="answer_before"),
        ListColumn(_("Asked"), lambda row: row.asked, numeric=True),
        ListColumn(_("Answered"), lambda row: row.answered, numeric=True),
    ),
    default_order="-vanaf",
)

INVITEES: Listing[Any] = Listing(
    name="wie-antwoordde",
    columns=(
        ListColumn(_("Person"), lambda row: row.person.full_name, key="naam", order="sort_name"),
        ListColumn(_("Personnel number"), lambda row: row.person.personnel_number, file_only=True),
        ListColumn(_("Department or team"), lambda row: row.unit_name, key="afdeling", order="unit_name"),
        ListColumn(_("Mailed"), lambda row: _day(row.invited_at)),
        ListColumn(_("Reminded"), lambda row: row.reminded_on),
        ListColumn(_("Answered on"), lambda row: _day(row.answered_at), key="geantwoord", order="answered_at"),
        ListColumn(_("How"), lambda row: row.get_route_display(), file_only=True),
    ),
    default_order="naam",
)

UNIT_COLUMNS = (
    Column(_("Department or team")),
    Column(_("Asked"), numeric=True),
    Column(_("Answered"), numeric=True),
    Column(_("Part"), numeric=True),
)
