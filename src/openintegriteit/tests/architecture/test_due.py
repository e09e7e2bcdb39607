"""Nothing that is due is forgotten: the desk and the calendar read every app that tells of it."""

from importlib import import_module
from pathlib import Path

import openintegriteit
from openintegriteit.desks.calendar import CALENDAR
from openintegriteit.desks.coordinator import DUE

PACKAGE = Path(openintegriteit.__file__).parent


def contributors(name):
    """The function of this name in the due.py of every app that has one."""
    files = sorted(PACKAGE.rglob("due.py"))
    modules = [
        import_module(".".join(("openintegriteit", *file.relative_to(PACKAGE).with_suffix("").parts))) for file in files
    ]
    return {module.__name__: getattr(module, name) for module in modules if hasattr(module, name)}


def test_the_calendar_reads_every_app_that_tells_what_is_due():
    found = contributors("calendar_items")

    assert len(found) >= 5
    assert {name for name, contributor in found.items() if contributor not in CALENDAR} == set()


def test_the_desks_read_every_app_that_tells_what_is_due():
    found = contributors("due_items")

    assert len(found) >= 5
    assert {name for name, contributor in found.items() if contributor not in DUE} == set()
