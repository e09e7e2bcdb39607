"""Units and people for tests and for measuring: one at a time, or thousands in bulk."""

from datetime import date

import factory

from openintegriteit.organisations.models import Appointment, Organisation, Person, Position, Unit

GIVEN_NAMES = ("Samira", "Johan", "Noor", "Ali", "Ewa", "Kenji", "Fenna", "Özlem", "Daan", "Grace")
FAMILY_NAMES = ("Amrani", "Visser", "Jansen", "Yılmaz", "Kowalska", "Bakker", "Tanaka", "Ramdin", "Groot", "Smit")
BATCH = 2000


class UnitFactory(factory.django.DjangoModelFactory[Unit]):
    """A unit at the top of the tree."""

    class Meta:
        model = Unit

    code = factory.Sequence(lambda number: f"E{number}")
    name = factory.Sequence(lambda number: f"Eenheid {number}")


class PersonFactory(factory.django.DjangoModelFactory[Person]):
    """An official who still works here."""

    class Meta:
        model = Person

    personnel_number = factory.Sequence(lambda number: f"9{number:06}")
    given_name = factory.Iterator(GIVEN_NAMES)
    family_name = factory.Iterator(FAMILY_NAMES[:9])
    started_on = date(2020, 1, 1)


def make_people(organisation: Organisation, count: int, *, units: int = 20) -> list[Person]:
    """Units with people in them, each with a position; a few statements, within the scope of the body."""
    teams = [Unit(organisation=organisation, code=f"T{number}", name=f"Team {number}") for number in range(units)]
    posts = [Position(organisation=organisation, title="Medewerker", unit=team) for team in teams]
    people = [_person(organisation, number, teams) for number in range(count)]
    for number, person in enumerate(people):
        person.manager = people[number // 10] if number >= 10 else None
    held = [
        Appointment(
            organisation=organisation, person=person, position=posts[number % units], started_on=date(2020, 1, 1)
        )
        for number, person in enumerate(people)
    ]
    Unit.objects.bulk_create(teams)
    Position.objects.bulk_create(posts)
    Person.objects.bulk_create(people, BATCH)
    Appointment.objects.bulk_create(held, BATCH)
    return people


def _person(organisation: Organisation, number: int, teams: list[Unit]) -> Person:
    return Person(
        organisation=organisation,
        personnel_number=f"{100000 + number}",
        given_name=GIVEN_NAMES[number % 10],
        family_name=f"{FAMILY_NAMES[number // 10 % 10]} {number}",
        email=f"persoon{number}@proef.example",
        unit=teams[number % len(teams)],
        started_on=date(2020, 1, 1),
    )
