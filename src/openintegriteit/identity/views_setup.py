"""Setting up an empty installation. What was typed waits in the session; the last of four steps makes everything."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from openintegriteit.identity import operations, queries
from openintegriteit.identity.forms import BodyForm, ColourForm, FirstAdministratorForm, SetupCodeForm
from openintegriteit.identity.refusal import Refused

TYPED = "setup"  # what earlier steps gave, in the session: never a password
STEPS = ("code", "body", "colour", "administrator")
View = Callable[[HttpRequest], HttpResponse]


def step(name: str) -> Callable[[View], View]:
    """Guard a step: only while there is no body, and only after the steps before it."""
    before = STEPS[: STEPS.index(name)]

    def decorate(view: View) -> View:
        @never_cache
        @wraps(view)
        def guarded(request: HttpRequest) -> HttpResponse:
            if not queries.installation_is_empty():
                return redirect(settings.LOGIN_REDIRECT_URL)
            missing = next((earlier for earlier in before if earlier not in _typed(request)), None)
            return redirect(f"identity_setup:{missing}") if missing else view(request)

        return guarded

    return decorate


@step("code")
def code(request: HttpRequest) -> HttpResponse:
    """Whoever can read the console may set up the installation."""
    form = SetupCodeForm(request.POST or None)
    if form.is_valid():
        return _next(request, "code", form.cleaned_data["code"])
    return _page(request, "code", form)


@step("body")
def body(request: HttpRequest) -> HttpResponse:
    """The name and the kind of the organisation."""
    form = BodyForm(request.POST or None, initial=_typed(request).get("body"))
    if form.is_valid():
        return _next(request, "body", form.cleaned_data)
    return _page(request, "body", form)


@step("colour")
def colour(request: HttpRequest) -> HttpResponse:
    """The colour of the house style, with a preview."""
    form = ColourForm(request.POST or None, initial={"colour": _typed(request).get("colour", "#0b5d63")})
    if form.is_valid() and "preview" not in request.POST:
        return _next(request, "colour", form.cleaned_data["colour"])
    return _page(request, "colour", form)


@sensitive_post_parameters()
@sensitive_variables()
@step("administrator")
def administrator(request: HttpRequest) -> HttpResponse:
    """Who sets it up; makes the body, signs this person in, and goes on to the second factor."""
    form = FirstAdministratorForm(request.POST or None)
    if not form.is_valid():
        return _page(request, "administrator", form)
    typed, person = _typed(request), form.cleaned_data
    first = operations.FirstAdministrator(person["name"], person["email"], person["password"])
    try:
        user = operations.set_up(code_hash=typed["code"], colour=typed["colour"], first=first, **typed["body"])
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _page(request, "administrator", form, status=409)
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    record_authentication(request, user, method="password")
    request.session.pop(TYPED, None)
    return redirect(settings.LOGIN_REDIRECT_URL)


def _typed(request: HttpRequest) -> dict[str, Any]:
    typed: dict[str, Any] = request.session.get(TYPED, {})
    return typed


def _next(request: HttpRequest, name: str, value: Any) -> HttpResponse:
    """Keep what a step gave, under a new session key once the code was right, and go on."""
    if name == "code":
        request.session.cycle_key()
    request.session[TYPED] = _typed(request) | {name: value}
    return redirect(f"identity_setup:{STEPS[STEPS.index(name) + 1]}")


def _page(request: HttpRequest, name: str, form: Form, status: int | None = None) -> HttpResponse:
    states = {other: "done" if STEPS.index(other) < STEPS.index(name) else "" for other in STEPS} | {name: "current"}
    preview = form["colour"].value().removeprefix("#") if name == "colour" and not form.errors else ""
    context = {"form": form, "states": states, "preview": preview, "is_preview": "preview" in request.POST}
    wrong = form.is_bound and bool(form.errors)
    return render(request, f"identity/setup_{name}.html", context, status=status or (422 if wrong else 200))
