"""Talking to a body's sign-in service: the library's OpenID Connect, with what it leaves out.

The library makes the address with state and PKCE and fetches the tokens. Here the nonce is added, the signature of the
identity token is checked against the service's keys, and issuer, audience, time and nonce are what they must be.
"""

import secrets
from collections.abc import Mapping
from typing import Any

import jwt
import requests
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.adapter import get_adapter as get_provider_adapter
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponseBase

from openintegriteit.identity.providers import Provider

PROVIDER_ID = "organisatie"
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
CLOCKS_DIFFER = 60  # seconds by which the clock of the service may differ from ours
FAILURES = (OAuth2Error, requests.RequestException, jwt.PyJWTError)


class ProviderAdapter(DefaultSocialAccountAdapter):
    """The one service of the body of the request; nothing about services stands in the database."""

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> "BodyService":
        """The service of the request's body, put there by `service_of`."""
        service: BodyService = request.service  # type: ignore[attr-defined]  # put there by service_of
        return service

    def get_requests_session(self) -> requests.Session:
        """What all calls to a service are made with: they follow no redirect, but fail with one of FAILURES."""
        session: requests.Session = super().get_requests_session()
        session.max_redirects = 0
        return session


class ServiceAdapter(OpenIDConnectOAuth2Adapter):
    """The addresses and tokens of a service."""

    @property
    def openid_config(self) -> dict[str, str]:
        """What the service says about itself. Raises OAuth2Error when it is another issuer or lacks an address."""
        known: dict[str, str] = super().openid_config
        issuer = self.get_provider().app.settings["issuer"]
        needed = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        if not isinstance(known, dict) or known.get("issuer") != issuer or not all(known.get(name) for name in needed):
            raise OAuth2Error("The service is not the one that was set up.")
        return known

    def checked_claims(self, tokens: Mapping[str, Any], nonce: str) -> dict[str, Any]:
        """Everything that the service says about the person: the identity token, and what it adds when asked.

        Raises one of FAILURES for a token that is not of this service, not for us, not of now or not of this sign-in.
        """
        app = self.get_provider().app
        token = str(tokens.get("id_token") or "")
        with get_provider_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            keys = _keys(answer.json())
        claims: dict[str, Any] = jwt.decode(
            token,
            key=_key(keys, jwt.get_unverified_header(token).get("kid")),
            algorithms=ALGORITHMS,
            audience=app.client_id,
            issuer=app.settings["issuer"],
            leeway=CLOCKS_DIFFER,
            options={"require": ["exp", "iat", "sub", "nonce"]},
        )
        if not secrets.compare_digest(str(claims["nonce"]).encode(), nonce.encode()):
            raise OAuth2Error("The identity token belongs to another sign-in.")
        if claims.get("azp", app.client_id) != app.client_id:
            raise OAuth2Error("The identity token was made for another party.")
        return self._with_userinfo(claims, str(tokens["access_token"]))

    def _with_userinfo(self, claims: dict[str, Any], access_token: str) -> dict[str, Any]:
        if not self.openid_config.get("userinfo_endpoint"):
            return claims
        more = self._fetch_user_info(access_token)
        if not isinstance(more, dict) or more.get("sub") != claims["sub"]:
            raise OAuth2Error("The service tells about somebody else.")
        return more | claims


def _keys(said: Any) -> jwt.PyJWKSet:
    listed = said.get("keys") if isinstance(said, dict) else None
    if not isinstance(listed, list) or not all(isinstance(key, dict) for key in listed):
        raise OAuth2Error("The service shows no keys.")
    return jwt.PyJWKSet(listed)


def _key(keys: jwt.PyJWKSet, identifier: str | None) -> jwt.PyJWK:
    found = [key for key in keys.keys if identifier in (None, key.key_id)]
    if len(found) != 1:
        raise OAuth2Error("The service has no such key.")
    return found[0]


class BodyService(OpenIDConnectProvider):
    """The sign-in service of one body."""

    oauth2_adapter_class = ServiceAdapter


def service_of(request: HttpRequest, provider: Provider) -> BodyService:
    """The service, for this request."""
    app = SocialApp(
        provider="openid_connect",
        provider_id=PROVIDER_ID,
        name=provider.name,
        client_id=provider.client_id,
        secret=provider.client_secret,
        settings={
            "issuer": provider.issuer,
            "server_url": provider.issuer.rstrip("/"),
            "oauth_pkce_enabled": True,
            "scope": ["openid", "profile", "email", *provider.scopes],
        },
    )
    request.service = BodyService(request, app=app)  # type: ignore[attr-defined]  # put there by service_of
    service: BodyService = request.service  # type: ignore[attr-defined]  # put there by service_of
    return service


def leave_for(request: HttpRequest, service: BodyService, next_page: str) -> HttpResponseBase:
    """Send the browser to the service, with a state, a nonce and a PKCE challenge of this sign-in only.

    Raises one of FAILURES when the service does not answer.
    """
    nonce = secrets.token_urlsafe(32)
    answer: HttpResponseBase = service.redirect(
        request, AuthProcess.LOGIN, next_url=next_page or None, data={"nonce": nonce}, auth_params={"nonce": nonce}
    )
    return answer


def come_back(request: HttpRequest, service: BodyService) -> tuple[dict[str, Any], str]:
    """What the service says about who comes back, and the page that was asked for. A state works once, in its session.

    Raises one of FAILURES.
    """
    state = statekit.unstash_state(request, provider_id=PROVIDER_ID, state_id=request.GET.get("state", ""))
    code = request.GET.get("code")
    if state is None or not code:
        raise OAuth2Error("This is not the answer to a sign-in that was begun here.")
    adapter: ServiceAdapter = service.get_oauth2_adapter(request)
    client = adapter.get_client(request, service.app)
    tokens = client.get_access_token(code, pkce_code_verifier=state["pkce_code_verifier"])
    return adapter.checked_claims(tokens, state["data"]["nonce"]), state.get("next") or ""
