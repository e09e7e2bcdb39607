"""What claims of a sign-in service mean: addresses, groups, a second factor. Pure: no database, no clock."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from openintegriteit.core.roles import SECOND_GRANTER, Role
from openintegriteit.identity.permissions import SECOND_GRANTERS

# Neither a role that needs a second granter, nor one that makes somebody a granter: a group at a sign-in service is no
# second person.
FROM_CLAIMS = frozenset(Role) - SECOND_GRANTER - SECOND_GRANTERS
NOT_FROM_CLAIMS = sorted(role.value for role in frozenset(Role) - FROM_CLAIMS)


def claim_values(claims: Mapping[str, Any], name: str) -> frozenset[str]:
    """The values of a claim that holds a text or a list of texts; nothing for anything else."""
    said = claims.get(name)
    listed = said if isinstance(said, list) else [said]
    return frozenset(value for value in listed if isinstance(value, str) and value)


def verified_address(claims: Mapping[str, Any], domains: Iterable[str]) -> str | None:
    """The mail address in small letters, if the service has verified it and may speak for its domain; None if not.

    Only the value true will do for `email_verified`: not a text, and not its absence.
    """
    said = claims.get("email")
    if claims.get("email_verified") is not True or not isinstance(said, str):
        return None
    address = said.strip().lower()
    name, _at, domain = address.partition("@")
    return address if name and domain in set(domains) else None


def has_strong_sign_in(claims: Mapping[str, Any], accepted: str) -> bool:
    """Whether `amr` or `acr` has one of the accepted values, which are separated by commas or spaces."""
    said = claim_values(claims, "amr") | claim_values(claims, "acr")
    return not said.isdisjoint(value for value in re.split(r"[\s,]+", accepted) if value)
