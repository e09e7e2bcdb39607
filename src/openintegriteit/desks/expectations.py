"""What the law expects of the person who looks, as data (content/expectations.yaml): by kind of person and of body."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.utils.translation import gettext

from openintegriteit.accountability.sections import office_names
from openintegriteit.core.roles import Actor, Role
from openintegriteit.organisations.models import OrganisationKind

CONTENT = Path(__file__).parent / "content" / "expectations.yaml"
EVERY = "every"


@dataclass(frozen=True, slots=True)
class Expectation:
    """A sentence, and the article behind it per kind of body."""

    text: str
    law: Mapping[str, str]

    def article(self, organisation_kind: str) -> str:
        """The article for a kind of body; empty: the sentence does not hold there."""
        return self.law.get(organisation_kind, self.law.get(EVERY, ""))


@dataclass(frozen=True, slots=True)
class PersonKind:
    """What is expected of a kind of person, and the roles of such people."""

    title: str
    roles: frozenset[Role]
    expectations: tuple[Expectation, ...]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a page tells a kind of person: sentences in the language of the screen, each with its article, in Dutch."""

    title: str
    sentences: tuple[tuple[str, str], ...]


def load_expectations(path: Path) -> tuple[PersonKind, ...]:
    """The kinds of person of a file, in its order.

    Raises TypeError for a field that is unknown or missing, and ValueError for an unknown role or kind of body.
    """
    kinds = []
    for row in yaml.safe_load(path.read_text(encoding="utf-8")):
        expectations = tuple(Expectation(**each) for each in row.pop("expectations"))
        for expectation in expectations:
            [OrganisationKind(kind) for kind in expectation.law if kind != EVERY]
        roles = frozenset(Role(role) for role in row.pop("roles"))
        kinds.append(PersonKind(**row, roles=roles, expectations=expectations))
    return tuple(kinds)


PERSON_KINDS = load_expectations(CONTENT)


def expectations_of(actor: Actor, organisation_kind: str) -> list[Expected]:
    """What the law expects of the actor by each of the roles; nothing for roles that it says nothing certain about."""
    names = office_names(organisation_kind)
    told = []
    for kind in PERSON_KINDS:
        if not actor.has(*kind.roles):
            continue
        sentences = tuple(
            (gettext(expectation.text).format(**names), article)
            for expectation in kind.expectations
            if (article := expectation.article(organisation_kind))
        )
        if sentences:
            told.append(Expected(gettext(kind.title).format(**names), sentences))
    return told
