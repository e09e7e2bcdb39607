"""CSV: delimiter and encoding are found out, and what cannot be read with certainty is refused."""

import pytest

from openintegriteit.core.spreadsheets.reading import Limits, UnreadableFile, read_workbook


def cells(content):
    (sheet,) = read_workbook(content, name="mensen.csv").sheets
    return [row.cells for row in sheet.rows]


def refusal(content, **limits):
    with pytest.raises(UnreadableFile) as caught:
        read_workbook(content, name="mensen.csv", limits=Limits(**limits))
    return str(caught.value)


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_delimiters(delimiter):
    content = delimiter.join(["Naam", "Plaats"]) + "\r\n" + delimiter.join(["Noor", "Huizen"])

    assert cells(content.encode()) == [("Naam", "Plaats"), ("Noor", "Huizen")]


def test_the_delimiter_is_counted_outside_quotes():
    assert cells(b'"Naam, voluit, met titel";Plaats\nNoor;Huizen') == [
        ("Naam, voluit, met titel", "Plaats"),
        ("Noor", "Huizen"),
    ]


def test_the_line_that_names_the_delimiter_is_no_row():
    assert cells(b"sep=|\r\nNaam|Plaats\r\nNoor|Huizen") == [("Naam", "Plaats"), ("Noor", "Huizen")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding):
    assert cells("Naam;Plaats\nZoë;Sint-Œdenrode – café".encode(encoding)) == [
        ("Naam", "Plaats"),
        ("Zoë", "Sint-Œdenrode – café"),
    ]


def test_utf_16_of_the_other_byte_order():
    assert cells(b"\xfe\xff" + "Naam\nZoë".encode("utf-16-be")) == [("Naam",), ("Zoë",)]


@pytest.mark.parametrize(
    "content",
    [
        "Naam\nZoë\n".encode() + b"Ren\xe9",
        "Naam\nZoë".encode()[:-1] + "\nZoë".encode(),
        b"\xef\xbb\xbfNaam\nRen\xe9",
        b"\xff\xfeN\x00a\x00a",
        "Naam\nAndré".encode("cp437"),
        b"Naam\n\x81\x8d\x90",
    ],
)
def test_letters_that_are_not_certain_are_refused(content):
    assert refusal(content) == (
        "De letters in dit tekstbestand zijn niet met zekerheid te lezen: accenten zouden verloren gaan. Sla het op "
        "als “CSV UTF-8”, of als XLSX of ODS."
    )


def test_a_replacement_character_shows_that_letters_were_lost_before():
    assert refusal("Naam\nRen\ufffd".encode()) == (
        "Blad mensen, cel A2 bevat een teken dat niet te tonen is. Typ de tekst van deze cel opnieuw en upload het "
        "bestand nog een keer."
    )


def test_a_delimiter_that_we_do_not_read_is_refused():
    assert refusal(b"Naam|Plaats\nNoor|Huizen").startswith("De waarden in dit tekstbestand zijn niet gescheiden door")


def test_one_column_needs_no_delimiter():
    assert cells(b"Naam\nNoor") == [("Naam",), ("Noor",)]


def test_a_row_with_more_values_than_heads_is_refused():
    assert refusal(b"Naam,Plaats\nJansen, Noor,Huizen").startswith(
        "Blad mensen, rij 2 heeft meer waarden dan er kolomkoppen zijn."
    )


def test_a_quote_that_is_not_closed_is_refused():
    assert refusal(b'Naam;Plaats\nNoor;"Huizen\n').startswith(
        "Blad mensen, rij 2: een aanhalingsteken is niet gesloten"
    )


def test_too_many_rows_are_refused():
    assert refusal(b"Naam\n" + b"x\n" * 10, rows=10).startswith("Een blad heeft meer dan 10 rijen.")


def test_too_many_columns_are_refused():
    assert refusal(b"a;b;c", columns=2).startswith("Een blad heeft meer dan 2 kolommen.")


def test_a_text_longer_than_a_cell_is_refused():
    assert refusal(b"Naam\n" + b"x" * 11, cell_length=10).startswith("Een cel bevat meer dan 10 tekens.")


def test_values_are_composed_and_trimmed():
    assert cells("Naam\n  Zoe\u0308  ".encode()) == [("Naam",), ("Zoë",)]


def test_the_apostrophe_of_our_own_exports_is_taken_back():
    assert cells(b"Naam\n'=1+1\n's-Graveland") == [("Naam",), ("=1+1",), ("'s-Graveland",)]
