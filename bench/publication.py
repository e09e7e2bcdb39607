"""A public site of 5,000 lines of which one changed: built in at most 5 s, and then handed out as a file.

The pages and the data are online before the printed edition, so that moment is measured too.
"""

import threading
import time
from collections.abc import Iterator

from django.test import Client

from bench.bodies import analyse
from bench.measuring import Result, timed
from openintegriteit.core.clock import today
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.organisations.models import Organisation, Person, PersonKind
from openintegriteit.publication.files import public_folder
from openintegriteit.publication.publishing import publish
from openintegriteit.registers.declarations.models import Declaration, Regime
from openintegriteit.registers.outside_positions.models import OutsidePosition
from openintegriteit.registers.outside_positions.operations import REGISTER

HOST = "openbaar.example"
PEOPLE, EACH = 1_000, 5
PAGE = "/registers/nevenfuncties-politieke-ambtsdragers/"
TIMES = 5


def measure() -> Iterator[Result]:
    """From a record that changed to the page that tells it; the whole build; a page of it."""
    organisation = Organisation.objects.create(name="Gemeente Openbaar", kind="municipality", host=HOST)
    with organisation_scope(organisation.pk):
        _declare(organisation)
        analyse()
        publish(organisation)
        rounds = [_round(organisation, number) for number in range(TIMES)]
        online, whole = zip(*rounds, strict=True)
    yield Result("publication: a change is online", "-", PEOPLE * EACH, None, online)
    yield Result("publication: with the printed edition", "<= 5 s", PEOPLE * EACH, None, whole)
    client = Client(headers={"host": HOST})
    page = timed(lambda: b"".join(client.get(PAGE)), 200)
    yield Result("publication: a page of it", "-", PEOPLE * EACH, 0, page)


def _declare(organisation: Organisation) -> None:
    people = Person.objects.bulk_create(
        Person(
            organisation=organisation,
            personnel_number=f"p{number}",
            given_name="An",
            family_name=f"Lid {number}",
            kind=PersonKind.ELECTED_MEMBER,
        )
        for number in range(PEOPLE)
    )
    declarations = Declaration.objects.bulk_create(
        Declaration(
            organisation=organisation,
            register=REGISTER,
            person=person,
            regime=Regime.OFFICE_HOLDERS,
            asks_decision=False,
            title=f"Lid van het bestuur, Stichting {number}",
            first_declared_on=today(),
            declared_on=today(),
        )
        for person in people
        for number in range(EACH)
    )
    OutsidePosition.objects.bulk_create(
        OutsidePosition(
            organisation=organisation,
            declaration=row,
            role="Lid van het bestuur",
            where=f"Stichting {number}",
            is_paid=False,
        )
        for number, row in enumerate(declarations)
    )


def _round(organisation: Organisation, number: int) -> tuple[float, float]:
    """Change one line and publish; how long until the link moved, and until all was done."""
    OutsidePosition.objects.filter(where=f"Stichting {number}").update(role="Voorzitter")
    link = public_folder() / HOST
    before, moved = link.readlink(), []
    ended = threading.Event()

    def look() -> None:
        while not ended.wait(0.01):
            if link.readlink() != before:
                moved.append(time.perf_counter())
                return

    watching = threading.Thread(target=look)
    started = time.perf_counter()
    watching.start()
    publish(organisation)
    done = time.perf_counter()
    ended.set()
    watching.join()
    return moved[0] - started, done - started
