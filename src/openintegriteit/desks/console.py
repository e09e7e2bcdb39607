"""What the console commands that import say, line by line."""

from pathlib import Path

from openintegriteit.accountability.importers import import_year_file
from openintegriteit.core.roles import console_actor
from openintegriteit.organisations.importers import import_people
from openintegriteit.organisations.models import Organisation


def import_year_lines(file: Path, organisation: Organisation, *, dry_run: bool) -> tuple[bool, list[str]]:
    """Import a year; whether it was accepted, and what to tell."""
    actor = console_actor(organisation.pk)
    read, changes = import_year_file(file, organisation=organisation, actor=actor, dry_run=dry_run)
    lines = [f"Let op: {warning}" for warning in read.warnings]
    if changes is None:
        lines += [str(error) for error in read.errors]
        return False, [*lines, "Niets is ingelezen. Herstel de fouten en probeer het opnieuw."]
    for change in changes.changes:
        word = "nieuw" if change.kind == "added" else "gewijzigd"
        lines.append(f"{change.sheet}, rij {change.row}: {word}: {change.label}")
    verb = "Dit zou veranderen" if dry_run else "Ingelezen"
    return True, [*lines, f"{verb}: {len(changes.changes)} veranderingen; {changes.unchanged} waren al zo."]


def import_people_lines(file: Path, organisation: Organisation, *, dry_run: bool) -> tuple[bool, list[str]]:
    """Import people and units; whether it was accepted, and what to tell."""
    return import_people(file, actor=console_actor(organisation.pk), dry_run=dry_run)
