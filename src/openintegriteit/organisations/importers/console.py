"""Importing people from the command line: the same plan as on the screen, told in lines of text."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Actor
from openintegriteit.core.spreadsheets.heads import guess_mapping, heads_of
from openintegriteit.core.spreadsheets.reading import read_workbook
from openintegriteit.core.spreadsheets.templates import template_workbook
from openintegriteit.core.spreadsheets.workbook import Workbook
from openintegriteit.organisations.importers.applying import apply_people
from openintegriteit.organisations.importers.columns import PEOPLE_COLUMNS, TEMPLATE
from openintegriteit.organisations.importers.plan import Options, Plan, make_plan
from openintegriteit.organisations.importers.reading import read_file, sheet_of_people
from openintegriteit.organisations.importers.records import load_records
from openintegriteit.organisations.permissions import POLICY


class PeopleRefused(Exception):
    """People could not be stored; the message names every mistake."""


def import_people(path: Path, *, actor: Actor, dry_run: bool = False) -> tuple[bool, list[str]]:
    """Bring people and units in from a file: whether it was accepted, and what was (or would be) done, in lines.

    Heads are matched by guess; changes hold from today. Call it within the scope of the actor's body. Raises
    UnreadableFile when the file is no usable spreadsheet, and OSError when there is no such file.
    """
    POLICY.require(actor, "import_people")
    plan = _import(read_workbook(path.read_bytes(), name=path.name), actor, dry_run=dry_run)
    if not plan.errors:
        return True, list(_report(plan, dry_run=dry_run))
    refusal = ngettext(
        "Nothing has been imported. Mend this mistake and try again.",
        "Nothing has been imported. Mend these %(count)d mistakes and try again.",
        len(plan.errors),
    ) % {"count": len(plan.errors)}
    return False, [*map(str, plan.errors), refusal]


def store_people(workbook: Workbook, *, actor: Actor) -> Plan:
    """Store the people and units of a workbook at once. Raises PeopleRefused when it holds a mistake."""
    POLICY.require(actor, "import_people")
    plan = _import(workbook, actor, dry_run=False)
    if plan.errors:
        raise PeopleRefused("\n".join(map(str, plan.errors)))
    return plan


def people_template(file_format: Literal["xlsx", "ods"]) -> bytes:
    """The workbook to fill in, with an explanation and examples."""
    return template_workbook(TEMPLATE, file_format)


def _import(workbook: Workbook, actor: Actor, *, dry_run: bool) -> Plan:
    mapping = guess_mapping(heads_of(sheet_of_people(workbook)), PEOPLE_COLUMNS)
    contents, options = read_file(workbook, mapping), Options(effective_on=today())
    plan = make_plan(contents, load_records(), options)
    if plan.errors or dry_run:
        return plan
    return apply_people(actor=actor, contents=contents, options=options, expected=plan.fingerprint)


def _report(plan: Plan, *, dry_run: bool) -> Iterator[str]:
    yield from plan.warnings
    if plan.unused_columns:
        yield _("These columns are not used: %(columns)s.") % {"columns": ", ".join(plan.unused_columns)}
    yield counted_units(len(plan.units))
    yield from counted_people(plan)
    if dry_run:
        yield _("This was a trial: nothing has been changed.")


def counted_units(count: int) -> str:
    """How many units are added or changed, as a phrase."""
    return ngettext("%(count)d unit added or changed", "%(count)d units added or changed", count) % {"count": count}


def counted_people(plan: Plan) -> list[str]:
    """How many people are added, changed, ended and unchanged, as four phrases."""
    added, changed, ended = (len(plan.people_who_are(action)) for action in ("added", "changed", "ended"))
    return [
        ngettext("%(count)d person added", "%(count)d people added", added) % {"count": added},
        ngettext("%(count)d person changed", "%(count)d people changed", changed) % {"count": changed},
        ngettext("%(count)d person left", "%(count)d people left", ended) % {"count": ended},
        ngettext("%(count)d person unchanged", "%(count)d people unchanged", plan.unchanged)
        % {"count": plan.unchanged},
    ]
