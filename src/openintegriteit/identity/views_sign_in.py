"""Signing in: the library's views, with our status codes and log entries; in demo mode a choice of roles instead."""

from textwrap import wrap
from typing import Any

from allauth.account import views as account
from allauth.account.adapter import get_adapter
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as app
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from openintegriteit.identity.adapters import log_own_change
from openintegriteit.identity.demo import demo_choices
from openintegriteit.identity.forms import ForgottenForm, UsePasskeyForm
from openintegriteit.identity.passkeys import works_here
from openintegriteit.identity.queries import has_app, provider_of


class SaysUnprocessable:
    """A form that is shown again with what is wrong answers 422, as everywhere in the product."""

    def form_invalid(self, form: Any) -> HttpResponseBase:
        """The form again."""
        response: HttpResponseBase = super().form_invalid(form)  # type: ignore[misc]  # of the view that it is mixed into
        response.status_code = 422
        return response


class Logs:
    """A change of how one signs in: it goes into the event log as `action`, and the person gets a mail about it."""

    action = ""
    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponseBase:
        """The change, its entry and its mail."""
        response: HttpResponseBase = super().form_valid(form)  # type: ignore[misc]  # of the view that it is mixed into
        log_own_change(self.request, self.request.user, self.action)  # type: ignore[arg-type]  # signed in, or this is not reached
        return response


class SignIn(SaysUnprocessable, account.LoginView):
    """Mail address and password, and the body's sign-in service where it has one."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The sign-in service, and the page that was asked for."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"provider": provider_of(self.request.organisation), "next": _next(self.request)}


class Reauthenticate(SaysUnprocessable, account.ReauthenticateView):
    """The password once more, before a change of the account."""


class ChangePassword(SaysUnprocessable, account.PasswordChangeView):
    """A new password, for who knows the old one."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """An account without a password, as in the demonstration, has none to change."""
        if request.user.is_authenticated and not request.user.has_usable_password():
            messages.info(request, _("This account has no password, so there is nothing to change."))
            return redirect("identity:account")
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response


class Forgotten(SaysUnprocessable, account.PasswordResetView):
    """Ask for a link to a new password: the same answer for every address."""

    def get_form_class(self) -> type[ForgottenForm]:
        """The form that leaves unknown addresses alone."""
        return ForgottenForm


class NewPassword(SaysUnprocessable, account.PasswordResetFromKeyView):
    """Choose a new password by the link in the mail."""


class SecondFactor(SaysUnprocessable, factor.AuthenticateView):
    """The code of the authenticator app, a recovery code or a passkey, after the password."""

    def get_webauthn_form_class(self) -> type[UsePasskeyForm]:
        """The form that takes what the passkey signed."""
        return UsePasskeyForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Which ways the person has here."""
        user = self.stage.login.user
        return super().get_context_data(**kwargs) | {"has_app": has_app(user), "has_passkey": works_here(user)}

    def form_invalid(self, form: Any) -> HttpResponseBase:
        """A wrong code is a failed sign-in."""
        get_adapter(self.request).authentication_failed(self.request)
        return super().form_invalid(form)


class ConfirmWithCode(SaysUnprocessable, factor.ReauthenticateView):
    """The code once more, before a change of the account."""


class ActivateApp(SaysUnprocessable, Logs, app.ActivateTOTPView):
    """Tie an authenticator app to the account."""

    action = "account.second_factor_set_up"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The secret in groups of four, for who types it."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"secret_in_groups": " ".join(wrap(context["form"].secret, 4))}


class DeactivateApp(SaysUnprocessable, Logs, app.DeactivateTOTPView):
    """Untie the app, to tie another one."""

    action = "account.second_factor_removed"


class NewCodes(SaysUnprocessable, Logs, recovery.GenerateRecoveryCodesView):
    """New recovery codes; the old ones stop working."""

    action = "account.recovery_codes_renewed"


sign_in_with_password = SignIn.as_view()
sign_out = account.logout
account_inactive = account.account_inactive
reauthenticate = Reauthenticate.as_view()
change_password = ChangePassword.as_view()
forgotten = Forgotten.as_view()
forgotten_sent = account.password_reset_done
new_password = NewPassword.as_view()
new_password_done = account.password_reset_from_key_done
second_factor = SecondFactor.as_view()
confirm_with_code = ConfirmWithCode.as_view()
activate_app = ActivateApp.as_view()
deactivate_app = DeactivateApp.as_view()
new_codes = NewCodes.as_view()


@never_cache
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """The sign-in page: password, or in demo mode one button per role."""
    if not settings.DEMO_MODE:
        answer: HttpResponseBase = sign_in_with_password(request)
        return answer
    if request.method == "POST":
        return _sign_in_by_choice(request)
    return render(request, "identity/demo_sign_in.html", {"choices": demo_choices(), "next": _next(request)})


def _sign_in_by_choice(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the people of the example. Only ever called in demo mode."""
    chosen = next((grant for grant in demo_choices() if str(grant.pk) == request.POST.get("grant")), None)
    if chosen is None:
        raise Http404
    get_adapter(request).login(request, chosen.user)
    messages.success(request, _("You are signed in as %(name)s.") % {"name": chosen.user})
    return redirect(_next(request) or settings.LOGIN_REDIRECT_URL)


def _next(request: HttpRequest) -> str:
    """The page of this site that was asked for before signing in, or nothing."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return asked if asked and get_adapter(request).is_safe_url(asked) else ""
