"""What the register shows about duties of law."""

from datetime import date, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openintegriteit.core.contracts import RecordedAnswer
from openintegriteit.core.roles import Role
from openintegriteit.registers.abstentions.due import RECORD_WITHIN
from openintegriteit.registers.abstentions.models import Meeting, MeetingBody
from openintegriteit.registers.abstentions.permissions import POLICY

LOOKED_BACK = timedelta(days=365)
# Each duty to abstain, and whose meetings show whether that is recorded: Gemeentewet 28 and 58, Provinciewet 28 and 58,
# Waterschapswet 38a, which by 45 holds in the daily board too.
SUBJECTS: dict[str, tuple[MeetingBody, ...]] = {
    "abstentions_of_representatives": (MeetingBody.REPRESENTATIVE,),
    "abstentions_in_executive": (MeetingBody.EXECUTIVE,),
    "abstentions_in_both": (MeetingBody.REPRESENTATIVE, MeetingBody.EXECUTIVE),
}


def recorded_answers(day: date) -> list[RecordedAnswer]:
    """Whether of every meeting of the past year it is recorded who abstained, or that nobody did (one query).

    A meeting of the last fourteen days may still wait. Records cannot show that somebody should have abstained.
    """
    held = Meeting.objects.held().filter(held_on__range=(day - LOOKED_BACK, day - RECORD_WITHIN))
    done = Count("pk", filter=Q(concluded_on__isnull=False))
    counted = held.order_by().values_list("body").annotate(in_all=Count("pk"), done=done)
    numbers = {body: (in_all, concluded) for body, in_all, concluded in counted}
    return [_answer(subject, [numbers.get(body, (0, 0)) for body in bodies]) for subject, bodies in SUBJECTS.items()]


def _answer(subject: str, numbers: list[tuple[int, int]]) -> RecordedAnswer:
    in_all, done = sum(all_ for all_, _done in numbers), sum(done for _all, done in numbers)
    if not in_all:
        reason = _("No meeting of the past year stands in the register.")
    elif done < in_all:
        reason = _("Of %(missing)d of %(in_all)d meetings of the past year it is not recorded who abstained.") % {
            "missing": in_all - done,
            "in_all": in_all,
        }
    elif not all(all_ for all_, _done in numbers):
        reason = _("In the past year meetings of only one of the two boards stand in the register.")
    else:
        reason = ngettext(
            "Of the %(number)d meeting of the past year it is recorded who abstained, or that nobody did.",
            "Of all %(number)d meetings of the past year it is recorded who abstained, or that nobody did.",
            in_all,
        ) % {"number": in_all}
        reason += " " + _("Whether somebody should have abstained, these records do not show.")
    met = done == in_all and all(all_ for all_, _done in numbers)
    readers: frozenset[Role] = POLICY.roles("view")
    return RecordedAnswer(subject, "met" if met else "not_shown", reason, reverse("abstentions:meetings"), readers)
