"""A worker that is killed while it destroys: nothing by half, nothing twice, and the next one finishes."""

import json
import signal
import subprocess
import sys
import time

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.database]
RECORDS = 300
# Old designations on a list to which two people agreed, each with a name that the log can be asked for.
PREPARE = f"""
import json, uuid
from datetime import date
import django
django.setup()
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.desks.kept import KINDS
from openintegriteit.identity.models import RoleGrant
from openintegriteit.identity.queries import actor_for
from openintegriteit.organisations.models import Organisation, Position
from openintegriteit.registers.designations.models import Designation
from openintegriteit.retention.lists import agree, draw_up

body = Organisation.objects.get()
with organisation_scope(body.pk):
    post = Position.objects.first()
    Designation.objects.bulk_create(
        Designation(organisation=body, position=post, reasons="Oud", designated_on=date(2009, 1, 1),
                    ended_on=date(2010, 1, 1))
        for _number in range({RECORDS})
    )
    def somebody(role):
        return actor_for(RoleGrant.objects.in_force().filter(role=role)[0].user, body.pk)
    made = draw_up(actor=somebody("coordinator"), identifier=uuid.uuid4(), side="officials", keys=["designations"],
                   kinds=KINDS)
    for role in ("secretary", "functional_administrator"):
        agree(actor=somebody(role), destruction_list=made)
    print(json.dumps([str(made.pk), made.records_in_all]))
"""
WORK = """
import django
django.setup()
from openintegriteit.desks.kept import KINDS
from openintegriteit.retention.destroying import destroy_approved
print("begint", flush=True)
while True:
    destroy_approved(KINDS)
"""
LOOK = """
import json
import django
django.setup()
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.models import Entry
from openintegriteit.event_log.queries import verify_chain
from openintegriteit.organisations.models import Organisation
from openintegriteit.registers.designations.models import Designation
from openintegriteit.retention.models import DestructionList, ListedRecord
body = Organisation.objects.get()
with organisation_scope(body.pk):
    made = DestructionList.objects.latest("number")
    there = {str(key) for key in Designation.objects.values_list("pk", flat=True)}
    rows = [(str(key), fate) for key, fate in made.records.values_list("record", "fate")]
    logged = sorted(Entry.objects.filter(action="record.destroyed").values_list("subject_id", flat=True))
    destroyed = sorted(key for key, fate in rows if fate == "destroyed")
    print(json.dumps({
        "state": made.state,
        "destroyed": len(destroyed),
        "waiting": sum(fate == "waits" for _key, fate in rows),
        "agrees": destroyed == logged and all((key in there) == (fate == "waits") for key, fate in rows),
        "closed": Entry.objects.filter(action="destruction_list.executed").count(),
        "chain_holds": verify_chain(str(body.pk)).first_bad is None,
    }))
"""


def python(installation, code):
    """A Python of the installation that runs a piece of code."""
    environment = installation.environment() | {"DJANGO_SETTINGS_MODULE": "openintegriteit.config.settings"}
    return subprocess.Popen(
        [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def said(installation, code):
    """What a piece of Python says, as JSON on its last line."""
    process = python(installation, code)
    output, problems = process.communicate()
    assert process.returncode == 0, problems
    return json.loads(output.strip().splitlines()[-1])


def killed_after(installation, seconds, workers=1):
    """Let workers destroy for a while from when they begin, and kill them so that they can tidy nothing up."""
    processes = [python(installation, WORK) for _number in range(workers)]
    for process in processes:
        assert process.stdout.readline() == "begint\n"
    time.sleep(seconds)
    for process in processes:
        process.send_signal(signal.SIGKILL)
        process.communicate()


def test_what_a_killed_worker_left_is_whole_and_done_by_the_next(with_example):
    installation = with_example()
    _key, in_all = said(installation, PREPARE)

    seen = []
    for seconds in (0.3, 0.6):
        killed_after(installation, seconds, workers=2)
        seen.append(said(installation, LOOK))
    for _attempt in range(60):  # each does some more, how much depends on the machine
        killed_after(installation, 3)
        seen.append(said(installation, LOOK))
        if seen[-1]["state"] == "done":
            break

    assert [look for look in seen if not (look["agrees"] and look["chain_holds"])] == []
    assert any(0 < look["waiting"] < in_all for look in seen), "killed in the middle at least once"
    last = seen[-1]
    assert (last["state"], last["destroyed"], last["waiting"], last["closed"]) == ("done", in_all, 0, 1)
