"""What the register shows about duties of law."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openintegriteit.core.contracts import RecordedAnswer
from openintegriteit.organisations.models import PersonKind
from openintegriteit.registers.declarations.models import Regime
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.departures.models import Departure
from openintegriteit.registers.departures.queries import A_YEAR, who_left

SUBJECT = "secrecy_at_departure"


def recorded_answers(day: date) -> list[RecordedAnswer]:
    """Whether officials who left in the past year were reminded of secrecy: Ambtenarenwet 2017, art. 9 (one query)."""
    reminded = Departure.objects.standing().filter(
        person=OuterRef("pk"), left_on=OuterRef("left_on"), reminded_on__isnull=False
    )
    people = who_left([Regime.OFFICIALS], day - A_YEAR, day).filter(kind=PersonKind.OFFICIAL)
    counts = people.annotate(reminded=Exists(reminded)).aggregate(
        in_all=Count("pk"), done=Count("pk", filter=Q(reminded=True))
    )
    in_all, missing = counts["in_all"], counts["in_all"] - counts["done"]
    if not in_all:
        reason = _("No official left in the past year, by the list of people.")
    elif missing:
        reason = _("Of %(missing)d of the %(in_all)d who left in the past year no reminder is recorded.") % {
            "missing": missing,
            "in_all": in_all,
        }
    else:
        reason = ngettext(
            "The %(number)d official who left in the past year was reminded in writing.",
            "All %(number)d officials who left in the past year were reminded in writing.",
            in_all,
        ) % {"number": in_all}
    met = in_all and not missing
    readers = POLICY.roles("view_officials")
    return [RecordedAnswer(SUBJECT, "met" if met else "not_shown", reason, reverse("departures:departures"), readers)]
