"""Make the workbook of a case from its source: `python -m openintegriteit.tests.cases.build`."""

from pathlib import Path

import django

import openintegriteit.tests.environment  # noqa: F401 the settings of the tests

FOLDER = Path(__file__).parent


def workbook_bytes(source: Path) -> bytes:
    """The source as XLSX: a sheet per subject, the heads in the first row."""
    from openintegriteit.accountability.workbook.parsing import workbook_from_yaml
    from openintegriteit.core.spreadsheets.writing import Table, write

    sheets = workbook_from_yaml(source).sheets
    tables = [
        Table(sheet.name, [str(head) for head in sheet.rows[0].cells], [row.cells for row in sheet.rows[1:]])
        for sheet in sheets
    ]
    return write(tables, "xlsx")


if __name__ == "__main__":
    django.setup()
    for case in FOLDER.glob("*.yaml"):
        case.with_suffix(".xlsx").write_bytes(workbook_bytes(case))
