"""The list of gifts and that of givers: columns on screen and in files."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from openintegriteit.ui.listing import ListColumn, Listing
from openintegriteit.ui.tables import Column

GIFTS: Listing[Any] = Listing(
    name="geschenken",
    columns=(
        ListColumn(_("Person"), lambda row: row.person.full_name),
        ListColumn(_("What"), lambda row: row.title, key="wat", order=("title", "id")),
        ListColumn(_("Who"), lambda row: row.get_regime_display()),
        ListColumn(_("Kind"), lambda row: row.gift.get_kind_display(), file_only=True),
        ListColumn(_("Organisation of the giver"), lambda row: row.gift.giver_organisation, file_only=True),
        ListColumn(_("Person who gives"), lambda row: row.gift.giver_person, file_only=True),
        ListColumn(_("Relation to the work or office"), lambda row: row.gift.relation, file_only=True),
        ListColumn(_("Value"), lambda row: row.gift.value, numeric=True),
        ListColumn(_("Occasion"), lambda row: row.gift.occasion, file_only=True),
        ListColumn(_("Offered on"), lambda row: row.starts_on, key="aangeboden", order=("starts_on", "id")),
        ListColumn(_("Where"), lambda row: row.gift.get_received_at_display(), file_only=True),
        ListColumn(_("Declared on"), lambda row: row.declared_on, file_only=True),
        ListColumn(_("What happened with it"), lambda row: row.gift.get_answer_display()),
        ListColumn(_("Decision"), lambda row: row.outcome_today, key="besluit", order=("outcome", "id")),
        ListColumn(_("The decision holds until"), lambda row: row.holds_until, file_only=True),
    ),
    default_order="-aangeboden",
)

GIVER_COLUMNS = (
    Column(_("Giver"), "gever"),
    Column(_("Offered to")),
    Column(_("Number of offers"), "aantal", numeric=True),
    Column(_("Total value"), "waarde", numeric=True),
    Column(_("First offered")),
    Column(_("Last offered"), "laatst"),
)
GIVER_ORDER = {"gever": "giver_key", "aantal": "number", "waarde": "total", "laatst": "last"}
