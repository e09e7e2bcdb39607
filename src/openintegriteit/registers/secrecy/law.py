"""What the law says about secrecy, per kind of body, and the interests it can protect, as data (content)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import gettext

from openintegriteit.core.terms import add_months
from openintegriteit.organisations.models import OrganisationKind, PersonKind
from openintegriteit.registers.secrecy.models import ImposedSecrecy, Kind, Organ

CONTENT = Path(__file__).parent / "content"


@dataclass(frozen=True, slots=True)
class Ground:
    """An interest for which secrecy can be imposed, and where it stands in the Wet open overheid."""

    article: str
    words: str


@dataclass(frozen=True, slots=True)
class Law:
    """What holds in a kind of body. `organs`: the Dutch names of who can impose secrecy. The rest are articles."""

    organs: Mapping[Organ, str]
    founders: tuple[Organ, ...]
    founder_lifts: bool
    closed_meetings: tuple[Organ, ...]
    imposing: str
    meeting: str
    committee_meeting: str
    marking: str
    lifting: str
    lifting_given: str
    giving_too: str
    lapsing: str
    excluding: str
    excluded: frozenset[PersonKind]

    def name_of(self, organ: str) -> str:
        """What this organ is called, in the language of the screen."""
        return gettext(self.organs[Organ(organ)])

    def kinds(self) -> tuple[Kind, ...]:
        """On what secrecy can lie here."""
        return tuple(kind for kind in Kind if kind != Kind.CLOSED_MEETING or self.closed_meetings)

    def lays_secrecy_on_meetings_of(self, organ: str, committee_of: str) -> bool:
        """Whether the law lays secrecy on a closed meeting: of a committee only when the representative body made it.

        Gemeentewet 23(4) with 82(5), 83(4) and 84(3); Provinciewet 23(4) with 80(5), 81(4) and 82(3).
        """
        return organ in self.closed_meetings and committee_of in ("", Organ.REPRESENTATIVE)

    def lifters(self, secrecy: ImposedSecrecy) -> tuple[Organ, ...]:
        """Who may lift it: who imposed it, of a committee also who set that up; once given to the representative body
        only that one.

        Gemeentewet 23(4) and 89(3) and (4), Provinciewet 23(4) and 86(3) and (4), Waterschapswet 35(4) and 55d(3) and
        (4).
        """
        if secrecy.given_on:
            return (Organ.REPRESENTATIVE,)
        founder = (Organ(secrecy.committee_of),) if secrecy.committee_of and self.founder_lifts else ()
        return (Organ(secrecy.imposed_by), *founder)

    def lifters_by_name(self, secrecy: ImposedSecrecy) -> dict[str, str]:
        """Who may lift it, with what they are called; a committee by its own name."""
        own = {Organ.COMMITTEE: secrecy.committee}
        return {organ: own.get(organ) or self.name_of(organ) for organ in self.lifters(secrecy)}

    def imposer_of(self, secrecy: ImposedSecrecy) -> str:
        """What is called who imposed it; a committee by its own name."""
        return secrecy.committee or self.name_of(secrecy.imposed_by)

    def article_of(self, secrecy: ImposedSecrecy) -> str:
        """By which article the secrecy lies on it."""
        if secrecy.kind != Kind.CLOSED_MEETING:
            return self.imposing
        return self.committee_meeting if secrecy.imposed_by == Organ.COMMITTEE else self.meeting

    def lifting_article_of(self, secrecy: ImposedSecrecy) -> str:
        """Which article says who lifts it."""
        if secrecy.given_on:
            return self.lifting_given
        of_the_whole = secrecy.kind == Kind.CLOSED_MEETING and secrecy.imposed_by != Organ.COMMITTEE
        return self.meeting if of_the_whole else self.lifting


def last_day_excluded(starts_on: date) -> date:
    """The last day for a member who is excluded from then on: three months, Gemeentewet 89(5) and its like."""
    return add_months(starts_on, 3) - timedelta(days=1) if starts_on.year < MAXYEAR else date.max


def load_law(path: Path) -> Law:
    """What a file says. Raises TypeError, KeyError or ValueError for what is unknown or missing."""
    told: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return Law(
        **told
        | {
            "organs": {organ: told["organs"][organ] for organ in Organ},
            "founders": tuple(Organ(organ) for organ in told["founders"]),
            "excluded": frozenset(PersonKind(kind) for kind in told["excluded"]),
            "closed_meetings": tuple(Organ(organ) for organ in told["closed_meetings"]),
        }
    )


def load_grounds(path: Path) -> Mapping[str, Ground]:
    """The interests of a file by their key. Raises TypeError for a field that is unknown or missing."""
    return {key: Ground(**row) for key, row in yaml.safe_load(path.read_text(encoding="utf-8")).items()}


LAWS: Mapping[str, Law] = {kind: load_law(CONTENT / "law" / f"{kind}.yaml") for kind in OrganisationKind}
GROUNDS = load_grounds(CONTENT / "grounds.yaml")


def law_of(organisation_kind: str) -> Law:
    """What holds in a kind of body."""
    return LAWS[organisation_kind]


def ground_in_words(key: str) -> str:
    """The interest with its article; empty for none."""
    found = GROUNDS.get(key)
    return f"{gettext(found.words)} ({found.article})" if found else key
