"""Who asks: the actor with the roles of this body, and the second factor that most roles need."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve

from openintegriteit.core.roles import WITHOUT_SECOND_FACTOR
from openintegriteit.identity.models import User
from openintegriteit.identity.queries import actor_at_the_door, roles_are_paused
from openintegriteit.identity.vouching import came_by_provider, provider_vouches

GetResponse = Callable[[HttpRequest], HttpResponseBase]
OPEN_WITHOUT_SECOND_FACTOR = {
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "account_logout",
    "account_reauthenticate",
    "house_style_sheet",
}


def actor(get_response: GetResponse) -> GetResponse:
    """Put the signed-in person in `request.actor` (None: nobody) and keep personal pages out of caches.

    A person whose roles need a second factor sets one up before anything else; the demonstration does without. Whoever
    has no role in this body, or no more, may open nothing under /werk/ from the next request on.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        organisation = getattr(request, "organisation", None)
        request.actor = None  # type: ignore[attr-defined]  # what this middleware is for
        if organisation is None or request.path_info.startswith("/static/"):
            return get_response(request)
        request.session.body = organisation.pk  # type: ignore[attr-defined]  # of our SessionStore
        refusal = _refusal(request, organisation.pk) if request.user.is_authenticated else None
        response = refusal or get_response(request)
        request.session.body = organisation.pk  # type: ignore[attr-defined]  # libraries may have put another in place
        is_personal = request.user.is_authenticated or request.path_info.startswith(("/werk/", "/account/"))
        if is_personal and request.path_info != "/huisstijl.css":
            response["Cache-Control"] = "no-store, private"
        return response

    return middleware


def _refusal(request: HttpRequest, organisation_id: UUID) -> HttpResponseBase | None:
    """Name the actor; the answer for who must not go on, None for who may."""
    user: User = request.user  # type: ignore[assignment]  # signed in, or this is not reached
    by_provider = came_by_provider(request, user)
    actor, has_second_factor = actor_at_the_door(user, organisation_id, by_provider=by_provider)
    request.actor = actor  # type: ignore[attr-defined]  # what this middleware is for
    if not actor.roles and request.path_info.startswith("/werk/"):
        context = {"is_paused": roles_are_paused(user)}
        return render(request, "identity/without_role.html", context, status=403)
    if settings.DEMO_MODE or actor.roles <= WITHOUT_SECOND_FACTOR or has_second_factor:
        return None
    if provider_vouches(request, user, actor.roles):
        return None
    return None if _name(request) in OPEN_WITHOUT_SECOND_FACTOR else redirect("mfa_activate_totp")


def _name(request: HttpRequest) -> str | None:
    try:
        return resolve(request.path_info).url_name
    except Resolver404:
        return None
