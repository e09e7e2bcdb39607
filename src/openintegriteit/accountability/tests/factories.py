"""Reports, workbooks and questions for tests; call them within the scope of the body."""

import itertools
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from openintegriteit.accountability.models import AnnualReport, CouncilQuestion
from openintegriteit.core.spreadsheets.workbook import Row, Sheet, Workbook
from openintegriteit.organisations.models import Organisation

numbers = itertools.count(1)

OWN_BODY = {"Naam": "Gemeente Proef", "Soort": "gemeente", "Jaar": 2025, "Peildatum": date(2026, 3, 31)}


def report(organisation: Organisation, year: int = 2025, **values: Any) -> AnnualReport:
    """The report over a year, told up to 31 March of the next one."""
    values = {"reference_date": date(year + 1, 3, 31)} | values
    return AnnualReport.objects.create(organisation=organisation, year=year, **values)


def question(about: AnnualReport, **values: Any) -> CouncilQuestion:
    """A question about a report, the next in order."""
    values = {"order": next(numbers), "question": "Hoeveel teams doen mee?"} | values
    return CouncilQuestion.objects.create(organisation=about.organisation, report=about, **values)


def workbook(**sheets: Sequence[Mapping[str, Any]]) -> Workbook:
    """A workbook of the municipality of the tests: `workbook(Maatregelen=[{"Nummer": 1, "Maatregel": "Eed"}])`."""
    return Workbook(tuple(_sheet(name, rows) for name, rows in ({"Organisatie": [OWN_BODY]} | sheets).items()))


def _sheet(name: str, rows: Sequence[Mapping[str, Any]]) -> Sheet:
    heads = tuple(dict.fromkeys(head for row in rows for head in row))
    filled = (Row(number, tuple(row.get(head) for head in heads)) for number, row in enumerate(rows, start=2))
    return Sheet(name, (Row(1, heads), *filled))
