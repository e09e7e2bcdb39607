"""Importing people on screen: from file to preview to confirmation, and what happens to bad files and bad luck."""

import html
import os
import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from openintegriteit.core.spreadsheets.reading import read_workbook
from openintegriteit.core.spreadsheets.writing import Table, write
from openintegriteit.organisations.importers import import_people, people_template, store_people
from openintegriteit.organisations.importers.console import PeopleRefused
from openintegriteit.organisations.models import Person
from openintegriteit.organisations.tests.factories import PersonFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]

UPLOAD = "organisations:import_upload"
PEOPLE = Table("Mensen", ("Personeelsnummer", "Achternaam", "Schoenmaat"), (("1", "Ramdin", 38), ("2", "Smit", 42)))


def csv(*lines):
    return "\n".join(lines).encode()


def send(browser, content, name="mensen.xlsx"):
    return browser.post(reverse(UPLOAD), {"file": SimpleUploadedFile(name, content)})


def staged(browser, content=None):
    """Upload, and return the identifier that the address of the next page holds."""
    response = send(browser, write([PEOPLE], "xlsx") if content is None else content)
    assert response.status_code == 302
    return re.search(r"/([0-9a-f]{32})/kolommen/$", response.url).group(1)


def preview(browser, identifier, **changes):
    page = browser.get(reverse("organisations:import_columns", args=[identifier]))
    values = {field.html_name: field.value() or "" for field in page.context["form"].head_fields}
    data = values | {"ingang": "2026-03-01"} | changes
    return data, browser.get(reverse("organisations:import_preview", args=[identifier]), data)


def confirm(browser, identifier, data, fingerprint):
    return browser.post(reverse("organisations:import_preview", args=[identifier]), data | {"fingerprint": fingerprint})


@pytest.mark.parametrize("extension", ["xlsx", "ods", "csv"])
def test_a_file_goes_from_upload_to_people(client_as, organisation, tmp_path, extension):
    browser = client_as("coordinator")
    identifier = staged(browser, write([PEOPLE], extension))

    data, page = preview(browser, identifier)
    assert page.status_code == 200
    assert [change.key for change in page.context["plan"].people] == ["1", "2"]
    assert "Schoenmaat" in page.content.decode()
    assert not Person.objects.exists()
    response = confirm(browser, identifier, data, page.context["plan"].fingerprint)

    assert response.url == reverse("organisations:people")
    assert list(Person.objects.values_list("family_name", flat=True)) == ["Ramdin", "Smit"]
    assert list((tmp_path / "uploads").iterdir()) == []


def test_confirming_twice_is_harmless(client_as, organisation):
    browser = client_as("hr")
    identifier = staged(browser)
    data, page = preview(browser, identifier)

    confirm(browser, identifier, data, page.context["plan"].fingerprint)
    again = confirm(browser, identifier, data, page.context["plan"].fingerprint)

    assert again.url == reverse(UPLOAD)
    assert Person.objects.count() == 2


def test_a_change_between_preview_and_confirmation_is_previewed_again(client_as, organisation):
    browser = client_as("hr")
    identifier = staged(browser)
    data, page = preview(browser, identifier)
    PersonFactory(organisation=organisation, personnel_number="1", family_name="Ondertussen")

    refused = confirm(browser, identifier, data, page.context["plan"].fingerprint)

    assert refused.status_code == 409
    assert Person.objects.count() == 1
    assert confirm(browser, identifier, data, refused.context["plan"].fingerprint).status_code == 302
    assert Person.objects.get(personnel_number="1").family_name == "Ramdin"


def test_nothing_happens_without_the_fingerprint_of_a_preview(client_as, organisation):
    browser = client_as("hr")
    identifier = staged(browser)
    data, _page = preview(browser, identifier)

    assert confirm(browser, identifier, data, "").status_code == 409
    assert not Person.objects.exists()


def test_somebody_elses_upload_is_not_found(client_as, organisation):
    identifier = staged(client_as("hr"))

    for name in ("import_columns", "import_preview"):
        response = client_as("hr").get(reverse(f"organisations:{name}", args=[identifier]))
        assert response.url == reverse(UPLOAD)


def test_an_upload_older_than_an_hour_is_gone(client_as, organisation, tmp_path):
    browser = client_as("hr")
    identifier = staged(browser)
    (file,) = (tmp_path / "uploads").iterdir()
    then = (timezone.now() - timedelta(minutes=61)).timestamp()
    os.utime(file, (then, then))

    assert browser.get(reverse("organisations:import_preview", args=[identifier])).url == reverse(UPLOAD)


def test_the_meaning_of_columns_is_changed_on_screen(client_as, organisation):
    browser = client_as("hr")
    identifier = staged(browser, csv("Sleutel;Hoe heet die", "7;Visser"))
    assert preview(browser, identifier)[1].status_code == 422

    _data, page = preview(browser, identifier, **{"kolom-0": "personnel_number", "kolom-1": "family_name"})

    assert page.status_code == 200
    assert [(change.key, change.name) for change in page.context["plan"].people] == [("7", "Visser")]


def test_one_meaning_for_two_columns_is_refused(client_as, organisation):
    browser = client_as("hr")
    identifier = staged(browser)

    _data, page = preview(browser, identifier, **{"kolom-2": "family_name"})

    assert page.status_code == 422
    assert list(page.context["form"].errors) == ["kolom-2"]


def test_mistakes_in_rows_are_listed_and_cannot_be_confirmed(client_as, organisation):
    browser = client_as("hr")
    identifier = staged(browser, csv("Personeelsnummer;Achternaam;In dienst", "1;Ramdin;31-02-2024", "1;;"))
    data, page = preview(browser, identifier)

    text = page.content.decode()
    assert page.status_code == 422
    found = [(error.row, error.column) for error in page.context["plan"].errors]
    assert found == [(2, "In dienst"), (3, "Achternaam")]
    assert all(str(error) in html.unescape(text) for error in page.context["plan"].errors)
    assert 'name="fingerprint"' not in text
    assert confirm(browser, identifier, data, page.context["plan"].fingerprint).status_code == 422
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7", b"PK\x03\x04rubbish", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x00" * 100],
    ids=["empty", "picture", "pdf", "broken archive", "old excel", "zeros"],
)
def test_a_wrong_file_is_refused_with_a_reason_and_not_kept(client_as, organisation, tmp_path, content):
    response = send(client_as("hr"), content)

    assert response.status_code == 422
    assert response.context["form"].errors["file"]
    assert not (tmp_path / "uploads").exists()


def test_no_file_at_all_is_said(client_as, organisation):
    assert client_as("hr").post(reverse(UPLOAD)).status_code == 422


@pytest.mark.slow
def test_a_million_rows_are_refused(client_as, organisation):
    lines = b"Personeelsnummer;Achternaam\n" + b"1;A\n" * 1_000_000

    assert send(client_as("hr"), lines, "mensen.csv").status_code == 422


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_names_survive_the_encodings_of_csv_files(client_as, organisation, encoding):
    browser = client_as("hr")
    identifier = staged(browser, "Personeelsnummer;Achternaam\n1;Müller-Çelik".encode(encoding))

    _data, page = preview(browser, identifier)

    assert page.context["plan"].people[0].name == "Müller-Çelik"


def test_a_text_that_looks_like_a_formula_stays_text(client_as, organisation):
    browser = client_as("hr")
    identifier = staged(browser, csv("Personeelsnummer;Achternaam", "1;=1+1"))
    data, page = preview(browser, identifier)

    confirm(browser, identifier, data, page.context["plan"].fingerprint)

    assert Person.objects.get().family_name == "=1+1"


def test_markup_in_a_file_is_shown_as_text(client_as, organisation):
    browser = client_as("hr")
    identifier = staged(browser, csv("Personeelsnummer;Achternaam;<script>x</script>", "1;<script>y</script>;z"))

    _data, page = preview(browser, identifier)

    assert "<script>x" not in page.content.decode()
    assert "<script>y" not in page.content.decode()


@pytest.mark.parametrize("extension", ["xlsx", "ods"])
def test_the_template_comes_with_examples_that_import_as_nothing(client_as, organisation, extension):
    response = client_as("hr").get(reverse("organisations:import_template", args=[extension]))

    assert response["Content-Disposition"] == f'attachment; filename="mensen-sjabloon.{extension}"'
    workbook = read_workbook(BytesIO(response.content))
    assert [sheet.name for sheet in workbook.sheets] == ["Uitleg", "Mensen", "Afdelingen"]
    browser = client_as("hr")
    _data, page = preview(browser, staged(browser, response.content))
    plan = page.context["plan"]
    assert (plan.errors, plan.units, plan.people) == ((), (), ())


def test_the_console_tells_first_and_does_then(coordinator, organisation, tmp_path):
    file = tmp_path / "mensen.xlsx"
    file.write_bytes(write([PEOPLE], "xlsx"))

    accepted, trial = import_people(file, actor=coordinator, dry_run=True)
    assert accepted
    assert not Person.objects.exists()
    accepted, done = import_people(file, actor=coordinator)

    assert accepted
    assert trial[:-1] == done
    assert Person.objects.count() == 2


def test_the_console_names_every_mistake_and_stores_nothing(coordinator, organisation, tmp_path):
    file = tmp_path / "mensen.csv"
    file.write_bytes(csv("Personeelsnummer;Achternaam", "1;", "1;Smit", "2;Groot"))

    accepted, lines = import_people(file, actor=coordinator)

    assert not accepted
    assert len(lines) == 2
    assert "Achternaam" in lines[0]
    assert not Person.objects.exists()
    with pytest.raises(PeopleRefused):
        store_people(read_workbook(file.read_bytes()), actor=coordinator)


def test_the_template_is_handed_out_by_the_console_too():
    assert read_workbook(people_template("ods")).sheet("Mensen") is not None
