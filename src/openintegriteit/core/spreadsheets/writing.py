"""Writing tables as CSV, XLSX and ODS: numbers and dates stay what they are, and no text is ever computed."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import IO, Literal

from openintegriteit.core.spreadsheets.ods import write_ods
from openintegriteit.core.spreadsheets.tables import Table, Value, plain_value
from openintegriteit.core.spreadsheets.xlsx import write_xlsx

__all__ = ["CONTENT_TYPES", "Format", "Table", "Value", "stream", "write"]

type Format = Literal["csv", "xlsx", "ods"]

CONTENT_TYPES: Mapping[Format, str] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}
CHUNK = 64 * 1024
KEPT_IN_MEMORY = 4 * 1024 * 1024
# Texts that a spreadsheet computes when it opens a CSV file, the full-width forms included.
COMPUTED = re.compile(r"[=+\-@\t\r\n＝＋－＠]")


def write(tables: Sequence[Table], format: Format) -> bytes:
    """A file with a sheet for each table. CSV holds exactly one (ValueError otherwise)."""
    if format == "csv":
        (table,) = tables
        return b"".join(_csv(table))
    file = io.BytesIO()
    _write_workbook(tables, format, file)
    return file.getvalue()


def stream(table: Table, format: Format) -> Iterator[bytes]:
    """A file in pieces, for tables that are too large to hold in memory."""
    if format == "csv":
        yield from _csv(table)
        return
    with SpooledTemporaryFile(KEPT_IN_MEMORY) as file:
        _write_workbook([table], format, file)
        file.seek(0)
        while chunk := file.read(CHUNK):
            yield chunk


def _write_workbook(tables: Sequence[Table], format: Format, file: IO[bytes]) -> None:
    (write_xlsx if format == "xlsx" else write_ods)(tables, file)


def _csv(table: Table) -> Iterator[bytes]:
    """Semicolons and a byte order mark: what spreadsheet programs with Dutch settings open without asking."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, delimiter=";")
    yield b"\xef\xbb\xbf"
    for row in chain([table.heads], table.rows):
        writer.writerow([_csv_text(value) for value in row])
        if buffer.tell() >= CHUNK:
            yield _emptied(buffer)
    yield _emptied(buffer)


def _emptied(buffer: io.StringIO) -> bytes:
    content = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return content


def _csv_text(value: Value) -> str:
    match plain := plain_value(value):
        case None:
            return ""
        case str():
            return f"'{plain}" if COMPUTED.match(plain) else plain
        case datetime():
            return plain.strftime("%d-%m-%Y %H:%M")
        case date():
            return plain.strftime("%d-%m-%Y")
        case Decimal():
            return format(plain, "f").replace(".", ",")
        case _:
            return str(plain).replace(".", ",")
