"""A backup: everything that cannot be made again, as it was at one moment, in a folder that is whole or not there.

The rows stand in a file of JSON lines per table, the same for SQLite and PostgreSQL, so that a backup can be restored
on either and by a newer version of the product. `manifest.json` names every file with its SHA-256, the version of the
product and its migrations. Left out are secrets that belong elsewhere, sessions, and what the product makes itself.
"""

import base64
import fcntl
import hashlib
import json
import os
import shutil
import stat
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from openintegriteit import __version__
from openintegriteit.config.checkpoints import key_file
from openintegriteit.core.models import ScheduledJob
from openintegriteit.core.roles import console_actor
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.desks.administrators import BACKUP
from openintegriteit.event_log.models import Chain
from openintegriteit.event_log.operations import INSTALLATION, record
from openintegriteit.organisations.models import Organisation

FORMAT = 1
MANIFEST = "manifest.json"
SEAL = "manifest.sha256"
ROWS_AT_ONCE = 2000
GZIP = 16 + zlib.MAX_WBITS  # zlib: write the head and tail of a gzip file, with no name or time in it
# Made anew by migrations or by signing in; an old session must not come back to life.
LEFT_OUT_MODELS = {
    "auth.group",
    "auth.group_permissions",
    "auth.permission",
    "contenttypes.contenttype",
    "identity.session",
    "sessions.session",
}
# What the product makes again by itself, and what is no part of the data. `destroyed` is what an older backup needs.
UNFINISHED = "restore-unfinished.json"  # stands in DATA_DIR while a backup is put back
LEFT_OUT_NAMES = {"charts", "destroyed", "documents", "public", "site-builds", "static", "demo-secret-key", UNFINISHED}
BROKEN_OFF = "Het terugzetten van een back-up is hier niet afgemaakt. Draai dezelfde opdracht restore opnieuw."


class Refused(Exception):
    """The backup cannot be made; `str()` says why and what to do, in Dutch."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file of the backup: where it stands within it, its size in bytes and its SHA-256."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class TablePart:
    """The rows of one table: the model, its columns in order, how many rows, and the file."""

    model: str
    columns: tuple[str, ...]
    rows: int
    path: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. `migrations` are those that the database had, by app."""

    format: int
    product: str
    made_at: str
    database: str
    migrations: dict[str, list[str]]
    tables: tuple[TablePart, ...]
    parts: tuple[Part, ...]


def back_up(folder: Path) -> Manifest:
    """Make a backup in a folder that does not exist yet (an empty one may), while the product runs.

    Raises Refused, also when the disk is full; nothing stands under the folder's name then.
    """
    if (settings.DATA_DIR / UNFINISHED).exists():
        raise Refused(BROKEN_OFF)
    folder = folder.absolute()
    if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
        raise Refused(f"{folder} bestaat al. Noem een map die er nog niet is, bijvoorbeeld met de datum in de naam.")
    if folder.resolve().is_relative_to(settings.DATA_DIR):
        raise Refused(f"{folder} ligt in de datamap. Kies een map daarbuiten, liefst op een andere schijf of machine.")
    unfinished = folder.with_name(f".{folder.name}.onaf")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _held(unfinished):
            manifest = _write(unfinished)
            unfinished.rename(folder)
            _flush(folder.parent)
    except OSError as problem:
        raise Refused(
            f"De back-up is niet te schrijven in {folder}: {problem.strerror} ({problem.filename or folder}). "
            "Maak ruimte of kies een andere map. Er is niets achtergebleven."
        ) from problem
    _remember()
    return manifest


def belongs_in_backup(path: PurePosixPath) -> bool:
    """Whether a file, by its place in DATA_DIR, is kept: nothing that is made again, no secret, not the database."""
    top = path.parts[0]
    database = Path(str(settings.DATABASES["default"]["NAME"])).name if connection.vendor == "sqlite" else ""
    is_database = bool(database) and top.startswith(database)
    is_key = settings.DATA_DIR / path == key_file()
    return not (top in LEFT_OUT_NAMES or is_key or is_database or path.name.endswith(".part"))


def backed_up_models() -> list[type[models.Model]]:
    """Every model whose rows are kept, in a fixed order."""
    every = apps.get_models(include_auto_created=True)
    kept = (model for model in every if model._meta.label_lower not in LEFT_OUT_MODELS and model._meta.managed)
    return sorted((model for model in kept if not model._meta.proxy), key=lambda model: model._meta.label_lower)


def _write(folder: Path) -> Manifest:
    (folder / "tables").mkdir(mode=0o700)
    (folder / "files").mkdir(mode=0o700)
    parts: list[Part] = []
    with _one_moment():
        made_at = timezone.now().isoformat()
        applied = MigrationRecorder(connection).applied_migrations()
        migrations: dict[str, list[str]] = {}
        for app, name in sorted(applied):
            migrations.setdefault(app, []).append(name)
        bodies = _bodies()
        tables = []
        for model in backed_up_models():
            table, part = _write_table(folder, model, bodies)
            tables.append(table)
            parts.append(part)
    # After the rows: every file that a row tells about is there by then.
    parts += _copy_files(folder)
    manifest = Manifest(FORMAT, __version__, made_at, connection.vendor, migrations, tuple(tables), tuple(parts))
    content = json.dumps(asdict(manifest), indent=1, ensure_ascii=False).encode()
    _write_file(folder / MANIFEST, content)
    _write_file(folder / SEAL, f"{hashlib.sha256(content).hexdigest()}  {MANIFEST}\n".encode())
    for each in (folder / "tables", folder / "files", folder):
        _flush(each)
    return manifest


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read the database as it is now, whatever others write meanwhile, and without keeping them from writing."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield
        return
    # Not `atomic`: on SQLite that takes the right to write.
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def _bodies() -> list[UUID | None]:
    """Every body that has rows, and None for the rows of the installation itself."""
    bodies = set(Organisation.objects.values_list("pk", flat=True))
    chains = Chain.objects.exclude(key=INSTALLATION).values_list("key", flat=True)
    return [*sorted(bodies | {UUID(key) for key in chains}), None]


def _write_table(folder: Path, model: type[models.Model], bodies: list[UUID | None]) -> tuple[TablePart, Part]:
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    path = f"tables/{model._meta.label_lower}.jsonl.gz"
    rows = 0
    with (folder / path).open("xb") as raw:
        # Not `gzip.GzipFile`: where the disk refuses, its buffer is written once more when it is thrown away.
        packer = zlib.compressobj(6, wbits=GZIP)
        for row in _rows(model, fields, bodies):
            line = json.dumps(row, default=_plain, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            raw.write(packer.compress(line))
            rows += 1
        raw.write(packer.flush())
        raw.flush()
        os.fsync(raw.fileno())
    columns = tuple(field.attname for field in fields)
    return TablePart(model._meta.label_lower, columns, rows, path), _part(folder, path)


def _rows(model: type[models.Model], fields: Any, bodies: list[UUID | None]) -> Iterator[tuple[Any, ...]]:
    """The rows of a table, those of each body within its scope: the database shows no others."""
    ordered = model._base_manager.order_by("pk").values_list(*(field.attname for field in fields))
    if not any(field.column == "organisation_id" for field in fields):
        yield from ordered.iterator(chunk_size=ROWS_AT_ONCE)
        return
    for body in bodies:
        with organisation_scope(body):
            yield from ordered.filter(organisation_id=body).iterator(chunk_size=ROWS_AT_ONCE)


def _plain(value: Any) -> str:
    match value:
        case UUID() | Decimal():
            return str(value)
        case datetime() | date() | time():
            return value.isoformat()
        case bytes() | memoryview():
            return base64.b64encode(value).decode()
    raise TypeError(type(value).__name__)


def _copy_files(folder: Path) -> list[Part]:
    parts = []
    for found in sorted(settings.DATA_DIR.rglob("*")):
        place = PurePosixPath(found.relative_to(settings.DATA_DIR).as_posix())
        if not belongs_in_backup(place):
            continue
        try:
            kind = found.lstat().st_mode
            if stat.S_ISLNK(kind):
                raise Refused(
                    f"{found} is een verwijzing naar een andere plek; die komt niet in de back-up. Zet de bestanden "
                    "zelf in de datamap, of koppel de andere schijf daar aan."
                )
            if not stat.S_ISREG(kind):
                continue
            path = f"files/{place}"
            (folder / path).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with found.open("rb") as source, (folder / path).open("xb") as copy:
                shutil.copyfileobj(source, copy)
                copy.flush()
                os.fsync(copy.fileno())
        except FileNotFoundError:  # removed at this very moment: an upload that was used
            (folder / "files" / place).unlink(missing_ok=True)
            continue
        parts.append(_part(folder, path))
    return parts


def _part(folder: Path, path: str) -> Part:
    return Part(path, (folder / path).stat().st_size, sha256_of(folder / path))


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


@contextmanager
def _held(unfinished: Path) -> Iterator[None]:
    """Hold the folder in which the backup grows. What a backup that was killed left there is taken away first."""
    unfinished.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(unfinished, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            raise Refused("Er loopt al een back-up naar deze map. Wacht tot die klaar is.") from busy
        for leftover in unfinished.iterdir():
            _remove(leftover)
        try:
            yield
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
    finally:
        os.close(descriptor)


def _remove(path: Path) -> None:
    remove: Callable[[Path], object] = shutil.rmtree if path.is_dir() and not path.is_symlink() else Path.unlink
    remove(path)


def _write_file(file: Path, content: bytes) -> None:
    with file.open("xb") as written:
        written.write(content)
        written.flush()
        os.fsync(written.fileno())


def _flush(folder: Path) -> None:
    """Have the names in a folder on disk, so that a power cut does not lose them."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@transaction.atomic
def _remember() -> None:
    """Tell the log of the installation and the desk of the technical administrator."""
    ScheduledJob.objects.update_or_create(name=BACKUP, defaults={"last_run_at": timezone.now()})
    with organisation_scope(None):
        record(actor=console_actor(None), action="backup.made", subject="backup")
