"""Documents in four formats. Build a `model.Document`, then `write` it."""

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


def write(document: Document, format: Format) -> bytes:
    """The document as a file of the format. Equal documents give equal files.

    Meant for the worker: the first call in a process loads the libraries that draw and lay out.
    """
    with translation.override(document.language):
        match format:
            case "pdf":
                return write_pdf(document)
            case "docx":
                return write_docx(document)
            case "odt":
                return write_odt(document)
            case "html":
                return write_html(document)
            case _:
                assert_never(format)
