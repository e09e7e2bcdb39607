"""The obligations that the law puts on a body, as data (content/obligations/*.yaml, one file per law)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import yaml
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext

from openintegriteit.organisations.models import OrganisationKind
from openintegriteit.policy.models import OwnObligation

# What records can tell about; each subject has its contributor in accountability/legal_position.py.
RECORDED = (
    "code_of_officials",
    "code_of_representatives",
    "code_of_executive",
    "code_of_all_office_holders",
    "policy_plan",
    "annual_account",
    "side_jobs_kept",
    "side_jobs_published",
    "interests_kept",
    "side_jobs_decided",
    "side_jobs_in_time",
    "works_decided",
    "interests_decided",
    "interests_answered",
    "gifts_decided",
    "positions_of_elected_members",
    "positions_of_executive_members",
    "positions_of_audit_court_members",
    "positions_and_intentions_of_executive_members",
    "positions_intentions_and_income_of_chair",
    "intentions_of_executive_members",
    "income_of_executive_members",
    "incompatible_positions_of_elected_members",
    "incompatible_positions_of_executive_members",
    "incompatible_positions_of_chair",
    "incompatible_positions_of_audit_court_members",
    "no_undesirable_positions_of_executive_members",
    "no_undesirable_positions_of_chair",
    "rules_of_who_acts",
    "oath_of_who_is_charged_to_act",
    "members_from_outside",
    "integrity_promoted",
    "ex_officio_money_of_executive_members",
    "ex_officio_money_of_chair",
    "prohibited_acts_of_elected_members",
    "prohibited_acts_of_executive_members",
    "prohibited_acts_of_both_boards",
    "prohibited_acts_of_chair",
    "prohibited_acts_of_audit_court_members",
    "prohibited_acts_of_secretary_and_clerk",
    "advice_in_rulings_of_executive_members",
    "oaths_taken",
    "oath_words_known",
    "oaths_of_elected_members",
    "oaths_of_executive_members",
    "oath_of_chair",
    "oaths_of_audit_court_members",
    "certificates_of_executive_members",
    "secrecy_at_departure",
    "abstentions_of_representatives",
    "abstentions_in_executive",
    "abstentions_in_both",
    "secrecy_marked",
    "secrecy_until_lifted",
    "retention_terms",
    "destruction_declared",
)
WORDS_IN_A_CHOICE = 110  # characters: a list on a phone is no place for a whole sentence of law
CONTENT = Path(__file__).parent / "content" / "obligations"


@dataclass(frozen=True, slots=True)
class Obligation:
    """One duty of a body. `mark` tells how sure we are: V read in the law text, S from a secondary source."""

    id: str
    law: str
    bwb_id: str
    text_of: date
    kinds: frozenset[OrganisationKind]
    article: str
    paragraph: str
    who: str
    what: str
    term: str
    checked_by: str
    mark: Literal["V", "S"] = "V"
    not_yet_in_force: bool = False
    in_force_on: date | None = None  # known once the date has been set
    recorded: str = ""  # the subject that records can tell about, as RECORDED names it; empty: only people can

    def __post_init__(self) -> None:
        if self.recorded not in ("", *RECORDED):
            raise ValueError(f"Nobody tells about {self.recorded!r}.")

    def holds_on(self, day: date) -> bool:
        """Whether the law asks it on the day: what is not in force yet holds from the day that has been set."""
        return not self.not_yet_in_force or (self.in_force_on is not None and self.in_force_on <= day)

    @property
    def place(self) -> str:
        """Where it stands in the law, as people cite it: artikel 5, lid 1, onder a."""
        return ", ".join(part for part in (f"artikel {self.article}", self.paragraph) if part)

    @property
    def address(self) -> str:
        """The article in the text of the law that was read."""
        return f"https://wetten.overheid.nl/{self.bwb_id}/{self.text_of:%Y-%m-%d}#Artikel{self.article}"


def load_obligations(folder: Path) -> tuple[Obligation, ...]:
    """The obligations of all files in a folder, in the order of file and place.

    Raises TypeError for a field that is unknown or missing, and ValueError for an unknown kind of body or subject.
    """
    obligations = []
    for path in sorted(folder.glob("*.yaml")):
        law = yaml.safe_load(path.read_text(encoding="utf-8"))
        rows = law.pop("obligations")
        kinds = frozenset(OrganisationKind(kind) for kind in law.pop("kinds"))
        obligations += [Obligation(**law, kinds=kinds, **row) for row in rows]
    return tuple(obligations)


OBLIGATIONS = load_obligations(CONTENT)


def obligations_of(kind: str) -> list[Obligation]:
    """The obligations of a kind of body."""
    return [obligation for obligation in OBLIGATIONS if kind in obligation.kinds]


def obligation_named(identifier: str, kind: str) -> Obligation | None:
    """The obligation with this id, if it holds for the kind of body."""
    return next((found for found in obligations_of(kind) if found.id == identifier), None)


def obligation_choices(kind: str, own: Iterable[OwnObligation]) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a kind of body can choose from, under the laws: id or key, with the place and the beginning of its words."""
    laws: dict[str, list[tuple[str, str]]] = {}
    for duty in obligations_of(kind):
        laws.setdefault(duty.law, []).append((duty.id, _short(duty.place, duty.what)))
    for added in own:
        laws.setdefault(added.law, []).append((str(added.pk), _short(added.place, added.what)))
    return list(laws.items())


def _short(place: str, what: str) -> str:
    return Truncator(f"{place}: {what}" if place else what).chars(WORDS_IN_A_CHOICE)


def obligation_label(identifier: str) -> str:
    """How an obligation is called in a list: its law and place; an own one only says that it is one (no query)."""
    found = next((obligation for obligation in OBLIGATIONS if obligation.id == identifier), None)
    return f"{found.law}, {found.place}" if found else gettext("an obligation of your own")


def named_obligation(identifier: str) -> tuple[str, str] | None:
    """How an obligation is called, and the address of its page (one query for an own one); None for none.

    One that is there no more has no address.
    """
    if not identifier:
        return None
    if any(obligation.id == identifier for obligation in OBLIGATIONS):
        return obligation_label(identifier), obligation_address(identifier)
    own = next((duty for duty in OwnObligation.objects.all() if str(duty.pk) == identifier), None)
    return (str(own), obligation_address(identifier)) if own else (obligation_label(identifier), "")


def obligation_address(identifier: str) -> str:
    """The page where the body says how it stands on an obligation."""
    return reverse("accountability:obligation", args=[identifier])
