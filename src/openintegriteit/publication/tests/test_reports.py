"""Annual reports on the public site (Ambtenarenwet 2017, art. 4(4)): once made public, and as they were adopted."""

import pytest
from django.db import connection

from openintegriteit.accountability import editions
from openintegriteit.accountability.models import AnnexFile, Edition, EditionFile, StepKind
from openintegriteit.accountability.tests import factories
from openintegriteit.accountability.tests.adopting import adopt
from openintegriteit.core.clock import today
from openintegriteit.publication.tests.conftest import site_files
from openintegriteit.tests.rows import make_row

pytestmark = pytest.mark.database


@pytest.fixture
def report(organisation):
    return factories.report(organisation)


def make_public(actor, report) -> None:
    editions.send(actor=actor, report=report, kind=StepKind.PUBLISHED, taken_on=today(), note="")


def of_reports() -> set[str]:
    return {name for name in site_files() if name.startswith("/verslagen/verslag-") or "/bijlage-" in name}


def test_a_report_is_not_on_the_site_before_it_was_made_public(coordinator, report, site) -> None:
    adopt(coordinator, report)

    assert "Verslag integriteitsbeleid" not in site("/verslagen/index.html")
    assert of_reports() == set()


def test_a_report_that_was_made_public_stands_there_in_every_form(coordinator, report, site) -> None:
    adopt(coordinator, report)
    report.refresh_from_db()
    make_public(coordinator, report)

    page = site("/verslagen/index.html")

    assert f"Verslag integriteitsbeleid {report.year}" in page
    name = f"/verslagen/verslag-integriteit-{report.year}"
    assert of_reports() == {f"{name}.pdf", f"{name}.odt", f"{name}.docx", f"{name}.html"}
    sitemap = site("/sitemaps/sitemap-verslagen.xml")
    assert f"<loc>https://testserver{name}.pdf</loc>" in sitemap and ".html" not in sitemap


def test_of_the_documents_of_others_the_confidential_ones_stay_within(coordinator, organisation, report, site) -> None:
    edition = adopt(coordinator, report)
    shared = {"organisation": organisation, "edition": edition}
    for order, is_confidential in enumerate((False, True)):
        file = make_row(AnnexFile, organisation, content=b"%PDF " + str(is_confidential).encode(), form="pdf")
        EditionFile.objects.create(file=file, order=order, title="Bijlage", confidential=is_confidential, **shared)
    report.refresh_from_db()
    make_public(coordinator, report)

    site("/index.html")

    assert {name for name in of_reports() if "bijlage" in name} == {"/verslagen/bijlage-1.pdf"}
    assert site("/verslagen/bijlage-1.pdf") == "%PDF False"


def test_a_report_that_was_tampered_with_is_left_out_and_keeps_nothing_else_from_going_online(
    coordinator, declared, report, site
) -> None:
    adopt(coordinator, report)
    report.refresh_from_db()
    make_public(coordinator, report)
    tamper()

    assert "Verslag integriteitsbeleid" not in site("/verslagen/index.html")
    assert "Dijkema" in site("/registers/nevenfuncties-politieke-ambtsdragers/index.html")


def tamper() -> None:
    """Change an edition as somebody does who gets past the triggers."""
    table = Edition._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the end of the transaction
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s", [table])
            for (name,) in cursor.fetchall():
                cursor.execute(f"DROP TRIGGER {name}")
    Edition.objects.update(content_hash="0" * 64)
