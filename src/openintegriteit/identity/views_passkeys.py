"""Making, using and removing passkeys: the library's views, with our status codes and log entries."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal import auth
from django.http import Http404, HttpResponse
from django.urls import reverse

from openintegriteit.identity.forms import ConfirmWithPasskeyForm, PasskeyForm, PasskeySignInForm
from openintegriteit.identity.passkeys import passkey_of
from openintegriteit.identity.views_sign_in import Logs, SaysUnprocessable


class AddPasskey(SaysUnprocessable, Logs, webauthn.AddWebAuthnView):
    """Make a passkey on the device at hand."""

    action = "account.passkey_added"

    def get_form_class(self) -> type[PasskeyForm]:
        """The form that asks for a passkey that checks its holder."""
        return PasskeyForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What the browser needs: a key that stays on the device and checks its holder."""
        context: dict[str, Any] = super(webauthn.AddWebAuthnView, self).get_context_data(**kwargs)
        return context | {"js_data": {"creation_options": auth.begin_registration(self.request.user, True)}}

    def get_success_url(self) -> str:
        """To the recovery codes when these are new, otherwise back to one's account."""
        return reverse("mfa_view_recovery_codes" if self.did_generate_recovery_codes else "identity:account")


class RemovePasskey(Logs, webauthn.RemoveWebAuthnView):
    """Take a passkey away, for instance of a device that was lost."""

    action = "account.passkey_removed"

    def get_object(self, queryset: Any = None) -> Authenticator:
        """One's own passkey; somebody else's is as absent."""
        found = passkey_of(self.request.user, self.kwargs["key"])  # type: ignore[arg-type]  # signed in, or this is not reached
        if found is None:
            raise Http404
        return found

    def get_success_url(self) -> str:
        """Back to one's account."""
        return reverse("identity:account")


class SignInWithPasskey(webauthn.LoginWebAuthnView):
    """Sign in with a passkey alone."""

    def get_form_class(self) -> type[PasskeySignInForm]:
        """The form that takes what the passkey signed."""
        return PasskeySignInForm

    def form_invalid(self, form: Any) -> HttpResponse:
        """Back to the sign-in page, which says what is wrong; a failed sign-in."""
        get_adapter(self.request).authentication_failed(self.request)
        response: HttpResponse = super().form_invalid(form)
        return response


class ConfirmWithPasskey(webauthn.ReauthenticateWebAuthnView):
    """The passkey once more, before a change of the account."""

    def get_form_class(self) -> type[ConfirmWithPasskeyForm]:
        """The form that takes what the passkey signed."""
        return ConfirmWithPasskeyForm


add_passkey = AddPasskey.as_view()
remove_passkey = RemovePasskey.as_view()
sign_in_with_passkey = SignInWithPasskey.as_view()
confirm_with_passkey = ConfirmWithPasskey.as_view()
