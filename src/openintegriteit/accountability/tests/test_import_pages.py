"""Bringing in a year on screen: from file to preview to stored, and what happens to bad files and bad luck."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from openintegriteit.accountability.models import AnnualReport
from openintegriteit.accountability.tests.factories import OWN_BODY
from openintegriteit.core.spreadsheets.reading import read_workbook
from openintegriteit.core.spreadsheets.writing import Table, write
from openintegriteit.core.tests.hostile_files import SHEET, repacked, xlsx_with_cells
from openintegriteit.programme.models import Measure

pytestmark = [pytest.mark.django_db, pytest.mark.database]

BODY = Table("Organisatie", tuple(OWN_BODY), (tuple(OWN_BODY.values()),))


def measures(*rows, heads=("Nummer", "Maatregel")):
    return write([BODY, Table("Maatregelen", heads, rows)], "xlsx")


@pytest.fixture
def browser(client_as):
    return client_as("coordinator")


def send(browser, content, name="jaar.xlsx"):
    return browser.post(reverse("accountability:import"), {"file": SimpleUploadedFile(name, content)})


def staged(browser, content):
    """Upload, and return the identifier that the address of the next page holds."""
    response = send(browser, content)
    assert response.status_code == 302
    return re.search(r"/([0-9a-f]{32})/$", response.url).group(1)


def preview(browser, identifier):
    return browser.get(reverse("accountability:import_preview", args=[identifier]))


def confirm(browser, identifier, fingerprint, **options):
    return browser.post(
        reverse("accountability:import_apply", args=[identifier]), {"fingerprint": fingerprint}, **options
    )


@pytest.mark.parametrize("file_format", ["xlsx", "ods"])
def test_a_file_goes_from_upload_to_records(browser, organisation, tmp_path, file_format):
    content = write([BODY, Table("Maatregelen", ("Nummer", "Maatregel"), ((1, "Eed"), (2, "Code")))], file_format)
    identifier = staged(browser, content)

    shown = preview(browser, identifier)
    text = shown.content.decode()
    assert shown.status_code == 200
    assert "1. Eed" in text
    assert not Measure.objects.exists()
    response = confirm(browser, identifier, shown.context["changes"].fingerprint)

    assert response.url == reverse("accountability:report", args=[2025])
    assert list(Measure.objects.values_list("title", flat=True)) == ["Eed", "Code"]
    assert list((tmp_path / "uploads").iterdir()) == []


def test_confirming_twice_leads_to_a_page_that_says_so(browser, organisation):
    identifier = staged(browser, measures((1, "Eed")))
    fingerprint = preview(browser, identifier).context["changes"].fingerprint
    confirm(browser, identifier, fingerprint)

    again = confirm(browser, identifier, fingerprint, follow=True)

    assert again.status_code == 200
    assert "Dit bestand is er niet meer." in again.content.decode()
    assert Measure.objects.count() == 1


def test_when_the_records_moved_since_the_preview_it_is_shown_again(browser, organisation):
    first = staged(browser, measures((1, "Eed")))
    confirm(browser, first, preview(browser, first).context["changes"].fingerprint)
    identifier = staged(browser, measures((1, "Belofte")))
    fingerprint = preview(browser, identifier).context["changes"].fingerprint
    Measure.objects.update(title="Van een ander", version=2)

    response = confirm(browser, identifier, fingerprint)

    assert response.status_code == 409
    assert "Van een ander" in response.content.decode()
    assert Measure.objects.get().title == "Van een ander"
    assert confirm(browser, identifier, response.context["changes"].fingerprint).status_code == 302
    assert Measure.objects.get().title == "Belofte"


def test_sending_the_same_file_again_finds_nothing_to_store(browser, organisation):
    for _time in range(2):
        identifier = staged(browser, measures((1, "Eed")))
        shown = preview(browser, identifier)
        confirm(browser, identifier, shown.context["changes"].fingerprint)

    assert "Alles in het bestand is al bekend" in shown.content.decode()
    assert "toepassen/" not in shown.content.decode()


def test_giving_up_changes_nothing_and_throws_the_file_away(browser, organisation, tmp_path):
    identifier = staged(browser, measures((1, "Eed")))

    response = browser.post(reverse("accountability:import_give_up", args=[identifier]), follow=True)

    assert "Er is niets veranderd." in response.content.decode()
    assert list((tmp_path / "uploads").iterdir()) == []
    assert not AnnualReport.objects.exists()
    assert preview(browser, identifier).status_code == 302


def test_a_file_of_somebody_else_is_gone(browser, client_as, organisation):
    identifier = staged(browser, measures((1, "Eed")))
    other = client_as("coordinator")

    assert preview(other, identifier).url == reverse("accountability:import")
    assert confirm(other, identifier, "").url == reverse("accountability:import")
    assert not Measure.objects.exists()


def test_applying_needs_the_preview(browser, organisation):
    identifier = staged(browser, measures((1, "Eed")))

    response = confirm(browser, identifier, "")

    assert response.status_code == 409
    assert not Measure.objects.exists()


def test_a_file_with_mistakes_names_each_and_cannot_be_applied(browser, organisation):
    content = measures((1, "Eed", "31-02-2026"), (1, "", None), heads=("Nummer", "Maatregel", "Einddatum"))
    identifier = staged(browser, content)

    shown = preview(browser, identifier)

    text = shown.content.decode()
    assert shown.status_code == 422
    assert "Blad Maatregelen, rij 2, kolom Einddatum" in text
    assert "31-02-2026" in text
    assert "Blad Maatregelen, rij 3, kolom Maatregel" in text
    assert "toepassen/" not in text
    assert confirm(browser, identifier, "").status_code == 422
    assert not Measure.objects.exists()


def test_formulas_are_warned_of_and_their_outcome_is_used(browser, organisation):
    plain = write([BODY], "xlsx")
    content = repacked(plain, {SHEET: lambda sheet: sheet.replace(b"<v>2025</v>", b"<f>2024+1</f><v>2025</v>")})
    assert read_workbook(content).warnings != ()

    text = preview(browser, staged(browser, content)).content.decode()

    assert "Blad Organisatie: cel C2 bevat een formule." in text
    assert "2025" in text


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "leeg"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "afbeelding"),
        (b"%PDF-1.7\n", "pdf"),
        (b"Nummer;Maatregel\n1;Co\xc3\xa9rdinatie en caf\xe9\n", "letters"),
        (xlsx_with_cells('<row r="1000000"><c r="A1000000"><v>1</v></c></row>'), "rijen"),
        (b"PK\x03\x04" + b"x" * 50, "bestand"),
    ],
    ids=["empty", "picture", "pdf", "broken encoding", "a million rows", "broken zip"],
)
def test_a_hostile_or_wrong_file_is_refused_with_a_reason(browser, organisation, tmp_path, content, problem):
    response = send(browser, content)

    assert response.status_code == 422
    (error,) = response.context["form"].errors["file"]
    assert problem in error
    assert not (tmp_path / "uploads").exists()


def test_without_a_file_it_asks_for_one(browser, organisation):
    response = browser.post(reverse("accountability:import"), {})

    assert response.status_code == 422
    assert "Kies eerst een bestand." in response.content.decode()


def test_a_workbook_of_another_body_is_refused(browser, organisation):
    other = {**OWN_BODY, "Naam": "Gemeente Huizen"}
    content = write([Table("Organisatie", tuple(other), (tuple(other.values()),))], "xlsx")

    shown = preview(browser, staged(browser, content))

    assert shown.status_code == 422
    assert "dit werkboek is van Gemeente Huizen, maar u werkt in Gemeente Proef." in shown.content.decode()


@pytest.mark.parametrize("file_format", ["xlsx", "ods"])
def test_the_workbook_is_handed_out(browser, organisation, file_format):
    response = browser.get(reverse("accountability:import_template", args=[file_format]))

    assert response["Content-Disposition"] == f'attachment; filename="werkboek-jaar.{file_format}"'
    sheets = [sheet.name for sheet in read_workbook(response.content).sheets]
    assert sheets[-11:] == [
        "Organisatie",
        "Regelingen",
        "Beleidsdocumenten",
        "Maatregelen",
        "Voortgang",
        "Activiteiten",
        "Jaarcijfers",
        "Bevindingen",
        "Raadsvragen",
        "Verslagteksten",
        "Bijlagen",
    ]


def test_a_day_as_a_spreadsheet_keeps_it_arrives_as_that_day(browser, organisation):
    content = measures((1, "Eed", date(2026, 7, 1)), heads=("Nummer", "Maatregel", "Einddatum"))
    identifier = staged(browser, content)

    confirm(browser, identifier, preview(browser, identifier).context["changes"].fingerprint)

    assert Measure.objects.get().due_on == date(2026, 7, 1)
