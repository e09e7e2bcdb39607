"""What the register shows about duties of law."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openintegriteit.core.contracts import RecordedAnswer
from openintegriteit.registers.declarations.models import Declaration, Regime
from openintegriteit.registers.declarations.queries import answered
from openintegriteit.registers.declarations.recorded import READERS, counted, decided
from openintegriteit.registers.designations.models import Designation
from openintegriteit.registers.designations.permissions import POLICY as DESIGNATIONS
from openintegriteit.registers.interests.models import InterestKind
from openintegriteit.registers.interests.operations import REGISTER
from openintegriteit.registers.interests.queries import DUTY, owing

WORKS = Q(financial_interest__kind=InterestKind.WORKS)
PARTS = {"works_decided": WORKS, "interests_decided": ~WORKS}  # art. 8(1)b; art. 8(1)c and d


def recorded_answers(day: date) -> list[RecordedAnswer]:
    """What the register shows about Ambtenarenwet 2017, art. 5(1)d, 8(1)b to d and 8(2)b (three queries)."""
    of_officials = Declaration.objects.filter(register=REGISTER, regime=Regime.OFFICIALS)
    numbers = of_officials.aggregate(
        **{f"{subject}_{name}": count for subject, part in PARTS.items() for name, count in counted(day, part).items()}
    )
    per_part = {
        subject: {name: numbers[f"{subject}_{name}"] for name in ("in_all", "waiting", "forbidden")}
        for subject in PARTS
    }
    waiting = sum(part["waiting"] for part in per_part.values())
    address = reverse("interests:interests")
    return [*_of_designated(day, waiting), *(decided(subject, per_part[subject], address) for subject in PARTS)]


def _of_designated(day: date, waiting: int) -> Iterator[RecordedAnswer]:
    """Whether positions are designated, and who holds them has answered: art. 5(1)d and 8(2)b."""
    designated = Designation.objects.holding_on(day).filter(**{DUTY: True}).count()
    if not designated:
        reason = _("No position has been designated of which the holders declare their financial interests.")
        address = reverse("designations:designations")
        for subject in ("interests_kept", "interests_answered"):
            yield RecordedAnswer(subject, "not_shown", reason, address, DESIGNATIONS.roles("view"))
        return
    people = owing(day).aggregate(in_all=Count("pk"), answered=Count("pk", filter=answered(REGISTER)))
    missing = people["in_all"] - people["answered"]
    told = f"{_positions(designated)} {_holders(people['in_all'], missing)}"
    address = reverse("interests:unanswered" if missing else "interests:interests")
    state: Literal["met", "not_shown"] = "not_shown" if missing or waiting else "met"
    yield RecordedAnswer("interests_kept", state, f"{told} {_waiting(waiting)} {_not_shown()}", address, READERS)
    yield RecordedAnswer("interests_answered", "not_shown" if missing else "met", told, address, READERS)


def _positions(number: int) -> str:
    return ngettext(
        "%(number)d position has been designated.", "%(number)d positions have been designated.", number
    ) % {"number": number}


def _holders(in_all: int, missing: int) -> str:
    if not in_all:
        return _("Nobody holds them now.")
    if not missing:
        return _("Everybody who holds them has answered.")
    return _("%(missing)d of %(in_all)d who hold them have not answered yet.") % {"missing": missing, "in_all": in_all}


def _waiting(number: int) -> str:
    if not number:
        return _("Nothing waits for a decision.")
    return ngettext("%(number)d waits for a decision.", "%(number)d wait for a decision.", number) % {"number": number}


def _not_shown() -> str:
    return _("Which interests are forbidden, these records do not show.")
