"""Where the body stands on what the law asks: what records show beside what people say, duty by duty."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, cast

from django.core.cache import cache
from django.utils.translation import gettext_lazy as _

from openintegriteit.accountability.recorded import recorded_answers as recorded_by_account
from openintegriteit.accountability.recorded_acting import rules_of_who_acts
from openintegriteit.accountability.recorded_from_outside import recorded_answers as recorded_from_outside
from openintegriteit.accountability.recorded_promoting import recorded_answers as recorded_promoting
from openintegriteit.core.contracts import RecordedAnswer
from openintegriteit.core.roles import Actor
from openintegriteit.organisations.models import Organisation
from openintegriteit.policy.models import AnswerState, ObligationAnswer, OwnObligation
from openintegriteit.policy.obligations import Obligation, obligation_named, obligations_of
from openintegriteit.policy.recorded import recorded_answers as recorded_by_policy
from openintegriteit.registers.abstentions.recorded import recorded_answers as recorded_by_abstentions
from openintegriteit.registers.departures.recorded import recorded_answers as recorded_by_departures
from openintegriteit.registers.gifts.recorded import recorded_answers as recorded_by_gifts
from openintegriteit.registers.interests.recorded import recorded_answers as recorded_by_interests
from openintegriteit.registers.oaths.recorded import recorded_answers as recorded_by_oaths
from openintegriteit.registers.outside_positions.recorded import recorded_answers as recorded_by_outside_positions
from openintegriteit.registers.prohibited_acts.recorded import recorded_answers as recorded_by_prohibited_acts
from openintegriteit.registers.screening.recorded import recorded_answers as recorded_by_screening
from openintegriteit.registers.secrecy.recorded import recorded_answers as recorded_by_secrecy
from openintegriteit.retention.recorded import recorded_answers as recorded_by_retention

# Who says what records show. A new app adds itself here.
RECORDED = (
    recorded_by_policy,
    recorded_by_account,
    recorded_by_oaths,
    recorded_by_outside_positions,
    recorded_by_interests,
    recorded_by_gifts,
    recorded_by_screening,
    recorded_by_departures,
    recorded_by_abstentions,
    recorded_by_prohibited_acts,
    recorded_by_secrecy,
    recorded_by_retention,
    recorded_from_outside,
    recorded_promoting,
)
State = Literal["met", "partly", "not_met", "not_applicable", "open", "not_yet"]
TAGS: dict[State, tuple[str, Any]] = {
    "met": ("ok", _("met")),
    "partly": ("soon", _("partly met")),
    "not_met": ("late", _("not met")),
    "not_applicable": ("neutral", _("does not apply here")),
    "open": ("info", _("not answered")),
    "not_yet": ("neutral", _("not in force yet")),
}
REMEMBERED = 5 * 60  # for how many seconds desks tell what records showed
STATES: tuple[State, ...] = ("not_met", "partly", "open", "met", "not_applicable", "not_yet")


@dataclass(frozen=True, slots=True)
class Position:
    """One duty with everything that is known about it. `key` names it in addresses.

    `state` is what people say; as long as nobody did, "met" where records show it, and otherwise "open" or, for law
    that does not hold yet, "not_yet".
    """

    key: str
    law: str
    place: str
    who: str
    what: str
    term: str
    checked_by: str
    address: str
    own: OwnObligation | None
    state: State
    recorded: RecordedAnswer | None
    answer: ObligationAnswer | None

    @property
    def tag(self) -> tuple[str, Any]:
        """The tone and the words of the state."""
        return TAGS[self.state]

    @property
    def differs(self) -> bool:
        """Whether people say that it is met while records do not show it, or the other way round."""
        if self.answer is None or self.recorded is None:
            return False
        return (self.answer.state == AnswerState.MET) != (self.recorded.state == "met")

    def seen_by(self, actor: Actor) -> "Position":
        """The duty as it is for the actor, with links to what they may open only."""
        return replace(self, recorded=self.recorded.seen_by(actor)) if self.recorded else self

    def is_review_overdue(self, day: date) -> bool:
        """Whether somebody should have looked again before the day."""
        return self.answer is not None and self.answer.is_review_overdue(day)


def legal_position(organisation: Organisation, day: date) -> list[Position]:
    """Every duty of the body on a day, in the order of the laws, its own last (thirty-three queries)."""
    recorded = {found.subject: found for found in _shown(day)}
    answers = {answer.obligation: answer for answer in ObligationAnswer.objects.all()}
    own = OwnObligation.objects.exclude(ended_on__lte=day)
    return [
        *(_of_law(duty, recorded, answers.get(duty.id), day) for duty in obligations_of(organisation.kind)),
        *(_of_own(duty, answers.get(str(duty.pk))) for duty in own),
    ]


@dataclass(frozen=True, slots=True)
class PositionInNumbers:
    """How many duties are in each state, and how many answers somebody should have looked at again."""

    states: dict[State, int]
    overdue: int


def position_in_numbers(organisation: Organisation, day: date) -> PositionInNumbers:
    """Where the body stands, counted, for the desks (three queries while it is remembered what the records show).

    That is remembered for five minutes: everybody who governs or watches opens a desk, and asking every register costs
    more than the rest of it. What people answer is as it is now, and so is the page with the duties themselves.
    """
    key = f"shown-met:{organisation.pk}:{day}"
    met: set[str] = cache.get_or_set(key, lambda: _shown_met(day), REMEMBERED) or set()
    answers = {answer.obligation: answer for answer in ObligationAnswer.objects.all()}
    own = {str(duty.pk) for duty in OwnObligation.objects.exclude(ended_on__lte=day)}
    of_law = obligations_of(organisation.kind)
    states = [_state(duty, answers.get(duty.id), duty.recorded in met, day) for duty in of_law]
    states += [cast(State, answers[key].state) if key in answers else "open" for key in own]
    named = own | {duty.id for duty in of_law}
    overdue = sum(1 for key, answer in answers.items() if key in named and answer.is_review_overdue(day))
    return PositionInNumbers({state: states.count(state) for state in STATES}, overdue)


def _shown_met(day: date) -> set[str]:
    return {found.subject for found in _shown(day) if found.state == "met"}


def _shown(day: date) -> list[RecordedAnswer]:
    found = [answer for contributor in RECORDED for answer in contributor(day)]
    return [*found, rules_of_who_acts(found)]


def position_named(organisation: Organisation, key: str, day: date) -> Position | None:
    """One duty of the body by its key; also one of its own that has ended. None when there is none."""
    answer = ObligationAnswer.objects.filter(obligation=key).first()
    if of_law := obligation_named(key, organisation.kind):
        recorded = {found.subject: found for found in _shown(day)}
        return _of_law(of_law, recorded, answer, day)
    own = next((duty for duty in OwnObligation.objects.all() if str(duty.pk) == key), None)
    return _of_own(own, answer) if own else None


def counted(positions: Sequence[Position]) -> dict[State, int]:
    """How many duties there are in each state, those that ask something first; states without any are left out."""
    numbers: dict[State, int] = {state: sum(1 for found in positions if found.state == state) for state in STATES}
    return {state: number for state, number in numbers.items() if number}


def by_law(positions: Sequence[Position]) -> Iterator[tuple[str, list[Position]]]:
    """The duties under the law in which they stand."""
    laws: dict[str, list[Position]] = {}
    for position in positions:
        laws.setdefault(position.law, []).append(position)
    yield from laws.items()


def _of_law(
    duty: Obligation, recorded: dict[str, RecordedAnswer], answer: ObligationAnswer | None, day: date
) -> Position:
    shown = recorded.get(duty.recorded)
    return Position(
        key=duty.id,
        law=duty.law,
        place=duty.place,
        who=duty.who,
        what=duty.what,
        term=duty.term,
        checked_by=duty.checked_by,
        address=duty.address,
        own=None,
        state=_state(duty, answer, shown is not None and shown.state == "met", day),
        recorded=shown,
        answer=answer,
    )


def _state(duty: Obligation, answer: ObligationAnswer | None, is_shown_met: bool, day: date) -> State:
    if answer is not None:
        return cast(State, answer.state)
    if is_shown_met:
        return "met"
    return "open" if duty.holds_on(day) else "not_yet"


def _of_own(duty: OwnObligation, answer: ObligationAnswer | None) -> Position:
    return Position(
        key=str(duty.pk),
        law=duty.law,
        place=duty.place,
        who=duty.who,
        what=duty.what,
        term=duty.term,
        checked_by=duty.checked_by,
        address=duty.address,
        own=duty,
        state=cast(State, answer.state) if answer else "open",
        recorded=None,
        answer=answer,
    )
