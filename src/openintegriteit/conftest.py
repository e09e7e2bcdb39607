"""What every test may use: two bodies, people with roles, and clients that are signed in."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pytest_django import Settings

from openintegriteit.tests.installation import Installation
from openintegriteit.tests.tables import tables_in_memory, with_tables

if TYPE_CHECKING:
    from django.test import Client

    from openintegriteit.core.roles import Actor
    from openintegriteit.organisations.models import Organisation


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_modify_db_settings: None) -> None:
    """The tables; on SQLite the migrations find them made, which they would do anew for each run."""
    from django.db import connection

    with tables_in_memory(connection) if connection.vendor == "sqlite" else nullcontext():
        request.getfixturevalue("django_db_setup")


@pytest.fixture(scope="session")
def example_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of the example body on SQLite, as `make run` builds it; to be copied, not to be changed."""
    folder = with_tables(tmp_path_factory.mktemp("example") / "data")
    Installation(folder).run("demo")
    return folder


@pytest.fixture
def example_body(example_folder: Path, tmp_path: Path) -> Installation:
    """An installation of its own with the example body, on SQLite."""
    return Installation(Path(shutil.copytree(example_folder, tmp_path / "data")))


@pytest.fixture(autouse=True)
def as_in_production(settings: Settings, tmp_path: Path) -> None:
    """Tests see the product as it is outside demo mode, but for https; files go to a folder of their own."""
    settings.DEMO_MODE = False
    settings.SITE_ADDRESS = "https://testserver"
    settings.DATA_DIR = tmp_path
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def organisation(db: None) -> "Iterator[Organisation]":
    """A municipality, with the test inside its scope."""
    from openintegriteit.core.tenancy import organisation_scope
    from openintegriteit.organisations.models import Organisation

    body = Organisation.objects.create(name="Gemeente Proef", kind="municipality")
    with organisation_scope(body.pk):
        yield body


@pytest.fixture
def other_organisation(db: None) -> "Organisation":
    """A second body on its own host; the first answers on "testserver" from then on."""
    from openintegriteit.organisations.models import Organisation

    Organisation.objects.filter(host=None).update(host="testserver")
    return Organisation.objects.create(name="Waterschap Ander", kind="water_board", host="ander.example")


@pytest.fixture
def actor_with(organisation: "Organisation") -> "Callable[..., Actor]":
    """Make an actor of the body with the given roles: `actor_with(Role.COORDINATOR)`."""
    from openintegriteit.identity.queries import actor_for
    from openintegriteit.identity.tests.factories import user_with_roles

    def make(*roles: str) -> "Actor":
        return actor_for(user_with_roles(organisation, *roles), organisation.pk)

    return make


@pytest.fixture
def coordinator(actor_with: "Callable[..., Actor]") -> "Actor":
    """The integrity coordinator of the body."""
    return actor_with("coordinator")


@pytest.fixture
def client_as(organisation: "Organisation") -> "Callable[..., Client]":
    """A test client signed in, second factor and all, with the given roles: `client_as("coordinator")`."""
    from django.test import Client

    from openintegriteit.identity.tests.factories import add_second_factor, user_with_roles

    def make(*roles: str) -> Client:
        user = user_with_roles(organisation, *roles)
        add_second_factor(user)
        client = Client()
        client.force_login(user)
        return client

    return make
