"""Bodies of two sizes, with everything that lists show."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from uuid import UUID, uuid4

from django.db import connection
from django.test import Client
from django.utils import timezone

from openintegriteit.accountability.models import AnnualReport
from openintegriteit.campaigns.models import Campaign, CampaignState, Invitee, Route
from openintegriteit.coordination.models import Advice, Function, Initiative
from openintegriteit.core.database import learn_sizes
from openintegriteit.core.roles import Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.figures.models import YearFigure
from openintegriteit.identity.tests.factories import add_second_factor, user_with_roles
from openintegriteit.organisations.models import Organisation, Person
from openintegriteit.organisations.tests.factories import make_people
from openintegriteit.programme.models import (
    ActionPlan,
    Activity,
    ActivityKind,
    Finding,
    FindingKind,
    Measure,
    MeasureHeading,
    MeasureStatus,
)

CAMPAIGNS = {"klein.example": UUID(int=1), "groot.example": UUID(int=2)}
SIZES = {"klein.example": 10, "groot.example": 50_000}
LARGEST_CAMPAIGN = 10_000
ROWS = SIZES | {"half.example": 25_000}  # of each kind; the half is for what looks through both kinds at once
WORDS = ("meldregeling", "ambtseed", "nevenfuncties", "gedragscode", "vertrouwenspersoon", "cultuur", "training")


@cache
def body_of(host: str) -> Organisation:
    """The body on this host, filled with as many measures and people as its size says."""
    name = (
        f"Gemeente {host.partition('.')[0]}stad"  # a name that nobody in the list bears: positions are laid beside it
    )
    organisation = Organisation.objects.create(name=name, kind="municipality", host=host)
    with organisation_scope(organisation.pk):
        make_people(organisation, ROWS[host])
        if host in SIZES:
            make_programme(organisation, SIZES[host])
        make_measures(organisation, ROWS[host])
        if host in SIZES:
            make_campaign(organisation, host)
        make_year(organisation)
    analyse()
    return organisation


def make_measures(organisation: Organisation, count: int) -> None:
    """Measures spread over headings, pillars, states, owners and years; a third answers a finding."""
    plan = ActionPlan.objects.create(organisation=organisation, title="Plan van aanpak")
    headings = [
        MeasureHeading.objects.create(organisation=organisation, plan=plan, title=f"Rubriek {number}", order=number)
        for number in range(8)
    ]
    states = [state for state in MeasureStatus if state != MeasureStatus.DONE]
    findings = list(Finding.objects.values_list("pk", flat=True)) or [None]
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
                finding_id=findings[number % len(findings)] if number % 3 == 0 else None,
                due_on=date(2025, 1, 1) + timedelta(days=number % 900),
                status=states[number % len(states)],
            )
            for number in range(1, count + 1)
        ),
        batch_size=2000,
    )


def make_programme(organisation: Organisation, count: int) -> None:
    """Findings, activities and pieces of advice, spread over kinds, states and years."""
    kinds, activities, functions = list(FindingKind), list(ActivityKind), list(Function)
    Finding.objects.bulk_create(
        (
            Finding(
                organisation=organisation,
                number=number,
                kind=kinds[number % len(kinds)],
                found_by=f"Onderzoeker {number % 50}",
                text=f"De {WORDS[number % 7]} van team {number % 400} is niet bekend bij iedereen.",
                due_on=date(2025, 1, 1) + timedelta(days=number % 900),
            )
            for number in range(1, count + 1)
        ),
        batch_size=2000,
    )
    Activity.objects.bulk_create(
        (
            Activity(
                organisation=organisation,
                title=f"Gesprek over {WORDS[number % 7]} met team {number % 400}",
                theme=WORDS[number * 3 % 7],
                kind=activities[number % len(activities)],
                year=2020 + number % 7,
                starts_on=date(2020 + number % 7, 1, 1) + timedelta(days=number % 365),
            )
            for number in range(count)
        ),
        batch_size=2000,
    )
    Advice.objects.bulk_create(
        (
            Advice(
                organisation=organisation,
                day=date(2020, 1, 1) + timedelta(days=number % 2500),
                theme="nevenfuncties" if number % 2 else "geschenken",
                initiative=Initiative.ASKED,
                function=functions[number % len(functions)],
                question="Mag dit?",
                advice="Ja, als de leidinggevende het weet.",
            )
            for number in range(count)
        ),
        batch_size=2000,
    )


def make_campaign(organisation: Organisation, host: str) -> None:
    """An open campaign that asks at most 10,000 people, of whom half have answered."""
    people = Person.objects.order_by("personnel_number")[:LARGEST_CAMPAIGN]
    campaign = Campaign.objects.create(
        pk=CAMPAIGNS[host],
        organisation=organisation,
        subject_kind="policy.regulationversion",
        subject_key=uuid4(),
        subject_label="Gedragscode",
        title="Gedragscode lezen",
        opens_on=date(2026, 1, 1),
        answer_before=date(2027, 1, 1),
        state=CampaignState.OPEN,
        group_size=len(people),
    )
    now = timezone.now()
    Invitee.objects.bulk_create(
        (
            Invitee(
                organisation=organisation,
                campaign=campaign,
                person=person,
                unit_name=f"Team {number % 400}",
                sort_name=person.sort_name,
                invited_at=now,
                answered_at=now if number % 2 else None,
                route=Route.LINK if number % 2 else "",
            )
            for number, person in enumerate(people)
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
    """Let the database look at its new rows: as the worker has SQLite do, and PostgreSQL does by itself."""
    learn_sizes(connection)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


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
    """Open a page of the body, in whose address "{campaign}" stands for the key of its campaign.

    The work raises AssertionError when the page does not open.
    """
    client = client_of(host, role)

    def work() -> object:
        response = client.get(address.format(campaign=CAMPAIGNS.get(host)))
        assert response.status_code == 200, f"{address}: {response.status_code}"
        b"".join(response) if response.streaming else response.content
        return response

    return work
