"""Who asks: the actor with the roles of this body, and the second factor that most roles need."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import resolve

from openintegriteit.core.roles import WITHOUT_SECOND_FACTOR
from openintegriteit.identity.queries import actor_for, has_second_factor

GetResponse = Callable[[HttpRequest], HttpResponseBase]
OPEN_WITHOUT_SECOND_FACTOR = {
    "mfa_activate_totp",
    "mfa_view_recovery_codes",
    "account_logout",
    "account_reauthenticate",
}


def actor(get_response: GetResponse) -> GetResponse:
    """Put the signed-in person in `request.actor` (None: nobody) and keep personal pages out of caches.

    A person whose roles need a second factor sets one up before anything else; the demonstration does without.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        organisation = getattr(request, "organisation", None)
        request.actor = None  # type: ignore[attr-defined]
        if organisation is None or request.path_info.startswith("/static/"):
            return get_response(request)
        if request.user.is_authenticated:
            request.actor = actor_for(request.user, organisation.pk)  # type: ignore[attr-defined]
            needs_factor = not request.actor.roles <= WITHOUT_SECOND_FACTOR  # type: ignore[attr-defined]
            if needs_factor and not settings.DEMO_MODE and not has_second_factor(request.user):
                name = resolve(request.path_info).url_name
                if name not in OPEN_WITHOUT_SECOND_FACTOR:
                    return redirect("mfa_activate_totp")
        response = get_response(request)
        if request.user.is_authenticated or request.path_info.startswith(("/werk/", "/account/")):
            response["Cache-Control"] = "no-store, private"
        return response

    return middleware
