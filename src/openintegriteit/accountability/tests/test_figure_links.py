"""A figure leads to its records for who may open them, and tells its source without a link to others."""

from datetime import date

import pytest
from django.urls import reverse

from openintegriteit.accountability.facts import gather
from openintegriteit.accountability.markup import blocks_of
from openintegriteit.accountability.models import AnnualReport
from openintegriteit.coordination.tests.factories import advice
from openintegriteit.core.clock import today
from openintegriteit.core.documents.model import Link
from openintegriteit.core.roles import Actor, Role

pytestmark = pytest.mark.django_db
CODE = "advice-asked"


@pytest.fixture
def year(organisation):
    year = today().year
    advice(organisation, day=date(year, 1, 1))
    AnnualReport.objects.create(organisation=organisation, year=year, reference_date=date(year + 1, 3, 31))
    return year


def counts_address(year):
    return f"{reverse('coordination:counts')}?jaar={year}"


def test_the_coordinator_goes_from_the_figure_to_the_counts(client_as, year):
    client = client_as("coordinator")

    text = client.get(reverse("figures:indicator", args=[CODE])).content.decode()

    assert f'href="{counts_address(year)}"' in text
    assert client.get(counts_address(year)).status_code == 200


@pytest.mark.parametrize("role", ["chair", "secretary", "executive_member", "internal_auditor"])
def test_others_read_where_the_figure_comes_from_without_a_link(client_as, year, role):
    client = client_as(role)

    text = client.get(reverse("figures:indicator", args=[CODE])).content.decode()

    assert f"De adviezen van {year} in het overzicht van de coördinator" in text
    assert reverse("coordination:counts") not in text
    assert client.get(counts_address(year)).status_code == 403


def test_a_text_of_the_report_links_the_figure_only_for_who_may_follow(organisation, year):
    facts = gather(AnnualReport.objects.get(), organisation)

    def links(role):
        seen = facts.seen_by(Actor("1", "Iemand", organisation.pk, frozenset({role})))
        [paragraph] = blocks_of(f"[[{CODE} {year}]]", seen.figures, link_to="https://hier.example")
        return [run.address for run in paragraph.runs if isinstance(run, Link)]

    assert links(Role.COORDINATOR) == [f"https://hier.example{counts_address(year)}"]
    assert links(Role.CHAIR) == []
