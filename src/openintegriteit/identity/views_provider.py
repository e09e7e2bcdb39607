"""Signing in through the body's sign-in service, and what the body makes of it."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.decorators import rate_limit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_POST

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.identity import claims as operations
from openintegriteit.identity import queries
from openintegriteit.identity.forms import ClaimRoleForm, ProviderRulesForm
from openintegriteit.identity.models import ClaimRole
from openintegriteit.identity.permissions import POLICY
from openintegriteit.identity.provider_flow import FAILURES, PROVIDER_ID, BodyService, come_back, leave_for, service_of
from openintegriteit.identity.providers import Provider
from openintegriteit.identity.refusal import Refused
from openintegriteit.identity.rules import has_strong_sign_in
from openintegriteit.identity.vouching import record_provider
from openintegriteit.organisations.models import Organisation
from openintegriteit.ui.editing import change_page

type View = Callable[..., Any]

# Generous: a whole organisation may come from one address. It keeps off who makes us and the service talk on and on.
limited: Callable[[View], View] = rate_limit(action="provider", limit_get=True, config={"provider": "200/m/ip"})
PEOPLE_CRUMB = (gettext_lazy("People and roles"), reverse_lazy("identity:people"))


@limited
@never_cache
@require_GET
def leave(request: HttpRequest) -> HttpResponseBase:
    """Go to the sign-in service."""
    _provider, service = _service(request)
    asked = request.GET.get("next", "")
    try:
        return leave_for(request, service, asked if asked and get_adapter(request).is_safe_url(asked) else "")
    except FAILURES:
        return render(request, "identity/provider_refused.html", {"is_unreachable": True}, status=502)


@limited
@never_cache
@require_GET
@sensitive_variables()
def come_in(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Come back from the sign-in service, and sign in."""
    configured, service = _service(request)
    organisation = _organisation(request)
    if provider_id != PROVIDER_ID:
        raise Http404
    try:
        claims, next_page = come_back(request, service)
        user = operations.account_of_claims(organisation=organisation.pk, provider=configured, claims=claims)
    except FAILURES:
        return _refused(request, _("The answer of the sign-in service is not right, or too old. Please try again."))
    except Refused as refusal:
        return _refused(request, str(refusal))
    if request.user.is_authenticated:
        get_adapter(request).logout(request)
    accepted = operations.rules_of(organisation.pk).second_factor
    record_provider(request, user, strong=has_strong_sign_in(claims, accepted))
    answer: HttpResponseBase = perform_login(request, Login(user=user, redirect_url=next_page or None))
    return answer


def _service(request: HttpRequest) -> tuple[Provider, BodyService]:
    provider = queries.provider_of(_organisation(request))
    if provider is None:
        raise Http404
    return provider, service_of(request, provider)


def _organisation(request: HttpRequest) -> Organisation:
    organisation: Organisation = request.organisation  # type: ignore[attr-defined]  # put there by organisation_of_host
    return organisation


def _refused(request: HttpRequest, reason: str) -> HttpResponse:
    """Nobody signs in; the log knows that somebody tried."""
    get_adapter(request).authentication_failed(request)
    return render(request, "identity/provider_refused.html", {"reason": reason}, status=403)


# -- What the body makes of it ----------------------------------------------------------------------------------------


@requires(POLICY, "provider")
@require_GET
def provider(request: ActorRequest) -> HttpResponse:
    """Which group gives which role, and what counts as a second factor."""
    return _provider_page(request, ClaimRoleForm())


@requires(POLICY, "provider")
@require_POST
def add_claim_role(request: ActorRequest) -> HttpResponse:
    """Let a group give a role."""
    form = ClaimRoleForm(request.POST)
    if not form.is_valid():
        return _provider_page(request, form, status=422)
    operations.add_claim_role(actor=request.actor, **form.cleaned_data)
    messages.success(request, _("This group gives the role from the next sign-in on."))
    return redirect("identity:provider")


@requires(POLICY, "provider")
@require_POST
def remove_claim_role(request: ActorRequest, claim_role_id: UUID) -> HttpResponse:
    """Let a group give a role no more."""
    mapped: ClaimRole = get_object_or_404(ClaimRole, pk=claim_role_id)
    operations.remove_claim_role(actor=request.actor, mapped=mapped)
    messages.success(request, _("This group gives the role no more. Who had it by this group, has lost it."))
    return redirect("identity:provider")


@requires(POLICY, "provider")
def rules(request: ActorRequest) -> HttpResponse:
    """Choose the claim with groups, and what counts as a second factor."""
    found = operations.rules_of(request.organisation.pk)
    change = partial(operations.change_rules, actor=request.actor, rules=found)
    return change_page(
        request,
        ProviderRulesForm,
        found,
        save=lambda version, values: change(expected_version=version, values=values),
        template="identity/provider_rules.html",
        context={"crumbs": [PEOPLE_CRUMB, (_("Sign-in service"), reverse("identity:provider"))]},
        then=lambda _saved: reverse("identity:provider"),
        done=_("This counts from the next sign-in on."),
    )


@requires(POLICY, "provider")
@require_POST
def unlink(request: ActorRequest, user_id: UUID) -> HttpResponse:
    """Forget who somebody is at the sign-in service."""
    user = get_object_or_404(queries.people_here(), pk=user_id)
    try:
        operations.unlink(actor=request.actor, user=user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The tie is gone. At the next sign-in through the service it is made anew."))
    return redirect("identity:person", user_id)


def _provider_page(request: ActorRequest, form: ClaimRoleForm, status: int = 200) -> HttpResponse:
    context = {
        "provider": queries.provider_of(request.organisation),
        "rules": operations.rules_of(request.organisation.pk),
        "mapped": queries.mapped_roles(),
        "form": form,
        "crumbs": [PEOPLE_CRUMB],
    }
    return render(request, "identity/provider.html", context, status=status)
