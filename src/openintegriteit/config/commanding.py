"""What every console command uses: its exit codes, how it refuses, and the body that it is about."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openintegriteit.organisations.models import Organisation

DONE, REFUSED = 0, 1


class Refusal(Exception):
    """A command that cannot be carried out; the message says why and what to do."""


def say(line: str = "") -> None:
    """One line for the person at the console."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def body_named(name: str | None) -> "Organisation":
    from openintegriteit.organisations.queries import organisation_named

    require_migrated()
    try:
        return organisation_named(name)
    except LookupError as problem:
        choices = str(problem)
        raise Refusal(
            f"Noem de organisatie met --organisation. Te kiezen: {choices}."
            if choices
            else "Er is nog geen organisatie. Richt eerst de installatie in: start openintegriteit serve."
        ) from problem


def require_migrated() -> None:
    from openintegriteit.config.serving import is_migrated

    if not is_migrated():
        raise Refusal("De database is nog niet klaar voor deze versie. Start eerst openintegriteit serve.")


def write_file(file: Path, content: bytes) -> None:
    """Put the content under the name at once: after a kill or on a full disk the file is whole or as it was."""
    from openintegriteit.core.files import write_whole

    try:
        write_whole(file, content)
    except OSError as problem:
        raise Refusal(f"Het bestand {file} is niet te schrijven: {problem.strerror}.") from problem
