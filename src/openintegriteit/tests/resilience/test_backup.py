"""A backup taken while people work, killed at any moment or on a full disk; and put back on a clean machine."""

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from openintegriteit.config.tests.forgery import change_rows
from openintegriteit.tests.installation import Installation

pytestmark = [pytest.mark.slow, pytest.mark.database]
SMALLER_THAN_A_REPORT = 100_000
MOMENTS = (0.3, 0.5, 0.7, 0.9)
# What a restore itself adds to: the log that tells of it, and when jobs ran.
MOVED_ON = {"event_log.entry", "event_log.chain", "core.scheduledjob"}
WRITER = """
import sys, uuid, django
django.setup()
from openintegriteit.core.roles import console_actor
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.organisations.models import Organisation
from openintegriteit.organisations.operations import create_person
body = Organisation.objects.get()
actor = console_actor(body.pk)
with organisation_scope(body.pk):
    for number in range(100_000):
        values = {"personnel_number": f"L{sys.argv[1]}-{number}", "given_name": "Noor", "family_name": "Jansen"}
        create_person(actor=actor, identifier=uuid.uuid4(), values={**values, "kind": "official"})
        print(number, flush=True)
"""
ATTACH = """
import uuid, django
django.setup()
from openintegriteit.accountability import annex_files, operations
from openintegriteit.accountability.models import AnnualReport
from openintegriteit.core.documents.judging import judge_document
from openintegriteit.core.roles import console_actor
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.core.tests.others import pdf
from openintegriteit.organisations.models import Organisation
body = Organisation.objects.get()
actor = console_actor(body.pk)
with organisation_scope(body.pk):
    report = AnnualReport.objects.filter(is_open=True).first()
    values = {"title": "Verslag van anderen", "kind": "document"}
    annex = operations.create_annex(actor=actor, report=report, identifier=uuid.uuid4(), values=values)
    document = judge_document(pdf())
    annex_files.attach_file(
        actor=actor, annex=annex, identifier=uuid.uuid4(), expected_version=1, document=document, name="anderen.pdf"
    )
"""
ATTACHED = """
import hashlib, django
django.setup()
from openintegriteit.accountability.models import Annex
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.organisations.models import Organisation
with organisation_scope(Organisation.objects.get().pk):
    file = Annex.objects.get(title="Verslag van anderen").file
    print(file.name, bytes(file.content)[:5] == b"%PDF-", hashlib.sha256(file.content).hexdigest() == file.sha256)
"""
DESTROY = """
import uuid, django
django.setup()
from datetime import date
from openintegriteit.core.roles import Role
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.desks.kept import KINDS
from openintegriteit.organisations.models import Organisation
from openintegriteit.registers.declarations.models import Declaration
from openintegriteit.retention.tests.factories import drawn_up, executed, rule
body = Organisation.objects.get()
with organisation_scope(body.pk):
    gift = Declaration.objects.filter(register="gifts", regime="officials").first()
    Declaration.objects.filter(pk=gift.pk).update(starts_on=date(2010, 1, 1), declared_on=date(2010, 1, 1))
    rule(body)
    made = executed(body, drawn_up(body, "gifts_officials"))
    print(made.destroyed, made.records.get().record)
"""
LOOK = """
import sys, django
django.setup()
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.organisations.models import Organisation
from openintegriteit.registers.declarations.models import Declaration
with organisation_scope(Organisation.objects.get().pk):
    print(Declaration.objects.filter(pk=sys.argv[1]).exists())
"""
COUNT = """
import django
django.setup()
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.models import Entry
from openintegriteit.organisations.models import Organisation, Person
with organisation_scope(Organisation.objects.get().pk):
    people = Person.objects.filter(personnel_number__startswith="L").count()
    told = Entry.objects.filter(action="person.created", subject_label__startswith="L").count()
    print(people, told)
"""


@pytest.fixture(scope="session")
def example(with_example):
    """The example body, with a file that is no row and a checkpoint."""
    installation = with_example()
    (installation.folder / "files" / "logo's").mkdir(parents=True)
    (installation.folder / "files" / "logo's" / "één.png").write_bytes(b"\x89PNG" * 1000)
    told, _ = (attaching := python(installation, ATTACH)).communicate()
    assert attaching.returncode == 0, told
    installation.run("event-log", "checkpoint")
    return installation


@pytest.fixture(scope="session")
def backup(example, tmp_path_factory):
    """A backup of the example, not to be changed."""
    folder = tmp_path_factory.mktemp("backup") / "een"
    example.run("backup", str(folder))
    return folder


def python(installation, code, *arguments, **options):
    environment = installation.environment() | {"DJANGO_SETTINGS_MODULE": "openintegriteit.config.settings"}
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments], env=environment, stdout=subprocess.PIPE, text=True, **options
    )


def refused(installation, *arguments, **options):
    """Run a command that must be refused, and give what it says."""
    process = installation.start(*arguments, **options)
    told, _ = process.communicate()
    assert process.returncode == 1, told
    assert "Traceback" not in told
    return told


def tables_of(folder):
    manifest = json.loads((folder / "manifest.json").read_bytes())
    return {table["model"]: table["rows"] for table in manifest["tables"]}


def contents(folder):
    """The SHA-256 of every file of a backup, by its place."""
    manifest = json.loads((folder / "manifest.json").read_bytes())
    return {part["path"]: part["sha256"] for part in manifest["parts"]}


def leftovers(folder):
    return [path.name for path in folder.parent.iterdir() if path != folder]


def test_everything_comes_back_as_it_was(example, backup, clean, tmp_path):
    machine = clean()

    told = machine.run("restore", str(backup))

    assert "Alle 2 logboeken kloppen." in told
    assert "klopt niet" not in machine.run("event-log", "verify")
    assert "De installatie werkt" in machine.run("check")
    machine.run("backup", str(tmp_path / "twee"))
    first, second = contents(backup), contents(tmp_path / "twee")
    moved = {f"tables/{model}.jsonl.gz" for model in MOVED_ON}
    assert {path for path in first.keys() | second.keys() if first.get(path) != second.get(path)} <= moved
    before, after = tables_of(backup), tables_of(tmp_path / "twee")
    assert {model for model in before if before[model] != after[model]} <= MOVED_ON
    assert sum(before.values()) > 600
    assert "files/files/logo's/één.png" in second
    assert python(machine, ATTACHED).communicate()[0].strip() == "anderen.pdf True True"


def test_secrets_and_sessions_stay_behind(example, backup):
    names = {path.name for path in backup.rglob("*")}

    assert (example.folder / "demo-secret-key").exists()
    assert (example.folder / "checkpoint-key.pem").exists()
    assert not {"demo-secret-key", "checkpoint-key.pem", "openintegriteit.db", "static"} & names
    assert not {model for model in tables_of(backup) if "session" in model}
    secret = (example.folder / "demo-secret-key").read_bytes()
    assert not [path for path in backup.rglob("*") if path.is_file() and secret in path.read_bytes()]
    assert backup.stat().st_mode & 0o077 == 0


def test_checkpoints_of_before_hold_after_a_restore(example, backup, clean):
    machine = clean()
    key = example.run("event-log", "public-key").strip()
    machine.run("restore", str(backup))

    told = machine.run("event-log", "verify", "--checkpoint", str(example.folder / "checkpoints"), "--public-key", key)

    assert "controlepunten kloppen met het logboek" in told


def back_up_under_load(installation, folder):
    """Back up while three others add people, none of whom is kept from it."""
    writers = [python(installation, WRITER, str(number)) for number in range(3)]
    try:
        for writer in writers:
            for _line in range(5):
                assert writer.stdout.readline()
        installation.run("backup", str(folder))
        assert all(writer.poll() is None for writer in writers)
        assert all(writer.stdout.readline() for writer in writers)
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()


def holds_one_moment(machine, folder):
    """Restore it: each person who was added has a line in the log, and no line lacks its person."""
    assert "logboeken kloppen" in machine.run("restore", str(folder))
    people, told = python(machine, COUNT).communicate()[0].split()
    return int(people) == int(told) >= 15


def test_a_backup_under_load_is_one_moment(example, clean, tmp_path):
    back_up_under_load(example, tmp_path / "een")

    assert holds_one_moment(clean(), tmp_path / "een")


def test_a_backup_that_is_killed_is_not_there(example, tmp_path):
    folder = tmp_path / "map" / "een"
    started = time.monotonic()
    example.run("backup", str(folder))
    duration = time.monotonic() - started

    for moment in MOMENTS:
        shutil.rmtree(folder)
        process = example.start("backup", str(folder))
        time.sleep(duration * moment)
        process.kill()
        process.communicate()
        if folder.exists():
            assert (folder / "manifest.sha256").exists()
            shutil.rmtree(folder)
        example.run("backup", str(folder))
        assert leftovers(folder) == []


def test_a_restore_that_is_killed_is_run_again(backup, clean):
    machine = clean()
    started = time.monotonic()
    machine.run("restore", str(backup))
    duration = time.monotonic() - started

    for moment in MOMENTS:
        machine = clean()
        process = machine.start("restore", str(backup))
        time.sleep(duration * moment)
        process.kill()
        process.communicate()
        still_running = process.returncode != 0
        if still_running and (machine.folder / "restore-unfinished.json").exists():
            assert "niet afgemaakt" in refused(machine, "check")
            assert "logboeken kloppen" in machine.run("restore", str(backup))
        assert not (machine.folder / "restore-unfinished.json").exists()
        if (machine.folder / "files").exists():
            assert "De installatie werkt" in machine.run("check")


def test_what_was_destroyed_after_a_backup_goes_again_when_it_is_put_back(with_example, clean, tmp_path):
    machine = with_example()
    machine.run("backup", str(tmp_path / "ouder"))
    told, _ = (destroying := python(machine, DESTROY)).communicate()
    assert destroying.returncode == 0, told
    record = told.split()[-1]
    (line,) = (machine.folder / "destroyed").iterdir()
    assert record in line.read_text()

    forgotten = clean()
    assert "begin dan" in forgotten.run("restore", str(tmp_path / "ouder"))
    found, _ = python(forgotten, LOOK, record).communicate()
    assert found.split() == ["True"]

    again = clean()
    said = again.run("restore", str(tmp_path / "ouder"), "--destroyed", str(machine.folder / "destroyed"))
    assert "Opnieuw vernietigd, omdat het na deze back-up al was vernietigd: 1." in said
    assert "logboeken kloppen" in said
    found, _ = python(again, LOOK, record).communicate()
    assert found.split() == ["False"]


@pytest.mark.parametrize("room", [45_000, 60_000, 80_000, SMALLER_THAN_A_REPORT])
def test_a_full_disk_is_said_and_leaves_nothing(example, tmp_path, room):
    folder = tmp_path / "map" / "een"

    told = refused(example, "backup", str(folder), largest_file=room)

    assert "Maak ruimte" in told
    assert list(folder.parent.iterdir()) == []


def test_a_full_disk_while_restoring_is_said_and_tried_again(backup, clean):
    machine = clean()

    told = refused(machine, "restore", str(backup), largest_file=SMALLER_THAN_A_REPORT)

    assert "schijf" in told or "Maak ruimte" in told
    machine.run("restore", str(backup))


@pytest.mark.parametrize("what", ["not empty", "a file", "within the data folder", "a link"])
def test_a_backup_goes_to_a_folder_of_its_own(example, tmp_path, what):
    folder = tmp_path / "een"
    if what == "not empty":
        folder.mkdir()
        (folder / "iets").write_text("van een ander")
    elif what == "a file":
        folder.write_text("van een ander")
    elif what == "a link":
        (tmp_path / "echt").mkdir()
        folder.symlink_to(tmp_path / "echt")
    else:
        folder = example.folder / "een"

    told = refused(example, "backup", str(folder))

    assert "Noem een map die er nog niet is" in told or "ligt in de datamap" in told


def test_the_empty_folder_where_one_stands_will_do(example, tmp_path, monkeypatch):
    folder = tmp_path / "hier"
    folder.mkdir()
    monkeypatch.chdir(folder)

    example.run("backup", ".")

    assert (folder / "manifest.json").exists()


def test_a_link_in_the_data_folder_is_refused_not_followed(example, tmp_path):
    link = example.folder / "files" / "geheim"
    link.symlink_to("/etc/passwd")
    try:
        told = refused(example, "backup", str(tmp_path / "een"))
    finally:
        link.unlink()

    assert "verwijzing" in told
    assert list(tmp_path.iterdir()) == []


def test_an_installation_that_holds_something_is_refused(example, backup):
    assert "staan al gegevens" in refused(example, "restore", str(backup))


def test_a_data_folder_that_holds_something_is_refused(backup, clean):
    machine = clean()
    (machine.folder / "mail").mkdir(parents=True)
    (machine.folder / "mail" / "een.log").write_text("van een ander")

    assert "Zet een back-up terug in een lege datamap" in refused(machine, "restore", str(backup))


def test_an_installation_that_was_started_but_not_set_up_may_be_filled(backup, clean):
    machine = clean()
    machine.folder.mkdir(exist_ok=True)
    with machine.serving():
        pass
    (machine.folder / "serve.log").unlink()

    assert "logboeken kloppen" in machine.run("restore", str(backup))


def test_a_log_that_was_changed_in_the_backup_is_told(example, clean, tmp_path):
    folder = tmp_path / "veranderd"
    example.run("backup", str(folder))
    change_rows(folder, "event_log.entry", _say_it_was_somebody_else)

    told = refused(clean(), "restore", str(folder))

    assert "LET OP: het logboek van" in told
    assert "klopt niet vanaf regel 2" in told


def _say_it_was_somebody_else(rows, columns):
    chain, number, who = (columns.index(name) for name in ("chain", "number", "actor_label"))
    for row in rows:
        if row[chain] != "installation" and row[number] == 2:
            row[who] = "Iemand anders"
    return rows


@pytest.mark.postgresql
def test_owner_and_everyday_user_can_be_two(backup, machine):
    superuser = os.environ["OPENINTEGRITEIT_TESTS_SUPERUSER_URL"]
    untouched = machine()
    owner = untouched.variables["OPENINTEGRITEIT_DATABASE_URL"]
    with psycopg.connect(superuser, autocommit=True) as connection:
        connection.execute("DROP ROLE IF EXISTS everyday")
        connection.execute("CREATE ROLE everyday LOGIN PASSWORD 'everyday'")
    everyday = f"postgresql://everyday:everyday@{owner.partition('@')[2]}"
    apart = replace(
        untouched,
        variables={"OPENINTEGRITEIT_DATABASE_URL": everyday, "OPENINTEGRITEIT_DATABASE_OWNER_URL": owner},
    )

    assert "logboeken kloppen" in apart.run("restore", str(backup))
    assert "De installatie werkt" in apart.run("check")
    second = Path(str(backup) + "-tweede")
    apart.run("backup", str(second))
    assert tables_of(second)["organisations.person"] == tables_of(backup)["organisations.person"]


@pytest.mark.postgresql
def test_a_small_body_on_sqlite_can_move_to_postgresql(clean, example_body, tmp_path):
    small = example_body
    small.run("backup", str(tmp_path / "een"))
    machine = clean()

    assert "logboeken kloppen" in machine.run("restore", str(tmp_path / "een"))
    machine.run("backup", str(tmp_path / "twee"))
    before, after = tables_of(tmp_path / "een"), tables_of(tmp_path / "twee")
    assert {model for model in before if before[model] != after[model]} <= MOVED_ON


@pytest.mark.postgresql
@pytest.mark.parametrize("to_postgresql", [True, False], ids=["to PostgreSQL", "to SQLite"])
def test_a_backup_under_load_comes_back_on_the_other_database(
    clean, with_example, example_body, tmp_path, to_postgresql
):
    source, target = (example_body, clean()) if to_postgresql else (with_example(), Installation(tmp_path / "klein"))
    back_up_under_load(source, tmp_path / "een")

    assert holds_one_moment(target, tmp_path / "een")
    assert "klopt" in target.run("event-log", "verify")
