"""Passkeys: a key in a phone, computer or security key that proves by itself who one is, in place of password and app.

A passkey always checks its holder (fingerprint, face or PIN), so it is two factors at once. It belongs to the host name
where it was made: at another body its holder takes the app or a recovery code, and may make a passkey there as well.
"""

import json
import struct
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from allauth.core import context
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from fido2.utils import websafe_decode

from openintegriteit.identity.models import User

# What the library raises for an answer that no device gives.
NO_ANSWER = (ValueError, TypeError, LookupError, AttributeError, struct.error)


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey as its holder knows it; `host` is the name of the website where it works."""

    key: str  # what the browser calls it, in addresses
    name: str
    host: str
    made_at: datetime
    last_used_at: datetime | None
    works_here: bool


def passkeys_of(user: User) -> list[Passkey]:
    """The passkeys of somebody, oldest first (one query)."""
    return [_told(found) for found in Authenticator.objects.filter(user=user, type="webauthn").order_by("created_at")]


def works_here(user: User) -> bool:
    """Whether the user has a passkey for the host of the request at hand (one query)."""
    return any(passkey.works_here for passkey in passkeys_of(user))


def passkey_of(user: User, key: str) -> Authenticator | None:
    """The passkey of the user with this key (one query)."""
    found = Authenticator.objects.filter(user=user, type="webauthn", data__credential__id=key)
    authenticator: Authenticator | None = found.first()
    return authenticator


def registered(credential: dict[str, Any]) -> None:
    """Check a new passkey against what this visit asked for. Raises ValidationError when it is no answer to that."""

    def complete() -> None:
        auth.parse_registration_response(credential)
        if not auth.complete_registration(credential).is_user_verified():
            raise ValueError("The device did not check its holder.")

    checked(complete)


def checked[T](check: Callable[[], T]) -> T:
    """What the library finds in a device's answer. Raises ValidationError, in our words, when that is nothing good."""
    try:
        return check()
    except ValidationError as refusal:
        if refusal.code != "incorrect_code":
            raise
        raise ValidationError(_("This passkey was not accepted. Try again, or choose another way.")) from refusal
    except NO_ANSWER as problem:
        raise ValidationError(_("This passkey was not accepted. Try again, or choose another way.")) from problem


def _told(authenticator: Authenticator) -> Passkey:
    credential = authenticator.data["credential"]
    host = _host_of(credential["response"]["clientDataJSON"])
    return Passkey(
        key=credential["id"],
        name=authenticator.data["name"],
        host=host,
        made_at=authenticator.created_at,
        last_used_at=authenticator.last_used_at,
        works_here=host == context.request.get_host().partition(":")[0],
    )


def _host_of(client_data: str) -> str:
    return urlsplit(json.loads(websafe_decode(client_data))["origin"]).hostname or ""
