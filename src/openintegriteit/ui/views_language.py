"""In which language the screens speak to this browser."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme


def choose_language(request: HttpRequest, language: str) -> HttpResponse:
    """Remember the language for a year and go back to the page that the person came from.

    A link will do: all that it changes is the language of the screens in this browser. Who comes from elsewhere goes to
    the front page. Raises Http404 for a language that the product does not speak.
    """
    if language not in dict(settings.LANGUAGES):
        raise Http404
    came_from = request.headers.get("referer", "")
    is_ours = url_has_allowed_host_and_scheme(came_from, {request.get_host()}, require_https=request.is_secure())
    response = redirect(came_from if is_ours else "/")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
