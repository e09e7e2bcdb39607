"""Bodies of two sizes, with everything that lists show."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache

from django.db import connection
from django.test import Client

from openintegriteit.accountability.models import AnnualReport
from openintegriteit.core.roles import Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.figures.models import YearFigure
from openintegriteit.identity.tests.factories import add_second_factor, user_with_roles
from openintegriteit.organisations.models import Organisation
from openintegriteit.organisations.tests.factories import make_people
from openintegriteit.programme.models import ActionPlan, Measure, MeasureHeading, MeasureStatus

SIZES = {"klein.example": 10, "groot.example": 50_000}
ROWS = SIZES | {"half.example": 25_000}  # of each kind; the half is for what looks through both kinds at once
WORDS = ("meldregeling", "ambtseed", "nevenfuncties", "gedragscode", "vertrouwenspersoon", "cultuur", "training")


@cache
def body_of(host: str) -> Organisation:
    """The body on this host, filled with as many measures and people as its size says."""
    organisation = Organisation.objects.create(name=f"Gemeente {host}", kind="municipality", host=host)
    with organisation_scope(organisation.pk):
        make_people(organisation, ROWS[host])
        make_measures(organisation, ROWS[host])
        make_year(organisation)
    analyse()
    return organisation


def make_measures(organisation: Organisation, count: int) -> None:
    """Measures spread over headings, pillars, states, owners and years."""
    plan = ActionPlan.objects.create(organisation=organisation, title="Plan van aanpak")
    headings = [
        MeasureHeading.objects.create(organisation=organisation, plan=plan, title=f"Rubriek {number}", order=number)
        for number in range(8)
    ]
    states = [state for state in MeasureStatus if state != MeasureStatus.DONE]
    Measure.objects.bulk_create(
        (
            Measure(
                organisation=organisation,
                plan=plan,
                number=number,
                heading=headings[number % 8],
                pillar=number % 8 + 1,
                title=f"Verbeter de {WORDS[number % 7]} van team {number % 400}",
                description=f"Samen met de {WORDS[number * 3 % 7]} wordt dit punt uitgewerkt en besproken. " * 3,
                owner=f"Teamleider {number % 200}",
                due_on=date(2025, 1, 1) + timedelta(days=number % 900),
                status=states[number % len(states)],
            )
            for number in range(1, count + 1)
        ),
        batch_size=2000,
    )


def make_year(organisation: Organisation) -> None:
    """An annual report that is being written, with figures of three years: what the desk tells of a year."""
    AnnualReport.objects.create(organisation=organisation, year=2025, reference_date=date(2026, 3, 31))
    YearFigure.objects.bulk_create(
        YearFigure(organisation=organisation, indicator="adviser-contact-persons", year=year, value=year - 2015)
        for year in (2023, 2024, 2025)
    )


def analyse() -> None:
    """Let the database look at its new rows, as both do by themselves in use."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


@cache
def client_of(host: str, role: Role) -> Client:
    """A client signed in to the body, second factor and all."""
    user = user_with_roles(body_of(host), role)
    add_second_factor(user)
    client = Client()
    client.defaults["HTTP_HOST"] = host
    client.force_login(user)
    return client


def opening(host: str, role: Role, address: str) -> Callable[[], object]:
    """Open a page of the body. The work raises AssertionError when the page does not open."""
    client = client_of(host, role)

    def work() -> object:
        response = client.get(address)
        assert response.status_code == 200, f"{address}: {response.status_code}"
        b"".join(response) if response.streaming else response.content
        return response

    return work
