"""Whether the database keeps what it was told, also in a power cut, and keeps bodies apart; and what makes it quick."""

import sqlite3
from collections.abc import Iterable
from typing import Any

from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

from openintegriteit.core.tenancy import tenant_tables

OLDEST_POSTGRESQL = 15
DISK_FULL = "53100"  # what PostgreSQL calls it
LOOKED_AT = 10_000  # rows of each index: enough to tell indexes apart, in a tenth of a second however many there are
# What SQLite must answer: writes survive a power cut, references hold, and deleted means overwritten.
SQLITE_ANSWERS: dict[str, tuple[object, ...]] = {
    "journal_mode": ("wal",),
    "synchronous": (2, 3),
    "foreign_keys": (1,),
    "secure_delete": (1,),
}


def unsafe_settings(connection: BaseDatabaseWrapper) -> list[str]:
    """What is unsafe about the database behind the connection, as sentences that say what to do; empty: nothing.

    The product does not start on a database for which this is not empty.
    """
    return list(_unsafe_postgresql(connection) if connection.vendor == "postgresql" else _unsafe_sqlite(connection))


def _unsafe_sqlite(connection: BaseDatabaseWrapper) -> Iterable[str]:
    for name, safe in SQLITE_ANSWERS.items():
        [(answer,)] = _rows(connection, f"PRAGMA {name}")
        if answer not in safe:
            yield _(
                "SQLite answers %(answer)s to PRAGMA %(name)s; safe is %(safe)s. Put the data folder on a local "
                "disk that belongs to this server, and start again."
            ) % {"answer": answer, "name": name, "safe": safe[0]}


def _unsafe_postgresql(connection: BaseDatabaseWrapper) -> Iterable[str]:
    settings: dict[str, str] = dict(
        _rows(
            connection,
            "SELECT name, setting FROM pg_settings WHERE name IN "
            "('server_version_num', 'fsync', 'full_page_writes', 'synchronous_commit')",
        )
    )
    if int(settings.pop("server_version_num")) < OLDEST_POSTGRESQL * 10_000:
        yield _("This PostgreSQL is too old. Use version %(oldest)s or newer.") % {"oldest": OLDEST_POSTGRESQL}
    for name in sorted(name for name, value in settings.items() if value == "off"):
        yield _("PostgreSQL's setting %(name)s is off, so a power cut can lose data. Set it to on.") % {"name": name}
    [(stands_above_rows,)] = _rows(
        connection, "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    )
    if stands_above_rows:
        yield _(
            "The database role stands above row-level security, so bodies are not kept apart. Use a role without "
            "SUPERUSER and BYPASSRLS."
        )
    unprotected = _rows(
        connection,
        "SELECT relname FROM pg_class WHERE pg_table_is_visible(oid) AND relkind = 'r' AND relname = ANY(%s) "
        "AND NOT (relrowsecurity AND relforcerowsecurity) ORDER BY relname",
        [tenant_tables()],
    )
    if unprotected:
        yield _("These tables have no row-level security: %(tables)s. Run the migrations as their owner.") % {
            "tables": ", ".join(table for (table,) in unprotected)
        }


def _rows(connection: BaseDatabaseWrapper, query: str, parameters: list[Any] | None = None) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return list(cursor.fetchall())


def learn_sizes(connection: BaseDatabaseWrapper) -> None:
    """Let SQLite look at its tables and indexes, so that it finds rows by the index that is quickest.

    Without it a query over a hundred thousand rows can take ten times as long. PostgreSQL looks by itself. What is
    learned holds for each connection that opens afterwards.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA analysis_limit = {LOOKED_AT}")
            cursor.execute("ANALYZE")


def is_full(error: OperationalError) -> bool:
    """Whether the database refused a row because its disk, or the room that it was given, is full."""
    cause = error.__cause__
    of_sqlite = getattr(cause, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
    return of_sqlite or getattr(cause, "sqlstate", "") == DISK_FULL
