"""A worker that is killed in the middle of its work: the next one finishes it, and nothing is there by half."""

import json
import signal
import subprocess
import sys
import time

import pytest

pytestmark = [pytest.mark.slow, pytest.mark.database]
# Every task of the product with work for it; the names found in the code must be these.
ENQUEUE = """
import json, pkgutil, importlib, sys
import django
django.setup()
from django.tasks.base import Task
import openintegriteit
from openintegriteit.accountability import editions
from openintegriteit.accountability.building import document_of
from openintegriteit.accountability.comparing import marks_of
from openintegriteit.accountability.facts import gather
from openintegriteit.accountability.models import AnnualReport
from openintegriteit.campaigns.models import Campaign
from openintegriteit.campaigns.operations import start
from openintegriteit.core.clock import today
from openintegriteit.core.roles import console_actor
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.messages.operations import queue_message
from openintegriteit.organisations.models import Organisation, Person
from openintegriteit.registers.intake.models import Intake, StagedRow
from openintegriteit.registers.oaths.models import Oath
from django.db import transaction

found = {}
for module in pkgutil.walk_packages(openintegriteit.__path__, "openintegriteit."):
    if ".tests" in module.name or module.name.endswith("__main__"):
        continue
    for value in vars(importlib.import_module(module.name)).values():
        if isinstance(value, Task):
            found[value.func.__qualname__] = value

body = Organisation.objects.get()
with organisation_scope(body.pk):
    actor, report = console_actor(body.pk), AnnualReport.objects.latest("year")
    seen = marks_of(document_of(gather(report, body)))
    edition = editions.adopt(actor=actor, report=report, taken_on=today(), note="", seen=seen)
    campaign = Campaign.objects.first()
    start(actor=actor, campaign=campaign, expected_version=campaign.version)
    with transaction.atomic():
        mail = queue_message(actor=actor, recipient="iemand@proef.example", subject="Proef", body="Tekst")
    oath = Oath.objects.filter(ceremony__isnull=False).first()
    intake = Intake.objects.create(
        organisation=body, register="outside_positions", rows=3, started_by="Proef", starter="proef"
    )
    empty = dict.fromkeys(("hours_a_week", "starts_on", "ends_on", "declared_on", "review_on"))
    for place in range(3):
        told = {"role": "Penningmeester", "where": f"Club {place}", "is_paid": False, "touches_duties": "Niets."}
        person = Person.objects.filter(kind="official")[place]
        StagedRow.objects.create(
            organisation=body, intake=intake, place=place, person=person, regime="officials",
            values=empty | told | {"outcome": ""},
        )
    work = {
        "write_report": [(str(body.pk), str(report.pk), "docx")],
        "write_edition": [(str(body.pk), str(edition.pk), kind) for kind in ("pdf", "docx", "odt", "html")],
        "write_answers": [(str(body.pk), str(report.pk), "odt")],
        "write_period": [(str(body.pk), "2025-h1", today().isoformat(), "odt")],
        "write_sample": [(str(body.pk), "", "docx")],
        "write_certificate": [(str(body.pk), str(oath.pk), "pdf")],
        "write_certificates": [(str(body.pk), str(oath.ceremony_id), "pdf")],
        "bring_in_rows": [(str(body.pk), str(intake.pk))],
        "prepare_campaign": [(str(body.pk), str(campaign.pk))],
        "deliver": [],  # queued with the mail above
        "draw": [(str(body.pk), "BarChart", {"title": f"Proef {n}", "category_title": "Jaar", "categories": ["2025"],
                  "series": [{"name": "aantal", "values": [n]}], "unit": "", "highlight": ""}) for n in range(3)],
    }
    for name, calls in work.items():
        for arguments in calls:
            found[name].enqueue(*arguments)
print(json.dumps([sorted(found), sorted(work)]))
"""
LOOK = """
import json
import django
django.setup()
from django_tasks_db.models import DBTaskResult
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.messages.models import Message
from openintegriteit.organisations.models import Organisation
from openintegriteit.registers.declarations.models import Declaration
from openintegriteit.registers.intake.models import StagedRow
with organisation_scope(Organisation.objects.get().pk):
    mail = Message.objects.get(subject="Proef")
    waits = mail.sent_at is None and mail.body == "Tekst" and mail.attempts < 8
    statuses = sorted(DBTaskResult.objects.values_list("status", flat=True))
    read_in = Declaration.objects.filter(title__startswith="Penningmeester, Club").count()
    print(json.dumps([statuses, bool(mail.sent_at) or waits, [read_in, StagedRow.objects.count()]]))
"""


def said(installation, code):
    """What a piece of Python says within an installation, as JSON on its last line."""
    environment = installation.environment() | {"DJANGO_SETTINGS_MODULE": "openintegriteit.config.settings"}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.strip().splitlines()[-1])


def killed_after(installation, seconds):
    """Let a worker work for a while, and kill it so that it can tidy nothing up."""
    worker = installation.start("worker", "--only-worker", log=installation.folder / "worker.log")
    time.sleep(seconds)
    worker.send_signal(signal.SIGKILL)
    worker.wait()


def test_what_a_killed_worker_left_is_done_by_the_next(with_example):
    installation = with_example()
    found, given = said(installation, ENQUEUE)
    assert found == given  # a new task gets its work above

    for seconds in (2.5, 4):
        killed_after(installation, seconds)
    worker = installation.start("worker", "--only-worker", log=installation.folder / "worker.log")
    try:
        for _second in range(120):
            statuses, mail_is_there, rows = said(installation, LOOK)
            if set(statuses) == {"SUCCESSFUL"}:
                break
            time.sleep(1)
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait(timeout=60)

    assert set(statuses) == {"SUCCESSFUL"}
    assert mail_is_there
    assert rows == [3, 0]
    documents = [file for file in (installation.folder / "documents").rglob("*") if file.is_file()]
    assert {file.suffix for file in documents} >= {".pdf", ".docx", ".odt", ".html"}
    assert all(file.stat().st_size > 1000 for file in documents if file.suffix != ".part")
