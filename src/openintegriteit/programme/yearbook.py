"""What the programme contributes to the account of a year: figures counted from activities and measures."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlencode
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openintegriteit.core.clock import today
from openintegriteit.core.contracts import Figure, Period
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.figures.catalogue import counted
from openintegriteit.programme.forms_activities import LOOK_BACK
from openintegriteit.programme.models import Activity, ActivityKind, Measure
from openintegriteit.ui.listing import address_word


@dataclass(frozen=True, slots=True)
class CountedActivities:
    """An indicator that sums a count over the activities of one kind."""

    code: str
    kind: ActivityKind
    count: Literal["sessions", "participants"]


COUNTED = (
    CountedActivities("oath-ceremonies", ActivityKind.CEREMONY, "sessions"),
    CountedActivities("oath-persons", ActivityKind.CEREMONY, "participants"),
    CountedActivities("training-sessions", ActivityKind.TRAINING, "sessions"),
    CountedActivities("training-participants", ActivityKind.TRAINING, "participants"),
    CountedActivities("team-talks", ActivityKind.TEAM_TALK, "sessions"),
)


def figures(organisation_id: UUID, periods: Sequence[Period]) -> list[Figure]:
    """The figures of the periods that the records of the programme can tell (two queries).

    An activity counts once, in the year of its account, when it was held or is under way; called-off and planned ones
    do not count. When the number of one of them is not known, the sum is not known either: `value` is None, and
    `source` tells how far the known numbers go. Nothing recorded of a kind is zero.
    """
    with organisation_scope(organisation_id):
        years = [period.year for period in periods]
        told = list(Activity.objects.looked_back_on(*years).only("kind", "year", "sessions", "participants"))
        in_plan = Measure.objects.count()
    of_year = {year: [activity for activity in told if activity.year == year] for year in years}
    return [
        figure
        for period in periods
        for figure in (
            *(_summed(rule, period, of_year[period.year]) for rule in COUNTED),
            _measures_in_plan(period, in_plan),
        )
    ]


def _summed(rule: CountedActivities, period: Period, activities: Iterable[Activity]) -> Figure:
    counts = [getattr(activity, rule.count) for activity in activities if activity.kind == rule.kind]
    known = [count for count in counts if count is not None]
    unknown = len(counts) - len(known)
    source = ngettext("%(number)d activity of %(year)s", "%(number)d activities of %(year)s", len(counts))
    told = source % {"number": len(counts), "year": period.year}
    if unknown:
        missing = ngettext(
            "at least %(sum)d; the number of %(unknown)d of them is not known",
            "at least %(sum)d; the numbers of %(unknown)d of them are not known",
            unknown,
        )
        told = f"{told}: {missing % {'sum': sum(known), 'unknown': unknown}}"
    filters = {"jaar": period.year, "soort": address_word(rule.kind), "stand": LOOK_BACK}
    address = f"{reverse('programme:activities')}?{urlencode(filters)}"
    return counted(rule.code, period.year, None if unknown else sum(known), told, address)


def _measures_in_plan(period: Period, in_plan: int) -> Figure:
    """The measures in the plan. The records know the plan as it stands, so older years than the last have no value."""
    stands = period.year >= today().year - 1
    number = in_plan if stands else None
    source = _("The plan as it stands now") if stands else _("The plan of that time is not in the records")
    return counted("measures-in-plan", period.year, number, source, reverse("programme:measures"))
