"""The page behind the link in an invitation. Opening it changes nothing, so mail scanners do not use it up."""

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from openintegriteit.identity import invitations
from openintegriteit.identity.forms import AcceptForm
from openintegriteit.identity.models import Invitation, User
from openintegriteit.identity.queries import account_exists, open_invitation
from openintegriteit.identity.refusal import Refused
from openintegriteit.messages.links import token_hash


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: with a new account, or with the one that has its address."""
    found = open_invitation(token_hash(token))
    if found is None:
        return render(request, "identity/invitation_closed.html", status=410)
    try:
        if request.user.is_authenticated:
            return _join(request, found, token)
        if account_exists(found.email):
            return render(request, "identity/invitation_sign_in.html", {"invitation": found})
        return _new_account(request, found, token)
    except Refused as refusal:
        return render(request, "identity/invitation_closed.html", {"reason": str(refusal)}, status=409)


def _join(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    """For who is signed in: the roles, one button."""
    user: User = request.user  # type: ignore[assignment]  # signed in, or this is not reached
    if request.method == "POST":
        invitations.accept_as(token=token, user=user)
        messages.success(request, _("You have joined %(body)s.") % {"body": found.organisation})
        return redirect(settings.LOGIN_REDIRECT_URL)
    is_meant = user.email == found.email
    context = {"invitation": found, "is_meant": is_meant}
    return render(request, "identity/invitation_join.html", context, status=200 if is_meant else 403)


def _new_account(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    """For who has no account: choose a password, and go on to the second factor."""
    form = AcceptForm(request.POST or None, email=found.email, name=found.name)
    if not form.is_valid():
        context = {"invitation": found, "form": form}
        return render(request, "identity/invitation_new.html", context, status=422 if form.is_bound else 200)
    user = invitations.accept_as_new(token=token, password=form.cleaned_data["password"])
    get_adapter(request).login(request, user)
    record_authentication(request, user, method="password")
    return redirect(settings.LOGIN_REDIRECT_URL)
