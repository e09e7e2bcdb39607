"""Where our rules meet the sign-in library: who may come in, what is logged, which mail goes out, what is sealed."""

import base64
import time
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from qrcode.image.svg import SvgPathFillImage

from openintegriteit.core.roles import Actor
from openintegriteit.event_log.operations import record
from openintegriteit.event_log.words import ACTIONS
from openintegriteit.identity.models import User
from openintegriteit.identity.queries import actor_for, has_second_factor
from openintegriteit.identity.vouching import METHOD
from openintegriteit.messages.letters import write

SIGNED_IN_JUST_NOW = 5 * 60  # seconds within which a change of the second factor asks no password again


def actor_of(request: HttpRequest, user: User) -> Actor:
    """Who acts, as the log of this body may know it: of a person without roles here it gets no name."""
    organisation_id = request.organisation.pk  # type: ignore[attr-defined]  # put there by organisation_of_host
    actor = actor_for(user, organisation_id)
    return actor if actor.roles else Actor("", "account without roles here", organisation_id)


def log_account_event(request: HttpRequest, user: User, action: str) -> None:
    """Add to this body's log what somebody did with the own account."""
    with transaction.atomic():
        record(actor=actor_of(request, user), action=action, subject="account")


def log_own_change(request: HttpRequest, user: User, action: str) -> None:
    """Log what somebody changed in how they sign in, and mail it to them: it may have been somebody else."""
    with transaction.atomic():
        actor = actor_of(request, user)
        record(actor=actor, action=action, subject="account")
        write(actor, user.email, "identity/mail/sign_in_changed.txt", name=user.name, change=ACTIONS[action])


class AccountAdapter(DefaultAccountAdapter):
    """People come in by invitation only; signing in and out and new passwords are logged."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up by themselves."""
        return False

    def populate_username(self, request: HttpRequest, user: User) -> None:
        """Accounts have a mail address and no user name."""

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whoever typed the password or used the second factor a moment ago need not do so again.

        The word of one body's sign-in service does not change an account that has a second factor of its own: with the
        account one may reach other bodies.
        """
        user: User = self.request.user
        records = [
            entry
            for entry in get_authentication_records(self.request, user)
            if time.time() - entry["at"] < SIGNED_IN_JUST_NOW
        ]
        if records and all(entry["method"] == METHOD for entry in records):
            return has_second_factor(user)
        return not records

    def get_login_stages(self) -> list[str]:
        """The library's stages, with ours for the second factor."""
        ours = {"allauth.mfa.stages.AuthenticateStage": "openintegriteit.identity.vouching.SecondFactorStage"}
        return [ours.get(stage, stage) for stage in super().get_login_stages()]

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in, with a new session key, and log it."""
        super().login(request, user)
        log_account_event(request, user, "account.signed_in")

    def logout(self, request: HttpRequest) -> None:
        """Log signing out, and do it."""
        log_account_event(request, request.user, "account.signed_out")  # type: ignore[arg-type]  # signed in, or this is not reached
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Log that somebody failed to sign in; not the address, which may be a password typed in the wrong box."""
        actor = Actor("", "unknown", request.organisation.pk)  # type: ignore[attr-defined]  # put there by organisation_of_host
        with transaction.atomic():
            record(actor=actor, action="account.sign_in_failed", subject="account")

    def set_password(self, user: User, password: str) -> None:
        """Store a new password, log it and tell the person; other sessions end by themselves."""
        with transaction.atomic():
            super().set_password(user, password)
            actor = actor_of(self.request, user)
            record(actor=actor, action="account.password_changed", subject="account")
            write(actor, user.email, "identity/mail/password_changed.txt", name=user.name)

    def send_password_reset_mail(self, user: User, email: str, context: dict[str, Any]) -> None:
        """Write the mail with the link for a new password."""
        with transaction.atomic():
            address = context["password_reset_url"]
            write(
                actor_of(self.request, user),
                user.email,
                "identity/mail/password_reset.txt",
                name=user.name,
                address=address,
            )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """No mail of the library itself: an unknown address gets none, so that nobody learns who has an account."""

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to one's own account."""
        return reverse("identity:account")

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """To the sign-in page."""
        return reverse("account_login")


class SecondFactorAdapter(DefaultMFAAdapter):
    """Seals the secrets of authenticator apps and recovery codes with the installation's own key."""

    def build_totp_svg(self, url: str) -> str:
        """The picture to scan, on white of its own, so that dark mode leaves it readable."""
        svg: str = qrcode.make(url, image_factory=SvgPathFillImage).to_string(encoding="unicode")
        return svg

    def encrypt(self, text: str) -> str:
        """The text as it is stored."""
        return _sealer().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The text as it was; raises InvalidToken when the installation's secret key is another one."""
        return _sealer().decrypt(encrypted_text.encode()).decode()


def _sealer() -> Fernet:
    derivation = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"openintegriteit second factor v1")
    return Fernet(base64.urlsafe_b64encode(derivation.derive(settings.SECRET_KEY.encode())))
