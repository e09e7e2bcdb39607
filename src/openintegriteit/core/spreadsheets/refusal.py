"""Why a file is refused, and how much of a file is accepted."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


class UnreadableFile(Exception):
    """The file is refused. `str()` says in the language of the user what is wrong and what to do."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a file is accepted. Sizes in bytes; `text` and `cell_length` in characters.

    `cells` counts the area up to the last row and column with something in it, of all sheets together, and `text` a
    shared or repeated text as often as it occurs: that is what reading would cost.
    """

    file_size: int = 20 * 1024 * 1024
    unpacked_size: int = 250 * 1024 * 1024
    ratio: int = 200
    sheets: int = 40
    rows: int = 100_000
    columns: int = 250
    cells: int = 2_000_000
    cell_length: int = 32_767
    text: int = 60_000_000


def broken() -> UnreadableFile:
    """For a file that starts like a spreadsheet but cannot be read to its end."""
    return UnreadableFile(
        _(
            "The file is damaged and cannot be read. Open it in your spreadsheet program, save it again as XLSX or "
            "ODS, and upload it once more."
        )
    )


def too_large(what: str) -> UnreadableFile:
    """For a file that goes over a limit; `what` says which, as a sentence."""
    advice = _("Remove what the import does not need, or divide the file into several files.")
    return UnreadableFile(f"{what} {advice}")


def grouped(number: int) -> str:
    """A number with a dot between the thousands."""
    return f"{number:,}".replace(",", ".")
