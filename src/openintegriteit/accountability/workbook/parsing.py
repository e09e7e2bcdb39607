"""From a spreadsheet to the rows of a year: every cell checked, every reference looked up, nothing stored yet."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml
from django.utils.text import slugify
from django.utils.translation import gettext as _

from openintegriteit.accountability.rules import reference_date_problem
from openintegriteit.accountability.sections import FORM
from openintegriteit.accountability.workbook.naming import MeasureNames
from openintegriteit.accountability.workbook.sheets import SHEETS, SheetKind
from openintegriteit.core.spreadsheets.columns import (
    TableError,
    TableResult,
    TableRow,
    examples_passed_over,
    read_table,
)
from openintegriteit.core.spreadsheets.workbook import Row, Sheet, Workbook, plain

FIRST_VERSION = "1"  # of a regulation without the name of its version

type Rows = Mapping[str, tuple[TableRow, ...]]


@dataclass(frozen=True, slots=True)
class YearFile:
    """What the workbook says. With errors, nothing of it may be stored."""

    rows: dict[str, tuple[TableRow, ...]]
    columns: dict[str, frozenset[str]]  # by sheet: the keys of the columns that are in the file
    errors: tuple[TableError, ...]
    warnings: tuple[str, ...]

    @property
    def report_row(self) -> TableRow | None:
        """The row of the year that is accounted for: the one with a reference date."""
        return next((row for row in self.rows["organisation"] if row.values["reference_date"]), None)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the body before the file is read.

    `adopted` are the years whose report cannot be changed any more; `indicator_code` gives the code for a code or name
    of the catalogue, or None for a figure that is in no catalogue; `form` gives for each heading of its form, as
    `plain` writes it, the section in which the text is kept; `published` holds the figures that were published before,
    by code and year; `measures` what plans, goals and obligations of measures are called.
    """

    name: str
    kind: str
    adopted: frozenset[int]
    indicator_code: Callable[[str], str | None]
    form: Mapping[str, str]
    form_headings: tuple[str, ...]
    published: Mapping[tuple[str | None, Any], Decimal | None]
    measures: MeasureNames


def parse(workbook: Workbook, known: Known) -> YearFile:
    """Read all sheets of the workbook of one body."""
    rows: dict[str, tuple[TableRow, ...]] = {}
    columns: dict[str, frozenset[str]] = {}
    errors: list[TableError] = []
    results: list[TableResult] = []
    warnings = list(workbook.warnings)
    names = {plain(kind.name) for kind in SHEETS}
    for sheet in workbook.sheets:
        if plain(sheet.name) not in names and plain(sheet.name) != plain("Uitleg"):
            warnings.append(_("The sheet %(sheet)s is not one of ours; it is passed over.") % {"sheet": sheet.name})
    for kind in SHEETS:
        found = workbook.sheet(kind.name)
        result = read_table(found, kind.columns) if found and found.rows else TableResult()
        results.append(result)
        rows[kind.key] = result.rows
        columns[kind.key] = result.present
        errors += result.errors
        warnings += result.warnings
        warnings += [
            _("Sheet %(sheet)s: we do not know the column %(column)s; it is passed over.")
            % {"sheet": kind.name, "column": column}
            for column in result.unknown_columns
        ]
    warnings += examples_passed_over(results)
    if not errors:
        errors += _mistakes(rows, known)
    return YearFile(rows, columns, tuple(errors), tuple(warnings))


def _mistakes(rows: Rows, known: Known) -> list[TableError]:
    """What is wrong although every cell by itself is right."""
    errors = [
        *_wrong_organisation(rows["organisation"], known),
        *_wrong_references(rows, known),
        *_wrong_rows(rows, known),
    ]
    return errors or [error for sheet in SHEETS for error in _repeated(sheet, rows[sheet.key], known)]


def _of_several_plans(rows: Iterable[TableRow], names: MeasureNames) -> set[Any]:
    """The numbers of measures that stand in several plans but not in the newest, which a bare number would mean."""
    plans: dict[Any, set[str]] = {}
    for row in rows:
        plans.setdefault(row.values["number"], set()).add(names.plan_of(str(row.values["plan"])))
    return {number for number, stand in plans.items() if len(stand) > 1 and names.plan_of("") not in stand}


def _wrong_references(rows: Rows, known: Known) -> Iterator[TableError]:
    unclear = _of_several_plans(rows["measures"], known.measures)
    for key in ("notes", "activities", "questions"):
        for row in rows[key]:
            if row.values["measure"] in unclear:
                problem = _("several plans have this number. Read in the measures of one plan at a time.")
                yield _error(key, row, "measure", problem)
    measures = {row.values["number"] for row in rows["measures"]}
    findings = {row.values["number"] for row in rows["findings"]}
    questions = {row.values["order"] for row in rows["questions"]}
    for key, column, targets, target_sheet in (
        ("notes", "measure", measures, "Maatregelen"),
        ("activities", "measure", measures, "Maatregelen"),
        ("questions", "measure", measures, "Maatregelen"),
        ("measures", "finding", findings, "Bevindingen"),
        ("questions", "same_answer_as", questions, "Raadsvragen"),
    ):
        for row in rows[key]:
            number = row.values[column]
            if number is not None and number not in targets:
                problem = _("number %(number)s does not stand in the sheet %(sheet)s.") % {
                    "number": number,
                    "sheet": target_sheet,
                }
                yield _error(key, row, column, problem)
    sharing = {row.values["order"] for row in rows["questions"] if row.values["same_answer_as"] is not None}
    for row in rows["questions"]:
        if row.values["same_answer_as"] in sharing:
            yield _error("questions", row, "same_answer_as", _("this question has no answer of its own."))


# Which columns together name a row: a second row with the same ones is a mistake. `_identity` knows the other sheets.
UNIQUE: dict[str, tuple[str, ...]] = {
    "organisation": ("year",),
    "policy_plans": ("title",),
    "notes": ("measure", "noted_on", "text"),
    "activities": ("year", "theme", "title", "starts_on", "period"),
    "findings": ("number",),
    "questions": ("order",),
    "annexes": ("order",),
}


def _identity(sheet: str, row: TableRow, known: Known) -> tuple[Any, ...]:
    """What names the row within its sheet."""
    values: Mapping[str, Any] = row.values
    match sheet:
        case "measures":
            return values["number"], known.measures.plan_of(values["plan"])
        case "regulations":
            return plain(values["title"]), plain(values["label"] or FIRST_VERSION)
        case "figures":
            return known.indicator_code(values["indicator"]) or own_code(values["indicator"]), values["year"]
        case "texts":
            return (known.form[plain(values["heading"])] if values["section"] == FORM else values["section"],)
        case _:
            named = (values[column] for column in UNIQUE[sheet])
            return tuple(plain(value) if isinstance(value, str) else value for value in named)


def own_code(name: str) -> str:
    """The code of a figure of the body's own."""
    return slugify(name)[:60]


def _repeated(sheet: SheetKind, rows: Iterable[TableRow], known: Known) -> Iterator[TableError]:
    seen: dict[tuple[Any, ...], int] = {}
    for row in rows:
        name = _identity(sheet.key, row, known)
        if name in seen:
            problem = _("this is the same as row %(row)s.") % {"row": seen[name]}
            first = UNIQUE.get(sheet.key, (sheet.columns[0].key,))[0]
            yield _error(sheet.key, row, first, problem)
        seen.setdefault(name, row.number)


def _wrong_organisation(rows: Iterable[TableRow], known: Known) -> list[TableError]:
    errors = []
    dated = [row for row in rows if row.values["reference_date"]]
    if not dated:
        problem = _("no row has a reference date. Fill it in for the year that you account for.")
        errors.append(TableError(_sheet("organisation").name, None, "Peildatum", problem))
    for row in dated[1:]:
        errors.append(_error("organisation", row, "reference_date", _("only one year can have a reference date.")))
    for row in dated:
        if row.values["year"] in known.adopted:
            problem = _("the report over this year has been adopted. Begin a restatement first, then read in the file.")
            errors.append(_error("organisation", row, "year", problem))
    for row in rows:
        reference_date = row.values["reference_date"]
        if plain(str(row.values["name"])) != plain(known.name):
            problem = _("this workbook is of %(other)s, but you work in %(own)s.") % {
                "other": row.values["name"],
                "own": known.name,
            }
            errors.append(_error("organisation", row, "name", problem))
        if row.values["kind"] != known.kind:
            problem = _("your organisation is known here as another kind of body.")
            errors.append(_error("organisation", row, "kind", problem))
        if isinstance(reference_date, date):
            problem = reference_date_problem(int(str(row.values["year"])), reference_date)
            errors += [_error("organisation", row, "reference_date", problem)] if problem else []
    return errors


def _wrong_measures(rows: Iterable[TableRow], names: MeasureNames) -> Iterator[TableError]:
    titles: list[str] = [str(row.values["plan"]) for row in rows if row.values["plan"]]
    for row in rows:
        values: Mapping[str, Any] = row.values
        problems = {
            "plan": names.plan_problem(values["plan"], values["number"], next(iter(titles), "")),
            "goal": names.goal_problem(values["goal"]),
            "obligation": names.obligation_problem(values["obligation"]),
        }
        yield from (_error("measures", row, column, problem) for column, problem in problems.items() if problem)


def _wrong_rows(rows: Rows, known: Known) -> Iterator[TableError]:
    yield from _wrong_measures(rows["measures"], known.measures)
    for row in rows["measures"]:
        if row.values["finished_on"] and row.values["status"] != "done":
            yield _error("measures", row, "finished_on", _("only a measure that is done has this date."))
    for row in rows["activities"]:
        start, end = row.values["starts_on"], row.values["ends_on"]
        if isinstance(start, date) and isinstance(end, date) and end < start:
            yield _error("activities", row, "ends_on", _("this day lies before the first day."))
        mark, status = row.values["mark"], row.values["status"]
        if isinstance(mark, Decimal) and mark != round(mark, 1):
            yield _error("activities", row, "mark", _("a mark has at most one digit after the comma."))
        if row.values["called_off_because"] and status != "called_off":
            yield _error("activities", row, "called_off_because", _("only an activity that was called off has this."))
    for row in rows["figures"]:
        name = str(row.values["indicator"])
        code = known.indicator_code(name)
        if code is None and not row.values["unit"]:
            problem = _(
                "this figure is not in the list. Use a name from the list, or fill in a unit for your own figure."
            )
            yield _error("figures", row, "indicator", problem)
        if code is None and not own_code(name):
            yield _error("figures", row, "indicator", _("give your own figure a name with letters or digits."))
        published = (code, row.values["year"])
        if published in known.published and known.published[published] != row.values["value"]:
            problem = _("another value was published before. Correct it on the page of the figure, with the reason.")
            yield _error("figures", row, "value", problem)
        if row.values["has_break"] and not row.values["series_break"]:
            yield _error("figures", row, "series_break", _("explain what is counted differently."))
    for row in rows["texts"]:
        heading = str(row.values["heading"])
        if row.values["section"] == FORM and plain(heading) not in known.form:
            problem = _("this heading is not in your form. Its headings are: %(headings)s.") % {
                "headings": ", ".join(known.form_headings)
            }
            yield _error("texts", row, "heading", problem)
        if row.values["section"] != FORM and heading:
            yield _error("texts", row, "heading", _("only a text of the form has a heading here."))


def _sheet(key: str) -> SheetKind:
    return next(kind for kind in SHEETS if kind.key == key)


def _error(key: str, row: TableRow, column: str, problem: str) -> TableError:
    kind = _sheet(key)
    name = next(str(candidate.name) for candidate in kind.columns if candidate.key == column)
    return TableError(kind.name, row.number, name, problem)


def workbook_from_yaml(path: Path) -> Workbook:
    """A workbook written as YAML: `{sheet: [{head: value, ...}, ...]}`, for content that lives beside the code."""
    with path.open(encoding="utf-8") as file:
        content: dict[str, list[dict[str, Any]]] = yaml.safe_load(file)
    return Workbook(tuple(_sheet_from_yaml(name, records) for name, records in content.items()))


def _sheet_from_yaml(name: str, records: list[dict[str, Any]]) -> Sheet:
    heads = list(dict.fromkeys(head for record in records for head in record))
    rows = [Row(1, tuple(heads))]
    rows += [Row(number, tuple(_cell(record.get(head)) for head in heads)) for number, record in enumerate(records, 2)]
    return Sheet(name, tuple(rows))


def _cell(value: Any) -> str | int | float | bool | date | None:
    if isinstance(value, datetime):
        raise ValueError("A workbook holds days, not moments.")
    return value if value is None or isinstance(value, (bool, int, float, date)) else str(value).strip()
