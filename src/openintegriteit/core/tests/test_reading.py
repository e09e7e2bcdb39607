"""Reading XLSX and ODS: values as people see them, and a clear refusal for all that is no plain spreadsheet."""

import io
import random
import tracemalloc
import zipfile
from datetime import date, datetime

import pytest
from openpyxl import Workbook as OpenpyxlWorkbook

from openintegriteit.core.spreadsheets.columns import Column
from openintegriteit.core.spreadsheets.reading import Limits, UnreadableFile, read_workbook
from openintegriteit.core.spreadsheets.templates import SheetTemplate, template_workbook
from openintegriteit.core.spreadsheets.writing import Table, write
from openintegriteit.core.tests.hostile_files import (
    ODS_CELL,
    ODS_ROW,
    SHEET,
    SHEET_NAMESPACE,
    ods,
    repacked,
    xlsx,
    xlsx_that_lies_about_its_size,
    xlsx_with_cells,
    xlsx_with_shared_text,
)

DAMAGED = (
    "Het bestand is beschadigd en niet te lezen. Open het in uw rekenprogramma, sla het opnieuw op als XLSX of ODS en "
    "upload het nog een keer."
)
MACROS = (
    "In het bestand staan macro’s (kleine programma’s). Die nemen wij niet aan. Sla het op als XLSX zonder macro’s en "
    "upload dat."
)
PASSWORD = "Het bestand is beveiligd met een wachtwoord. Sla het op zonder wachtwoord en upload het opnieuw."
DEFINITIONS = (
    "In het bestand staan definities die niet in een rekenblad horen en die schade kunnen doen. Kopieer de waarden "
    "naar een nieuw bestand en upload dat."
)
LINKED = (
    "Het bestand is gekoppeld aan gegevens in een ander bestand of systeem. Verbreek de koppelingen, of kopieer de "
    "waarden naar een nieuw bestand, en upload dat."
)
SMALLER = " Haal weg wat voor het inlezen niet nodig is, of verdeel het over meer bestanden."
NO_SPREADSHEET = "Dit is geen rekenblad. Upload een XLSX-, ODS- of CSV-bestand."


def refusal(content, **limits):
    with pytest.raises(UnreadableFile) as caught:
        read_workbook(content, name="maatregelen.xlsx", limits=Limits(**limits))
    return str(caught.value)


def rows(content):
    return [(row.number, row.cells) for row in read_workbook(content).sheets[0].rows]


# -- What is read -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["xlsx", "ods"])
def test_values_keep_their_kind(format):
    content = write(
        [Table("Blad", ("a", "b", "c", "d", "e"), [("Zoë", 3, 1.5, date(2026, 1, 31), datetime(2026, 1, 31, 8, 30))])],
        format,
    )

    assert rows(content)[1] == (2, ("Zoë", 3, 1.5, date(2026, 1, 31), date(2026, 1, 31)))


def test_true_and_false_and_times_of_day():
    workbook = OpenpyxlWorkbook()
    workbook.active.append([True, False, datetime(2026, 1, 31, 8, 30).time()])
    content = io.BytesIO()
    workbook.save(content)

    assert rows(content.getvalue()) == [(1, (True, False, "08:30:00"))]


def test_rows_keep_the_numbers_that_people_see():
    workbook = OpenpyxlWorkbook()
    workbook.active["B3"], workbook.active["B7"] = "kop", "  waarde\u00a0 "
    content = io.BytesIO()
    workbook.save(content)

    assert rows(content.getvalue()) == [(3, (None, "kop")), (7, (None, "waarde"))]


def test_sheets_are_found_whatever_their_spelling():
    workbook = read_workbook(write([Table("Één blad", ("a",), []), Table("Twee", ("b",), [])], "ods"))

    assert workbook.sheet("EEN BLAD").rows[0].cells == ("a",)
    assert workbook.sheet("drie") is None


def test_formulas_are_read_by_their_outcome_and_named():
    workbook = read_workbook(
        xlsx_with_cells(
            '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><v>7</v></c><c r="C1"><f>1+1</f></c></row>'
        )
    )

    assert workbook.sheets[0].rows[0].cells == (2, 7)
    assert workbook.sheets[0].formulas == ("A1", "C1")
    assert workbook.warnings == (
        "Blad Maatregelen: 2 cellen bevatten een formule (A1, C1). Wij gebruiken de uitkomsten die in het bestand zijn "
        "opgeslagen. Controleer die uitkomsten.",
    )


def test_formulas_of_an_ods_are_named():
    workbook = read_workbook(
        ods(
            "<table:table-row><table:table-cell/><table:table-cell table:formula='of:=1+1' office:value-type='float' "
            "office:value='2'/></table:table-row>"
        )
    )

    assert workbook.sheets[0].rows[0].cells == (None, 2)
    assert workbook.sheets[0].formulas == ("B1",)


def test_an_error_in_a_cell_is_not_an_empty_cell():
    assert rows(xlsx_with_cells('<row r="1"><c r="A1" t="e"><v>#N/A</v></c></row>')) == [(1, ("#N/A",))]


def test_remarks_in_cells_are_no_values():
    cell = (
        "<table:table-row><table:table-cell office:value-type='string'><office:annotation><text:p>let op</text:p>"
        "</office:annotation><text:p>Eed</text:p></table:table-cell></table:table-row>"
    )

    assert rows(ods(cell)) == [(1, ("Eed",))]


@pytest.mark.parametrize("format", ["xlsx", "ods"])
def test_our_own_template_is_read_without_an_error(format):
    column = Column("title", "Titel", help="Hoe het heet.", example="Gedragscode")

    workbook = read_workbook(template_workbook([SheetTemplate("Regelingen", "Alle regelingen.", (column,))], format))

    assert [sheet.name for sheet in workbook.sheets] == ["Uitleg", "Regelingen"]
    assert workbook.warnings == ()


def test_empty_rows_and_columns_that_a_program_repeats_cost_nothing():
    rest = (
        '<table:table-row table:number-rows-repeated="1048575"><table:table-cell '
        'table:number-columns-repeated="16384"/></table:table-row>'
    )

    assert rows(ods(ODS_ROW + rest)) == [(1, ("x",))]


def test_cells_with_only_a_style_cost_nothing():
    content = xlsx_with_cells('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>')

    assert rows(content) == [(1, (1,))]


# -- What is no spreadsheet -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [b"", b"  \r\n ", xlsx_with_cells(""), ods("")])
def test_empty_files(content):
    assert refusal(content) == "Het bestand is leeg. Upload een bestand met ten minste een rij met kolomkoppen."


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\x89PNG\r\n\x1a\n\x00", "Dit is een afbeelding, geen rekenblad. Upload een XLSX-, ODS- of CSV-bestand."),
        (b"\xff\xd8\xff\xe0\x00", "Dit is een afbeelding, geen rekenblad. Upload een XLSX-, ODS- of CSV-bestand."),
        (b"%PDF-1.7\n", "Dit is een pdf, geen rekenblad. Upload een XLSX-, ODS- of CSV-bestand."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "Workbook".encode("utf-16-le"),
            "Dit is een oud Excel-bestand (.xls). Sla het op als XLSX of ODS en upload dat.",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le"), PASSWORD),
        (
            b"<html><table><tr><td>Nummer</td></tr></table>",
            "Dit is een webpagina of een tekstdocument, geen rekenblad. Sla het op als XLSX, ODS of CSV en upload dat.",
        ),
        (b"MZ\x90\x00\x03\x00", NO_SPREADSHEET),
    ],
)
def test_other_kinds_of_files_are_known_by_their_content(content, message):
    assert refusal(content) == message


def test_a_zip_file_that_is_no_spreadsheet():
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")

    assert refusal(content.getvalue()) == NO_SPREADSHEET


def test_an_ods_with_a_password():
    assert refusal(ods(ODS_ROW, manifest="<manifest><encryption-data/></manifest>")) == PASSWORD


def test_a_zip_file_with_a_password():
    content = bytearray(xlsx())
    place = content.index(b"PK\x01\x02")
    content[place + 8] |= 1

    assert refusal(bytes(content)) == PASSWORD


# -- What could do harm -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        repacked(xlsx(), add={"xl/vbaProject.bin": b"x"}),
        repacked(xlsx(), add={"xl/macrosheets/sheet1.xml": b"<macrosheet/>"}),
        repacked(xlsx(), add={"xl/workbook.bin": b"x"}),
        repacked(
            xlsx(),
            {
                "[Content_Types].xml": lambda part: part.replace(
                    b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                )
            },
        ),
        ods(ODS_ROW, more={"Basic/Standard/Module1.xml": b"<module/>"}),
    ],
)
def test_macros_are_refused(content):
    assert refusal(content) == MACROS


@pytest.mark.parametrize(
    "content",
    [
        repacked(xlsx(), add={"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}),
        repacked(xlsx(), add={"xl/connections.xml": b"<connections/>"}),
        repacked(
            xlsx(),
            {
                "xl/_rels/workbook.xml.rels": lambda part: part.replace(
                    b"</Relationships>",
                    b'<Relationship Id="x" Type="a/oleObject" TargetMode="External" Target="file:///x"/></Relationships>',
                )
            },
        ),
        ods('<table:table-source table:mode="copy-all"/>' + ODS_ROW),
    ],
)
def test_data_from_elsewhere_is_refused(content):
    assert refusal(content) == LINKED


def test_a_link_to_a_web_page_is_harmless():
    link = (
        f'<Relationships><Relationship Id="r1" Type="{SHEET_NAMESPACE}/hyperlink" TargetMode="External" '
        'Target="mailto:noor@gemeente.nl"/></Relationships>'
    )

    assert rows(repacked(xlsx(), add={"xl/worksheets/_rels/sheet1.xml.rels": link.encode()}))[1] == (2, (1, "Eed"))


@pytest.mark.parametrize(
    "definition",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://example.org/x.dtd">',
        '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
    ],
)
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"])
def test_entities_and_external_definitions_are_refused(definition, part):
    def defined(old):
        head, mark, rest = old.rpartition(b"?>")
        return head + mark + definition.encode() + rest

    assert refusal(repacked(xlsx(), {part: defined})) == DEFINITIONS


def test_entities_in_an_ods_are_refused():
    assert refusal(ods(ODS_ROW, before='<!DOCTYPE x [<!ENTITY a "aaaa">]>')) == DEFINITIONS


# -- What is too large ------------------------------------------------------------------------------------------------


def test_a_file_past_the_limit_is_not_read_to_its_end():
    file = io.BytesIO(b"x" * 5000)

    with pytest.raises(UnreadableFile, match="groter dan 0 MB"):
        read_workbook(file, limits=Limits(file_size=1000))
    assert file.tell() == 1001


def test_a_zip_bomb_is_refused_by_its_directory():
    assert refusal(repacked(xlsx(), add={"xl/media/x.bin": bytes(2_000_000)})) == (
        "Het bestand wordt bij het uitpakken veel groter dan een gewoon rekenblad." + SMALLER
    )
    assert refusal(repacked(xlsx(), add={"xl/media/x.bin": bytes(3_000_000)}), unpacked_size=2 * 1024 * 1024) == (
        "Het bestand is uitgepakt groter dan 2 MB." + SMALLER
    )


def test_a_zip_bomb_that_lies_about_its_size_is_refused_while_reading():
    assert refusal(xlsx_that_lies_about_its_size()) == DAMAGED


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            xlsx_with_cells('<row r="1000001"><c r="A1000001"><v>1</v></c></row>'),
            "Een blad heeft meer dan 100.000 rijen.",
        ),
        (xlsx_with_cells('<row r="1"><c r="XFD1"><v>1</v></c></row>'), "Een blad heeft meer dan 250 kolommen."),
        (
            xlsx_with_cells('<row r="1"><c r="A1"><v>1</v></c></row><row r="99999"><c r="CV99999"><v>1</v></c></row>'),
            "Het bestand heeft meer dan 2.000.000 cellen.",
        ),
        (xlsx_with_shared_text("x" * 30_000, times=3000), "Het bestand bevat meer dan 60.000.000 tekens."),
        (xlsx_with_shared_text("x" * 32_768, times=1), "Een cel bevat meer dan 32.767 tekens."),
        (
            xlsx_with_cells(f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * 32_768}</t></is></c></row>'),
            "Een cel bevat meer dan 32.767 tekens.",
        ),
        (
            ods(f'<table:table-row table:number-rows-repeated="1048576">{ODS_CELL}</table:table-row>'),
            "Een blad heeft meer dan 100.000 rijen.",
        ),
        (
            ods(
                '<table:table-row table:number-rows-repeated="90000"><table:table-cell office:value="1" '
                'table:number-columns-repeated="200" office:value-type="float"/></table:table-row>'
            ),
            "Het bestand heeft meer dan 2.000.000 cellen.",
        ),
        (
            ods(
                f'<table:table-row table:number-rows-repeated="9000">{ODS_CELL.replace(">x<", f">{'x' * 30_000}<")}'
                "</table:table-row>"
            ),
            "Het bestand bevat meer dan 60.000.000 tekens.",
        ),
    ],
)
def test_what_would_cost_too_much_is_refused_before_it_is_spent(content, message):
    tracemalloc.start()

    assert refusal(content) == message + SMALLER

    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 30 * 1024 * 1024


def test_too_many_sheets_are_refused():
    content = write([Table(f"Blad {n}", ("a",), []) for n in range(3)], "xlsx")

    assert refusal(content, sheets=2) == "Het bestand heeft meer dan 2 bladen." + SMALLER


# -- What is broken ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        xlsx()[:-100],
        xlsx()[:300],
        b"PK\x03\x04" + bytes(100),
        repacked(xlsx(), {SHEET: lambda part: part[:-20]}),
        repacked(xlsx(), {"xl/_rels/workbook.xml.rels": lambda part: part.replace(b"sheet1", b"sheet9")}),
        repacked(xlsx(), add={"XL/worksheets/Sheet1.xml": b"<worksheet/>"}),
        xlsx_with_cells('<row r="1"><c r="1A"><v>2</v></c></row>'),
        xlsx_with_cells('<row r="een"><c><v>2</v></c></row>'),
        ods('<table:table-row><table:table-cell table:number-columns-repeated="99999999999"/></table:table-row>'),
        ods(ODS_ROW + '</table:table><table:table table:name="Maatregelen">' + ODS_ROW),
    ],
)
def test_broken_files(content):
    assert refusal(content) == DAMAGED


def test_a_sheet_outside_the_inspected_parts_is_not_read():
    """A relationship to a part that is no XML by its name would lead past the limits."""
    cell = '<row r="9"><c r="A9"><v>1</v></c></row>'
    far = f'<worksheet xmlns="{SHEET_NAMESPACE}"><sheetData>{cell}</sheetData></worksheet>'
    content = repacked(
        xlsx(),
        {"xl/_rels/workbook.xml.rels": lambda part: part.replace(b"worksheets/sheet1.xml", b"media/x.png")},
        {"xl/media/x.png": far.encode()},
    )

    assert refusal(content) == DAMAGED


@pytest.mark.parametrize("character", ["\u0001", "\u202e", "\ufffd"])
def test_characters_that_cannot_be_shown_are_named_by_their_cell(character):
    content = f"Nummer;Titel\n1;Eed{character}s".encode()

    with pytest.raises(UnreadableFile) as caught:
        read_workbook(content, name="jaar.csv")
    assert str(caught.value) == (
        "Blad jaar, cel B2 bevat een teken dat niet te tonen is. Typ de tekst van deze cel opnieuw en upload het "
        "bestand nog een keer."
    )


@pytest.mark.parametrize("encoding", ["yes", "UTF-es", "base64", "utf-7", "idna"])
def test_an_encoding_that_nobody_knows_is_damage(encoding):
    content = repacked(xlsx(), {"xl/worksheets/sheet1.xml": lambda part: part.replace(b"UTF-8", encoding.encode(), 1)})

    assert refusal(content) == DAMAGED


@pytest.mark.parametrize("format", ["xlsx", "ods"])
def test_damage_of_any_kind_is_refused_or_read_but_never_raises_something_else(format):
    good = write([Table("Blad", ("Nummer", "Datum"), [(n, date(2026, 1, 31)) for n in range(5)])], format)
    chance = random.Random(2026)  # noqa: S311  the same damage in every run
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        names = archive.namelist()

    def damaged(part):
        place, length = chance.randrange(len(part)), chance.randint(1, 20)
        return part[:place] + part[place + length :] + part[place : place + length * chance.randint(0, 2)]

    for _attempt in range(150):
        try:
            read_workbook(repacked(good, {chance.choice(names): damaged}))
        except UnreadableFile as refused:
            assert str(refused)
