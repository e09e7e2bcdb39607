"""What the pages, the printed editions and the files of the public site have in common: addresses, names and words."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format

from openintegriteit.organisations.models import Organisation
from openintegriteit.publication.models import Publication
from openintegriteit.publication.queries import Line, Shown, path_of
from openintegriteit.ui.amounts import euros

YES_NO = {True: "ja", False: "nee"}


@dataclass(frozen=True, slots=True)
class Body:
    """Whose site it is, and how it wants it."""

    organisation: Organisation
    publication: Publication
    day: date


def address_of(shown: Shown) -> str:
    """Where a register that is shown stands."""
    return path_of(shown.register)


def printed_name(shown: Shown) -> str:
    """The file name of the printed edition."""
    return f"{shown.register.slug}.pdf"


def document_names(line: Line) -> list[str]:
    """The names of the documents of a line; those of its text first."""
    return ([f"{line.entry.key}.pdf"] if line.entry.text else []) + [file.name for file in line.entry.files]


def document_word(name: str) -> str:
    """What people call a document by its file name: its kind, and for an annex that it is one."""
    stem, _dot, form = name.rpartition(".")
    kind = "webpagina" if form == "html" else form.upper()
    return f"bijlage {stem.rpartition('-')[2]} ({kind})" if stem.startswith("bijlage-") else kind


def words(kind: str, value: object) -> str:
    """A value as people read it."""
    match kind, value:
        case _, None | "":
            return ""
        case "yes_no", bool():
            return YES_NO[value]
        case "day", str():
            return day_in_words(date.fromisoformat(value))
        case "amount", str():
            with translation.override(settings.LANGUAGE_CODE):
                return euros(Decimal(value))
        case _:
            return str(value)


def day_in_words(day: date) -> str:
    """The day as the Dutch write it."""
    with translation.override(settings.LANGUAGE_CODE):
        return date_format(day, "DATE_FORMAT")
