"""The registers and what the law says about them, as data (content/registers.yaml)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from openintegriteit.organisations.models import OFFICE_HOLDERS, OrganisationKind, Person, PersonKind
from openintegriteit.registers.declarations.models import Declaration, Regime, RegisterKey
from openintegriteit.registers.designations.models import DUTIES

CONTENT = Path(__file__).parent / "content" / "registers.yaml"
EVERY = "every"


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds in one register under one regime; the explanation is Dutch.

    `designated_for`: who holds a position that is designated for this owes an answer; empty: no designation matters.
    `only_by_law`: nobody declares here but who an article asks it, and where `designated_for` names a duty, only as the
    holder of such a position.
    """

    explanation: str
    decided: bool
    public: bool
    articles: Mapping[str, Mapping[str, str]]
    designated_for: str = ""
    only_by_law: bool = False

    def article(self, organisation_kind: str, person_kind: str) -> str:
        """The article behind the duty; empty: we know of none."""
        of_body = self.articles.get(organisation_kind, self.articles.get(EVERY, {}))
        return of_body.get(person_kind, of_body.get(EVERY, ""))

    def concerns(self, organisation_kind: str, person_kind: str, *, is_designated: bool) -> bool:
        """Whether people of this kind declare here, in such a position or not."""
        asked = bool(self.article(organisation_kind, person_kind)) and (is_designated or not self.designated_for)
        return asked or not self.only_by_law

    def told_articles(self) -> dict[str, str]:
        """All articles by kind of body, each law named once: "Gemeentewet, artikel 12, 41b en 67"."""
        return {kind: _told(dict.fromkeys(of_body.values())) for kind, of_body in self.articles.items()}


def _told(articles: Iterable[str]) -> str:
    """Articles of one law together; what is more than a law and an article stays as it is."""
    laws: dict[str, list[str]] = {}
    for article in articles:
        law, _comma, place = article.partition(", artikel ")
        laws.setdefault(law if place.isalnum() else article, []).append(place)
    return "; ".join(
        f"{law}, artikel {_listed(places)}" if places[0].isalnum() else law for law, places in laws.items()
    )


def _listed(places: list[str]) -> str:
    return f"{', '.join(places[:-1])} en {places[-1]}" if len(places) > 1 else places[0]


@dataclass(frozen=True, slots=True)
class Register:
    """One register, with its rules per regime. `lasts`: it holds until it stops; otherwise it happened on one day."""

    key: RegisterKey
    lasts: bool
    regimes: Mapping[str, Rules]


def load_registers(path: Path) -> Mapping[str, Register]:
    """The registers of a file by their key, in its order.

    Raises TypeError or KeyError for a field that is unknown or missing, and ValueError for an unknown key.
    """
    registers: dict[str, Register] = {}
    for row in yaml.safe_load(path.read_text(encoding="utf-8")):
        regimes = {str(Regime(name)): Rules(**rules) for name, rules in row.pop("regimes").items()}
        for rules in regimes.values():
            _check(rules)
        key = RegisterKey(row["key"])
        registers[key] = Register(key, row["lasts"], regimes)
    return registers


def _check(rules: Rules) -> None:
    if rules.designated_for not in ("", *DUTIES):
        raise ValueError(f"No position is designated for {rules.designated_for!r}.")
    for organisation_kind, of_body in rules.articles.items():
        organisation_kind == EVERY or OrganisationKind(organisation_kind)
        for person_kind in of_body:
            person_kind == EVERY or PersonKind(person_kind)


REGISTERS = load_registers(CONTENT)


def regime_of(person: Person) -> Regime:
    """Under which regime somebody declares: the kind of person decides."""
    return regime_of_kind(person.kind)


def regime_of_kind(kind: str) -> Regime:
    """The regime of a kind of person; whatever is no kind of office holder is of officials."""
    return Regime.OFFICE_HOLDERS if kind in OFFICE_HOLDERS else Regime.OFFICIALS


def kinds_under(regimes: Iterable[str]) -> list[PersonKind]:
    """The kinds of people under these regimes."""
    wanted = set(regimes)
    return [kind for kind in PersonKind if regime_of_kind(kind) in wanted]


def rules_for(register: str, person: Person) -> Rules:
    """What holds in a register for a person. Raises KeyError for a register that does not exist."""
    return REGISTERS[register].regimes[regime_of(person)]


def lasts(declaration: Declaration) -> bool:
    """Whether it holds until it stops, so that it can be confirmed and ended."""
    return REGISTERS[declaration.register].lasts
