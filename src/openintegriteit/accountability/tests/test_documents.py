"""The files of a report: made once per state of the records, and never half written."""

import os
import time
from io import BytesIO
from pathlib import Path

import outloud
import page
import pikepdf
import pytest

from openintegriteit.accountability import importers
from openintegriteit.accountability.building import document_of
from openintegriteit.accountability.documents import NoReport, annual_report
from openintegriteit.accountability.facts import gather
from openintegriteit.accountability.models import AnnualReport
from openintegriteit.accountability.tests.factories import report
from openintegriteit.accountability.workbook.parsing import workbook_from_yaml
from openintegriteit.core import files
from openintegriteit.core.documents import write
from openintegriteit.core.roles import console_actor
from openintegriteit.core.spreadsheets.workbook import Workbook
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.organisations import documents
from openintegriteit.organisations.documents import forget_old_documents, kept_file, make_file
from openintegriteit.organisations.models import Organisation
from openintegriteit.programme.tests.factories import activity

pytestmark = [pytest.mark.django_db]

PACKAGE = Path(documents.__file__).parents[1]
YEARS = {
    "Gemeente Voorbeeld": PACKAGE / "desks" / "content" / "example_year.yaml",
    "Gemeente Huizen": PACKAGE / "tests" / "cases" / "huizen-2019.yaml",
}


@pytest.fixture
def about(organisation):
    return report(organisation)


def document(about):
    return document_of(gather(about, about.organisation))


def test_the_same_records_give_the_same_file_and_others_another(organisation, about):
    before = kept_file(organisation, document(about), "html")
    again = kept_file(organisation, document(AnnualReport.objects.get()), "html")
    activity(organisation, status="held")
    after = kept_file(organisation, document(about), "html")

    assert before == again
    assert before != after


def test_each_format_and_each_body_has_its_own_file(organisation, other_organisation, about):
    told = document(about)
    files = {kept_file(body, told, form) for body in (organisation, other_organisation) for form in ("pdf", "html")}

    assert len(files) == 4


def test_a_file_is_made_once(organisation, about, monkeypatch):
    first = annual_report(organisation, year=2025, file_format="html")

    def fail(*_arguments):
        raise AssertionError("the file was there already")

    monkeypatch.setattr(documents, "write", fail)
    assert annual_report(organisation, year=None, file_format="html") == first


def test_a_failure_while_writing_leaves_nothing_behind(organisation, about, monkeypatch):
    def full(_descriptor):
        raise OSError("the disk is full")

    monkeypatch.setattr(files.os, "fsync", full)

    with pytest.raises(OSError, match="the disk is full"):
        make_file(organisation, document(about), "html")

    assert list(kept_file(organisation, document(about), "html").parent.iterdir()) == []


def test_the_file_appears_whole(organisation, about, monkeypatch):
    """While it is written there is no file with its name."""
    told, seen = document(about), []
    file = kept_file(organisation, told, "html")
    monkeypatch.setattr(files.os, "fsync", lambda _descriptor: seen.append(file.exists()))

    made = make_file(organisation, told, "html")

    assert seen == [False]
    assert made.read_bytes() == write(told, "html")
    assert [found.name for found in made.parent.iterdir()] == [file.name]


def test_what_was_made_long_ago_or_left_by_a_killed_process_goes(organisation, about):
    told = document(about)
    folder = kept_file(organisation, told, "html").parent
    folder.mkdir(parents=True)
    long_ago, lately = time.time() - 31 * 86_400, time.time() - 29 * 86_400
    for name, made in (("oud.pdf", long_ago), ("gestopt.part", long_ago), ("nieuw.pdf", lately)):
        (folder / name).touch()
        os.utime(folder / name, (made, made))

    forget_old_documents()

    assert {found.name for found in folder.iterdir()} == {"nieuw.pdf"}


def test_without_a_report_it_says_what_to_do(organisation):
    with pytest.raises(NoReport, match="Er is nog geen verslag"):
        annual_report(organisation, year=None, file_format="pdf")


def test_for_a_year_without_a_report_it_names_the_years_that_there_are(organisation, about):
    report(organisation, 2024)

    with pytest.raises(NoReport, match="Er zijn verslagen over: 2025, 2024"):
        annual_report(organisation, year=2019, file_format="pdf")


@pytest.fixture(params=YEARS)
def pdf(request, db):
    """The report of a full year as PDF."""
    body = Organisation.objects.create(name=request.param, kind="municipality")
    sheets = workbook_from_yaml(YEARS[request.param]).sheets
    book = Workbook(tuple(sheet for sheet in sheets if sheet.name not in ("Mensen", "Afdelingen")))
    with organisation_scope(body.pk):
        importers.apply(importers.read_year(book, body), actor=console_actor(body.pk))
        return annual_report(body, year=None, file_format="pdf")


@pytest.mark.slow
def test_the_report_of_a_full_year_is_accessible(pdf, tmp_path):
    """Valid PDF/UA-1 that reads out loud. TBL-010 takes row headers for shredded column headers; the tags are right."""
    file = tmp_path / "verslag.pdf"
    file.write_bytes(pdf)

    result = outloud.check(str(file))

    assert page.validate_pdf_bytes(pdf, profile="ua1").failures == []
    assert result.error is None
    assert {found.rule for found in result.sorted_findings() if found.severity == "error"} <= {"TBL-010"}
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert str(opened.Root.Lang) == "nl-NL"
        with opened.open_outline() as outline:
            assert [item.title for item in outline.root][:2] == ["Voorstel", "Toelichting op het te nemen besluit"]
