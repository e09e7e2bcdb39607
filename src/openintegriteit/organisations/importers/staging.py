"""An upload of people between its pages: columns, preview, confirmation. Nothing is kept but what was read of it."""

from collections.abc import Mapping
from dataclasses import dataclass

from openintegriteit.core.roles import Actor
from openintegriteit.core.spreadsheets.heads import heads_of
from openintegriteit.core.spreadsheets.keeping import unpacked
from openintegriteit.core.spreadsheets.workbook import Sheet, Workbook
from openintegriteit.core.staged_uploads import discard, staged_content
from openintegriteit.organisations.importers.applying import apply_people
from openintegriteit.organisations.importers.plan import Options, Plan, make_plan
from openintegriteit.organisations.importers.reading import read_file, sheet_of_people
from openintegriteit.organisations.importers.records import load_records

PURPOSE = "people"


@dataclass(frozen=True, slots=True)
class StagedPeople:
    """An upload that waits, as one user may see it."""

    identifier: str
    workbook: Workbook

    @property
    def sheet(self) -> Sheet | None:
        """The sheet with the people."""
        return sheet_of_people(self.workbook)

    @property
    def heads(self) -> list[str]:
        """The heads of that sheet."""
        return heads_of(self.sheet)

    def preview(self, mapping: Mapping[str, str], options: Options) -> Plan:
        """What applying the file would do now."""
        return make_plan(read_file(self.workbook, mapping), load_records(), options)

    def apply(self, actor: Actor, mapping: Mapping[str, str], options: Options, expected: str) -> Plan:
        """Do what was previewed and forget the file. Raises PlanChanged, with nothing done, when that has changed."""
        contents = read_file(self.workbook, mapping)
        plan = apply_people(actor=actor, contents=contents, options=options, expected=expected)
        discard(self.identifier, purpose=PURPOSE, actor=actor)
        return plan


def staged_people(identifier: str, actor: Actor) -> StagedPeople:
    """The upload with this identifier. Raises UploadGone when the actor has none."""
    content = staged_content(identifier, purpose=PURPOSE, actor=actor)
    return StagedPeople(identifier, unpacked(content))
