"""The start refuses a database that forgets in a power cut, or that lets one body read another's rows."""

import os

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL
from django.db.backends.sqlite3.base import DatabaseWrapper as SQLite

from openintegriteit.config.database import database_from_url
from openintegriteit.core.database import learn_sizes, unsafe_settings


@pytest.fixture
def sqlite_file(tmp_path, settings):
    """A connection to a file, set up as the product sets it up."""
    wrapper = SQLite(
        connection.settings_dict | database_from_url(f"sqlite:///{tmp_path / 'proef.db'}") | {"TIME_ZONE": None},
        "proef",
    )
    yield wrapper
    wrapper.close()


@pytest.fixture
def allow_file(django_db_blocker):
    with django_db_blocker.unblock():
        yield


def test_sqlite_as_the_product_sets_it_up_is_safe(allow_file, sqlite_file):
    assert unsafe_settings(sqlite_file) == []


@pytest.mark.parametrize(
    ("statement", "name", "answer"),
    [
        ("PRAGMA journal_mode=DELETE", "journal_mode", "delete"),
        ("PRAGMA synchronous=NORMAL", "synchronous", "1"),
        ("PRAGMA foreign_keys=OFF", "foreign_keys", "0"),
        ("PRAGMA secure_delete=OFF", "secure_delete", "0"),
    ],
)
def test_each_unsafe_setting_of_sqlite_is_named(allow_file, sqlite_file, statement, name, answer):
    with sqlite_file.cursor() as cursor:
        cursor.execute(statement)

    [sentence] = unsafe_settings(sqlite_file)

    assert f"PRAGMA {name}" in sentence
    assert f" {answer} " in sentence


@pytest.mark.postgresql
@pytest.mark.django_db
def test_postgresql_as_installed_is_safe():
    assert unsafe_settings(connection) == []


@pytest.mark.postgresql
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("SET synchronous_commit = off", "synchronous_commit"),
        ("ALTER TABLE programme_measure NO FORCE ROW LEVEL SECURITY", "programme_measure"),
        ("ALTER TABLE event_log_entry DISABLE ROW LEVEL SECURITY", "event_log_entry"),
    ],
)
def test_each_unsafe_setting_of_postgresql_is_named(statement, named):
    with connection.cursor() as cursor:
        cursor.execute(statement)

    [sentence] = unsafe_settings(connection)

    assert named in sentence


@pytest.mark.postgresql
@pytest.mark.django_db
def test_a_role_that_stands_above_the_rows_of_all_bodies_is_refused():
    account = database_from_url(os.environ["OPENINTEGRITEIT_TESTS_SUPERUSER_URL"])
    wrapper = PostgreSQL(connection.settings_dict | {key: account[key] for key in ("USER", "PASSWORD")}, "proef")
    try:
        [sentence] = unsafe_settings(wrapper)
    finally:
        wrapper.close()

    assert "BYPASSRLS" in sentence


def test_sqlite_knows_its_indexes_after_looking(allow_file, sqlite_file):
    with sqlite_file.cursor() as cursor:
        cursor.execute("CREATE TABLE gift (body TEXT, giver INTEGER)")
        cursor.execute("CREATE INDEX gift_by_giver ON gift (body, giver)")
        cursor.executemany("INSERT INTO gift VALUES ('zuidwaal', %s)", [(number // 10,) for number in range(100)])
        learn_sizes(sqlite_file)
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE idx = 'gift_by_giver'")
        told = cursor.fetchall()

    assert told == [("100 100 10",)]


@pytest.mark.django_db
def test_migrating_lets_sqlite_look(organisation):
    call_command("migrate", verbosity=0)

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'organisations_organisation'")
        [(looked_at,)] = cursor.fetchall()
    assert looked_at > 0
