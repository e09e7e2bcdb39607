"""Guarding views: who is not signed in may sign in, who lacks the permission is refused."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from openintegriteit.core.roles import Actor, PermissionPolicy


class ActorRequest(HttpRequest):
    """A request after the middleware: who asks, and in which body."""

    actor: Actor
    organisation: Any  # an organisations.Organisation, which this floor does not know


def requires[**P](
    policy: PermissionPolicy, action: str
) -> Callable[
    [Callable[Concatenate[ActorRequest, P], HttpResponseBase]], Callable[Concatenate[HttpRequest, P], HttpResponseBase]
]:
    """Guard a view: anonymous visitors are sent to sign in, people without the permission are refused (403)."""

    def decorate(
        view: Callable[Concatenate[ActorRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            actor: Actor | None = getattr(request, "actor", None)
            if actor is None:
                return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': request.get_full_path()})}")
            policy.require(actor, action)
            return view(request, *args, **kwargs)  # type: ignore[arg-type]  # with an actor it is an ActorRequest

        return guarded

    return decorate
