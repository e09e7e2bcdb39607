"""A public site of its own for every test, with an office holder who declared something."""

from pathlib import Path

import pytest
from pytest_django import Settings

from openintegriteit.core.clock import today
from openintegriteit.organisations.models import Organisation, Person, PersonKind
from openintegriteit.organisations.tests.factories import PersonFactory
from openintegriteit.publication.files import public_folder
from openintegriteit.publication.publishing import publish
from openintegriteit.registers.outside_positions.models import OutsidePosition
from openintegriteit.registers.outside_positions.tests.factories import position


@pytest.fixture(autouse=True)
def style_sheets(settings: Settings) -> None:
    """The style sheets and typefaces as they stand in the package: tests collect none."""
    storage = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    storage["OPTIONS"] = {"location": settings.PACKAGE_DIR / "ui" / "static"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": storage}


@pytest.fixture
def member(organisation: Organisation) -> Person:
    """An elected member."""
    return PersonFactory(
        organisation=organisation, given_name="Anouk", family_name="Dijkema", kind=PersonKind.ELECTED_MEMBER
    )


@pytest.fixture
def declared(organisation: Organisation, member: Person) -> OutsidePosition:
    """What the elected member declared today."""
    return position(organisation, member, declared_on=today())


@pytest.fixture
def site(organisation: Organisation):
    """Builds the site, and gives a file of it as text: `site("/index.html")`."""

    def built(name: str) -> str:
        publish(organisation)
        return (public_folder() / "site" / name.lstrip("/")).read_text(encoding="utf-8")

    return built


def site_files(name: str = "site") -> set[str]:
    """The paths of a site that was built."""
    root: Path = (public_folder() / name).resolve()
    return {f"/{file.relative_to(root)}" for file in root.rglob("*") if file.is_file()}
