"""Documents in four formats. Build a `model.Document`, then `write` it."""

from collections.abc import Mapping
from typing import Literal, assert_never

from django.utils import translation

from openintegriteit.core.documents.html import write_html
from openintegriteit.core.documents.model import Document
from openintegriteit.core.documents.office import write_docx, write_odt
from openintegriteit.core.documents.pdf import write_pdf

Format = Literal["pdf", "docx", "odt", "html"]
MEDIA_TYPES: dict[Format, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "html": "text/html; charset=utf-8",
}


def write(document: Document, format: Format, files: Mapping[str, bytes] | None = None) -> bytes:
    """The document as a file of the format. Equal documents give equal files.

    `files` are those that the letterhead names, by their SHA-256. What is not there is left out: the name of the body
    stands in the place of a logo, and our own template in the place of the body's.

    Meant for the worker: the first call in a process loads the libraries that draw and lay out.
    """
    kept = files or {}
    with translation.override(document.language):
        match format:
            case "pdf":
                return write_pdf(document, kept)
            case "docx":
                return write_docx(document, kept)
            case "odt":
                return write_odt(document, kept)
            case "html":
                return write_html(document, kept)
            case _:
                assert_never(format)
