"""Templates as bodies, accidents and attackers make them."""

import io
import zipfile
from collections.abc import Iterable
from functools import cache
from typing import Literal

from openintegriteit.core.documents import write
from openintegriteit.core.documents.model import Theme
from openintegriteit.core.tests.hostile_files import repacked
from openintegriteit.core.tests.sample_document import document

Form = Literal["docx", "odt"]


@cache
def template(form: Form) -> bytes:
    """A good template, in green."""
    return write(document(theme=Theme("Gemeente Groen", "#0a6b1f")), form)


def part(content: bytes, name: str) -> str:
    """A part of the file as text."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return opened.read(name).decode()


def without_styles(content: bytes, form: Form, names: Iterable[str]) -> bytes:
    """The template without the styles of these names."""

    def dropped(styles: bytes) -> bytes:
        text = styles.decode()
        opening, end = ("<w:style ", "</w:style>") if form == "docx" else ("<style:style ", "</style:style>")
        for name in names:
            mark = f'<w:name w:val="{name}"' if form == "docx" else f'style:name="{name}"'
            place = text.index(mark)
            start = text.rindex(opening, 0, place + 1) if form == "docx" else text.rindex(opening, 0, place)
            text = text[:start] + text[text.index(end, place) + len(end) :]
        return text.encode()

    return repacked(content, {"word/styles.xml" if form == "docx" else "styles.xml": dropped})
