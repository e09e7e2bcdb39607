"""The registers at 100,000 declarations: lists, what waits for a decision, own page, desks, search, site and intake.

On top of the bodies of the other measurements, so 50,000 people and as many measures stand around them.
"""

import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

from bench.bodies import SIZES, analyse, body_of, opening
from bench.measuring import Result, data_queries, timed
from openintegriteit.core.roles import Actor, Role
from openintegriteit.core.spreadsheets.heads import guess_mapping, heads_of
from openintegriteit.core.spreadsheets.keeping import packed, unpacked
from openintegriteit.core.spreadsheets.reading import read_workbook
from openintegriteit.core.spreadsheets.writing import Table, write
from openintegriteit.core.staged_uploads import stage
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.identity.tests.factories import add_second_factor, user_with_roles
from openintegriteit.organisations.models import Organisation, Person, PersonKind
from openintegriteit.organisations.tests.factories import make_people
from openintegriteit.publication.publishing import publish
from openintegriteit.registers.declarations.models import Declaration, Outcome, Regime, RegisterKey
from openintegriteit.registers.gifts.models import Gift, giver_key
from openintegriteit.registers.intake.bringing_in import bring_in, take_in
from openintegriteit.registers.intake.files import FILES
from openintegriteit.registers.intake.staging import StagedFile, purpose_of
from openintegriteit.registers.interests.models import FinancialInterest
from openintegriteit.registers.outside_positions.models import OutsidePosition

DECLARATIONS = {"klein.example": 20, "groot.example": 100_000}
PUBLIC = 5_000  # of office holders
DAY = date(2026, 1, 1)
LIST, DESK, SEARCH = "<= 8 queries, p95 <= 50 ms", "p95 <= 100 ms", "p95 <= 100 ms"
PAGES = (
    (Role.HR, "/werk/nevenfuncties/"),
    (Role.HR, "/werk/nevenfuncties/?zoek=stichting"),
    (Role.HR, "/werk/nevenfuncties/?zoek=komt+nergens+voor"),
    (Role.HR, "/werk/nevenfuncties/?besluit=nog-niet"),
    (Role.HR, "/werk/nevenfuncties/?wie=ambtenaren&besluit=toegestaan"),
    (Role.HR, "/werk/nevenfuncties/?pagina=500"),
    (Role.CLERK, "/werk/nevenfuncties/"),
    (Role.COORDINATOR, "/werk/geschenken/"),
    (Role.COORDINATOR, "/werk/geschenken/?zoek=amrani"),
    (Role.COORDINATOR, "/werk/geschenken/?stand=aangenomen&van=2025-06-01"),
    (Role.COORDINATOR, "/werk/geschenken/?gever=Leverancier+7"),
    (Role.COORDINATOR, "/werk/geschenken/?pagina=500"),
    (Role.COORDINATOR, "/werk/geschenken/gevers/"),
    (Role.COORDINATOR, "/werk/geschenken/gevers/?van=2025-06-01&tot=2025-12-31"),
    (Role.COORDINATOR, "/werk/belangen/"),
    (Role.COORDINATOR, "/werk/belangen/?soort=grond-of-gebouwen"),
    (Role.COORDINATOR, "/werk/belangen/?pagina=300"),
)
WORDS = ("stichting", "amrani", "komt+nergens+voor", "penningmeester+399", "e")
DESKS = (Role.COORDINATOR, Role.HR, Role.CLERK, Role.STAFF)


def measure() -> Iterator[Result]:
    """Each page at both sizes; then what is done once."""
    for host, count in DECLARATIONS.items():
        organisation = body_of(host)
        with organisation_scope(organisation.pk):
            declare(organisation, count)
    analyse()
    for role, address in PAGES:
        for host, count in DECLARATIONS.items():
            yield _page(address, LIST, count, opening(host, role, address))
    for words in WORDS:
        for host, count in DECLARATIONS.items():
            for role, target in ((Role.CLERK, SEARCH), (Role.COORDINATOR, "-")):  # who searches 300,000 records
                address = f"/werk/zoeken/?zoek={words}"
                yield _page(f"{address} ({role})", target, count, opening(host, role, address))
    for what, address, role, number in (
        ("own page, twenty declarations", "/werk/mijn-opgaven/", Role.STAFF, 9),
        ("queue of a manager of 1,100", "/werk/opgaven/beslissen/", Role.MANAGER, 5),
        ("queue of who leads everybody", "/werk/opgaven/beslissen/", Role.SECRETARY, 0),
        ("the overview of a year", "/werk/opgaven-per-jaar/?jaar=2025", Role.COORDINATOR, 9),
        ("desk of a manager of 1,100", "/werk/?bureau=team", Role.MANAGER, 5),
        ("desk of who leads everybody", "/werk/", Role.SECRETARY, 0),
    ):
        for host, count in DECLARATIONS.items():
            yield _page(what, LIST if "queue" in what else DESK, count, _as_person(host, role, number, address))
    for role in DESKS:
        for host, count in DECLARATIONS.items():
            yield _page(f"desk of the {role}", DESK, count, opening(host, role, "/werk/"))
    yield from _site()
    yield from _intake()


def _page(what: str, target: str, size: int, work: Callable[[], object]) -> Result:
    return Result(what, target, size, data_queries(work), timed(work, 20))


def declare(organisation: Organisation, count: int) -> None:
    """Declarations of all three registers, a twentieth of them of office holders, nine in ten decided about."""
    people = list(Person.objects.order_by("personnel_number"))
    members = people[-max(1, len(people) // 50) :]
    Person.objects.filter(pk__in=[person.pk for person in members]).update(kind=PersonKind.ELECTED_MEMBER)
    public = min(PUBLIC, count // 4)
    rows: dict[RegisterKey, list[tuple[Declaration, Any]]] = {key: [] for key in RegisterKey}
    for number in range(count):
        of_member = number < public
        person = members[number % len(members)] if of_member else people[number % (len(people) - len(members))]
        key = RegisterKey.OUTSIDE_POSITIONS if of_member else list(RegisterKey)[number % 5 // 2]
        declaration, details = _row(organisation, person, key, number, of_member)
        details.declaration = declaration
        details.repeat()
        rows[key].append((declaration, details))
    for made in rows.values():
        Declaration.objects.bulk_create([declaration for declaration, _details in made], 2000)
        if made:
            type(made[0][1]).objects.bulk_create([details for _declaration, details in made], 2000)


def _row(
    organisation: Organisation, person: Person, key: RegisterKey, number: int, of_member: bool
) -> tuple[Declaration, Any]:
    day, common = DAY - timedelta(days=number % 900), {"organisation": organisation}
    details: Any
    if key == RegisterKey.OUTSIDE_POSITIONS:
        details = OutsidePosition(
            **common, role=f"Penningmeester {number % 400}", where=f"Stichting {number}", is_paid=number % 3 == 0
        )
    elif key == RegisterKey.GIFTS:
        giver = f"Leverancier {number % 2000}"
        details = Gift(
            **common,
            kind="gift",
            what=f"Fles wijn {number % 50}",
            giver_organisation=giver,
            giver_key=giver_key(giver),
            relation="Levert aan ons",
            value=Decimal(number % 200) / 4,
            occasion="Nieuwjaar",
            received_at="work",
            answer="accepted",
        )
    else:
        details = FinancialInterest(
            **common, kind=("securities", "real_estate")[number % 2], what="Aandelen", where=f"Bedrijf {number % 900}",
            touches_duties="Niet",
        )  # fmt: skip
    decided = not of_member and number % 10 > 0
    declaration = Declaration(
        **common, register=key, person=person, title=str(details), first_declared_on=day, declared_on=day,
        regime=Regime.OFFICE_HOLDERS if of_member else Regime.OFFICIALS, starts_on=day, asks_decision=not of_member,
        outcome=Outcome.ALLOWED if decided else "", decided_revision=1 if decided else None,
    )  # fmt: skip
    return declaration, details


def _as_person(host: str, role: Role, number: int, address: str) -> Callable[[], object]:
    """Open a page as somebody with the role, who is this one in the list of people."""
    organisation = body_of(host)
    user = user_with_roles(organisation, role)
    add_second_factor(user)
    with organisation_scope(organisation.pk):
        place = min(number, SIZES[host] - 1)
        person = Person.objects.order_by("personnel_number")[place]
        Person.objects.filter(pk=person.pk).update(email=user.email)
    client = Client()
    client.defaults["HTTP_HOST"] = host
    client.force_login(user)

    def work() -> object:
        response = client.get(address)
        assert response.status_code == 200, f"{address}: {response.status_code}"
        return response.content

    return work


def _site() -> Iterator[Result]:
    """The site of a body of which 5,000 of the 100,000 declarations are public, after one of them changed."""
    organisation = body_of("groot.example")
    with organisation_scope(organisation.pk):
        publish(organisation)
        seconds = []
        for number in range(3):
            OutsidePosition.objects.filter(where=f"Stichting {number}").update(role="Voorzitter")
            started = time.perf_counter()
            publish(organisation)
            seconds.append(time.perf_counter() - started)
    yield Result("publication with the printed edition", "<= 5 s", PUBLIC, None, tuple(seconds))


def _intake() -> Iterator[Result]:
    """A file of 100,000 positions with decisions: looked at, confirmed, and brought in by the worker."""
    organisation = Organisation.objects.create(name="Gemeente Inlezen", kind="municipality", host="inlezen.example")
    file, count = FILES["nevenfuncties"], DECLARATIONS["groot.example"]
    heads = ("Personeelsnummer", "Functie", "Organisatie", "Betaald", "Sinds", "Besluit", "Besloten op", "Reden")
    decided = ("toegestaan", date(2025, 2, 1), "Het raakt het werk niet.")
    rows = [
        (f"{100000 + number // 10}", "Penningmeester", f"Stichting {number}", "nee", DAY, *decided)
        for number in range(count - 1)  # and the row with the heads
    ]
    with tempfile.TemporaryDirectory() as folder, organisation_scope(organisation.pk):
        settings.DATA_DIR = Path(folder)
        make_people(organisation, count // 10)
        actor = Actor("bench", "bench", organisation.pk, frozenset({Role.HR}))
        content = write([Table(file.sheet, heads, rows)], "xlsx")
        seconds, workbook = _done(lambda: unpacked(packed(read_workbook(content))))
        yield Result("intake: reading the file", "-", count, None, seconds)
        upload = StagedFile(stage(b"", purpose=purpose_of(file), actor=actor), file, workbook)
        mapping = guess_mapping(heads_of(upload.sheet), file.columns)
        seconds, plan = _done(lambda: upload.preview(actor, mapping, again=False))
        yield Result("intake: the preview", "-", count, None, seconds)
        assert not plan.errors, plan.errors[:3]
        seconds, made = _done(
            lambda: take_in(actor=actor, upload=upload, mapping=mapping, again=False, expected=plan.fingerprint)
        )
        yield Result("intake: confirming", "-", count, None, seconds)
        seconds, _nothing = _done(lambda: bring_in(made.pk))
        yield Result("intake: bringing in, by the worker", "-", count, None, seconds)
        assert Declaration.objects.count() == count - 1
        seconds, again = _done(lambda: upload.preview(actor, mapping, again=False))
        yield Result("intake: the preview of the same file again", "-", count, None, seconds)
        assert not again.rows


def _done[T](work: Callable[[], T]) -> tuple[tuple[float], T]:
    """How long it takes, and what comes of it: work that is done once."""
    started = time.perf_counter()
    found = work()
    return (time.perf_counter() - started,), found
