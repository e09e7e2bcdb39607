"""A worker that is killed while it invites thousands of people: who takes over invites everybody once."""

import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest

from openintegriteit.tests.resilience.conftest import NEW_PEOPLE

pytestmark = pytest.mark.slow
PATIENCE = 120  # seconds
START = """
import django
django.setup()
from openintegriteit.campaigns.models import Campaign
from openintegriteit.campaigns.operations import start
from openintegriteit.core.roles import console_actor
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.messages.models import Message, OneTimeLink
from openintegriteit.organisations.models import Organisation
body = Organisation.objects.get()
with organisation_scope(body.pk):
    Campaign.objects.exclude(asks="read").delete()  # with what it mailed, so that everything counted is of one campaign
    OneTimeLink.objects.all().delete()
    Message.objects.all().delete()
    campaign = Campaign.objects.get()
    start(actor=console_actor(body.pk), campaign=campaign, expected_version=campaign.version)
"""


def rows(installation, query):
    with closing(sqlite3.connect(installation.folder / "openintegriteit.db", timeout=30)) as connection:
        return connection.execute(query).fetchone()


def until(holds):
    """Wait until it holds, or for as long as one may wait."""
    began = time.monotonic()
    while not holds() and time.monotonic() - began < PATIENCE:
        time.sleep(0.05)
    assert holds()


def test_a_campaign_whose_worker_is_killed_is_prepared_by_the_next(example_body, people_file, tmp_path):
    installation = example_body
    installation.run("import", "people", str(people_file))
    environment = installation.environment() | {"DJANGO_SETTINGS_MODULE": "openintegriteit.config.settings"}
    subprocess.run([sys.executable, "-c", START], env=environment, check=True)
    (expected,) = rows(installation, "SELECT group_size FROM campaigns_campaign")

    def invited():
        return rows(installation, "SELECT count(*) FROM campaigns_invitee")[0]

    worker = installation.start("worker", "--only-worker", log=tmp_path / "first.log")
    until(lambda: invited() > 0)
    worker.kill()
    worker.wait()
    halfway = invited()
    assert 0 < halfway < expected

    worker = installation.start("worker", "--only-worker", log=tmp_path / "second.log")
    until(lambda: rows(installation, "SELECT state FROM campaigns_campaign") == ("open",))
    worker.kill()
    worker.wait()

    assert invited() == expected > NEW_PEOPLE
    mailed = rows(installation, "SELECT count(*) FROM campaigns_invitee WHERE invited_at IS NOT NULL")
    links = "SELECT count(*), count(DISTINCT person_id) FROM mail_onetimelink WHERE purpose LIKE 'campaign:%'"
    assert rows(installation, links) == (mailed[0], mailed[0])
    # The worker mails about meetings too, once that job has its turn.
    invitations = "SELECT count(*), count(DISTINCT recipient) FROM mail_message WHERE subject LIKE 'Wilt u dit lezen?%'"
    assert rows(installation, invitations) == (mailed[0], mailed[0])
    installation.run("event-log", "verify")
