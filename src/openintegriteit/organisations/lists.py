"""The columns of the list of people, on screen and in files."""

from django.utils.translation import gettext_lazy as _

from openintegriteit.organisations.models import Person
from openintegriteit.ui.listing import ListColumn, Listing

PEOPLE: Listing[Person] = Listing(
    name="mensen",
    default_order="naam",
    columns=(
        ListColumn(_("Name"), lambda person: person.full_name, "naam", ("family_name", "given_name")),
        ListColumn(_("Personnel number"), lambda person: person.personnel_number, file_only=True),
        ListColumn(_("Kind"), lambda person: person.get_kind_display(), "soort", ("kind", "family_name", "given_name")),
        ListColumn(_("Position"), lambda person: person.position_title),  # type: ignore[attr-defined]
        ListColumn(_("Department or team"), lambda person: person.unit.name if person.unit else None),
        ListColumn(_("Manager"), lambda person: person.manager.full_name if person.manager else None),
        ListColumn(_("Email address"), lambda person: person.email, file_only=True),
        ListColumn(
            _("Started on"), lambda person: person.started_on, "in-dienst", ("started_on", "family_name"), numeric=True
        ),
        ListColumn(_("Left on"), lambda person: person.ended_on, file_only=True),
    ),
)
