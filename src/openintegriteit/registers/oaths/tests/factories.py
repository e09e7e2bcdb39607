"""Oaths and their texts for tests."""

from datetime import date
from typing import Any

from openintegriteit.core.clock import today
from openintegriteit.organisations.models import Organisation, Person
from openintegriteit.programme.models import ActivityKind
from openintegriteit.programme.tests.factories import activity
from openintegriteit.registers.oaths.models import Attendance, Ceremony, ForWhom, How, Oath, OathForm, OathText
from openintegriteit.registers.oaths.rules import for_whom_of


def oath(organisation: Organisation, person: Person, **values: Any) -> Oath:
    """What the person took, as what they are now, unless the values say otherwise."""
    for_whom = values.pop("for_whom", for_whom_of(person.kind))
    statement = for_whom == ForWhom.NOT_EMPLOYED
    given: dict[str, Any] = {
        "form": OathForm.STATEMENT if statement else OathForm.AFFIRMATION,
        "taken_on": date(2026, 1, 5),
        "how": How.PAPER,
    }
    made: Oath = Oath.objects.create(organisation=organisation, person=person, for_whom=for_whom, **given | values)
    return made


def words(organisation: Organisation, for_whom: str = ForWhom.NOT_EMPLOYED, **values: Any) -> OathText:
    """Words that hold for a group."""
    given = {"label": "Verklaring", "text": "Ik werk eerlijk.", "in_force_from": date(2026, 1, 1)}
    made: OathText = OathText.objects.create(organisation=organisation, for_whom=for_whom, **given | values)
    return made


def ceremony(organisation: Organisation, **values: Any) -> Ceremony:
    """A ceremony with its activity, which is planned for today unless the values say otherwise."""
    day = values.pop("starts_on", today())
    about = activity(organisation, title="Ambtseed", kind=ActivityKind.CEREMONY, pillar=4, starts_on=day, year=day.year)
    made: Ceremony = Ceremony.objects.create(organisation=organisation, activity=about, **{"place": "Zaal"} | values)
    return made


def on_list(held: Ceremony, *people: Person) -> None:
    """Put people on the list of a ceremony, as nobody mailed them."""
    for person in people:
        Attendance.objects.create(organisation_id=held.organisation_id, ceremony=held, person=person)
