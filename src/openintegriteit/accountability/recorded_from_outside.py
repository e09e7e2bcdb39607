"""What two registers show together about members of the daily board of a water board who come from outside."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Literal
from uuid import UUID

from django.db.models import Case, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openintegriteit.core.contracts import RecordedAnswer
from openintegriteit.organisations.models import HeldAs, Person
from openintegriteit.organisations.queries import body_in_scope, holding_as, in_office_since
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.declarations.queries import answered
from openintegriteit.registers.declarations.recorded import unanswered
from openintegriteit.registers.oaths.models import ForWhom, Oath
from openintegriteit.registers.oaths.rules import is_of_earlier_term
from openintegriteit.registers.outside_positions.operations import REGISTER as POSITIONS
from openintegriteit.registers.outside_positions.queries import beside_the_law
from openintegriteit.registers.prohibited_acts.operations import REGISTER as ACTS
from openintegriteit.registers.prohibited_acts.queries import without_exemption
from openintegriteit.registers.prohibited_acts.recorded import what_goes_on

READERS = POLICY.roles("view_office_holders")


def recorded_answers(day: date) -> list[RecordedAnswer]:
    """Waterschapswet 45: the oath (34), and the functions (31) and the acts (33) that the law forbids.

    Met where nobody is from outside. At most five queries.
    """
    outside = Person.objects.present_on(day).filter(holding_as([HeldAs.FROM_OUTSIDE], day))
    has_answered = Case(When(answered(POSITIONS) & answered(ACTS), then=Value(True)), default=Value(False))
    people = list(outside.annotate(began=in_office_since(day), has=has_answered).values_list("pk", "began", "has"))
    if not people:
        return [_answer(_("Nobody comes from outside the general board."), met=True)]
    oaths = Oath.objects.standing().filter(person__in=outside, for_whom=ForWhom.EXECUTIVE_MEMBER)
    days: dict[UUID, list[date]] = defaultdict(list)
    for person, taken_on in oaths.order_by("taken_on").values_list("person", "taken_on"):
        days[person].append(taken_on)
    late = sum(not _in_time(days[person], began) for person, began, _has in people)
    unknown = sum(began is None for _person, began, _has in people)
    silent = sum(not has for _person, _began, has in people)
    organisation = body_in_scope()
    held = [row for row in beside_the_law(organisation, day) if row.from_outside]
    waiting = sum(row.is_open or row.is_to_be_given_up for row in held)
    acts = without_exemption(organisation.kind, day).filter(declaration__person__in=outside)
    told = []
    if late:
        told.append(
            _("Of %(missing)d of %(in_all)d no oath or affirmation is known of before the office began.")
            % {"missing": late, "in_all": len(people)}
        )
    if unknown:
        told.append(
            _("Of %(missing)d of %(in_all)d nobody knows when the office began.")
            % {"missing": unknown, "in_all": len(people)}
        )
    if silent:
        told.append(unanswered(silent, len(people)))
    if waiting:
        told.append(
            ngettext(
                "%(number)d declared position looks like a function that the law forbids, or was to be given up.",
                "%(number)d declared positions look like functions that the law forbids, or were to be given up.",
                waiting,
            )
            % {"number": waiting}
        )
    told += what_goes_on(list(acts.values_list("act", flat=True)))
    if told:
        return [_answer(" ".join(told), met=False)]
    reason = ngettext(
        "The %(number)d person concerned took the oath or affirmation, and no position or act waits to be looked at.",
        "All %(number)d people concerned took the oath or affirmation, and no position or act waits to be looked at.",
        len(people),
    ) % {"number": len(people)}
    silence = _("What somebody did not declare, these records do not show.")
    return [_answer(f"{reason} {silence}", met=True)]


def _in_time(days: Sequence[date], began: date | None) -> bool:
    """Whether the first oath of the term came in time: before the office began, where that day is known."""
    of_term = [day for day in days if began is None or not is_of_earlier_term(day, began)]
    return bool(of_term) and (began is None or of_term[0] <= began)


def _answer(reason: str, *, met: bool) -> RecordedAnswer:
    address = reverse("outside_positions:positions")
    state: Literal["met", "not_shown"] = "met" if met else "not_shown"
    return RecordedAnswer("members_from_outside", state, reason, address, READERS, about_few=True)
