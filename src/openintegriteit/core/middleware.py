"""What happens around every request, before anybody is known."""

import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import translation

from openintegriteit.core.uploads import UploadTooLarge

GetResponse = Callable[[HttpRequest], HttpResponseBase]
METHODS = ("GET", "HEAD", "POST")
logger = structlog.get_logger("openintegriteit.request")


def known_methods(get_response: GetResponse) -> GetResponse:
    """Refuse what no page of the product is made for, such as TRACE."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)

    return middleware


def health(get_response: GetResponse) -> GetResponse:
    """Answer /healthz for load balancers: on any host name, without a session, from the database."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.path_info != "/healthz":
            return get_response(request)
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")

    return middleware


def request_log(get_response: GetResponse) -> GetResponse:
    """One line per request: the name of the page, never the address, who asked, or what was typed."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        response = get_response(request)
        page = request.resolver_match.view_name if request.resolver_match else "unknown"
        duration = round((time.perf_counter() - started) * 1000)
        logger.info("request", method=request.method, page=page, status=response.status_code, milliseconds=duration)
        return response

    return middleware


def chosen_language(get_response: GetResponse) -> GetResponse:
    """Answer in the language that somebody chose in this browser, and in Dutch otherwise.

    What the browser prefers by itself does not count: a Dutch body speaks Dutch until a person says otherwise.
    """
    known = {code for code, _name in settings.LANGUAGES}

    def middleware(request: HttpRequest) -> HttpResponseBase:
        asked = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = asked if asked in known else settings.LANGUAGE_CODE
        with translation.override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def upload_limit(get_response: GetResponse) -> GetResponse:
    """Turn an upload that grew past the limit into a page that says so."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        try:
            if request.method == "POST":
                request.POST  # noqa: B018  reading the form is what lets the limit speak, before any other code
        except UploadTooLarge as error:
            return render(request, "ui/too_large.html", {"message": str(error)}, status=413)
        return get_response(request)

    return middleware
