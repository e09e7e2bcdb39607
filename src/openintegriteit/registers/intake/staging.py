"""An upload of a register between its pages: columns, preview, confirmation."""

from collections.abc import Mapping
from dataclasses import dataclass

from openintegriteit.campaigns.queries import own_people
from openintegriteit.core.clock import today
from openintegriteit.core.roles import Actor
from openintegriteit.core.spreadsheets.heads import sheet_meant
from openintegriteit.core.spreadsheets.keeping import unpacked
from openintegriteit.core.spreadsheets.workbook import Sheet, Workbook
from openintegriteit.core.staged_uploads import staged_content
from openintegriteit.registers.declarations.importers import RegisterFile
from openintegriteit.registers.declarations.permissions import regimes_to
from openintegriteit.registers.intake.plan import Plan, make_plan


def purpose_of(file: RegisterFile) -> str:
    """What an upload for this register is kept for."""
    return f"register:{file.slug}"


@dataclass(frozen=True, slots=True)
class StagedFile:
    """An upload that waits, as one user may see it."""

    identifier: str
    file: RegisterFile
    workbook: Workbook

    @property
    def sheet(self) -> Sheet | None:
        """The sheet with the declarations."""
        return sheet_meant(self.workbook, self.file.sheet)

    def preview(self, actor: Actor, mapping: Mapping[str, str], *, again: bool) -> Plan:
        """What bringing it in would do now, for the people whose declarations the actor records.

        `again`: with what was destroyed after its retention term.
        """
        regimes, own = regimes_to("record", actor), own_people(actor)
        return make_plan(self.sheet, self.workbook, mapping, self.file, regimes, today(), own, again=again)


def staged_file(identifier: str, file: RegisterFile, actor: Actor) -> StagedFile:
    """The upload with this identifier. Raises UploadGone when the actor has none for this register."""
    content = staged_content(identifier, purpose=purpose_of(file), actor=actor)
    return StagedFile(identifier, file, unpacked(content))
