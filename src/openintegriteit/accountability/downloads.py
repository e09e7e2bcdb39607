"""Handing out documents of the account as files."""

from collections.abc import Callable, Mapping

from django.http import HttpResponseBase

from openintegriteit.core.access import ActorRequest
from openintegriteit.core.documents import Format
from openintegriteit.core.documents.model import Document
from openintegriteit.organisations.downloads import hand_out_document


def hand_out(
    request: ActorRequest,
    document: Document,
    *,
    name: str,
    file_format: str,
    make: Callable[[Format], object],
    waiting: Mapping[str, object],
) -> HttpResponseBase:
    """The file, or the page that waits for it. `make` tells the worker to write it; `waiting` is for that page."""
    return hand_out_document(
        request,
        document,
        name=name,
        file_format=file_format,
        make=make,
        template="accountability/waiting.html",
        waiting=waiting,
    )
