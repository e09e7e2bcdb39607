"""Writing a plan: everything or nothing, in one short transaction, with an entry in the event log for every row."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction

from openintegriteit.core.roles import Actor
from openintegriteit.event_log.operations import Event, record_many
from openintegriteit.organisations.importers.plan import Change, Options, Plan, make_plan
from openintegriteit.organisations.importers.reading import FileContents
from openintegriteit.organisations.importers.records import PERSON_FIELDS, Records, load_records
from openintegriteit.organisations.models import Appointment, Organisation, Person, Position, Unit
from openintegriteit.organisations.permissions import POLICY

BATCH = 1000
UNIT_COLUMNS = ("name", "parent", "version", "changed_at")
PERSON_COLUMNS = (*PERSON_FIELDS, "search_text", "unit", "manager", "version", "changed_at")
APPOINTMENT_COLUMNS = ("position", "fte", "ended_on")
LOGGED = {"added": "created", "changed": "changed", "ended": "ended"}


class PlanChanged(Exception):
    """The plan is no longer the one that was previewed, or holds mistakes. Carries the plan as it is now."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("the plan is not the one that was previewed")
        self.plan = plan


@transaction.atomic
def apply_people(*, actor: Actor, contents: FileContents, options: Options, expected: str) -> Plan:
    """Carry out the plan whose fingerprint was previewed, and return it.

    The plan is made anew under a lock on the body and its people, so two imports come after each other. Raises
    PlanChanged, with nothing written, when the plan has another fingerprint by now or holds mistakes.
    """
    POLICY.require(actor, "import_people")
    body = Organisation.objects.select_for_update(no_key=True).get(pk=str(actor.organisation_id))
    records = load_records(lock=True)
    plan = make_plan(contents, records, options)
    if plan.errors or plan.fingerprint != expected:
        raise PlanChanged(plan)
    if plan.changes_something:
        _Writing(body.pk, records, plan).write()
        record_many(actor=actor, events=_events(plan, records, body))
    return plan


@dataclass
class _Writing:
    """The rows of one plan, gathered first and then written in bulk."""

    organisation_id: uuid.UUID
    records: Records
    plan: Plan
    appointments: list[Appointment] = field(default_factory=list)
    new_positions: list[Position] = field(default_factory=list)

    def write(self) -> None:
        """Units, people, positions and appointments, in that order; one statement per batch of rows."""
        units, people = self._units(), self._people()
        for change in self.plan.people:
            self._appoint(change)
        Unit.objects.bulk_create(units, BATCH, update_conflicts=True, unique_fields=["id"], update_fields=UNIT_COLUMNS)
        Person.objects.bulk_create(
            people, BATCH, update_conflicts=True, unique_fields=["id"], update_fields=PERSON_COLUMNS
        )
        Position.objects.bulk_create(self.new_positions, BATCH)
        Appointment.objects.bulk_create(
            self.appointments, BATCH, update_conflicts=True, unique_fields=["id"], update_fields=APPOINTMENT_COLUMNS
        )

    def _units(self) -> list[Unit]:
        rows = self.records.unit_rows
        for change in self.plan.units:
            _add_or_count(rows, change, Unit(organisation_id=self.organisation_id, code=change.key))
            rows[change.key].name = change.wanted["name"]
        for change in self.plan.units:
            parent = change.wanted["parent"]
            rows[change.key].parent = rows[parent] if parent else None
        return [rows[change.key] for change in self.plan.units]

    def _people(self) -> list[Person]:
        rows = self.records.person_rows
        for change in self.plan.people:
            _add_or_count(rows, change, Person(organisation_id=self.organisation_id, personnel_number=change.key))
        for change in self.plan.people:
            self._fill(rows[change.key], change)
        return [rows[change.key] for change in self.plan.people]

    def _fill(self, person: Person, change: Change) -> None:
        for name in PERSON_FIELDS:
            setattr(person, name, change.wanted[name])
        unit, manager = change.wanted["unit"], change.wanted["manager"]
        person.unit = self.records.unit_rows[unit] if unit else None
        person.manager = self.records.person_rows[manager] if manager else None

    def _appoint(self, change: Change) -> None:
        """Move somebody to another position from the effective day on, or amend the one they hold."""
        wanted, effective_on = change.wanted, self.plan.options.effective_on
        current = self.records.current.get(change.key)
        if current is None:
            if wanted["position"] and not _has_left(wanted["ended_on"], effective_on, change):
                started_on = wanted["started_on"] if change.action == "added" else effective_on
                self.appointments.append(self._new_appointment(change, started_on))
            return
        self.appointments.append(current)
        stays = wanted["position"] == current.position.title and not _changes(change, "unit")
        if stays or _has_left(wanted["ended_on"], effective_on, change):
            current.fte, current.ended_on = wanted["fte"], _not_before(current.started_on, wanted["ended_on"])
        elif wanted["position"] and current.started_on is not None and current.started_on >= effective_on:
            current.position, current.fte = self._position(change), wanted["fte"]
            current.ended_on = _not_before(current.started_on, wanted["ended_on"])
        else:
            current.ended_on = _not_before(current.started_on, effective_on - timedelta(days=1))
            if wanted["position"]:
                self.appointments.append(self._new_appointment(change, effective_on))

    def _new_appointment(self, change: Change, started_on: date | None) -> Appointment:
        return Appointment(
            organisation_id=self.organisation_id,
            person=self.records.person_rows[change.key],
            position=self._position(change),
            fte=change.wanted["fte"],
            started_on=started_on,
            ended_on=_not_before(started_on, change.wanted["ended_on"]),
        )

    def _position(self, change: Change) -> Position:
        title, code = change.wanted["position"], change.wanted["unit"]
        known = self.records.positions
        if (title, code) not in known:
            unit = self.records.unit_rows[code] if code else None
            known[title, code] = Position(organisation_id=self.organisation_id, title=title, unit=unit)
            self.new_positions.append(known[title, code])
        return known[title, code]


def _add_or_count[Row: (Unit, Person)](rows: dict[str, Row], change: Change, new: Row) -> None:
    """Put a new row among the known ones, or count the change of the known one."""
    if change.action == "added":
        rows[change.key] = new
    else:
        rows[change.key].version += 1


def _changes(change: Change, name: str) -> bool:
    return any(difference.field == name for difference in change.differences)


def _has_left(ended_on: date | None, effective_on: date, change: Change) -> bool:
    return change.action != "added" and ended_on is not None and ended_on < effective_on


def _not_before(started_on: date | None, ended_on: date | None) -> date | None:
    return max(started_on, ended_on) if started_on and ended_on else ended_on


def _events(plan: Plan, records: Records, body: Organisation) -> Iterable[Event]:
    """One entry a row, and one for the whole. They name the fields that changed, not what was in them."""
    for change in plan.units:
        yield _event("unit", change, records.unit_rows[change.key])
    for change in plan.people:
        yield _event("person", change, records.person_rows[change.key])
    counts = {action: len(plan.people_who_are(action)) for action in LOGGED}
    yield Event("people.imported", body, details={**counts, "units": len(plan.units)})


def _event(kind: str, change: Change, row: Unit | Person) -> Event:
    fields = [difference.field for difference in change.differences]
    return Event(f"{kind}.{LOGGED[change.action]}", row, change.key, {"fields": fields})
