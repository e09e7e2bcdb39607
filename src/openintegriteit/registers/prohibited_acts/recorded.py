"""What the register shows about duties of law: whether somebody was laid beside the list of prohibited acts."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from django.db.models import Case, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openintegriteit.core.contracts import RecordedAnswer
from openintegriteit.core.roles import Role
from openintegriteit.organisations.models import ACTING, OFFICE_HOLDERS, PersonKind
from openintegriteit.organisations.queries import body_in_scope, holding_as
from openintegriteit.registers.abstentions.law import OFFICIALS
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.declarations.queries import answered
from openintegriteit.registers.declarations.recorded import unanswered
from openintegriteit.registers.prohibited_acts.models import NeverExempted
from openintegriteit.registers.prohibited_acts.operations import REGISTER
from openintegriteit.registers.prohibited_acts.queries import bound, list_address, without_exemption

READERS = POLICY.roles("view_office_holders")
READERS_OF_OFFICIALS = POLICY.roles("view_officials")
ELECTED, EXECUTIVE = PersonKind.ELECTED_MEMBER, PersonKind.EXECUTIVE_MEMBER
# Gemeentewet 15(1), 41c(1), 69(1) and 81h, Provinciewet 15(1), 40c(1), 68(1) and 79h, Waterschapswet 33(1), 47(3) and
# 51ah. Of a water board who sits in the daily board is a member of the general board, or is treated as one (45).
KINDS: Mapping[str, tuple[PersonKind, ...]] = {
    "prohibited_acts_of_elected_members": (ELECTED,),
    "prohibited_acts_of_executive_members": (EXECUTIVE,),
    "prohibited_acts_of_both_boards": (ELECTED, EXECUTIVE),
    "prohibited_acts_of_chair": (PersonKind.CHAIR,),
    "prohibited_acts_of_audit_court_members": (PersonKind.AUDIT_COURT_MEMBER,),
}
RULINGS = frozenset({NeverExempted.AGENT_IN_RULINGS})  # Provinciewet 47
SECRETARY_AND_CLERK = 2
ACTS_OF_WHO_ACTS = "prohibited_acts_of_who_acts"  # a part of what rules_of_who_acts tells


def recorded_answers(day: date) -> list[RecordedAnswer]:
    """Whether everybody of a kind answered and nothing goes on without an exemption (three queries).

    What somebody did not declare, and whether an exemption is about the very contract, no record shows.
    """
    kind = body_in_scope().kind
    has_answered = Case(When(answered(REGISTER), then=Value(True)), default=Value(False))
    asked = bound(kind, day).order_by().annotate(has=has_answered, for_chair=holding_as(ACTING, day))
    for_chair = holding_as(ACTING, day, "declaration__person__")
    going_on = without_exemption(kind, day).values_list("declaration__person__kind", "act", for_chair)
    everybody, every_act = list(asked.values_list("kind", "has", "for_chair")), list(going_on)
    people = Counter((of_kind, has) for of_kind, has, _acts in everybody)
    acting = Counter((of_kind, has) for of_kind, has, acts in everybody if acts)
    of_list = [(of_kind, act) for of_kind, act, _acts in every_act if act not in RULINGS]
    of_rulings = [(of_kind, act) for of_kind, act, _acts in every_act if act in RULINGS]
    of_acting = [(of_kind, act) for of_kind, act, acts in every_act if acts and act not in RULINGS]
    return [
        *(_answer(subject, _told(people, of_list, kinds)) for subject, kinds in KINDS.items()),
        _answer(
            "advice_in_rulings_of_executive_members", _told(people, of_rulings, (EXECUTIVE,), may_be_exempted=False)
        ),
        _of_officials(people, of_list),
        # Gemeentewet 80 with 69(1), Provinciewet 78 with 68(1)
        _answer(ACTS_OF_WHO_ACTS, _told(acting, of_acting, OFFICE_HOLDERS) if acting else (True, "")),
    ]


def _answer(subject: str, told: tuple[bool, str], readers: frozenset[Role] = READERS) -> RecordedAnswer:
    met, reason = told
    state: Literal["met", "not_shown"] = "met" if met else "not_shown"
    return RecordedAnswer(subject, state, reason, list_address(), readers, about_few=True)


def _of_officials(people: Counter[tuple[str, bool]], acts: Iterable[tuple[str, str]]) -> RecordedAnswer:
    """Gemeentewet 101, Provinciewet 98."""
    told = _told(people, acts, OFFICIALS)
    if sum(_counted(people, OFFICIALS)) < SECRETARY_AND_CLERK:
        told = False, _("It does not stand under “Designated positions” who the secretary and who the clerk is.")
    return _answer("prohibited_acts_of_secretary_and_clerk", told, READERS_OF_OFFICIALS)


def _counted(people: Counter[tuple[str, bool]], kinds: Collection[str]) -> Iterator[int]:
    yield from (number for (kind, _has), number in people.items() if kind in kinds)


def what_goes_on(acts: Sequence[str]) -> Iterator[str]:
    """What to say of declared acts for which no exemption runs; nothing of none."""
    never = sum(act in NeverExempted for act in acts)
    if without := len(acts) - never:
        yield ngettext(
            "%(number)d declared act goes on without an exemption.",
            "%(number)d declared acts go on without an exemption.",
            without,
        ) % {"number": without}
    if never:
        yield ngettext(
            "%(number)d declared act still goes on. No exemption can be granted for it.",
            "%(number)d declared acts still go on. No exemption can be granted for them.",
            never,
        ) % {"number": never}


def _told(
    people: Counter[tuple[str, bool]],
    acts: Iterable[tuple[str, str]],
    kinds: Collection[str],
    *,
    may_be_exempted: bool = True,
) -> tuple[bool, str]:
    in_all = sum(_counted(people, kinds))
    missing = sum(number for (kind, has), number in people.items() if kind in kinds and not has)
    if not in_all:
        return False, _("Nobody of this kind stands in the list of people.")
    told = [unanswered(missing, in_all)] if missing else []
    told += what_goes_on([act for kind, act in acts if kind in kinds])
    if told:
        return False, " ".join(told)
    if may_be_exempted:
        answer = ngettext(
            "The %(number)d person concerned has answered, and nothing declared goes on without an exemption.",
            "All %(number)d people concerned have answered, and nothing declared goes on without an exemption.",
            in_all,
        )
    else:
        answer = ngettext(
            "The %(number)d person concerned has answered, and did not declare that this goes on now.",
            "All %(number)d people concerned have answered, and nobody declared that this goes on now.",
            in_all,
        )
    answer %= {"number": in_all}
    silence = _("What somebody did not declare, these records do not show.")
    return True, f"{answer} {silence}"
