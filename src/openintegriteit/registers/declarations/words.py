"""What was declared in words, for the pages that show any declaration."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from django.utils.text import capfirst

from openintegriteit.core.display import field_text
from openintegriteit.registers.declarations.models import Details


@dataclass(frozen=True, slots=True)
class Note:
    """What a register has to say on the page of a declaration, and where the reader does something about it.

    `keeps_private`: it says that the law does not ask to make this declaration public.
    """

    tone: Literal["info", "warning"]
    title: str
    text: str
    link: str = ""
    address: str = ""
    keeps_private: bool = False


def answers(details: Details, names: Sequence[str]) -> list[tuple[str, str]]:
    """Each of the named questions that was answered with the answer, in the language of the screen."""
    fields = {field.name: field for field in details._meta.concrete_fields}
    shown = [fields[name] for name in names]
    pairs = [(capfirst(str(field.verbose_name)), field_text(field, getattr(details, field.name))) for field in shown]
    return [(label, text) for label, text in pairs if text]
