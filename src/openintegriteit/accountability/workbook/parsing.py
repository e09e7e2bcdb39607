"""From a spreadsheet to the rows of a year: every cell checked, every reference looked up, nothing stored yet."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext as _

from openintegriteit.accountability.workbook.sheets import SHEETS, SheetKind
from openintegriteit.core.spreadsheets.columns import TableError, TableRow, read_table
from openintegriteit.core.spreadsheets.workbook import Row, Sheet, Workbook, plain


@dataclass(frozen=True, slots=True)
class YearFile:
    """What the workbook says. With errors, nothing of it may be stored."""

    rows: dict[str, tuple[TableRow, ...]]
    errors: tuple[TableError, ...]
    warnings: tuple[str, ...]

    @property
    def report_row(self) -> TableRow | None:
        """The row of the year that is accounted for: the one with a reference date."""
        return next((row for row in self.rows["organisation"] if row.values["reference_date"]), None)


def parse(workbook: Workbook, *, organisation_name: str, known_indicators: Callable[[str], str | None]) -> YearFile:
    """Read all sheets of the workbook of one body.

    `known_indicators` gives the code for a code or name of the catalogue, or None for a figure of the body's own.
    """
    rows: dict[str, tuple[TableRow, ...]] = {}
    errors: list[TableError] = []
    warnings = list(workbook.warnings)
    names = {plain(kind.name) for kind in SHEETS}
    for sheet in workbook.sheets:
        if plain(sheet.name) not in names and plain(sheet.name) != plain("Uitleg"):
            warnings.append(_("The sheet %(sheet)s is not one of ours; it is passed over.") % {"sheet": sheet.name})
    for kind in SHEETS:
        found = workbook.sheet(kind.name)
        result = read_table(found, kind.columns) if found and found.rows else None
        rows[kind.key] = result.rows if result else ()
        if result:
            errors += result.errors
            warnings += result.warnings
            warnings += [
                _("Sheet %(sheet)s: we do not know the column %(column)s; it is passed over.")
                % {"sheet": kind.name, "column": column}
                for column in result.unknown_columns
            ]
    if not errors:
        errors += _wrong_references(rows, organisation_name, known_indicators)
    return YearFile(rows, tuple(errors), tuple(warnings))


def _wrong_references(
    rows: dict[str, tuple[TableRow, ...]], organisation_name: str, known_indicators: Callable[[str], str | None]
) -> list[TableError]:
    errors = [*_wrong_organisation(rows["organisation"], organisation_name)]
    measures = {row.values["number"] for row in rows["measures"]}
    findings = {row.values["number"] for row in rows["findings"]}
    questions = {row.values["order"] for row in rows["questions"]}
    for key, columns in UNIQUE.items():
        errors += _repeated(key, columns, rows[key])
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
                errors.append(_error(key, row, column, problem))
    errors += _wrong_rows(rows, known_indicators)
    return errors


# Which columns together name a row: a second row with the same ones is a mistake.
UNIQUE: dict[str, tuple[str, ...]] = {
    "organisation": ("year",),
    "regulations": ("title", "label"),
    "policy_plans": ("title",),
    "measures": ("number",),
    "activities": ("year", "theme", "title", "starts_on", "period"),
    "figures": ("indicator", "year"),
    "findings": ("number",),
    "questions": ("order",),
    "texts": ("section", "heading"),
    "annexes": ("order",),
}


def _wrong_organisation(rows: Iterable[TableRow], organisation_name: str) -> list[TableError]:
    errors = []
    dated = [row for row in rows if row.values["reference_date"]]
    if not dated:
        problem = _("no row has a reference date. Fill it in for the year that you account for.")
        errors.append(TableError(_sheet("organisation").name, None, "Peildatum", problem))
    for row in dated[1:]:
        errors.append(_error("organisation", row, "reference_date", _("only one year can have a reference date.")))
    for row in rows:
        reference_date = row.values["reference_date"]
        if plain(str(row.values["name"])) != plain(organisation_name):
            problem = _("this workbook is of %(other)s, but you work in %(own)s.") % {
                "other": row.values["name"],
                "own": organisation_name,
            }
            errors.append(_error("organisation", row, "name", problem))
        if isinstance(reference_date, date) and reference_date < date(int(str(row.values["year"])), 12, 31):
            errors.append(
                _error("organisation", row, "reference_date", _("the reference date lies before the end of the year."))
            )
    return errors


def _wrong_rows(
    rows: dict[str, tuple[TableRow, ...]], known_indicators: Callable[[str], str | None]
) -> Iterable[TableError]:
    for row in rows["measures"]:
        if row.values["finished_on"] and row.values["status"] != "done":
            yield _error("measures", row, "finished_on", _("only a measure that is done has this date."))
    for row in rows["activities"]:
        start, end = row.values["starts_on"], row.values["ends_on"]
        if isinstance(start, date) and isinstance(end, date) and end < start:
            yield _error("activities", row, "ends_on", _("this day lies before the first day."))
    for row in rows["figures"]:
        if known_indicators(str(row.values["indicator"])) is None and not row.values["unit"]:
            problem = _(
                "this figure is not in the list. Use a name from the list, or fill in a unit for your own figure."
            )
            yield _error("figures", row, "indicator", problem)
        if row.values["has_break"] and not row.values["series_break"]:
            yield _error("figures", row, "series_break", _("explain what is counted differently."))
    for row in rows["texts"]:
        if row.values["section"] == "formulier" and not row.values["heading"]:
            yield _error("texts", row, "heading", _("fill in the heading of the form."))


def _repeated(key: str, columns: tuple[str, ...], rows: Iterable[TableRow]) -> Iterable[TableError]:
    seen: dict[tuple[Any, ...], int] = {}
    for row in rows:
        name = tuple(plain(value) if isinstance(value, str) else value for value in (row.values[c] for c in columns))
        if name in seen:
            yield _error(key, row, columns[0], _("this is the same as row %(row)s.") % {"row": seen[name]})
        seen.setdefault(name, row.number)


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
