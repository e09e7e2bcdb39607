"""Counting what a page asks of the database, the same on SQLite and PostgreSQL."""

from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

# Transactions, and telling PostgreSQL which body it is about, are no queries for data.
NOT_DATA = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "SELECT set_config")


def data_queries(action: Callable[[], object]) -> int:
    """How many queries for data the action takes."""
    with CaptureQueriesContext(connection) as captured:
        action()
    return sum(1 for query in captured if not query["sql"].startswith(NOT_DATA))
