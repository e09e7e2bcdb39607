"""Who may open which address: every name of the resolver stands here, once.

`view` is a page to read, or a form that reads and changes; `change` only takes POST; `everybody` needs no account;
`signed_in` is about oneself, so every person with an account may open it. Named arguments fill the address: a model
stands for the key of a row, a pair of a model and a field for that field of the row, anything else for itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from openintegriteit.core.roles import Role

ALL = frozenset(Role)


@dataclass(frozen=True)
class Page:
    """Who may open an address, and what fills it."""

    roles: frozenset[Role]
    kind: Literal["view", "change", "everybody", "signed_in"]
    arguments: Mapping[str, Any] = field(default_factory=dict)


def view(*roles: Role, **arguments: Any) -> Page:
    """A page for these roles."""
    return Page(frozenset(roles), "view", arguments)


def change(*roles: Role, **arguments: Any) -> Page:
    """An address that changes something, for these roles: it refuses GET."""
    return Page(frozenset(roles), "change", arguments)


def everybody(**arguments: Any) -> Page:
    """A page that needs no account."""
    return Page(ALL, "everybody", arguments)


def signed_in(**arguments: Any) -> Page:
    """A page about oneself."""
    return Page(ALL, "signed_in", arguments)
