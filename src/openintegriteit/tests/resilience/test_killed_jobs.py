"""Every scheduled job, killed (SIGKILL) at one statement after another: what it did is whole, and the work gets done.

The jobs are those of the product, whichever they are. Two installations get the same work; in one every job is killed
again and again before it may finish. Afterwards both hold the same.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from openintegriteit.tests.installation import Installation

pytestmark = pytest.mark.slow
BEGIN = """
import json, os, signal, sys
import django
django.setup()
import time_machine
from datetime import datetime, timedelta
from django.db import connection, connections
from django.utils import timezone
from openintegriteit.config.serving import scheduled_jobs
from openintegriteit.core.scheduler import AMSTERDAM, tick
base = datetime(2026, 11, 26, 4, 30, tzinfo=AMSTERDAM)
"""
WORK = (
    BEGIN
    + """
import uuid
from django_tasks_db.models import DBTaskResult
from openintegriteit.core.roles import console_actor
from openintegriteit.core.staged_uploads import stage
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.identity.models import RoleGrant, Session, User
from openintegriteit.messages.links import make_link
from openintegriteit.messages.models import Message
from openintegriteit.messages.operations import queue_message
from openintegriteit.organisations.models import Organisation, Person
body = Organisation.objects.get()
actor = console_actor(body.pk)
with time_machine.travel(base - timedelta(days=100), tick=False), organisation_scope(body.pk):
    for person in Person.objects.exclude(email="")[:3]:
        make_link(actor=actor, person=person, purpose="proef", valid_for=timedelta(days=1))
with time_machine.travel(base - timedelta(hours=3), tick=False), organisation_scope(body.pk):
    Message.objects.all().delete()
    for number in range(3):
        queue_message(actor=actor, recipient=f"p{number}@proef.example", subject="Proef", body="Tekst")
        user = User.objects.create_user(f"weg{number}@proef.example", name=f"Weg {number}")
        RoleGrant.objects.create(organisation=body, user=user, role="manager", confirmed_at=timezone.now())
        Person.objects.create(organisation=body, personnel_number=f"W{number}", family_name="Weg", email=user.email,
                              ended_on=base.date() - timedelta(days=2))
        Session.objects.create(session_key=f"oud{number}aaaaaaaa", session_data="", expire_date=base, user=user)
        stage(f"bestand-{number}".encode(), purpose="proef", actor=actor)
    DBTaskResult.objects.update(status="RUNNING", started_at=base - timedelta(hours=2))
"""
)
UNDISTURBED = (
    BEGIN
    + """
jobs = scheduled_jobs()
for moment in (base, base + timedelta(days=7)):
    with time_machine.travel(moment, tick=False):
        assert sorted(tick(jobs, moment)) == sorted(job.name for job in jobs)
print(json.dumps(sorted(job.name for job in jobs)))
"""
)
KILLED = (
    BEGIN
    + """
def run(job, moment, statements):
    "In a process of its own, killed when it has sent this many statements; whether it came to its end."
    connections.close_all()
    child = os.fork()
    if child:
        _pid, status = os.waitpid(child, 0)
        return os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0
    sent = []
    def count(execute, sql, params, many, context):
        sent.append(sql)
        if len(sent) > statements:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)
    with time_machine.travel(moment, tick=False), connection.execute_wrapper(count):
        os._exit(0 if tick([job], moment) == (job.name,) else 1)

killed = {}
for job in scheduled_jobs():
    moment, statements = base, 3  # the first three find the job and take its lease
    while not run(job, moment, statements):
        killed[job.name] = killed.get(job.name, 0) + 1
        assert killed[job.name] < 60, job.name
        moment += job.lease + timedelta(minutes=1)
        statements += 1 if statements < 12 else statements // 4
jobs = scheduled_jobs()
with time_machine.travel(base + timedelta(days=7), tick=False):
    assert sorted(tick(jobs, base + timedelta(days=7))) == sorted(job.name for job in jobs)
print(json.dumps(killed))
"""
)
TOLD = (
    BEGIN  # noqa: S608 names of our own tables
    + """
told = {}
with connection.cursor() as cursor:
    for table in connection.introspection.table_names(cursor):
        if table.startswith("sqlite_") or table == "core_cache":
            continue
        columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
        counts = ", ".join(f'count("{column}")' for column in columns)
        cursor.execute(f'SELECT count(*), {counts} FROM "{table}"')
        told[table] = dict(zip(["rows", *columns], cursor.fetchone()))
print(json.dumps(told))
"""
)


@pytest.fixture
def two(example_body, tmp_path):
    """Two installations of the example with the same work waiting."""
    said(example_body, WORK + "\nprint('{}')")
    return example_body, Installation(Path(shutil.copytree(example_body.folder, tmp_path / "twee")))


def said(installation, code):
    """What a piece of Python says within an installation, as JSON on its last line."""
    environment = installation.environment() | {"DJANGO_SETTINGS_MODULE": "openintegriteit.config.settings"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.strip().splitlines()[-1])


def test_a_job_that_is_killed_at_any_statement_leaves_what_the_next_run_finishes(two):
    undisturbed, disturbed = two
    before = said(disturbed, TOLD)

    jobs = said(undisturbed, UNDISTURBED)
    killed = said(disturbed, KILLED)

    assert sorted(killed) == jobs
    expected, found = said(undisturbed, TOLD), said(disturbed, TOLD)
    assert found == expected
    assert found != before
    for installation in two:
        assert "klopt" in installation.run("event-log", "verify")
        assert list((installation.folder / "uploads").glob("*")) == []
