"""The tables that tests begin with on SQLite: made by the migrations once, copied as long as these stay as they are."""

import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

SOURCE = Path(__file__).parents[1]
PROJECT = SOURCE.parents[1]
COPIES = PROJECT / "var" / "tests"
USED_BY_MIGRATIONS = ("core/tenancy.py", "core/searching.py", "core/management/commands/migrate.py")


def copy_of_this_version() -> Path:
    """Where the tables stand as these migrations, with these packages, make them."""
    files = [*sorted(SOURCE.rglob("migrations/*.py")), *(SOURCE / name for name in USED_BY_MIGRATIONS)]
    content = hashlib.sha256()
    for file in [PROJECT / "requirements" / "run.txt", *files]:
        content.update(f"{file.name}\0".encode() + file.read_bytes())
    return COPIES / f"tables-{content.hexdigest()[:16]}.sqlite3"


@contextmanager
def filled_from_the_copy(database: str) -> Iterator[None]:
    """Fill the database in memory from the copy while the block makes its tables, and leave a copy where none was.

    The migrations still run in the block: where the copy is complete, they find nothing to do.
    """
    copy = copy_of_this_version()
    with closing(sqlite3.connect(database, uri=True)) as memory:
        if copy.exists():
            with closing(sqlite3.connect(copy)) as file:
                file.backup(memory)
        yield
        if not copy.exists():
            _keep(memory, copy)


def _keep(memory: sqlite3.Connection, copy: Path) -> None:
    """Store the database of the tests as the copy, in one step: another process may be doing the same."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=copy.parent)
    os.close(handle)
    with closing(sqlite3.connect(name)) as file:
        memory.backup(file)
    Path(name).replace(copy)
