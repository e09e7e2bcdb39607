"""Machines of their own, for tests that break things."""

import os

import psycopg
import pytest

from openintegriteit.tests.environment import ON_POSTGRESQL
from openintegriteit.tests.installation import Installation


@pytest.fixture(scope="session")
def clean(tmp_path_factory):
    """Make a clean machine: an empty data folder, and on PostgreSQL an empty database."""
    made = []

    def make(**variables):
        folder = tmp_path_factory.mktemp("machine") / "data"
        if ON_POSTGRESQL:
            name = f"machine_{len(made)}_{os.getpid()}"
            url = os.environ["OPENINTEGRITEIT_DATABASE_URL"]
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}")
            made.append((url, name))
            variables = {"OPENINTEGRITEIT_DATABASE_URL": url.rpartition("/")[0] + f"/{name}"} | variables
        return Installation(folder, variables)

    yield make
    for url, name in made:
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
