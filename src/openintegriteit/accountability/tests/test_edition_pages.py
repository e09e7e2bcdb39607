"""The pages from draft to publication: they adopt what they showed, and refuse in words."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from openintegriteit.accountability import editions
from openintegriteit.accountability.documents import annual_report, standing_in_words
from openintegriteit.accountability.facts import gather
from openintegriteit.accountability.frozen import document_of_edition
from openintegriteit.accountability.models import Edition, SectionComment
from openintegriteit.accountability.tests import factories
from openintegriteit.accountability.tests.adopting import DAY, adopt, seen, write
from openintegriteit.core.clock import today
from openintegriteit.core.roles import Role
from openintegriteit.event_log.models import Entry
from openintegriteit.organisations.documents import make_file
from openintegriteit.programme.tests.factories import activity

pytestmark = [pytest.mark.django_db, pytest.mark.database]


@pytest.fixture
def report(organisation):
    return factories.report(organisation)


@pytest.fixture
def secretary(actor_with):
    return actor_with(Role.SECRETARY)


def form_of(client, address):
    return {name: field for name, field in client.get(address).context["form"].initial.items() if name == "seen"}


def test_the_page_of_adoption_adopts_what_it_showed(client_as, coordinator, report):
    client, address = client_as("coordinator"), "/werk/verslagen/2025/stap/vastgesteld/"
    shown = form_of(client, address)["seen"]
    write(coordinator, report, "Nog even iets.")
    typed = {"taken_on": "2026-05-12", "note": "Besluit 12", "seen": json.dumps(shown)}

    refused = client.post(address, typed)
    page = refused.content.decode()
    again = client.post(address, typed | {"seen": refused.context["form"]["seen"].value()})

    assert refused.status_code == 409
    assert "Waar wij voor staan" in page
    assert "Besluit 12" in page
    assert (again.status_code, again["Location"]) == (302, "/werk/verslagen/2025/")
    assert Edition.objects.get().adopted_on == DAY


def test_a_wrong_day_does_not_let_in_what_the_author_wrote_meanwhile(client_as, coordinator, report):
    client, address = client_as("coordinator"), "/werk/verslagen/2025/stap/vastgesteld/"
    shown = json.dumps(form_of(client, address)["seen"])
    write(coordinator, report, "Nog even iets.")

    wrong_day = client.post(address, {"taken_on": "2999-01-01", "seen": shown})
    again = client.post(address, {"taken_on": "2026-05-12", "seen": wrong_day.context["form"]["seen"].value()})

    assert (wrong_day.status_code, again.status_code) == (422, 409)
    assert not Edition.objects.exists()


def test_nothing_is_adopted_before_the_year_or_the_edition_before_it_was_over(client_as, coordinator, report):
    client, address = client_as("coordinator"), "/werk/verslagen/2025/stap/vastgesteld/"
    seen_now = json.dumps(seen(report))
    early = client.post(address, {"taken_on": "2025-12-30", "seen": seen_now})
    adopt(coordinator, report)
    editions.restate(actor=coordinator, report=report, reason="Een cijfer was fout.")
    before_the_first = client.post(address, {"taken_on": "2026-05-11", "seen": seen_now})

    assert (early.status_code, before_the_first.status_code) == (422, 422)
    assert Edition.objects.count() == 1


def test_while_a_restatement_is_written_the_console_gives_what_was_adopted(coordinator, report, organisation):
    write(coordinator, report, "Er waren drie meldingen.")
    assert standing_in_words(organisation, 2025) == "een concept dat niet is vastgesteld"
    adopt(coordinator, report)
    editions.restate(actor=coordinator, report=report, reason="Een melding was dubbel geteld.")
    write(coordinator, report, "Er waren twee meldingen.")

    assert "Er waren drie meldingen." in annual_report(organisation, year=2025, file_format="html").decode()
    assert standing_in_words(organisation, None) == "uitgave 1, vastgesteld op 12 mei 2026"


def test_an_edition_of_last_year_that_was_tampered_with_announces_nothing(coordinator, organisation):
    last_year = factories.report(organisation, year=2025)
    activity(organisation, title="Themaweek", year=2026)
    edition = adopt(coordinator, last_year)
    forged = json.loads(json.dumps(edition.content).replace("Themaweek", "Vervalst"))
    Edition.objects.bulk_create(
        [
            Edition(
                organisation=organisation,
                report=last_year,
                number=2,
                adopted_on=DAY,
                content=forged,
                content_hash=edition.content_hash,
            )
        ]
    )

    assert gather(factories.report(organisation, year=2026), organisation).promises == ()


def test_keeping_the_same_text_again_changes_and_logs_nothing(coordinator, report):
    first = write(coordinator, report, "Zo staan wij ervoor.")
    again = write(coordinator, report, "Zo staan wij ervoor.")

    assert again.version == first.version
    assert Entry.objects.filter(action="report_text.changed").count() == 1


@pytest.mark.parametrize("seen_by_nobody", ["", "null", "[]", "{}", '"x"', "x", '{"Voorstel": 1}'])
def test_a_form_that_saw_nothing_adopts_nothing(client_as, report, seen_by_nobody):
    response = client_as("coordinator").post(
        "/werk/verslagen/2025/stap/vastgesteld/", {"taken_on": "2026-05-12", "seen": seen_by_nobody}
    )

    assert response.status_code in {409, 422}
    assert not Edition.objects.exists()


@pytest.mark.parametrize("day", ["", "morgen", "2999-01-01"])
def test_a_day_that_has_not_come_is_refused_in_words(client_as, report, day):
    response = client_as("coordinator").post("/werk/verslagen/2025/stap/vastgesteld/", {"taken_on": day})

    assert response.status_code == 422
    assert not Edition.objects.exists()


def test_what_goes_out_cannot_have_gone_before_adoption(client_as, coordinator, report):
    adopt(coordinator, report)

    response = client_as("clerk").post(
        "/werk/verslagen/2025/stap/naar-volksvertegenwoordiging/", {"taken_on": "2026-05-11"}
    )

    assert response.status_code == 422
    assert "niet vóór 12 mei 2026" in response.content.decode()


def test_the_author_who_was_still_typing_keeps_the_text(client_as, coordinator, report):
    client = client_as("coordinator")
    adopt(coordinator, report)

    response = client.post(
        "/werk/verslagen/2025/visie/bewaren/", {"text": "Bijna klaar met schrijven.", "version": "0", "action": "save"}
    )

    assert response.status_code == 409
    page = response.content.decode()
    assert "Bijna klaar met schrijven." in page
    assert "/werk/verslagen/2025/herziening/" in page
    assert not report.texts.exists()


def test_the_report_page_tells_the_course_and_leads_to_the_edition(client_as, coordinator, report):
    adopt(coordinator, report)
    client = client_as("clerk")

    page = client.get("/werk/verslagen/2025/").content.decode()
    edition = client.get("/werk/verslagen/2025/uitgaven/1/").content.decode()

    assert "Vastgesteld door het college" in page
    assert "Verstuurd aan de raad" in page
    assert "/werk/verslagen/2025/uitgaven/1/" in page
    assert "12 mei 2026" in edition
    assert "Besluit 12" in edition


def test_an_edition_is_handed_out_as_it_was(client_as, coordinator, report, organisation):
    write(coordinator, report, "Er waren drie meldingen.")
    edition = adopt(coordinator, report)
    make_file(organisation, document_of_edition(edition), "html")

    response = client_as("clerk").get("/werk/verslagen/2025/uitgaven/1/bestand/html/")

    assert response["Content-Disposition"] == 'attachment; filename="jaarverslag-gemeenteproef-2025-uitgave-1.html"'
    assert "Er waren drie meldingen." in b"".join(response).decode()


def test_a_review_that_is_out_of_date_says_so(client_as, coordinator, secretary, report):
    editions.review(actor=secretary, report=report, taken_on=today(), note="", seen=seen(report))
    write(coordinator, report, "Nog iets nieuws.")

    page = client_as("secretary").get("/werk/verslagen/2025/").content.decode()

    assert "maar het verslag is daarna gewijzigd" in page


def test_the_report_page_costs_the_same_however_much_was_said(
    client_as, coordinator, report, django_assert_num_queries
):
    client = client_as("coordinator")
    client.get("/werk/verslagen/2025/")
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/werk/verslagen/2025/")
    for number in range(30):
        SectionComment.objects.create(
            organisation=report.organisation, report=report, section="visie", text=f"{number}", author="Iemand"
        )

    with django_assert_num_queries(len(few)):
        client.get("/werk/verslagen/2025/")
