"""The sign-in services of bodies (OpenID Connect), as the technical administrator writes them in one file.

No models and no settings here: the settings read the file.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

KEYS = {"host", "name", "issuer", "client_id", "client_secret", "domains", "scopes"}


@dataclass(frozen=True, slots=True)
class Provider:
    """The sign-in service of one body; `host` is the body's own, None for the one body without a host.

    `domains` are what follows the @ in the mail addresses that this service may speak for.
    """

    host: str | None
    name: str
    issuer: str
    client_id: str
    client_secret: str
    domains: tuple[str, ...]
    scopes: tuple[str, ...] = ()


def read_providers(file: str, *, allow_http: bool) -> tuple[Provider, ...]:
    """The sign-in services in a file (none without a file); `allow_http` is for the demonstration on the own machine.

    Raises ImproperlyConfigured, in Dutch, for whatever is missing, unknown or unsafe.
    """
    if not file:
        return ()
    try:
        tables = tomllib.loads(Path(file).read_text(encoding="utf-8")).get("provider", [])
    except (OSError, tomllib.TOMLDecodeError) as problem:
        raise ImproperlyConfigured(f"OPENINTEGRITEIT_OIDC_FILE is niet te lezen: {problem}") from problem
    providers = tuple(_provider(table, allow_http) for table in tables)
    hosts = [provider.host for provider in providers]
    if len(set(hosts)) < len(hosts) or (len(hosts) > 1 and None in hosts):
        raise ImproperlyConfigured("OPENINTEGRITEIT_OIDC_FILE: geef elke [[provider]] een eigen host.")
    return providers


def _provider(table: dict[str, Any], allow_http: bool) -> Provider:
    if unknown := sorted(set(table) - KEYS):
        raise ImproperlyConfigured(f"OPENINTEGRITEIT_OIDC_FILE kent dit niet: {', '.join(unknown)}.")
    if missing := sorted(key for key in KEYS - {"host", "scopes"} if not table.get(key)):
        raise ImproperlyConfigured(f"OPENINTEGRITEIT_OIDC_FILE: in een [[provider]] ontbreekt {', '.join(missing)}.")
    issuer = str(table["issuer"])
    if urlsplit(issuer).scheme != "https" and not allow_http:
        raise ImproperlyConfigured(f"OPENINTEGRITEIT_OIDC_FILE: issuer moet met https:// beginnen, niet {issuer}.")
    domains = tuple(str(domain).lower().removeprefix("@") for domain in table["domains"])
    return Provider(
        host=str(table["host"]).lower() if table.get("host") else None,
        name=str(table["name"]),
        issuer=issuer,
        client_id=str(table["client_id"]),
        client_secret=str(table["client_secret"]),
        domains=domains,
        scopes=tuple(table.get("scopes", ())),
    )
