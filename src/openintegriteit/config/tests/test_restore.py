"""A backup may come from anywhere: it is judged first, and whatever it holds, nothing of ours is touched by it."""

import gzip
import hashlib
import json
import shutil
import time
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from openintegriteit.config import restore as restoring
from openintegriteit.config.backup import Refused
from openintegriteit.config.restore import key_fits, restore
from openintegriteit.config.tests.forgery import change_manifest, change_rows, seal_file
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.identity.tests.factories import add_second_factor, user_with_roles
from openintegriteit.organisations.models import Organisation
from openintegriteit.registers.declarations.models import Declaration
from openintegriteit.retention.written import Destroyed, destroyed_folder, keep, read_destroyed
from openintegriteit.tests.installation import Installation

pytestmark = [pytest.mark.slow, pytest.mark.database, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="session")
def whole(tmp_path_factory):
    """A backup of the example on SQLite, not to be changed."""
    folder = tmp_path_factory.mktemp("heel")
    installation = Installation(folder / "data", {"OPENINTEGRITEIT_DATABASE_URL": f"sqlite:///{folder}/voorbeeld.db"})
    installation.run("demo")
    installation.run("backup", str(folder / "backup"))
    return folder / "backup"


@pytest.fixture
def backup(whole, tmp_path):
    return shutil.copytree(whole, tmp_path / "backup")


@pytest.fixture(autouse=True)
def clean_data_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path / "data"
    settings.DATA_DIR.mkdir()


def refusal(backup, settings):
    """Have it refused, with nothing left behind; gives what is said."""
    with pytest.raises(Refused) as refused:
        restore(backup)
    assert not Organisation.objects.exists()
    assert list(settings.DATA_DIR.iterdir()) == []
    return str(refused.value)


def a_file(backup):
    return next(path for path in (backup / "files").rglob("*") if path.is_file())


def test_a_whole_one_comes_back_and_may_not_come_back_twice(backup, settings):
    assert restore(backup).rows > 600
    assert Organisation.objects.get().name == "Gemeente Voorbeeld"
    with pytest.raises(Refused, match="staan al gegevens"):
        restore(backup)


@pytest.mark.parametrize("name", ["manifest.json", "manifest.sha256", "tables/organisations.person.jsonl.gz"])
@pytest.mark.parametrize("how", ["gone", "cut off", "one bit", "a link", "a folder"])
def test_a_file_that_is_not_whole_is_noticed(backup, settings, name, how, tmp_path):
    file = backup / name
    content = file.read_bytes()
    file.unlink()
    if how == "cut off":
        file.write_bytes(content[:-20])
    elif how == "one bit":
        file.write_bytes(bytes([content[0] ^ 1]) + content[1:])
    elif how == "a link":
        (tmp_path / "elders").write_bytes(content)
        file.symlink_to(tmp_path / "elders")
    elif how == "a folder":
        file.mkdir()

    told = refusal(backup, settings)

    assert "niet heel" in told or "geen hele back-up" in told or "verwijzing" in told


@pytest.mark.parametrize(
    "path",
    [
        "../../buiten",
        "files/../../buiten",
        "/etc/cron.d/buiten",
        "files//etc/passwd",
        "files/./x",
        "files/a\0b",
        "files\\x",
        "files",
        "files/demo-secret-key",
        "files/checkpoint-key.pem",
        "files/static/ui/app.js",
        "files/restore-unfinished.json",
        "files/x.part",
        "tables/zomaar",
        "manifest.json",
        "",
    ],
)
def test_a_path_that_leads_elsewhere_is_refused(backup, settings, path, tmp_path):
    def add(manifest):
        manifest["parts"].append({"path": path, "size": 0, "sha256": "0" * 64})

    change_manifest(backup, add)

    told = refusal(backup, settings)

    assert "hoort niet in een back-up" in told
    assert not (tmp_path / "buiten").exists()


def test_a_file_that_turned_into_a_link_on_the_way_is_not_followed(backup, settings, tmp_path):
    secret = tmp_path / "geheim"
    secret.write_text("van de server")
    file = a_file(backup)
    file.unlink()
    file.symlink_to(secret)
    seal_file(backup, file.relative_to(backup).as_posix())

    assert "verwijzing" in refusal(backup, settings)


def test_a_folder_that_turned_into_a_link_is_not_followed(backup, settings, tmp_path):
    shutil.move(backup / "files", tmp_path / "elders")
    (backup / "files").symlink_to(tmp_path / "elders")

    assert "verwijzing" in refusal(backup, settings)


@pytest.mark.parametrize(
    "change",
    [
        lambda manifest: manifest.update(tables=[]),
        lambda manifest: manifest.update(migrations={}),
        lambda manifest: manifest.update(migrations=[]),
        lambda manifest: manifest.update(parts={"a": 1}),
        lambda manifest: manifest.update(parts=[1]),
        lambda manifest: manifest.update(made_at=7),
        lambda manifest: manifest["parts"][0].update(size=-1),
        lambda manifest: manifest["parts"][0].update(size=True),
        lambda manifest: manifest["parts"][0].update(sha256="x"),
        lambda manifest: manifest["parts"].append(manifest["parts"][0]),
        lambda manifest: manifest["tables"].append(manifest["tables"][0]),
        lambda manifest: manifest["tables"][0].update(path="tables/core.scheduledjob.jsonl.gz"),
        lambda manifest: manifest["tables"][0].update(model="../../x"),
        lambda manifest: manifest["tables"][0].update(columns=["id; DROP TABLE organisations_organisation"]),
        lambda manifest: manifest["tables"][0].update(columns=["id", "id"]),
        lambda manifest: manifest["tables"][0].update(rows=10**6),
    ],
)
def test_a_manifest_that_says_something_else_is_refused(backup, settings, change):
    change_manifest(backup, change)

    assert "niet heel" in refusal(backup, settings)


@pytest.mark.parametrize("content", [b"", b"[]", b"null", b"{}", b"[" * 200_000, b"\xff\xfe", b'{"format": 1}'])
def test_what_is_no_manifest_is_refused(backup, settings, content):
    (backup / "manifest.json").write_bytes(content)
    (backup / "manifest.sha256").write_text(hashlib.sha256(content).hexdigest())

    assert "niet te lezen" in refusal(backup, settings)


@pytest.mark.parametrize(
    "change",
    [
        lambda manifest: manifest.update(product="99.0.0"),
        lambda manifest: manifest["migrations"]["policy"].append("0999_from_later"),
        lambda manifest: manifest["migrations"].update(registers=["0001_initial"]),
    ],
)
def test_a_backup_of_a_newer_version_is_refused(backup, settings, change):
    change_manifest(backup, change)

    assert "nieuwere versie" in refusal(backup, settings)


def test_another_format_is_refused(backup, settings):
    change_manifest(backup, lambda manifest: manifest.update(format=2))

    assert "andere versie" in refusal(backup, settings)


@pytest.mark.parametrize(
    ("model", "change"),
    [
        ("organisations.person", lambda rows, columns: [[*row, "meer"] for row in rows]),
        ("organisations.person", lambda rows, columns: [{"id": 1}]),
        ("organisations.person", lambda rows, columns: [*rows, rows[0]]),
        ("organisations.person", lambda rows, columns: [[None] * len(columns)]),
        ("organisations.person", lambda rows, columns: [["geen uuid"] * len(columns)]),
        ("organisations.person", lambda rows, columns: [[{"a": 1}] * len(columns)]),
        ("organisations.organisation", lambda rows, columns: []),
        ("identity.user", lambda rows, columns: rows[:-1]),
    ],
)
def test_rows_that_do_not_fit_leave_nothing_behind(backup, settings, model, change):
    change_rows(backup, model, change)

    assert "niet heel" in refusal(backup, settings)


def test_a_row_that_unpacks_to_more_than_fits_is_not_read_whole(backup, settings, monkeypatch):
    monkeypatch.setattr(restoring, "LONGEST_ROW", 1000)
    path = "tables/organisations.unit.jsonl.gz"
    (backup / path).write_bytes(gzip.compress(b'["' + b"a" * 50_000_000 + b'"]\n'))
    seal_file(backup, path)
    started = time.monotonic()

    assert "kloppen niet" in refusal(backup, settings)
    assert time.monotonic() - started < 30


def test_more_rows_than_were_told_are_not_taken(backup, settings):
    path = "tables/organisations.unit.jsonl.gz"
    line = gzip.decompress((backup / path).read_bytes()).splitlines()[0]
    (backup / path).write_bytes(gzip.compress((line + b"\n") * 100_000))
    seal_file(backup, path)

    assert "kloppen niet" in refusal(backup, settings)


@pytest.mark.parametrize("model", ["identity.session", "contenttypes.contenttype", "pigeons.pigeon"])
def test_a_table_that_is_never_kept_is_not_taken(backup, settings, model):
    path = f"tables/{model}.jsonl.gz"
    (backup / path).write_bytes(gzip.compress(b""))
    seal_file(backup, path)

    def add(manifest):
        manifest["tables"].append({"model": model, "columns": ["id"], "rows": 0, "path": path})

    change_manifest(backup, add)

    assert "niet heel" in refusal(backup, settings)


def test_a_folder_with_something_else_is_refused(settings, tmp_path):
    (tmp_path / "leeg").mkdir()

    assert "geen hele back-up" in refusal(tmp_path / "leeg", settings)
    assert "geen map" in refusal(tmp_path / "nergens", settings)


def test_the_manifest_names_every_file(whole):
    manifest = json.loads((whole / "manifest.json").read_bytes())
    named = {part["path"] for part in manifest["parts"]} | {"manifest.json", "manifest.sha256"}

    assert {path.relative_to(whole).as_posix() for path in whole.rglob("*") if path.is_file()} == named


def test_another_secret_key_is_noticed(settings):
    body = Organisation.objects.create(name="Gemeente Proef", kind="municipality")
    assert key_fits()
    add_second_factor(user_with_roles(body))

    assert key_fits()
    settings.SECRET_KEY = "een andere sleutel van deze installatie, ook van meer dan vijftig tekens"
    assert not key_fits()


def a_gift(folder):
    """A gift to an official in a backup: that it was destroyed a moment ago."""
    manifest = json.loads((folder / "manifest.json").read_bytes())
    table = next(table for table in manifest["tables"] if table["model"] == "declarations.declaration")
    with gzip.open(folder / table["path"]) as lines:
        rows = [dict(zip(table["columns"], json.loads(line), strict=True)) for line in lines]
    row = next(row for row in rows if (row["register"], row["regime"]) == ("gifts", "officials"))
    body, key = UUID(row["organisation_id"]), UUID(row["id"])
    return Destroyed(body, 1, "gifts_officials", key, "Geschenk", "Besluit", timezone.now())


def is_there(told):
    with organisation_scope(told.body):
        return Declaration.objects.filter(pk=told.record).exists()


@pytest.mark.parametrize("named", [True, False])
def test_what_was_destroyed_later_does_not_come_back(backup, settings, tmp_path, named):
    told = a_gift(backup)
    place = tmp_path / "vernietigd" if named else destroyed_folder()
    keep(place / "lijst.jsonl", [told.line()])

    restored = restore(backup, place if named else None)

    assert (restored.told, restored.replay.destroyed, restored.replay.kept) == (1, 1, ())
    assert not is_there(told)
    assert [chain.first_bad for chain in restored.chains] == [None, None]
    assert read_destroyed(destroyed_folder()) == {"lijst.jsonl": [told]}  # for when this backup is put back once more


def test_what_was_destroyed_before_the_backup_is_left_as_it_came_back(backup, settings, tmp_path):
    told = replace(a_gift(backup), at=timezone.now() - timedelta(days=30))
    keep(tmp_path / "vernietigd" / "lijst.jsonl", [told.line()])

    assert restore(backup, tmp_path / "vernietigd").replay.destroyed == 0
    assert is_there(told)


def test_without_a_file_of_what_was_destroyed_it_says_so(backup):
    restored = restore(backup)

    assert (restored.told, restored.replay.destroyed) == (0, 0)


@pytest.mark.parametrize("what", ["no folder", "a file", "not readable", "newer"])
def test_a_folder_of_what_was_destroyed_that_cannot_be_read_is_refused_first(backup, settings, tmp_path, what):
    folder = tmp_path / "vernietigd"
    if what == "a file":
        folder.write_text("")
    elif what == "not readable":
        keep(folder / "lijst.jsonl", ["zomaar"])
    elif what == "newer":
        keep(folder / "lijst.jsonl", [replace(a_gift(backup), kind="later").line()])

    with pytest.raises(Refused) as refused:
        restore(backup, folder)

    assert str(folder) in str(refused.value)
    assert not Organisation.objects.exists() and list(settings.DATA_DIR.iterdir()) == []


@pytest.mark.parametrize("made_at", ["", "gisteren", "2026-11-28T01:30:00"])
def test_a_moment_that_is_none_is_refused(backup, settings, made_at):
    change_manifest(backup, lambda manifest: manifest.update(made_at=made_at))

    assert "niet te lezen" in refusal(backup, settings)
