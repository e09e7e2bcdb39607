"""The environment in which the settings are read when tests run; loaded by pytest before anything else."""

import atexit
import os
import shutil
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings

os.environ["OPENINTEGRITEIT_DEMO"] = "1"  # plain http for the test client and the browser
DATA_DIR = Path(tempfile.mkdtemp(prefix="openintegriteit-tests-"))
(DATA_DIR / "static").mkdir()  # the static server warns where there is none
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)
os.environ["OPENINTEGRITEIT_DATA_DIR"] = str(DATA_DIR)
os.environ.setdefault("OPENINTEGRITEIT_LOG_LEVEL", "WARNING")

hypothesis_settings.register_profile("without a clock", deadline=None)  # no test depends on a time
hypothesis_settings.load_profile("without a clock")

ON_POSTGRESQL = os.environ.get("OPENINTEGRITEIT_DATABASE_URL", "").startswith("postgres")


def pytest_configure(config: pytest.Config) -> None:
    """Declare the marker of tests that ask PostgreSQL itself."""
    config.addinivalue_line("markers", "postgresql: about PostgreSQL only; runs where make test runs on PostgreSQL")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is about PostgreSQL only while the tests run on SQLite."""
    left_out = [item for item in items if item.get_closest_marker("postgresql") and not ON_POSTGRESQL]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(autouse=True, scope="session")
def event_log_emptied_between_tests() -> None:
    """Django empties the tables after a test with transactions of its own; the event log refuses that otherwise."""
    from django.db import connection
    from django.test import TransactionTestCase

    triggers = import_module("openintegriteit.event_log.migrations.0002_insert_only")
    empty_tables = TransactionTestCase._fixture_teardown

    def without_triggers(test_case: TransactionTestCase, *arguments: Any, **options: Any) -> None:
        if connection.vendor == "sqlite":
            take_away, put_back = triggers.BACKWARDS["sqlite"], triggers.FORWARDS["sqlite"]
        else:
            take_away = ["ALTER TABLE event_log_entry DISABLE TRIGGER USER"]
            put_back = ["ALTER TABLE event_log_entry ENABLE TRIGGER USER"]
        with connection.cursor() as cursor:
            for statement in take_away:
                cursor.execute(statement)
        empty_tables(test_case, *arguments, **options)
        with connection.cursor() as cursor:
            for statement in put_back:
                cursor.execute(statement)

    TransactionTestCase._fixture_teardown = without_triggers
