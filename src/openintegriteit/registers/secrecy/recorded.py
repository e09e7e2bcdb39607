"""What the register shows about duties of law."""

from datetime import date

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openintegriteit.core.contracts import RecordedAnswer
from openintegriteit.registers.secrecy.models import ImposedSecrecy
from openintegriteit.registers.secrecy.permissions import POLICY

MARKED, UNTIL_LIFTED = "secrecy_marked", "secrecy_until_lifted"


def recorded_answers(day: date) -> list[RecordedAnswer]:
    """Whether what runs was marked, and what the list holds (one query).

    Marked: Gemeentewet 89(1), Provinciewet 86(1), Waterschapswet 55d(1). Until it is lifted: paragraphs 2 to 4 there.
    """
    running = Q(lifted_on__isnull=True)  # what lapses does so in a joint body, of which this tells nothing
    counts = ImposedSecrecy.objects.standing().aggregate(
        in_all=Count("pk"),
        running=Count("pk", filter=running),
        unmarked=Count("pk", filter=running & Q(marked_on__isnull=True)),
        late=Count("pk", filter=running & Q(marked_on__gt=F("imposed_on"))),
        overdue=Count("pk", filter=running & Q(review_on__lt=day)),
    )
    return [_marked(counts), _until_lifted(counts)]


def _marked(counts: dict[str, int]) -> RecordedAnswer:
    running, unmarked, late = counts["running"], counts["unmarked"], counts["late"]
    if not counts["in_all"]:
        reason = _nothing()
    elif unmarked:
        reason = _("Of %(missing)d of %(in_all)d that run it is not recorded how it was marked as secret or told.") % {
            "missing": unmarked,
            "in_all": running,
        }
    elif not running:
        reason = _("Nothing of what stands in the register is secret any more.")
    else:
        reason = ngettext(
            "The %(number)d that runs was marked as secret or told.",
            "All %(number)d that run were marked as secret or told.",
            running,
        ) % {"number": running}
        if late:
            reason += " " + ngettext(
                "%(number)d of them later than the day on which it was imposed.",
                "%(number)d of them later than the day on which they were imposed.",
                late,
            ) % {"number": late}
    return _answer(MARKED, bool(counts["in_all"]) and not unmarked, reason)


def _until_lifted(counts: dict[str, int]) -> RecordedAnswer:
    if not counts["in_all"]:
        return _answer(UNTIL_LIFTED, False, _nothing())
    reason = _("The list holds %(running)d that run and %(lifted)d that were lifted by who may.") % {
        "running": counts["running"],
        "lifted": counts["in_all"] - counts["running"],
    }
    if counts["overdue"]:
        overdue = _("%(number)d should have been looked at again by now.") % {"number": counts["overdue"]}
        reason += f" {overdue}"
    reason += " " + _("Whether everybody keeps to it, these records do not show.")
    return _answer(UNTIL_LIFTED, True, reason)


def _nothing() -> str:
    return _("No imposed secrecy stands in the register.")


def _answer(subject: str, met: bool, reason: str) -> RecordedAnswer:
    return RecordedAnswer(subject, "met" if met else "not_shown", reason, reverse("secrecy:list"), POLICY.roles("view"))
