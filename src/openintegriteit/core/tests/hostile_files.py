"""Files as attackers and accidents make them, built in the test itself."""

import io
import struct
import zipfile
from collections.abc import Callable, Mapping

from openintegriteit.core.spreadsheets.writing import Table, write

SHEET = "xl/worksheets/sheet1.xml"
SHEET_NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OPEN_DOCUMENT = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
ODS_CELL = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
ODS_ROW = f"<table:table-row>{ODS_CELL}</table:table-row>"


def xlsx(*rows: tuple[object, ...]) -> bytes:
    """A good workbook with one sheet, "Maatregelen"."""
    return write([Table("Maatregelen", ("Nummer", "Titel"), rows or ((1, "Eed"),))], "xlsx")


def repacked(
    content: bytes,
    change: Mapping[str, Callable[[bytes], bytes]] | None = None,
    add: Mapping[str, bytes] | None = None,
) -> bytes:
    """The same zip file with some parts changed and others added."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, (change or {}).get(name, lambda part: part)(old.read(name)))
        for name, part in (add or {}).items():
            new.writestr(name, part)
    return target.getvalue()


def xlsx_with_cells(rows: str) -> bytes:
    """A workbook whose sheet holds this XML between <sheetData> tags."""
    sheet = f'<worksheet xmlns="{SHEET_NAMESPACE}"><sheetData>{rows}</sheetData></worksheet>'
    return repacked(xlsx(), {SHEET: lambda _old: sheet.encode()})


def xlsx_with_shared_text(text: str, times: int) -> bytes:
    """One text, stored once, in many cells."""
    shared = f'<sst xmlns="{SHEET_NAMESPACE}"><si><t>{text}</t></si></sst>'
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, times + 1))
    return repacked(xlsx_with_cells(rows), add={"xl/sharedStrings.xml": shared.encode()})


def xlsx_that_lies_about_its_size() -> bytes:
    """A sheet that unpacks to more than the directory of the zip file says."""
    content = repacked(xlsx(), {SHEET: lambda old: old + b" " * 500_000})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = struct.pack("<I", archive.getinfo(SHEET).file_size)
    return content.replace(size, struct.pack("<I", 100))


def ods(table: str, manifest: str = "<manifest/>", before: str = "", more: Mapping[str, bytes] | None = None) -> bytes:
    """An ODS file whose only sheet, "Maatregelen", holds this XML."""
    content = (
        f"{before}<office:document-content {OPEN_DOCUMENT}><office:body><office:spreadsheet><table:table "
        f'table:name="Maatregelen">{table}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
        for name, part in (more or {}).items():
            archive.writestr(name, part)
    return target.getvalue()
