"""The pages of half-years, quarters and months: who may read them, where they lead, and the overview as a file."""

from datetime import date

import pytest
from django.tasks import TaskResultStatus
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from openintegriteit.accountability import tasks
from openintegriteit.accountability.period_facts import gather_part
from openintegriteit.accountability.period_overview import overview_of
from openintegriteit.accountability.periods import part_named
from openintegriteit.accountability.tests.factories import question, report
from openintegriteit.campaigns.tests.factories import campaign
from openintegriteit.coordination.models import Advice
from openintegriteit.core.clock import today
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.organisations.documents import kept_file
from openintegriteit.policy.tests.factories import plan, regulation, version
from openintegriteit.programme.models import ProgressNote
from openintegriteit.programme.tests.factories import activity, finding, measure

pytestmark = [pytest.mark.django_db, pytest.mark.database]

LIST = "/werk/tussenstand/"
HALF = "/werk/tussenstand/2026-h1/"
READERS = ["coordinator", "secretary", "chair", "executive_member", "clerk", "internal_auditor"]


def main(response):
    assert response.status_code == 200
    return response.content.decode().partition("<main")[2]


@pytest.mark.parametrize("role", READERS)
def test_who_reads_the_draft_of_the_report_reads_the_overviews(client_as, organisation, role):
    activity(organisation, title="Eed", starts_on=date(2026, 3, 1), status="held")
    reader = client_as(role)

    assert "Eed" in main(reader.get(HALF))
    assert HALF in main(reader.get(LIST))
    assert reader.get(f"{HALF}bestand/html/").status_code == 202
    assert 'href="/werk/tussenstand/"' in reader.get("/werk/").content.decode()


@pytest.mark.parametrize("role", ["manager", "hr", "works_council", "staff", "functional_administrator"])
def test_others_may_not(client_as, organisation, role):
    other = client_as(role)

    for address in (LIST, HALF, f"{HALF}bestand/pdf/"):
        assert other.get(address).status_code == 403
    assert DBTaskResult.objects.count() == 0


@pytest.mark.parametrize(
    "slug", ["2026-h3", "2026-k0", "2026-m13", "2026-m5", "1989-h1", "2101-m01", "2026", "2026-x1", "2026-h1-h2"]
)
def test_what_is_no_part_of_a_year_is_not_found(client_as, organisation, slug):
    browser = client_as("coordinator")

    assert browser.get(f"{LIST}{slug}/").status_code == 404
    assert browser.get(f"{LIST}{slug}/bestand/pdf/").status_code == 404


def test_only_who_may_open_the_records_gets_links_to_them(client_as, organisation):
    made = measure(organisation, title="Eed", due_on=date(2026, 2, 1))

    for_clerk, for_secretary = (main(client_as(role).get(HALF)) for role in ("clerk", "secretary"))

    assert str(made.pk) not in for_clerk
    assert f"/werk/maatregelen/{made.pk}/" in for_secretary


def test_the_page_leads_to_its_neighbours_and_to_other_lengths(client_as, organisation):
    told = main(client_as("coordinator").get(f"{LIST}2026-k3/"))

    for slug in ("2026-k2", "2026-k4", "2026-h2", "2026-m07"):
        assert f'href="{LIST}{slug}/"' in told
    for file_format in ("pdf", "docx", "odt", "html"):
        assert f'href="{LIST}2026-k3/bestand/{file_format}/"' in told


def test_at_the_last_year_there_is_no_neighbour_beyond(client_as, organisation):
    told = main(client_as("coordinator").get(f"{LIST}2100-h2/"))

    assert "2101-h1" not in told
    assert f"{LIST}2100-h1/" in told


def test_the_list_is_kind_to_a_body_without_records(client_as, organisation):
    told = main(client_as("coordinator").get(LIST))

    assert "Er is nog geen periode waarin iets staat" in told
    assert f"{LIST}{today().year}-m{today().month:02}/" in told


def test_the_report_of_a_year_leads_to_its_half_years(client_as, organisation):
    report(organisation, 2025)

    told = main(client_as("clerk").get(reverse("accountability:report", args=[2025])))

    assert f"{LIST}2025-h1/" in told
    assert f"{LIST}2025-h2/" in told


def test_the_overview_as_a_file_comes_when_the_worker_has_made_it(client_as, organisation):
    activity(organisation, title="Eed", starts_on=date(2026, 3, 1), status="held")
    reader = client_as("clerk")

    waiting = reader.get(f"{HALF}bestand/html/")
    asked = DBTaskResult.objects.get(status=TaskResultStatus.READY)
    tasks.write_period.func(*asked.args_kwargs["args"])
    tasks.write_period.func(*asked.args_kwargs["args"])
    ready = reader.get(f"{HALF}bestand/html/")

    assert waiting.status_code == 202
    assert asked.args_kwargs["args"] == [str(organisation.pk), "2026-h1", today().isoformat(), "html"]
    assert ready.status_code == 200
    assert ready["Content-Disposition"] == 'attachment; filename="tussenstand-gemeenteproef-2026-h1.html"'
    assert b"Eed" in b"".join(ready.streaming_content)


def test_the_file_that_was_asked_before_midnight_is_the_one_of_that_day(organisation):
    tasks.write_period.func(str(organisation.pk), "2026-h1", "2026-07-01", "html")

    made = overview_of(gather_part(part_named("2026-h1"), organisation, date(2026, 7, 1)))
    assert kept_file(organisation, made, "html").exists()


def test_other_bodies_have_their_own(client_as, organisation, other_organisation):
    activity(organisation, title="Eed", starts_on=date(2026, 3, 1), status="held")

    response = client_as("coordinator").get(HALF, headers={"host": "ander.example"})

    assert "Eed" not in response.content.decode()


def fill(organisation, about, number):
    """So many records of each kind in the half-year."""
    day = date(2026, 2, 3)
    for count in range(number):
        of = measure(organisation, due_on=day, finding=finding(organisation, letter_on=day, due_on=day))
        ProgressNote.objects.create(organisation=organisation, measure=of, noted_on=day, text="Loopt")
        activity(organisation, year=2026, starts_on=day, status="held", kind="training", measure=of)
        activity(organisation, year=2026, period="voorjaar")
        version(regulation(organisation, review_due_on=date(2026, 8, 1)), "1", adopted_on=day)
        plan(organisation, adopted_on=day)
        question(about, received_on=day, answer_due_on=date(2026, 8, 1), measure=of)
        campaign(organisation, state="closed", closed_on=day)
        report(organisation, 1990 + Advice.objects.count(), council_on=date(2026, 8, 1))
        Advice.objects.create(organisation=organisation, day=day, initiative="asked", function="hr", theme=str(count))


@pytest.mark.slow
def test_the_pages_ask_the_database_as_often_for_many_records_as_for_few(client_as, organisation):
    browser, about = client_as("coordinator"), report(organisation)
    addresses = {LIST: 22, HALF: 24, f"{LIST}2025-h2/": 24}
    fill(organisation, about, 2)
    for address in addresses:  # what is fetched once is not counted
        assert browser.get(address).status_code == 200

    small = {address: data_queries(lambda at=address: browser.get(at)) for address in addresses}
    fill(organisation, about, 30)
    large = {address: data_queries(lambda at=address: browser.get(at)) for address in addresses}

    assert large == small
    assert {address: number for address, number in small.items() if number > addresses[address]} == {}
