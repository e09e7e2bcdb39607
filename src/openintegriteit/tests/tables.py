"""The tables that tests begin with on SQLite: made by the migrations once, copied as long as these stay as they are."""

import fcntl
import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).parents[1]
PROJECT = SOURCE.parents[1]
COPIES = PROJECT / "var" / "tests"
DATABASE = "openintegriteit.db"  # in the folder with the data of an installation
USED_BY_MIGRATIONS = ("core/tenancy.py", "core/searching.py", "core/management/commands/migrate.py")


def tables() -> Path:
    """A database with the tables as these migrations, with these packages, make them, and nothing in them."""
    COPIES.mkdir(parents=True, exist_ok=True)
    copy = COPIES / f"tables-{_version()}.db"
    with (COPIES / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # tests run in several processes: one makes them, the others wait
        if not copy.exists():
            _make(copy)
    return copy


@contextmanager
def tables_in_memory(connection: Any) -> Iterator[None]:
    """The tables in the database in memory on which tests run, which Django connects to within the block."""
    with closing(sqlite3.connect(connection.creation._get_test_db_name(), uri=True)) as memory:
        with closing(sqlite3.connect(tables())) as made:
            made.backup(memory)
        yield


def with_tables(folder: Path) -> Path:
    """The folder for the data of an installation as a first start leaves it; where there is a database, it stays."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / DATABASE).exists():
        shutil.copyfile(tables(), folder / DATABASE)
    return folder


def _version() -> str:
    files = [*sorted(SOURCE.rglob("migrations/*.py")), *(SOURCE / name for name in USED_BY_MIGRATIONS)]
    content = hashlib.sha256()
    for file in [PROJECT / "requirements" / "run.txt", *files]:
        content.update(f"{file.name}\0".encode() + file.read_bytes())
    return content.hexdigest()[:16]


def _make(copy: Path) -> None:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("OPENINTEGRITEIT_")}
    with tempfile.TemporaryDirectory(dir=COPIES) as folder:
        own = {"OPENINTEGRITEIT_DEMO": "1", "OPENINTEGRITEIT_DATA_DIR": folder}
        settings = {"DJANGO_SETTINGS_MODULE": "openintegriteit.config.settings"}
        command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
        subprocess.run(command, env=inherited | own | settings, check=True)
        (Path(folder) / DATABASE).rename(copy)
