"""Uploads stop at the limit while they stream, and a spreadsheet field says what is wrong with a file."""

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.test import RequestFactory

from openintegriteit.core.spreadsheets.reading import Limits
from openintegriteit.core.tests.hostile_files import xlsx
from openintegriteit.core.uploads import LimitedUploadHandler, SpreadsheetField, UploadTooLarge


class CountingStream:
    """The body of a request that knows how much of it was taken."""

    def __init__(self, stream):
        self._stream, self.taken = stream, 0

    def read(self, *size):
        piece = self._stream.read(*size)
        self.taken += len(piece)
        return piece


class UploadForm(forms.Form):
    file = SpreadsheetField(limits=Limits(rows=10))


def bound(name, content):
    return UploadForm({}, {"file": SimpleUploadedFile(name, content)})


def request_with(*files):
    data = {f"file{number}": SimpleUploadedFile(f"{number}.bin", content) for number, content in enumerate(files)}
    request = RequestFactory().post("/werk/", data | {"naam": "Noor"})
    request.upload_handlers = [LimitedUploadHandler(request), MemoryFileUploadHandler(request)]
    return request


@pytest.fixture
def limit(settings):
    settings.UPLOAD_LIMIT_BYTES = 1024 * 1024
    return settings.UPLOAD_LIMIT_BYTES


def test_a_file_within_the_limit_arrives_whole(limit):
    content = b"x" * limit

    assert request_with(content).FILES["file0"].read() == content


def test_a_file_past_the_limit_stops_with_a_message_for_the_user(limit):
    with pytest.raises(UploadTooLarge) as caught:
        request_with(b"x" * (limit + 1)).FILES  # noqa: B018

    assert str(caught.value) == (
        "De upload is groter dan 1 MB. Kies een kleiner bestand, of verdeel het over meer bestanden."
    )


def test_nothing_is_read_past_the_limit(limit):
    request = request_with(b"x" * (20 * limit))
    request._stream = CountingStream(request._stream)

    with pytest.raises(UploadTooLarge):
        request.FILES  # noqa: B018
    assert request._stream.taken < 2 * limit


def test_the_limit_counts_all_files_of_a_request(limit):
    with pytest.raises(UploadTooLarge):
        request_with(b"x" * (limit // 2 + 1), b"x" * (limit // 2)).FILES  # noqa: B018


def test_after_the_limit_the_request_can_still_be_asked_for_its_form(limit):
    request = request_with(b"x" * (limit + 1))

    with pytest.raises(UploadTooLarge):
        request.POST  # noqa: B018
    assert request.POST.get("csrfmiddlewaretoken", "") == ""


def test_a_good_spreadsheet_comes_with_its_content():
    content = xlsx()

    form = bound("jaar.xlsx", content)

    assert form.is_valid()
    upload = form.cleaned_data["file"]
    assert (upload.name, upload.content) == ("jaar.xlsx", content)
    assert upload.workbook.sheet("maatregelen").rows[1].cells == (1, "Eed")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("jaar.xlsx", b"\x89PNG\r\n", "Dit is een afbeelding, geen rekenblad. Upload een XLSX-, ODS- of CSV-bestand."),
        ("jaar.csv", b"", "Het bestand is leeg. Upload een bestand met ten minste een rij met kolomkoppen."),
        (
            "jaar.csv",
            b"Kop\n" + b"x\n" * 10,
            "Een blad heeft meer dan 10 rijen. Haal weg wat voor het inlezen niet nodig is, of verdeel het over meer "
            "bestanden.",
        ),
    ],
)
def test_a_bad_file_is_an_error_of_the_field(name, content, message):
    assert bound(name, content).errors == {"file": [message]}


def test_no_file_at_all():
    assert UploadForm({}, {}).errors == {"file": ["Kies eerst een bestand."]}


def test_the_field_names_the_files_it_takes():
    assert 'accept=".xlsx,.ods,.csv"' in str(UploadForm()["file"])
