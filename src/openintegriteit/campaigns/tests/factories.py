"""Campaigns, for tests of every app; call them within the scope of the body."""

import uuid
from datetime import timedelta
from typing import Any

from openintegriteit.campaigns.models import Campaign
from openintegriteit.campaigns.operations import start
from openintegriteit.campaigns.preparing import prepare
from openintegriteit.core.clock import today
from openintegriteit.core.roles import console_actor
from openintegriteit.organisations.models import Organisation


def campaign(organisation: Organisation, **values: Any) -> Campaign:
    """A draft that asks everybody to read something, from today on, before two weeks are over."""
    values = {
        "subject_kind": "proef.tekst",
        "subject_key": uuid.uuid4(),
        "subject_label": "Gedragscode, versie 2",
        "title": "Lees de gedragscode",
        "opens_on": today(),
        "answer_before": today() + timedelta(days=14),
    } | values
    return Campaign.objects.create(organisation=organisation, **values)


def opened(organisation: Organisation, **values: Any) -> Campaign:
    """A campaign whose group has been invited."""
    made = campaign(organisation, **values)
    start(actor=console_actor(organisation.pk), campaign=made, expected_version=made.version)
    prepare(made.pk, today())
    made.refresh_from_db()
    return made
