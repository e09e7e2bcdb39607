"""Handing out the public site: files, before anything else of the product wakes up, and without the database."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from whitenoise import WhiteNoise
from whitenoise.middleware import WhiteNoiseMiddleware

from openintegriteit.publication.files import ANY_HOST, public_folder

GetResponse = Callable[[HttpRequest], HttpResponseBase]
MAX_AGE = 0  # always asked again, so that what was taken down is gone; what did not change costs a 304
SITES_KNOWN = 2000
# What WhiteNoise does not know by itself.
MEDIA_TYPES = {
    ".csv": "text/csv",
    ".jsonld": "application/ld+json",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}
NOT_FOUND = "404.html"


def public_site(get_response: GetResponse) -> GetResponse:
    """Answer with the file of the body's public site where there is one, and let all else pass."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method in ("GET", "HEAD") and (site := site_of(request.get_host())) is not None:
            found = files_of(site).files.get(request.path_info)
            if found is not None:
                response: HttpResponseBase = WhiteNoiseMiddleware.serve(found, request)
                return response
        return get_response(request)

    return middleware


def only_public_site(get_response: GetResponse) -> GetResponse:
    """Answer with public sites alone: for a machine without the rest of the product, or while that is down."""

    def absent(request: HttpRequest) -> HttpResponseBase:
        if request.path_info == "/healthz":
            return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
        site = site_of(request.get_host())
        page = site / NOT_FOUND if site else None
        content = page.read_bytes() if page and page.is_file() else b""
        return HttpResponse(content, status=404)

    return public_site(absent)


def site_of(host: str) -> Path | None:
    """The newest build of the body of a host; None: that host has no site."""
    name = host.rpartition(":")[0] if ":" in host and not host.endswith("]") else host
    for link in (public_folder() / name.lower(), public_folder() / ANY_HOST):
        if link.is_symlink():
            return link.resolve()
    return None


@lru_cache(maxsize=SITES_KNOWN)
def files_of(build: Path) -> WhiteNoise:
    """The files of a build by their addresses. A build never changes, so they are looked up once."""
    return WhiteNoise(lambda *_: [], root=str(build), max_age=MAX_AGE, index_file=True, mimetypes=MEDIA_TYPES)
