"""Handing out a document as a file: the worker makes it, and until it is there a page waits and asks again."""

from collections.abc import Callable
from typing import cast

from django.http import FileResponse, HttpResponseBase
from django.shortcuts import render

from openintegriteit.core.access import ActorRequest
from openintegriteit.core.documents import MEDIA_TYPES, Format
from openintegriteit.core.documents.model import Document
from openintegriteit.organisations.documents import kept_file

LONGEST_COUNT = 7
PATIENCE = 20  # times that the page asks before the worker is told once more


def hand_out_document(
    request: ActorRequest,
    document: Document,
    *,
    name: str,
    file_format: str,
    make: Callable[[Format], object],
    back: str,
) -> HttpResponseBase:
    """The file, or the page that waits for it and leads `back`. `make` tells the worker to write it."""
    wanted = cast(Format, file_format)
    file = kept_file(request.organisation, document, wanted)
    if file.exists():
        return FileResponse(
            file.open("rb"),
            as_attachment=wanted != "pdf",
            filename=f"{name}.{wanted}",
            content_type=MEDIA_TYPES[wanted],
        )
    attempt = _attempt(request)
    if attempt % PATIENCE == 0:  # the task does nothing when the file is there
        make(wanted)
    again = f"{request.path}?poging={attempt + 1}"
    context = {"back": back, "again": again, "takes_long": attempt >= PATIENCE, "file_format": wanted.upper()}
    response = render(request, "organisations/waiting.html", context, status=202)
    response["Refresh"] = f"1; url={again}"
    return response


def _attempt(request: ActorRequest) -> int:
    """How often the waiting page has asked already, as its address says."""
    said = request.GET.get("poging", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < LONGEST_COUNT else 0
