"""Meetings, subjects, suggestions, abstentions and exemptions, for tests; call them within the scope of the body."""

from datetime import date, timedelta
from typing import Any

from openintegriteit.core.clock import today
from openintegriteit.organisations.models import Organisation, Person, PersonKind
from openintegriteit.registers.abstentions.models import (
    Abstention,
    Exemption,
    Meeting,
    Subject,
    Suggestion,
)
from openintegriteit.registers.outside_positions.tests.factories import position

CLUB = "Lease of the club house to Roeiclub Meerkoet"


def meeting(organisation: Organisation, *titles: str, **values: Any) -> Meeting:
    """A council meeting in a week with these subjects, not yet laid beside anything."""
    given: dict[str, Any] = {"body": "representative", "title": "Raadsvergadering"}
    given["held_on"] = today() + timedelta(days=7)
    made: Meeting = Meeting.objects.create(organisation=organisation, **given | values)
    for place, title in enumerate(titles, start=1):
        Subject.objects.create(organisation=organisation, meeting=made, place=place, number=str(place), title=title)
    return made


def on_the_board(organisation: Organisation, person: Person, where: str = "Roeiclub Meerkoet", **values: Any) -> Any:
    """What a member declared: a place on the board of a club. `values` are those of the declaration."""
    return position(organisation, person, detail={"where": where}, **values).declaration


def suggestion(organisation: Organisation, person: Person, about: Subject, **values: Any) -> Suggestion:
    """That the subject looks like what the person declared."""
    declaration = values.pop("declaration", None) or on_the_board(organisation, person)
    made: Suggestion = Suggestion.objects.create(
        organisation=organisation,
        person=person,
        subject=about,
        declaration=declaration,
        **{"words": "meerkoet"} | values,
    )
    return made


def abstention(organisation: Organisation, person: Person, about: Subject, **values: Any) -> Abstention:
    """That the person did not take part in the subject."""
    given = {"reason": "Zit in het bestuur", "state": "recorded", "recorded_by": "Griffier", "recorded_on": today()}
    made: Abstention = Abstention.objects.create(
        organisation=organisation, person=person, subject=about, **given | values
    )
    return made


def exemption(organisation: Organisation, person: Person, **values: Any) -> Exemption:
    """That the person may lease something from the municipality."""
    given = {
        "act": "lease",
        "about": "Huur van een weiland",
        "granted_by": "kings_commissioner" if person.kind == PersonKind.CHAIR else "provincial_executive",
        "granted_on": date(2026, 1, 5),
        "recorded_by": "Griffier",
    }
    made: Exemption = Exemption.objects.create(organisation=organisation, person=person, **given | values)
    return made
