"""Preparing a campaign to 10,000 people, with a row, a link and a mail each: at most 30 s, and batch by batch."""

import time
import uuid
from collections.abc import Iterator
from datetime import timedelta

from bench.bodies import analyse
from bench.measuring import Result, timed
from openintegriteit.campaigns.models import Campaign, CampaignState, Invitee
from openintegriteit.campaigns.operations import start
from openintegriteit.campaigns.preparing import BATCH, prepare
from openintegriteit.campaigns.queries import group_size, progress_of
from openintegriteit.core.clock import today
from openintegriteit.core.roles import console_actor
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.messages.models import Message, OneTimeLink
from openintegriteit.organisations.models import Organisation
from openintegriteit.organisations.tests.factories import make_people

PEOPLE = 10_000


def measure() -> Iterator[Result]:
    """The preview of the group, the whole preparation as the worker does it, and the page that shows how far it is."""
    organisation = Organisation.objects.create(name="Gemeente Campagne", kind="municipality", host="campagne.example")
    with organisation_scope(organisation.pk):
        make_people(organisation, PEOPLE)
        campaign = Campaign.objects.create(
            organisation=organisation,
            subject_kind="bench",
            subject_key=uuid.uuid4(),
            subject_label="Gedragscode, versie 2",
            title="Lees de gedragscode",
            opens_on=today(),
            answer_before=today() + timedelta(days=14),
        )
        analyse()
        yield Result("campaign: size of the group", "", PEOPLE, None, timed(lambda: group_size(campaign, today()), 20))
        start(actor=console_actor(organisation.pk), campaign=campaign, expected_version=campaign.version)
        began = time.perf_counter()
        prepare(campaign.pk, today())
        seconds = time.perf_counter() - began
        campaign.refresh_from_db()
        assert campaign.state == CampaignState.OPEN
        for made in (Invitee, OneTimeLink, Message):
            assert made.objects.count() == PEOPLE
        yield Result(f"campaign: prepared, {BATCH} people a batch", "<= 30 s", PEOPLE, None, (seconds,))
        yield Result("campaign: progress per unit", "", PEOPLE, None, timed(lambda: progress_of(campaign), 20))
