"""A whole yearly round, from its start to the figures of the annual report, right to the last one.

It asks a thousand people; `ROUND_OF=10000` asks ten thousand, which takes some minutes.
"""

import os
import random
import uuid
from collections import Counter
from datetime import date, timedelta

import pytest

from openintegriteit.campaigns.models import Ask, Campaign, CampaignState, Invitee, Route
from openintegriteit.campaigns.operations import close, create_campaign, start
from openintegriteit.campaigns.preparing import prepare
from openintegriteit.campaigns.queries import progress_of
from openintegriteit.core.clock import today
from openintegriteit.core.contracts import Period
from openintegriteit.core.roles import console_actor
from openintegriteit.event_log.models import Entry
from openintegriteit.messages.links import visitor
from openintegriteit.messages.models import OneTimeLink
from openintegriteit.organisations.models import OFFICE_HOLDERS, Person
from openintegriteit.organisations.tests.factories import make_people
from openintegriteit.registers.declarations.models import Declaration, NothingToDeclare, Regime
from openintegriteit.registers.outside_positions import operations as outside_positions
from openintegriteit.registers.outside_positions.models import OutsidePosition
from openintegriteit.registers.outside_positions.tests.factories import TYPED
from openintegriteit.registers.outside_positions.yearbook import figures as figures_of_positions
from openintegriteit.registers.rounds import visits
from openintegriteit.registers.rounds.operations import complete
from openintegriteit.registers.rounds.queries import KIND, lines_of, seen_in
from openintegriteit.registers.rounds.yearbook import figures

PEOPLE = int(os.environ.get("ROUND_OF", "1000"))
LAST_YEAR = date(today().year - 1, 6, 1)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def earlier_declarations(organisation, people):
    """An outside position of each of these people, declared last year."""
    rows = [
        Declaration(
            organisation=organisation,
            register="outside_positions",
            person=person,
            regime=Regime.OFFICIALS,
            title="Penningmeester, Stichting De Brug",
            asks_decision=True,
            first_declared_on=LAST_YEAR,
            declared_on=LAST_YEAR,
        )
        for person in people
    ]
    Declaration.objects.bulk_create(rows)
    OutsidePosition.objects.bulk_create(
        OutsidePosition(organisation=organisation, declaration=row, **TYPED) for row in rows
    )


def answer(organisation, campaign, link, conduct):
    """Somebody opens the link and does what they are like: confirm, declare a second thing first, or let one stop."""
    invitee = Invitee.objects.select_related("campaign", "person").get(campaign=campaign, person=link.person)
    visit = visits.Visit(
        invitee=invitee,
        actor=visitor(link),
        pages=visits.BY_LINK,
        key="",
        is_open=True,
        answer=lambda: visits.answer_by_link(link=link, invitee=invitee),
    )
    if conduct == "declares":
        values = TYPED | {"role": "Voorzitter", "touches_duties": "Nee."}
        outside_positions.declare(actor=visit.actor, identifier=uuid.uuid4(), person=link.person, values=values)
    if conduct == "stops":
        for row in Declaration.objects.filter(person=link.person):
            outside_positions.declarations.end(
                actor=visit.actor, declaration=row, expected_version=row.version, ends_on=today() - timedelta(days=1)
            )
    lines = lines_of(link.person, campaign, organisation.kind, today())
    assert complete(visit=visit, organisation_kind=organisation.kind, seen=seen_in(lines))


def test_everybody_is_asked_and_the_account_of_the_year_is_exact(organisation):
    make_people(organisation, PEOPLE)
    officials = list(Person.objects.exclude(kind__in=OFFICE_HOLDERS).present_on(today()).order_by("pk"))
    had = officials[: len(officials) // 2]
    earlier_declarations(organisation, had)
    keeper, key = console_actor(organisation.pk), uuid.uuid4()
    campaign = create_campaign(
        actor=keeper,
        identifier=key,
        values={
            "asks": Ask.DECLARE,
            "subject_kind": KIND,
            "subject_key": key,
            "subject_label": "Nevenfuncties",
            "subject_parts": ["outside_positions"],
            "title": "Uw opgaven van dit jaar",
            "opens_on": today(),
            "answer_before": today() + timedelta(days=28),
        },
    )
    start(actor=keeper, campaign=campaign, expected_version=campaign.version)
    assert prepare(campaign.pk, today()) == len(officials)
    campaign.refresh_from_db()

    luck = random.Random(4)  # noqa: S311 chooses what people are like
    ways: Counter[str] = Counter()
    had_keys = {person.pk for person in had}
    for link in OneTimeLink.objects.select_related("person").order_by("pk"):
        conduct = luck.choices(["confirms", "declares", "stops", "silent"], [70, 15, 5, 10])[0]
        ways[conduct, link.person_id in had_keys] += 1
        if conduct != "silent":
            answer(organisation, campaign, link, conduct)
    close(actor=keeper, campaign=campaign)

    answered = sum(number for (conduct, _had), number in ways.items() if conduct != "silent")
    progress = progress_of(campaign)
    assert (progress.asked, progress.answered) == (len(officials), answered)
    assert sum(unit.answered for unit in progress.units) == answered
    assert Campaign.objects.get().state == CampaignState.CLOSED
    assert Invitee.objects.filter(route=Route.LINK).count() == answered
    assert Entry.objects.filter(action="campaign.answered").count() == answered
    nothing = ways["confirms", False] + ways["stops", True] + ways["stops", False]
    assert NothingToDeclare.objects.count() == nothing
    holding = len(had) - ways["stops", True] + ways["declares", True] + ways["declares", False]
    confirmed = ways["confirms", True] + 2 * ways["declares", True] + ways["declares", False]
    assert Declaration.objects.filter(confirmed_on=today()).count() == confirmed
    period = [Period(today().year, date(today().year + 1, 3, 1))]
    told = {
        row.code: row.value for row in figures(organisation.pk, period) + figures_of_positions(organisation.pk, period)
    }
    assert told == {
        "declarations-asked": len(officials),
        "declarations-answered": answered,
        "side-jobs-declared": holding,
        "side-jobs-refused": 0,
    }
