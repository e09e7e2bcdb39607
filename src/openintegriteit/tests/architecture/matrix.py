"""Who may open which address: every name of the resolver stands in `pages`, once.

`view` is a page to read, or a form that reads and changes; `change` only takes POST; `everybody` needs no account;
`signed_in` is about oneself, so every person with an account may open it. Named arguments fill the address: a model
stands for the key of a row, a pair of a model and a field for that field of the row, anything else for itself. What a
row needs beyond that is given with `of_a_record_with`, in which a model stands for a row of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from openintegriteit.core.roles import Role

ALL = frozenset(Role)


@dataclass(frozen=True)
class Page:
    """Who may open an address, and what fills it."""

    roles: frozenset[Role]
    kind: Literal["roles", "everybody", "signed_in"]
    arguments: Mapping[str, Any] = field(default_factory=dict)
    posts: bool = False
    absent: bool = False
    given: Mapping[str, Any] = field(default_factory=dict)
    strangers: frozenset[Role] = frozenset()

    def by_post(self) -> "Page":
        """The same page, where it only takes POST."""
        return replace(self, posts=True)

    def without_record(self) -> "Page":
        """The same page, where the address leads to nothing in the tests: who may come in is told that it is gone."""
        return replace(self, absent=True)

    def not_theirs(self, *roles: Role) -> "Page":
        """The same page, which these roles have too, but not of this record: to them it is as absent."""
        return replace(self, strangers=frozenset(roles))

    def of_a_record_with(self, **given: Any) -> "Page":
        """The same page, of a record that has these values beside what every record of its kind has."""
        return replace(self, given=given)


def view(*roles: Role, **arguments: Any) -> Page:
    """A page for these roles."""
    return Page(frozenset(roles), "roles", arguments)


def change(*roles: Role, **arguments: Any) -> Page:
    """An address that changes something, for these roles: it refuses GET."""
    return view(*roles, **arguments).by_post()


def everybody(**arguments: Any) -> Page:
    """A page that needs no account."""
    return Page(ALL, "everybody", arguments)


def signed_in(**arguments: Any) -> Page:
    """A page about oneself."""
    return Page(ALL, "signed_in", arguments)
