"""Pages of the report ask the database as often for a large body as for a small one."""

from datetime import date

import pytest
from django.urls import reverse

from openintegriteit.accountability.models import Annex, AnnexKind, CouncilQuestion
from openintegriteit.accountability.operations import start_report
from openintegriteit.accountability.tests.factories import question
from openintegriteit.core.tests.counting import data_queries
from openintegriteit.policy.models import Regulation, RegulationVersion
from openintegriteit.programme.models import Activity, Finding, Measure, ProgressNote
from openintegriteit.programme.tests.factories import heading, plan_of

pytestmark = [pytest.mark.django_db, pytest.mark.database]

FEW, MANY = 10, 1_000
MOST = {
    "reports": 6,
    "report": 42,
    "section": 39,
    "questions": 9,
    "question_edit": 9,
    "dates": 7,
    "form_headings": 6,
}


def fill(organisation, about, number):
    """So many records of each kind, up to `number` in all."""
    have = Measure.objects.count()
    rows = range(have + 1, number + 1)
    plan, under = plan_of(organisation), heading(organisation, f"Rubriek {number}")
    shared = {"organisation": organisation}
    findings = Finding.objects.bulk_create(Finding(number=n, kind="audit", text=f"B{n}", **shared) for n in rows)
    measures = Measure.objects.bulk_create(
        Measure(plan=plan, heading=under, number=n, title=f"M{n}", finding=found, pillar=1 + n % 8, **shared)
        for n, found in zip(rows, findings, strict=True)
    )
    ProgressNote.objects.bulk_create(ProgressNote(measure=row, text="Loopt", **shared) for row in measures)
    Activity.objects.bulk_create(
        Activity(title=f"A{n}", theme=f"T{n % 9}", year=2025 + n % 2, status="held", participants=3, **shared)
        for n in rows
    )
    codes = Regulation.objects.bulk_create(Regulation(title=f"R{n}", kind="scheme", **shared) for n in rows)
    RegulationVersion.objects.bulk_create(RegulationVersion(regulation=code, **shared) for code in codes)
    CouncilQuestion.objects.bulk_create(
        CouncilQuestion(report=about, order=10_000 + n, question=f"V{n}", measure=measures[0], **shared) for n in rows
    )


def queries(client, address):
    return data_queries(lambda: client.get(address))


@pytest.mark.slow
def test_pages_of_the_report(client_as, organisation, coordinator):
    about = start_report(actor=coordinator, year=2025, reference_date=date(2026, 3, 31))
    Annex.objects.create(organisation=organisation, report=about, order=1, title="Stand", kind=AnnexKind.MEASURES)
    asked = question(about)
    addresses = {
        "reports": reverse("accountability:reports"),
        "report": reverse("accountability:report", args=[2025]),
        "section": reverse("accountability:section", args=[2025, "terugblik"]),
        "questions": reverse("accountability:questions", args=[2025]),
        "question_edit": reverse("accountability:question_edit", args=[asked.pk]),
        "dates": reverse("accountability:dates", args=[2025]),
        "form_headings": reverse("accountability:form_headings"),
    }
    client = client_as("coordinator")
    fill(organisation, about, FEW)
    for address in addresses.values():  # what is fetched once is not counted
        assert client.get(address).status_code == 200

    small = {name: queries(client, address) for name, address in addresses.items()}
    fill(organisation, about, MANY)
    large = {name: queries(client, address) for name, address in addresses.items()}

    assert large == small
    assert {name: number for name, number in small.items() if number > MOST[name]} == {}
