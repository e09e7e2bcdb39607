"""What the law asks of office holders about other functions, per kind of body, as data (content/law/*.yaml)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from openintegriteit.organisations.models import OrganisationKind, PersonKind

CONTENT = Path(__file__).parent / "content"


@dataclass(frozen=True, slots=True)
class Function:
    """One function of a list, in Dutch, with where it stands in the law, and how its words are known again.

    `words`: sets of words that all have to occur. `own_body`: any position with the body itself looks like it.
    """

    place: str
    what: str
    words: tuple[frozenset[str], ...] = ()
    own_body: bool = False


@dataclass(frozen=True, slots=True)
class FunctionList:
    """The functions that do not go together with an office, and what the law allows after all or asks of some only."""

    article: str
    functions: tuple[Function, ...]
    exceptions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Norm:
    """The article by which positions may not be undesirable for an office, and with what in view, in Dutch."""

    article: str
    in_view: str


@dataclass(frozen=True, slots=True)
class Law:
    """What holds in a kind of body, by kind of person. `not_ex_officio`: not about positions because of the office."""

    told_to: str
    intention: Mapping[str, str]
    income: Mapping[str, str]
    part_time_exempt: frozenset[PersonKind]
    not_ex_officio: frozenset[PersonKind]
    incompatible: Mapping[str, FunctionList]
    undesirable: Mapping[str, Norm]

    def intention_for(self, offices: Iterable[str]) -> str:
        """By which article an intention is reported; of several offices the first that has one. Empty: by none."""
        return next((self.intention[office] for office in offices if office in self.intention), "")

    def norm_for(self, offices: Iterable[str]) -> Norm | None:
        """By which article positions beside these offices may not be undesirable: of the last office that has one."""
        return next((self.undesirable[office] for office in reversed([*offices]) if office in self.undesirable), None)

    def forbidden_beside(self, offices: Iterable[str]) -> FunctionList | None:
        """The functions that do not go together with these offices of one person; None: the law names none."""
        lists = [self.incompatible[office] for office in offices if office in self.incompatible]
        if len(lists) < 2:
            return lists[0] if lists else None
        functions: dict[str, Function] = {}
        for function in (function for one in lists for function in one.functions):
            functions.setdefault(function.what, function)
        return FunctionList(
            article="; ".join(one.article for one in lists),
            functions=tuple(functions.values()),
            exceptions=tuple(exception for one in lists for exception in one.exceptions),
        )


def load_law(path: Path, functions: Mapping[str, Mapping[str, Any]]) -> Law:
    """What a file says. Raises TypeError, KeyError or ValueError for what is unknown or missing."""
    told: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Law(
        told_to=told["told_to"],
        intention={PersonKind(kind): article for kind, article in told["intention"].items()},
        income={PersonKind(kind): article for kind, article in told["income"].items()},
        part_time_exempt=frozenset(map(PersonKind, told["part_time_exempt"])),
        not_ex_officio=frozenset(map(PersonKind, told["not_ex_officio"])),
        incompatible={PersonKind(kind): _list(row, functions) for kind, row in told["incompatible"].items()},
        undesirable={PersonKind(kind): Norm(**row) for kind, row in told["undesirable"].items()},
    )


def _list(row: Mapping[str, Any], functions: Mapping[str, Mapping[str, Any]]) -> FunctionList:
    by_letter = {key: f"{row['article']}, onder {letter}" for letter, key in row["functions"].items()}
    return FunctionList(
        article=row["article"],
        functions=tuple(
            Function(
                place=place,
                what=functions[key]["what"],
                words=tuple(frozenset(words.split()) for words in functions[key].get("words", ())),
                own_body=functions[key].get("own_body", False),
            )
            for key, place in (by_letter | row.get("also", {})).items()
        ),
        exceptions=tuple(row["exceptions"]),
    )


FUNCTIONS: Mapping[str, Mapping[str, Any]] = yaml.safe_load((CONTENT / "functions.yaml").read_text(encoding="utf-8"))
LAWS: Mapping[str, Law] = {kind: load_law(CONTENT / "law" / f"{kind}.yaml", FUNCTIONS) for kind in OrganisationKind}


def law_of(organisation_kind: str) -> Law:
    """What holds in a kind of body."""
    return LAWS[organisation_kind]
