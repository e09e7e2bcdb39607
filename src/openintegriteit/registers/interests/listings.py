"""The lists of interests and of who has not answered: columns on screen and in files."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from openintegriteit.ui.listing import ListColumn, Listing

INTERESTS: Listing[Any] = Listing(
    name="financiele-belangen",
    columns=(
        ListColumn(_("Person"), lambda row: row.person.full_name),
        ListColumn(_("Interest"), lambda row: row.title, key="belang", order=("title", "id")),
        ListColumn(_("Who"), lambda row: row.get_regime_display()),
        ListColumn(_("Kind of interest"), lambda row: row.financial_interest.get_kind_display()),
        ListColumn(_("Whose it is"), lambda row: row.financial_interest.get_whose_display(), file_only=True),
        ListColumn(_("Since"), lambda row: row.starts_on, file_only=True),
        ListColumn(_("Until"), lambda row: row.ends_on, file_only=True),
        ListColumn(_("Declared on"), lambda row: row.declared_on, key="opgegeven", order=("declared_on", "id")),
        ListColumn(_("Decision"), lambda row: row.outcome_today, key="besluit", order=("outcome", "id")),
        ListColumn(_("The decision holds until"), lambda row: row.holds_until, file_only=True),
        ListColumn(_("To be looked at again on"), lambda row: row.review_on, file_only=True),
    ),
    default_order="-opgegeven",
)
UNANSWERED: Listing[Any] = Listing(
    name="belangen-nog-geen-antwoord",
    columns=(
        ListColumn(_("Person"), lambda row: row.full_name, key="naam", order=("family_name", "given_name", "id")),
        ListColumn(_("Position"), lambda row: ", ".join(post.position.title for post in row.appointments.all())),
        ListColumn(_("Department or team"), lambda row: row.unit.name if row.unit else ""),
        ListColumn(_("Manager"), lambda row: row.manager.full_name if row.manager else ""),
    ),
    default_order="naam",
)
