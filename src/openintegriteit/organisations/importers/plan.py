"""What a file would change: its rows compared with the records, field by field, before anything is written."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openintegriteit.core.spreadsheets.columns import TableError, TableRow
from openintegriteit.core.spreadsheets.values import to_text
from openintegriteit.core.spreadsheets.workbook import plain
from openintegriteit.core.staged_uploads import fingerprint
from openintegriteit.organisations.importers.columns import KINDS, PEOPLE_COLUMNS, UNIT_COLUMNS, UNITS_SHEET
from openintegriteit.organisations.importers.reading import FileContents
from openintegriteit.organisations.importers.records import Records, State
from openintegriteit.organisations.models import PersonKind
from openintegriteit.organisations.rules import (
    STAFF_KINDS,
    cycles,
    ends_before_it_starts,
    looks_like_citizen_service_number,
)

LABELS = {column.key: str(column.name) for column in PEOPLE_COLUMNS}
UNIT_LABELS = {column.key: str(column.name) for column in UNIT_COLUMNS}
KIND_LABELS = {str(kind): label for kind, label in KINDS}
EMPTY_PERSON: State = {
    "given_name": "",
    "infix": "",
    "family_name": "",
    "email": "",
    "kind": str(PersonKind.OFFICIAL),
    "position": "",
    "unit": None,
    "manager": None,
    "started_on": None,
    "ended_on": None,
    "fte": None,
}
HUNDREDTH = Decimal("0.01")
MANY = 4  # more than one in four leaving is worth a second look


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is applied: from which day changes of position hold, and whether who is not in the file has left."""

    effective_on: date
    end_absent: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that changes, as people read it."""

    field: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """A unit or person that is added or changes. `key` is its code or number, `wanted` how it will be."""

    key: str
    name: str
    action: Literal["added", "changed", "ended"]
    differences: tuple[Difference, ...]
    wanted: State


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a file would do. With errors nothing may be applied."""

    options: Options
    units: tuple[Change, ...] = ()
    people: tuple[Change, ...] = ()
    unchanged: int = 0
    errors: tuple[TableError, ...] = ()
    warnings: tuple[str, ...] = ()
    unused_columns: tuple[str, ...] = ()

    def people_who_are(self, action: str) -> list[Change]:
        """The people who are added, changed or ended."""
        return [change for change in self.people if change.action == action]

    @property
    def changes_something(self) -> bool:
        """Whether applying would write anything."""
        return bool(self.units or self.people)

    @property
    def fingerprint(self) -> str:
        """A short name of this plan: another one means that file, options or records have changed."""
        changes = (
            [change.key, change.action, [(each.field, each.before, each.after) for each in change.differences]]
            for change in (*self.units, *self.people)
        )
        return fingerprint([[self.options.effective_on, self.options.end_absent], *changes])


def make_plan(contents: FileContents, records: Records, options: Options) -> Plan:
    """Compare what a file says with what is recorded; writes nothing.

    Columns that the file does not have stay as they are; an empty cell empties the field. Units that are not in the
    file stay.
    """
    errors = list(contents.errors)
    wanted_units = {str(row.values["code"]): _wanted_unit(row) for row in contents.units}
    errors += _unit_errors(contents, records, wanted_units)
    finder = UnitFinder(records.units | wanted_units)
    wanted_people: dict[str, State] = {}
    for row in contents.people:
        wanted, problems = _wanted_person(row, contents, records, finder, options)
        wanted_people[str(row.values["personnel_number"])] = wanted
        errors += problems
    errors += _manager_cycles(contents, records, wanted_people)
    units = list(_changes(wanted_units, records.units, _unit_change))
    people = list(_changes(wanted_people, records.people, _person_change))
    if options.end_absent:
        people += _absent(contents, records, wanted_people, options)
    return Plan(
        options=options,
        units=tuple(units),
        people=tuple(people),
        unchanged=len(wanted_people) - sum(change.key in wanted_people for change in people),
        errors=tuple(sorted(errors, key=lambda error: (error.sheet, error.row or 0))),
        warnings=(*contents.warnings, *_warnings(contents, records, people)),
        unused_columns=contents.unused_columns,
    )


class UnitFinder:
    """Finds the unit that a cell means: by its code, or else by a name that only one unit has."""

    def __init__(self, units: Mapping[str, State]) -> None:
        self._codes = {plain(code): code for code in units}
        self._names: dict[str, set[str]] = {}
        for code, unit in units.items():
            self._names.setdefault(plain(unit["name"]), set()).add(code)

    def code_of(self, text: str) -> str:
        """The code of the unit. Raises ValueError with a sentence for the user."""
        if (code := self._codes.get(plain(text))) is not None:
            return code
        named = self._names.get(plain(text), set())
        if len(named) == 1:
            return next(iter(named))
        if named:
            codes = ", ".join(sorted(named))
            raise ValueError(
                _("several units are called “%(name)s”. Write the code: %(codes)s.") % {"name": text, "codes": codes}
            )
        raise ValueError(
            _("there is no unit “%(name)s”. Correct the name, or add the unit to the sheet %(sheet)s.")
            % {"name": text, "sheet": UNITS_SHEET}
        )


def _wanted_unit(row: TableRow) -> State:
    return {"name": row.values["name"], "parent": row.values["parent"] or None}


def _wanted_person(
    row: TableRow, contents: FileContents, records: Records, finder: UnitFinder, options: Options
) -> tuple[State, list[TableError]]:
    """How a person will be, and what is wrong with that."""
    number = str(row.values["personnel_number"])
    recorded = records.people.get(number)
    before = recorded or EMPTY_PERSON
    told = {key: row.values[key] for key in contents.present if key != "personnel_number"}
    problems: list[tuple[str, str]] = []
    if "unit" in told:
        try:
            told["unit"] = finder.code_of(str(told["unit"])) if told["unit"] else None
        except ValueError as problem:
            problems.append(("unit", str(problem)))
            told["unit"] = before["unit"]
    if "manager" in told:
        told["manager"] = told["manager"] or None
        if told["manager"] and told["manager"] not in contents.numbers and told["manager"] not in records.people:
            problems.append(("manager", _no_manager(told["manager"])))
    if "kind" in told:
        told["kind"] = told["kind"] or before["kind"]
    wanted = _with_position(before | told, before, recorded is not None, options)
    if ends_before_it_starts(wanted["started_on"], wanted["ended_on"]):
        problems.append(("ended_on", _("this day lies before the first day at work. Correct one of the two.")))
    return wanted, [TableError(contents.people_sheet, row.number, LABELS[key], text) for key, text in problems]


def _with_position(wanted: State, before: State, is_known: bool, options: Options) -> State:
    """Who already left keeps the last position; without a position there is no working time to record."""
    if is_known and wanted["ended_on"] is not None and wanted["ended_on"] < options.effective_on:
        return wanted | {"position": before["position"], "fte": before["fte"]}
    fte = wanted["fte"]
    return wanted | {"fte": fte.quantize(HUNDREDTH) if wanted["position"] and fte is not None else None}


def _no_manager(number: object) -> str:
    return _("nobody has the personnel number “%(number)s”. Correct it, or add this manager to the file.") % {
        "number": number
    }


def _changes(wanted: Mapping[str, State], recorded: Mapping[str, State], make: Any) -> Iterator[Change]:
    for key, state in wanted.items():
        before = recorded.get(key)
        if before is None or any(before[name] != value for name, value in state.items()):
            yield make(key, state, before)


def _unit_change(code: str, wanted: State, before: State | None) -> Change:
    differences = _differences(wanted, before or {}, UNIT_LABELS)
    return Change(code, wanted["name"], "changed" if before else "added", differences, wanted)


def _person_change(number: str, wanted: State, before: State | None) -> Change:
    name = " ".join(part for part in (wanted["given_name"], wanted["infix"], wanted["family_name"]) if part)
    action: Literal["added", "changed", "ended"] = "changed" if before else "added"
    if before and before["ended_on"] is None and wanted["ended_on"] is not None:
        action = "ended"
    return Change(number, name, action, _differences(wanted, before or {}, LABELS), wanted)


def _differences(wanted: State, before: State, labels: Mapping[str, str]) -> tuple[Difference, ...]:
    shown = (
        Difference(key, label, _shown(key, before.get(key)), _shown(key, wanted[key]))
        for key, label in labels.items()
        if key in wanted
    )
    return tuple(difference for difference in shown if difference.before != difference.after)


def _shown(key: str, value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:.2f}".replace(".", ",")
    return KIND_LABELS.get(value, value) if key == "kind" and value else to_text(value)


def _unit_errors(contents: FileContents, records: Records, wanted: Mapping[str, State]) -> Iterator[TableError]:
    rows = {str(row.values["code"]): row.number for row in contents.units}
    above = {code: unit["parent"] for code, unit in {**records.units, **wanted}.items()}
    for code, unit in wanted.items():
        if unit["parent"] and unit["parent"] not in above:
            problem = _("there is no unit with the code “%(code)s”. Correct the code, or add that unit.")
            yield TableError(UNITS_SHEET, rows[code], UNIT_LABELS["parent"], problem % {"code": unit["parent"]})
    for ring in cycles(above):
        yield from _ring_error(ring, rows, UNITS_SHEET, UNIT_LABELS["parent"])


def _manager_cycles(contents: FileContents, records: Records, wanted: Mapping[str, State]) -> Iterator[TableError]:
    rows = {str(row.values["personnel_number"]): row.number for row in contents.people}
    above = {number: person["manager"] for number, person in {**records.people, **wanted}.items()}
    for ring in cycles(above):
        yield from _ring_error(ring, rows, contents.people_sheet, LABELS["manager"])


def _ring_error(ring: tuple[str, ...], rows: Mapping[str, int], sheet: str, column: str) -> Iterator[TableError]:
    """A ring is named once, at its first row in the file; one that is only in the records is not the file's fault."""
    in_file = [rows[key] for key in ring if key in rows]
    if in_file:
        path = " → ".join((*ring, ring[0]) if len(ring) <= 5 else (*ring[:5], "…"))
        yield TableError(sheet, min(in_file), column, _("these stand above each other: %(path)s.") % {"path": path})


def _absent(
    contents: FileContents, records: Records, wanted: Mapping[str, State], options: Options
) -> Iterator[Change]:
    """Who works here and is not in the file. Office holders and externals only where the file tells of their kind."""
    kinds = STAFF_KINDS | {person["kind"] for person in wanted.values()}
    for number, person in records.people.items():
        if number in contents.numbers or person["kind"] not in kinds or not _works_on(person, options.effective_on):
            continue
        yield _person_change(number, person | {"ended_on": options.effective_on - timedelta(days=1)}, person)


def _works_on(person: State, day: date) -> bool:
    started, ended = person["started_on"], person["ended_on"]
    return (started is None or started < day) and (ended is None or ended >= day)


def _warnings(contents: FileContents, records: Records, people: Iterable[Change]) -> Iterator[str]:
    numbers = [number for number in contents.numbers if len(number) == 9]
    if len(numbers) >= 3 and all(map(looks_like_citizen_service_number, numbers)):
        yield _(
            "The personnel numbers look like citizen service numbers (BSN). You may not use those here. "
            "Choose a column with another number."
        )
    leaving = [change.key for change in people if change.action == "ended" and change.key not in contents.numbers]
    if len(leaving) * MANY > len(records.people):
        yield ngettext(
            "%(count)d person is not in the file and would be recorded as having left. That is more than a quarter of "
            "everybody. Is the file complete?",
            "%(count)d people are not in the file and would be recorded as having left. That is more than a quarter "
            "of everybody. Is the file complete?",
            len(leaving),
        ) % {"count": len(leaving)}
