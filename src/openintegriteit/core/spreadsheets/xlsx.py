"""Tables as an XLSX file (ISO/IEC 29500), row by row, so that the size of a table does not matter."""

import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from openintegriteit.core.spreadsheets.tables import Table, Value, plain_value, sheet_name
from openintegriteit.core.spreadsheets.workbook import column_letters

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

LAST_ROW = 1_048_576
LONGEST_TEXT = 32_767
LONGEST_LIST = LONGEST_PROMPT = 255
LONGEST_PROMPT_TITLE = 32
# The day that the format counts from; before March 1900 it counts a day that never was.
DAY_ZERO, FIRST_DAY = datetime(1899, 12, 30), date(1900, 3, 1)
DAY = timedelta(days=1)
COMPUTED = ("=", "+", "-", "@")
# Text that the format would take for a character in code.
LOOKS_LIKE_CODE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")

# Places in <cellXfs> below. "As text" keeps a text a text when somebody edits the cell.
HEAD, ON_DAY, ON_INSTANT, AS_TEXT, LINES = 1, 2, 3, 4, 5
STYLES = f"""{DECLARATION}<styleSheet xmlns="{MAIN}">
<numFmts count="2"><numFmt numFmtId="164" formatCode="dd-mm-yyyy"/>
<numFmt numFmtId="165" formatCode="dd-mm-yyyy hh:mm"/></numFmts>
<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>
<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="6">
<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>
<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>
<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1"/>
<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1">
<alignment vertical="top" wrapText="1"/></xf>
</cellXfs>
<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>
</styleSheet>"""


def write_xlsx(tables: Sequence[Table], file: IO[bytes]) -> None:
    """Write a workbook with a sheet for each table; heads are bold and stay in view."""
    numbers = range(1, len(tables) + 1)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _content_types(numbers))
        archive.writestr("_rels/.rels", _relationships([("rId1", "officeDocument", "xl/workbook.xml")]))
        archive.writestr("xl/workbook.xml", _workbook(tables))
        sheets = [(f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
        archive.writestr("xl/_rels/workbook.xml.rels", _relationships([*sheets, ("styles", "styles", "styles.xml")]))
        archive.writestr("xl/styles.xml", STYLES)
        for number, table in zip(numbers, tables, strict=True):
            with archive.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True) as sheet:
                for piece in _sheet(table):
                    sheet.write(piece.encode())


def _sheet(table: Table) -> Iterator[str]:
    widths, rows = table.measured()
    letters = [column_letters(number) for number in range(1, len(table.heads) + 1)]
    yield (
        f'{DECLARATION}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" '
        'topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>'
    )
    for number, width in enumerate(widths, start=1):
        yield f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
    heads = (_text(f"{column}1", str(head), HEAD) for column, head in zip(letters, table.heads, strict=True))
    yield f'</cols><sheetData><row r="1">{"".join(heads)}</row>'
    for number, row in enumerate(rows, start=2):
        cells = (_cell(f"{column}{number}", value) for column, value in zip(letters, row, strict=False))
        yield f'<row r="{number}">{"".join(cells)}</row>'
    yield f"</sheetData>{_validations(table)}</worksheet>"


def _cell(place: str, value: Value) -> str:
    match plain := plain_value(value):
        case None | "":
            return ""
        case datetime():
            return f'<c r="{place}" s="{ON_INSTANT}"><v>{(plain - DAY_ZERO) / DAY}</v></c>'
        case date() if plain >= FIRST_DAY:
            return f'<c r="{place}" s="{ON_DAY}"><v>{(plain - DAY_ZERO.date()).days}</v></c>'
        case date():
            return _text(place, plain.strftime("%d-%m-%Y"), AS_TEXT)
        case int() | float() | Decimal():
            return f'<c r="{place}"><v>{plain}</v></c>'
        case _:
            style = AS_TEXT if plain.startswith(COMPUTED) else LINES if "\n" in plain else 0
            return _text(place, plain, style)


def _text(place: str, text: str, style: int) -> str:
    coded = escape(LOOKS_LIKE_CODE.sub("_x005F_", text[:LONGEST_TEXT]))
    return f'<c r="{place}" t="inlineStr" s="{style}"><is><t xml:space="preserve">{coded}</t></is></c>'


def _validations(table: Table) -> str:
    """Per column a remark that appears at the cells, and the list to choose from where the format can hold it."""
    asked = sorted({*table.notes, *table.choices})
    if not asked:
        return ""
    each = (_validation(index, str(table.heads[index]), table) for index in asked)
    return f'<dataValidations count="{len(asked)}">{"".join(each)}</dataValidations>'


def _validation(index: int, head: str, table: Table) -> str:
    column, note = column_letters(index + 1), table.notes.get(index, "")
    attributes = f'sqref="{column}2:{column}{LAST_ROW}" allowBlank="1" errorStyle="warning" showErrorMessage="1"'
    if note:
        title, prompt = head[:LONGEST_PROMPT_TITLE], note[:LONGEST_PROMPT]
        attributes += f' showInputMessage="1" promptTitle={quoteattr(title)} prompt={quoteattr(prompt)}'
    choices = table.choices.get(index, ())
    joined = ",".join(choices)
    if not choices or len(joined) > LONGEST_LIST or any("," in choice or '"' in choice for choice in choices):
        return f"<dataValidation {attributes}/>"
    return f'<dataValidation type="list" {attributes}><formula1>{escape(f'"{joined}"')}</formula1></dataValidation>'


def _workbook(tables: Sequence[Table]) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(sheet_name(table.name))} sheetId="{number}" r:id="rId{number}"/>'
        for number, table in enumerate(tables, start=1)
    )
    return (
        f'{DECLARATION}<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><bookViews><workbookView/></bookViews>'
        f"<sheets>{sheets}</sheets></workbook>"
    )


def _relationships(links: Sequence[tuple[str, str, str]]) -> str:
    each = "".join(
        f'<Relationship Id="{name}" Type="{LINKS}/{kind}" Target="{target}"/>' for name, kind, target in links
    )
    return f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">{each}</Relationships>'


def _content_types(numbers: Sequence[int]) -> str:
    parts = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    parts += [(f"/xl/worksheets/sheet{number}.xml", "worksheet") for number in numbers]
    each = "".join(f'<Override PartName="{part}" ContentType="{KIND}.{kind}+xml"/>' for part, kind in parts)
    return (
        f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{each}</Types>'
    )
