"""What two registers show together about members of the daily board of a water board who come from outside."""

from datetime import date

from django.db.models import Exists, OuterRef, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openintegriteit.core.contracts import RecordedAnswer
from openintegriteit.organisations.models import HeldAs, Person
from openintegriteit.organisations.queries import body_in_scope, holding_as, in_office_since
from openintegriteit.registers.declarations.models import Declaration, NothingToDeclare, RegisterKey
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.oaths.models import ForWhom, Oath
from openintegriteit.registers.outside_positions.queries import beside_the_law

READERS = POLICY.roles("view_list")


def recorded_answers(day: date) -> list[RecordedAnswer]:
    """Waterschapswet 45: the oath (34) and the functions that the law forbids (31); met where nobody is from outside.

    At most three queries. Nothing here tells about the acts that the law forbids (33).
    """
    outside = Person.objects.present_on(day).filter(holding_as([HeldAs.FROM_OUTSIDE], day))
    oaths = Oath.objects.standing().filter(person=OuterRef("pk"), for_whom=ForWhom.EXECUTIVE_MEMBER)
    declared = Declaration.objects.filter(
        person=OuterRef("pk"), register=RegisterKey.OUTSIDE_POSITIONS, withdrawn_on__isnull=True
    )
    nothing = NothingToDeclare.objects.filter(person=OuterRef("pk"), register=RegisterKey.OUTSIDE_POSITIONS)
    rows = outside.annotate(
        began=in_office_since(day),
        taken_on=Subquery(oaths.order_by("taken_on").values("taken_on")[:1]),
        answered=Exists(declared) | Exists(nothing),
    )
    people = list(rows.values_list("began", "taken_on", "answered"))
    if not people:
        return [_answer(_("Nobody comes from outside the general board."), met=True)]
    late = sum(taken_on is None or (began is not None and taken_on > began) for began, taken_on, _answered in people)
    silent = sum(not answered for _began, _taken_on, answered in people)
    held = [row for row in beside_the_law(body_in_scope(), day) if row.from_outside]
    waiting = sum(row.is_open or row.is_to_be_given_up for row in held)
    told = []
    if late:
        told.append(
            _("Of %(missing)d of %(in_all)d no oath or affirmation is known of before the office began.")
            % {"missing": late, "in_all": len(people)}
        )
    if silent:
        told.append(
            _("%(missing)d of %(in_all)d have not declared anything yet, nor that there is nothing.")
            % {"missing": silent, "in_all": len(people)}
        )
    if waiting:
        told.append(
            ngettext(
                "%(number)d declared position looks like a function that the law forbids, or was to be given up.",
                "%(number)d declared positions look like functions that the law forbids, or were to be given up.",
                waiting,
            )
            % {"number": waiting}
        )
    if told:
        return [_answer(" ".join(told), met=False)]
    reason = ngettext(
        "The %(number)d person concerned took the oath or affirmation, and no position waits to be looked at.",
        "All %(number)d people concerned took the oath or affirmation, and no position waits to be looked at.",
        len(people),
    ) % {"number": len(people)}
    acts = _("Acts that the law forbids, these records do not show.")
    return [_answer(f"{reason} {acts}", met=True)]


def _answer(reason: str, *, met: bool) -> RecordedAnswer:
    address = reverse("outside_positions:positions")
    return RecordedAnswer("members_from_outside", "met" if met else "not_shown", reason, address, READERS)
