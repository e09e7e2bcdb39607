"""What is recorded about units and people, in the terms of the file: codes, personnel numbers and titles."""

from dataclasses import dataclass
from typing import Any

from openintegriteit.organisations.models import Appointment, Person, Position, Unit

type State = dict[str, Any]

PERSON_FIELDS = ("given_name", "infix", "family_name", "email", "kind", "started_on", "ended_on")


@dataclass(frozen=True, slots=True)
class Records:
    """Everything recorded that a file can touch: the rows themselves, and their state in the terms of the file."""

    units: dict[str, State]
    people: dict[str, State]
    unit_rows: dict[str, Unit]
    person_rows: dict[str, Person]
    current: dict[str, Appointment]  # by personnel number: the position that somebody holds, or held until the end
    positions: dict[tuple[str, str | None], Position]  # by title and code of the unit


def load_records(*, lock: bool = False) -> Records:
    """Read units, people and positions of the body in scope: four queries.

    `lock` holds the people until the end of the transaction, so that nobody changes one while a plan is applied.
    """
    units = {unit.code: unit for unit in Unit.objects.all()}
    codes = {unit.pk: code for code, unit in units.items()}
    people = Person.objects.order_by("personnel_number")
    rows = {person.personnel_number: person for person in (people.select_for_update(no_key=True) if lock else people)}
    numbers = {person.pk: number for number, person in rows.items()}
    current = _current_appointments(rows, numbers)
    return Records(
        units={code: {"name": unit.name, "parent": codes.get(unit.parent_id)} for code, unit in units.items()},
        people={number: _state(person, current.get(number), codes, numbers) for number, person in rows.items()},
        unit_rows=units,
        person_rows=rows,
        current=current,
        positions={(row.title, codes.get(row.unit_id)): row for row in Position.objects.all()},
    )


def _current_appointments(rows: dict[str, Person], numbers: dict[Any, str]) -> dict[str, Appointment]:
    """The last appointment of each person, where it still runs or ended with their employment."""
    last: dict[str, Appointment] = {}
    for appointment in Appointment.objects.select_related("position"):
        number = numbers[appointment.person_id]
        if number not in last or _order(appointment) > _order(last[number]):
            last[number] = appointment
    return {
        number: appointment
        for number, appointment in last.items()
        if appointment.ended_on is None or appointment.ended_on == rows[number].ended_on
    }


def _order(appointment: Appointment) -> tuple[bool, str, str]:
    return appointment.ended_on is None, str(appointment.started_on or ""), str(appointment.pk)


def _state(person: Person, appointment: Appointment | None, codes: dict[Any, str], numbers: dict[Any, str]) -> State:
    return {name: getattr(person, name) for name in PERSON_FIELDS} | {
        "unit": codes.get(person.unit_id),
        "manager": numbers.get(person.manager_id),
        "position": appointment.position.title if appointment else "",
        "fte": appointment.fte if appointment else None,
    }
