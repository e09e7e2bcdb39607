"""What a file of a register would bring in: its rows with the people they are about, before anything is written."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from openintegriteit.core.spreadsheets.columns import (
    TableError,
    TableResult,
    TableRow,
    examples_passed_over,
    read_table,
)
from openintegriteit.core.spreadsheets.heads import unused_heads
from openintegriteit.core.spreadsheets.workbook import Sheet, Workbook
from openintegriteit.core.staged_uploads import fingerprint
from openintegriteit.organisations.models import Person
from openintegriteit.organisations.queries import body_in_scope
from openintegriteit.organisations.rules import ends_before_it_starts
from openintegriteit.registers.declarations.importers import RegisterFile, decision_problems
from openintegriteit.registers.declarations.kept import kept_as
from openintegriteit.registers.declarations.models import Regime
from openintegriteit.registers.declarations.queries import concerned_by, is_same_person
from openintegriteit.registers.declarations.registers import kinds_under, rules_for
from openintegriteit.retention.queries import destroyed_on

OF_WHO = ("personnel_number", "email")


@dataclass(frozen=True, slots=True)
class Planned:
    """A declaration that would be brought in. `key` is the one that it gets."""

    number: int
    key: UUID
    person: Person
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a file would do. With errors nothing may be applied.

    `known`: how many of its rows are in the register already; `twice`: how many stand in the file more than once.
    `destroyed`: rows that were read in before and destroyed after their retention term, with the day; unless somebody
    asks for them they are not among `rows`.
    """

    rows: tuple[Planned, ...] = ()
    known: int = 0
    twice: int = 0
    destroyed: tuple[tuple[Planned, date], ...] = ()
    errors: tuple[TableError, ...] = ()
    warnings: tuple[str, ...] = ()
    unused_columns: tuple[str, ...] = ()

    @property
    def decided(self) -> int:
        """How many decisions come along."""
        return sum(1 for row in self.rows if row.values["outcome"])

    @property
    def fingerprint(self) -> str:
        """A short name of this plan: another one means that file, columns or records have changed."""
        return fingerprint([str(row.key), sorted(row.values.items())] for row in self.rows)


class People:
    """The people of some regimes, found as a file names them. Others answer as people who are not there."""

    def __init__(self, regimes: Collection[str]) -> None:
        self._by_number: dict[str, Person] = {}
        self._by_address: dict[str, list[Person]] = {}
        for person in Person.objects.filter(kind__in=kinds_under(regimes)).defer("search_text"):
            self._by_number[person.personnel_number] = person
            if person.email:
                self._by_address.setdefault(person.email_lower, []).append(person)

    def meant_by(self, number: str, address: str) -> Person:
        """Who is meant. Raises ValueError with the key of a column and a sentence for the user."""
        if not number and not address:
            raise ValueError("personnel_number", _("write the personnel number or the mail address."))
        with_address = self._by_address.get(address.lower(), [])
        if not number:
            if len(with_address) > 1:
                raise ValueError("email", _("several people have this mail address. Write the personnel number."))
            if not with_address:
                raise ValueError("email", _nobody_has(_("mail address"), address))
            return with_address[0]
        person = self._by_number.get(number)
        if person is None:
            raise ValueError("personnel_number", _nobody_has(_("personnel number"), number))
        if address and person not in with_address:
            raise ValueError("email", _("this is not the mail address of who has this personnel number."))
        return person


def _nobody_has(what: str, value: str) -> str:
    return _(
        "nobody whose declarations you record has the %(what)s “%(value)s”. Correct it, or have the list of people "
        "completed first."
    ) % {"what": what, "value": value[:60]}


def make_plan(
    workbook_sheet: Sheet | None,
    workbook: Workbook,
    mapping: Mapping[str, str],
    file: RegisterFile,
    regimes: Collection[str],
    day: date,
    own: Collection[Person] = (),
    *,
    again: bool = False,
) -> Plan:
    """Compare a sheet with the people under these regimes and with what the register holds; writes nothing.

    `day` is today. `own`: the rows of the list of people of who brings the file in, about whom it may hold no decision.
    `again`: what was destroyed after its retention term comes in again. A fixed number of queries, however long the
    sheet is.
    """
    read = read_table(workbook_sheet, file.columns, mapping) if workbook_sheet else TableResult()
    sheet, errors = workbook_sheet.name if workbook_sheet else file.sheet, list(read.errors)
    names = {column.key: str(column.name) for column in file.columns}
    people, planned, twice = People(regimes), dict[UUID, Planned](), 0
    body = body_in_scope().kind
    is_concerned = concerned_by(file.register, body, day)
    for row in read.rows:
        person, problems = _checked(row, people, file, day, own)
        if person is not None and not is_concerned(person):
            problems.append(("personnel_number", _("the law asks nothing of this person in this register.")))
        elif person is not None:
            problems += file.problems_of(row.values, person, body)
        if person is None or problems:
            errors += [TableError(sheet, row.number, names[key], problem) for key, problem in problems]
            continue
        values = {key: value for key, value in file.whole(row.values).items() if key not in OF_WHO}
        key = file.key_of(person.pk, values)
        if key in planned:
            twice += 1
        else:
            planned[key] = Planned(row.number, key, person, values)
    known = _known(file, planned.values())
    new = [row for row in planned.values() if row.key not in known]
    destroyed = destroyed_on([kept_as(file.register, regime) for regime in Regime], {row.key for row in new})
    return Plan(
        rows=tuple(row for row in new if again or row.key not in destroyed),
        known=len(known),
        destroyed=tuple((row, destroyed[row.key]) for row in new if row.key in destroyed),
        twice=twice,
        errors=tuple(sorted(errors, key=lambda error: error.row or 0)),
        warnings=(*workbook.warnings, *read.warnings, *examples_passed_over([read])),
        unused_columns=(*read.unknown_columns, *unused_heads(workbook_sheet, mapping)),
    )


def _checked(
    row: TableRow, people: People, file: RegisterFile, day: date, own: Collection[Person]
) -> tuple[Person | None, list[tuple[str, str]]]:
    """Whom a row is about, and what is wrong with it."""
    values, problems = row.values, list(file.problems(row.values))
    if values["declared_on"] and values["declared_on"] > day:  # type: ignore[operator]  # a date by its column
        problems.append(("declared_on", _("this day has not come yet.")))
    starts_on, ends_on = values.get("starts_on"), values.get("ends_on")
    if ends_before_it_starts(starts_on, ends_on):  # type: ignore[arg-type]  # dates by their columns
        problems.append(("ends_on", _("this day lies before the day on which it began.")))
    try:
        person = people.meant_by(str(values["personnel_number"]), str(values["email"]))
    except ValueError as problem:
        return None, [*problems, problem.args]
    if values["outcome"] and any(is_same_person(person, one) for one in own):
        problems.append(("outcome", _("you bring in no decision about yourself. Have a colleague bring in this row.")))
    is_decided = rules_for(file.register, person).decided
    return person, [*problems, *decision_problems(values, is_decided=is_decided, day=day)]


def _known(file: RegisterFile, planned: Collection[Planned]) -> set[UUID]:
    """Which of the planned keys stand in the register: brought in before, or declared here with the same words."""
    if not planned:
        return set()
    own = {field.name for field in file.model._meta.concrete_fields}
    paths = [name if name in own else f"declaration__{name}" for name in file.identity]
    wanted = {row.key for row in planned}
    people = {row.person.pk for row in planned}
    held = file.model._default_manager.values_list("declaration_id", "declaration__person_id", *paths)
    found = set()
    for key, person, *told in held.iterator(chunk_size=5000):
        if person in people:
            found |= {key, file.key_of(person, dict(zip(file.identity, told, strict=True)))} & wanted
    return found
