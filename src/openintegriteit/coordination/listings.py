"""The list of advice: columns on screen and in files."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from openintegriteit.coordination.models import Advice
from openintegriteit.ui.listing import ListColumn, Listing


def advice_listing(themes: Mapping[str, str]) -> Listing[Advice]:
    """The list, with the names of the themes of the body."""
    return Listing(
        name="adviezen",
        columns=(
            ListColumn(_("Date"), lambda row: row.day, key="datum", order=("day", "id")),
            ListColumn(
                _("Theme"), lambda row: themes.get(row.theme, row.theme), key="thema", order=("theme", "day", "id")
            ),
            ListColumn(
                _("Asked or unasked"),
                lambda row: row.get_initiative_display(),
                key="soort",
                order=("initiative", "day", "id"),
            ),
            ListColumn(
                _("Function"), lambda row: row.get_function_display(), key="functie", order=("function", "day", "id")
            ),
            ListColumn(_("Hours"), lambda row: row.hours, numeric=True),
            ListColumn(_("Follow-up before"), lambda row: row.follow_up_on, key="opvolging", order="follow_up_on"),
            ListColumn(_("Question in general"), lambda row: row.question, file_only=True),
            ListColumn(_("Advice in short"), lambda row: row.advice, file_only=True),
            ListColumn(_("Follow-up"), lambda row: row.follow_up, file_only=True),
            ListColumn(_("Follow-up done on"), lambda row: row.followed_up_on, file_only=True),
        ),
        default_order="-datum",
    )
