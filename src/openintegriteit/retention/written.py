"""What was destroyed, written down outside the database, for when a backup from before that day is put back.

A file per list, to which lines are only added, with a line of JSON per record. A line tells no more than the list
itself does.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from openintegriteit.core.files import write_whole
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.organisations.models import Organisation
from openintegriteit.retention.models import DestructionList, Fate, ListState

ENDING = ".jsonl"


@dataclass(frozen=True, slots=True)
class Destroyed:
    """A record that was destroyed: of which body, on which list, what it was in words, and when."""

    body: UUID
    list_number: int
    kind: str
    record: UUID
    words: str
    ground: str
    at: datetime

    def line(self) -> str:
        """As it stands in the file."""
        values = {
            "body": str(self.body),
            "list": self.list_number,
            "kind": self.kind,
            "record": str(self.record),
            "words": self.words,
            "ground": self.ground,
            "at": self.at.isoformat(),
        }
        return json.dumps(values, ensure_ascii=False)


class Unreadable(Exception):
    """A file tells of no destroyed records; `str()` names the file and the line."""


def destroyed_folder() -> Path:
    """Where the files stand: outside the database, best on another machine."""
    return settings.DESTROYED_DIR or settings.DATA_DIR / "destroyed"


def write_down(destruction_list: DestructionList) -> None:
    """Add what was destroyed of a list of the body in scope to its file, where it does not stand there yet.

    Raises OSError when the disk refuses.
    """
    rows = destruction_list.records.filter(fate=Fate.DESTROYED).order_by("handled_at", "pk")
    told: Any = rows.select_related("rule").iterator(chunk_size=2000)  # each has a moment: it was destroyed
    destroyed = (
        Destroyed(
            body=row.organisation_id,
            list_number=destruction_list.number,
            kind=row.kind,
            record=row.record,
            words=row.words,
            ground=row.rule.ground,
            at=row.handled_at,
        )
        for row in told
    )
    keep(destroyed_folder() / f"{destruction_list.pk}{ENDING}", (each.line() for each in destroyed))


def write_down_lists() -> None:
    """Write every list that was carried out and has no file: what an older version destroyed, or a folder that is new.

    Of every body. Raises OSError when the disk refuses.
    """
    for body in Organisation.objects.values_list("pk", flat=True):
        with organisation_scope(body):
            for done in DestructionList.objects.filter(state=ListState.DONE, destroyed__gt=0):
                if not (destroyed_folder() / f"{done.pk}{ENDING}").exists():
                    write_down(done)


def keep(file: Path, lines: Iterable[str]) -> None:
    """Add those of these lines to a file that do not stand in it yet. Raises OSError when the disk refuses."""
    known = dict.fromkeys(file.read_text().splitlines() if file.exists() else ())
    if new := [line for line in lines if line not in known]:
        write_whole(file, "".join(f"{line}\n" for line in [*known, *new]).encode())


def read_destroyed(folder: Path) -> dict[str, list[Destroyed]]:
    """What the files of a folder tell, by the name of each file. Raises Unreadable, or OSError."""
    return {file.name: _read(file) for file in sorted(folder.iterdir()) if file.suffix == ENDING}


def _read(file: Path) -> list[Destroyed]:
    told = []
    for number, line in enumerate(file.read_bytes().splitlines(), start=1):
        try:
            told.append(_parsed(json.loads(line)))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as problem:
            raise Unreadable(f"{file}, regel {number}") from problem
    return told


def _parsed(values: Any) -> Destroyed:
    at = datetime.fromisoformat(values["at"])
    if timezone.is_naive(at) or type(values["list"]) is not int:
        raise ValueError("at, list")
    kind, words, ground = (str(values[name]) for name in ("kind", "words", "ground"))
    return Destroyed(UUID(values["body"]), values["list"], kind, UUID(values["record"]), words, ground, at)
