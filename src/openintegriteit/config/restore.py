"""Putting a backup back into an installation that holds nothing yet.

The backup is judged first, whole: it may come from anywhere. Its rows come in by one transaction, through the tables
that our own migrations make, so that no backup brings a trigger, a view or a program along. A restore that was killed
is run again: what had been done is not done twice.
"""

import gzip
import hashlib
import json
import os
import re
import shutil
import stat
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any
from uuid import UUID

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.apps import apps as apps_of_now
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DataError, IntegrityError, connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from openintegriteit import __version__
from openintegriteit.config.backup import (
    FORMAT,
    LEFT_OUT_MODELS,
    MANIFEST,
    SEAL,
    UNFINISHED,
    Manifest,
    Part,
    Refused,
    TablePart,
    belongs_in_backup,
    sha256_of,
)
from openintegriteit.config.checkpoints import verify_all
from openintegriteit.core.files import write_whole
from openintegriteit.core.management.commands.migrate import as_owner
from openintegriteit.core.roles import console_actor
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.desks.kept import KINDS
from openintegriteit.event_log.models import Chain
from openintegriteit.event_log.operations import record
from openintegriteit.event_log.queries import Verification
from openintegriteit.organisations.models import Organisation
from openintegriteit.retention.replaying import Replay, destroy_again, unknown_kinds
from openintegriteit.retention.written import Destroyed, Unreadable, destroyed_folder, keep, read_destroyed

LARGEST_MANIFEST = 64 * 1024 * 1024
LONGEST_ROW = 64 * 1024 * 1024
ROWS_AT_ONCE = 500
NAME = re.compile(r"[a-z0-9_]+\.[a-z0-9_]+")
SHA256 = re.compile(r"[0-9a-f]{64}")
NOT_EMPTY = (
    "In deze installatie staan al gegevens. Zet een back-up terug in een nieuwe installatie: met een lege datamap en "
    "een lege database."
)
BROKEN = "De back-up is niet heel of is veranderd: {what}. Neem een andere back-up; hier is niets veranderd."


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back: rows and files, how each chain stands, and whether the secret key is that of the backup.

    `told` is how many destroyed records the files told of, `replay` what became of those.
    """

    made_at: str
    rows: int
    files: int
    chains: tuple[Verification, ...]
    key_fits: bool
    told: int
    replay: Replay


def restore(folder: Path, destroyed: Path | None = None) -> Restored:
    """Put a backup back, and destroy again what was destroyed after it was made.

    The files that tell of that stand in `destroyed`, or else in this installation's own folder. Raises Refused when the
    backup, those files or the installation do not allow it, with nothing changed.
    """
    told = _what_was_destroyed(destroyed)
    manifest, digest = read_manifest(folder)
    _require_known(manifest)
    for part in manifest.parts:
        _require_whole(folder, part)
    resumed = _started_before(digest)
    _require_empty(resumed=resumed)
    try:
        _mark(digest)
        if not resumed or not _holds_rows():
            _to_the_state_of(manifest)
            try:
                _load(folder, manifest)
            except (IntegrityError, DataError) as problem:
                raise Refused(BROKEN.format(what="de rijen passen niet bij elkaar")) from problem
        call_command("migrate", verbosity=0)
        files = _put_files_back(folder, manifest)
        for name, rows in told.items():
            keep(destroyed_folder() / name, (row.line() for row in rows))
        every = [row for rows in told.values() for row in rows]
        replay = destroy_again(KINDS, every, since=datetime.fromisoformat(manifest.made_at))
        chains = tuple(verify_all())
        _tell(manifest)
        (settings.DATA_DIR / UNFINISHED).unlink()
    except Refused:
        if not _holds_rows():
            (settings.DATA_DIR / UNFINISHED).unlink(missing_ok=True)
        raise
    except OSError as problem:
        raise Refused(
            f"Terugzetten is niet gelukt: {problem.strerror}. Maak ruimte en draai dezelfde opdracht opnieuw."
        ) from problem
    in_all = sum(table.rows for table in manifest.tables)
    return Restored(manifest.made_at, in_all, files, chains, key_fits(), len(every), replay)


def key_fits() -> bool:
    """Whether the secret key of now opens the second factors that were sealed before; True where there are none."""
    apps_of_people = Authenticator.objects.filter(type=Authenticator.Type.TOTP)
    sealed = apps_of_people.values_list("data", flat=True).first()
    try:
        return sealed is None or bool(get_adapter().decrypt(sealed["secret"]))
    except InvalidToken:
        return False


def _what_was_destroyed(named: Path | None) -> dict[str, list[Destroyed]]:
    """What the files tell, by name. Raises Refused for a folder or a file that cannot be read."""
    folder = named or destroyed_folder()
    try:
        told = read_destroyed(folder) if named or folder.exists() else {}
    except OSError as problem:
        raise Refused(f"De map met wat is vernietigd is niet te lezen: {folder} ({problem.strerror}).") from problem
    except Unreadable as problem:
        raise Refused(f"Wat is vernietigd is niet te lezen: {problem}. Neem een ander exemplaar.") from problem
    if unknown := unknown_kinds(KINDS, (row for rows in told.values() for row in rows)):
        raise Refused(
            f"In {folder} staan soorten stukken die deze versie niet kent ({', '.join(unknown)[:200]}). "
            "Installeer de nieuwste versie en zet de back-up daarmee terug."
        )
    return told


# -- Judging ----------------------------------------------------------------------------------------------------------


def read_manifest(folder: Path) -> tuple[Manifest, str]:
    """The manifest of a backup and its SHA-256. Raises Refused when it is none that we know."""
    if not folder.is_dir():
        raise Refused(f"{folder} is geen map met een back-up.")
    try:
        content, seal = _small_file(folder / MANIFEST), _small_file(folder / SEAL)
    except OSError as problem:
        raise Refused(
            f"In {folder} staat geen hele back-up: {MANIFEST} of {SEAL} ontbreekt. Noem de map die back-up maakte."
        ) from problem
    digest = hashlib.sha256(content).hexdigest()
    if seal.split()[:1] != [digest.encode()]:
        raise Refused(BROKEN.format(what=f"{MANIFEST} past niet bij {SEAL}"))
    try:
        manifest = _manifest(json.loads(content))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
        raise Refused(BROKEN.format(what=f"{MANIFEST} is niet te lezen")) from problem
    return manifest, digest


def _manifest(values: Any) -> Manifest:
    """The manifest in its types. Raises ValueError, TypeError, KeyError or AttributeError for anything else."""
    if values["format"] != FORMAT:
        raise Refused(
            f"Deze back-up is gemaakt door een andere versie van het product ({str(values['product'])[:40]}). "
            "Installeer die versie of een nieuwere, en zet hem daarmee terug."
        )
    parts = tuple(Part(_text(p["path"]), _count(p["size"]), _text(p["sha256"])) for p in values["parts"])
    tables = tuple(
        TablePart(_text(t["model"]), tuple(_text(name) for name in t["columns"]), _count(t["rows"]), _text(t["path"]))
        for t in values["tables"]
    )
    migrations = {_text(app): [_text(name) for name in names] for app, names in values["migrations"].items()}
    if not all(SHA256.fullmatch(part.sha256) for part in parts):
        raise ValueError("sha256")
    if len({part.path for part in parts}) != len(parts) or len({table.model for table in tables}) != len(tables):
        raise ValueError("twice")
    made_at, product, database = (_text(values[name]) for name in ("made_at", "product", "database"))
    if timezone.is_naive(datetime.fromisoformat(made_at)):
        raise ValueError("made_at")
    manifest = Manifest(FORMAT, product, made_at, database, migrations, tables, parts)
    _require_places(manifest)
    return manifest


def _require_places(manifest: Manifest) -> None:
    """Every path stands where a backup puts it. Raises Refused for one that leads elsewhere."""
    paths = {part.path for part in manifest.parts}
    for table in manifest.tables:
        if not NAME.fullmatch(table.model) or table.path != f"tables/{table.model}.jsonl.gz" or table.path not in paths:
            raise Refused(BROKEN.format(what=f"de tabel {table.model[:80]!r} staat er niet goed in"))
    tables = {table.path for table in manifest.tables}
    for path in paths - tables:
        place = PurePosixPath(path)
        inside = len(place.parts) > 1 and place.parts[0] == "files" and ".." not in place.parts
        clean = str(place) == path and not place.is_absolute() and "\0" not in path and "\\" not in path
        if not (inside and clean and belongs_in_backup(PurePosixPath(*place.parts[1:]))):
            raise Refused(BROKEN.format(what=f"{path[:80]!r} hoort niet in een back-up"))


def _require_known(manifest: Manifest) -> None:
    """Our version knows every migration that the backup had, and every table. Raises Refused otherwise."""
    loader = MigrationExecutor(connection).loader
    known = set(loader.disk_migrations)
    missing = [
        f"{app}.{name}" for app, names in manifest.migrations.items() for name in names if (app, name) not in known
    ]
    if missing or _version(manifest.product) > _version(__version__):
        raise Refused(
            f"Deze back-up komt uit een nieuwere versie ({manifest.product[:40]}) dan deze ({__version__}). "
            "Installeer eerst die versie en zet de back-up dan terug."
        )
    if not manifest.migrations or not any(table.model == "organisations.organisation" for table in manifest.tables):
        raise Refused(BROKEN.format(what="er ontbreken tabellen"))


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d{1,9}", text)[:3])


def _require_whole(folder: Path, part: Part) -> None:
    """The file is there, is a file of its own and holds what the manifest says. Raises Refused otherwise."""
    file = folder
    try:
        for name in PurePosixPath(part.path).parts:
            file = file / name
            if stat.S_ISLNK(file.lstat().st_mode):
                raise Refused(BROKEN.format(what=f"{part.path} is een verwijzing naar een andere plek"))
        found = file.stat()
        whole = stat.S_ISREG(found.st_mode) and found.st_size == part.size and sha256_of(file) == part.sha256
    except OSError as problem:
        raise Refused(BROKEN.format(what=f"{part.path} is niet te lezen")) from problem
    if not whole:
        raise Refused(BROKEN.format(what=f"{part.path} is niet wat het was"))


def _require_empty(*, resumed: bool) -> None:
    """The installation holds nothing of anybody. Raises Refused otherwise."""
    if not resumed and _holds_rows():
        raise Refused(NOT_EMPTY)
    if resumed or not settings.DATA_DIR.exists():
        return
    for file in sorted(settings.DATA_DIR.rglob("*")):
        if file.is_file() and belongs_in_backup(PurePosixPath(file.relative_to(settings.DATA_DIR).as_posix())):
            raise Refused(f"In de datamap staat al {file}. Zet een back-up terug in een lege datamap.")


def _holds_rows() -> bool:
    tables = connection.introspection.table_names()
    return any(
        model._meta.db_table in tables and model._base_manager.exists()
        for model in (Organisation, Chain, apps_of_now.get_model("identity.user"))
    )


# -- Loading ----------------------------------------------------------------------------------------------------------


def _to_the_state_of(manifest: Manifest) -> None:
    """Make the tables as the backup had them. Raises Refused when they are newer already."""
    loader = MigrationExecutor(connection).loader
    wanted = {(app, name) for app, names in manifest.migrations.items() for name in names}
    if set(loader.graph.nodes) <= wanted:
        call_command("migrate", verbosity=0)
        return
    if loader.applied_migrations.keys() - wanted:
        raise Refused(
            "De database is al klaar voor een nieuwere versie dan die van de back-up. Maak een lege database en draai "
            "dezelfde opdracht opnieuw."
        )
    for app, names in sorted(manifest.migrations.items()):
        last = [name for name in names if not _children_within(loader.graph, (app, name), wanted)]
        for name in last:
            call_command("migrate", app, name, verbosity=0)


def _children_within(graph: Any, key: tuple[str, str], wanted: set[tuple[str, str]]) -> bool:
    """Whether a later migration of the same app is wanted too."""
    children = {(child.key[0], child.key[1]) for child in graph.node_map[key].children}
    return any(child in wanted and child[0] == key[0] for child in children)


def _load(folder: Path, manifest: Manifest) -> None:
    """Put all rows in, or none."""
    loader = MigrationExecutor(connection).loader
    wanted = [(app, name) for app, names in manifest.migrations.items() for name in names]
    state = loader.project_state([key for key in wanted if key in loader.graph.nodes])
    with as_owner(), transaction.atomic():
        if _holds_rows():  # somebody was faster
            raise Refused(NOT_EMPTY)
        filled = []
        for table in manifest.tables:
            try:
                model = state.apps.get_model(table.model)
            except (LookupError, ValueError) as problem:
                raise Refused(BROKEN.format(what=f"de tabel {table.model} kennen wij niet")) from problem
            if table.model in LEFT_OUT_MODELS or not model._meta.managed:
                raise Refused(BROKEN.format(what=f"de tabel {table.model} hoort niet in een back-up"))
            _load_table(folder, table, model)
            filled.append(model)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), filled):
                cursor.execute(statement)


def _load_table(folder: Path, table: TablePart, model: type[models.Model]) -> None:
    known: dict[str, models.Field[Any, Any]] = {
        field.attname: field for field in model._meta.concrete_fields if not field.generated
    }
    if sorted(known) != sorted(table.columns):
        raise Refused(BROKEN.format(what=f"de kolommen van {table.model} zijn andere"))
    fields = [known[name] for name in table.columns]
    quote = connection.ops.quote_name
    place = quote(model._meta.db_table)
    columns, marks = ", ".join(quote(str(field.column)) for field in fields), ", ".join(["%s"] * len(fields))
    insert = f"INSERT INTO {place} ({columns}) VALUES ({marks})"  # noqa: S608 names of tables that our own migrations made
    organisation = next((index for index, name in enumerate(table.columns) if name == "organisation_id"), None)
    with connection.cursor() as cursor:
        if model._base_manager.exists():  # what migrations and an empty installation put there
            cursor.execute(f"DELETE FROM {place}")  # noqa: S608 a table of our own migrations
        for body, rows in _batches(_rows_of(folder, table, fields), organisation):
            with organisation_scope(body), transaction.atomic():  # so that what is refused does not bar the way out
                cursor.executemany(insert, rows)


def _rows_of(folder: Path, table: TablePart, fields: list[models.Field[Any, Any]]) -> Iterator[list[Any]]:
    """The rows of the file as the database takes them. Raises Refused when they are not what the manifest says."""
    number = 0
    broken = Refused(BROKEN.format(what=f"de rijen van {table.model} kloppen niet"))
    try:
        with gzip.open(folder / table.path, "rb") as lines:
            while line := lines.readline(LONGEST_ROW):
                values = json.loads(line)
                number += 1
                if number > table.rows or not isinstance(values, list) or len(values) != len(fields):
                    raise broken
                yield [
                    field.get_db_prep_save(field.to_python(value), connection)
                    for field, value in zip(fields, values, strict=True)
                ]
    except (ValueError, TypeError, EOFError, gzip.BadGzipFile, zlib.error, ValidationError, RecursionError) as problem:
        raise broken from problem
    if number != table.rows:
        raise broken


def _batches(rows: Iterator[list[Any]], organisation: int | None) -> Iterator[tuple[UUID | None, list[list[Any]]]]:
    """Rows in batches of one body each: the database takes rows of a body within its scope only."""
    batch: list[list[Any]] = []
    body: UUID | None = None
    for row in rows:
        its = _uuid(row[organisation]) if organisation is not None else None
        if batch and (its != body or len(batch) >= ROWS_AT_ONCE):
            yield body, batch
            batch = []
        body = its
        batch.append(row)
    if batch:
        yield body, batch


def _uuid(value: Any) -> UUID | None:
    return value if value is None or isinstance(value, UUID) else UUID(str(value))


# -- Files ------------------------------------------------------------------------------------------------------------


def _put_files_back(folder: Path, manifest: Manifest) -> int:
    """Put each file in its place in DATA_DIR, whole; returns how many."""
    copied = 0
    for part in manifest.parts:
        place = PurePosixPath(part.path)
        if place.parts[0] != "files":
            continue
        target = settings.DATA_DIR.joinpath(*place.parts[1:])
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o750)
        if not target.parent.resolve().is_relative_to(settings.DATA_DIR.resolve()):
            raise Refused(f"{target.parent} leidt buiten de datamap. Haal die verwijzing weg.")
        unfinished = target.with_name(f".{target.name}.part")
        shutil.copyfile(folder / part.path, unfinished)
        with unfinished.open("rb") as written:
            os.fsync(written.fileno())
        unfinished.replace(target)
        copied += 1
    return copied


def _started_before(digest: str) -> bool:
    """Whether this very backup was being put back here when the restore was broken off."""
    try:
        return bool(json.loads((settings.DATA_DIR / UNFINISHED).read_bytes()) == {"manifest": digest})
    except (FileNotFoundError, ValueError):
        return False


def _mark(digest: str) -> None:
    write_whole(settings.DATA_DIR / UNFINISHED, json.dumps({"manifest": digest}).encode())


@transaction.atomic
def _tell(manifest: Manifest) -> None:
    """Each log says that it was put back, so that nobody wonders where later lines are."""
    details: Mapping[str, str] = {"made_at": manifest.made_at, "version": manifest.product}
    for key in [*Organisation.objects.values_list("pk", flat=True), None]:
        with organisation_scope(key):
            record(actor=console_actor(key), action="backup.restored", subject="backup", details=details)


def _small_file(file: Path) -> bytes:
    if file.is_symlink() or not file.is_file() or file.stat().st_size > LARGEST_MANIFEST:
        raise FileNotFoundError(str(file))
    return file.read_bytes()


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("text")
    return value


def _count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise TypeError("count")
    return value
