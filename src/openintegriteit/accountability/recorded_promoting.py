"""What was done in a year to promote integrity, as the records of the plan, the programme and the account show."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from openintegriteit.accountability.models import ReportStep, StepKind
from openintegriteit.core.contracts import RecordedAnswer
from openintegriteit.policy.models import PolicyPlan
from openintegriteit.programme.models import Activity, ActivityKind, ActivityStatus
from openintegriteit.programme.permissions import POLICY
from openintegriteit.registers.oaths.models import Ceremony

A_YEAR = timedelta(days=365)
READERS = POLICY.roles("view")


def recorded_answers(day: date) -> list[RecordedAnswer]:
    """Gemeentewet 170(2), Provinciewet 175(2), Waterschapswet 94(2): the chair promotes integrity (four queries).

    Met, by a choice of ours, with an adopted policy plan and, in the last twelve months, an activity that was held or
    an account that was sent to the representative body. What the chair did in person only people know.
    """
    year = (day - A_YEAR, day)
    held = Activity.objects.filter(status=ActivityStatus.HELD, starts_on__range=year)
    done = held.aggregate(held=Count("pk"), talks=Count("pk", filter=Q(kind=ActivityKind.TEAM_TALK)))
    steps = ReportStep.objects.filter(kind=StepKind.TO_REPRESENTATIVES, taken_on__range=year)
    sent = steps.select_related("report").order_by("taken_on").last()
    ceremonies = Ceremony.objects.filter(activity__in=held, with_executive_member=True).count()
    plan = PolicyPlan.objects.filter(adopted_on__lte=day).first()
    is_met = plan is not None and (done["held"] or sent is not None)
    told = [*_plan(plan), *_held(done["held"], done["talks"], ceremonies), *_account(sent)]
    told.append(_("What the mayor or chair did in person, these records do not show."))
    told.append(_("That a plan and an activity or a report are enough, is a choice of this program."))
    return [
        RecordedAnswer(
            "integrity_promoted",
            "met" if is_met else "not_shown",
            " ".join(told),
            reverse("programme:activities"),
            READERS,
        )
    ]


def _plan(plan: PolicyPlan | None) -> Iterator[str]:
    if plan is None or plan.adopted_on is None:
        yield _("No adopted policy plan has been recorded.")
    else:
        told = {"title": plan.title, "day": date_format(plan.adopted_on, "DATE_FORMAT")}
        yield _("“%(title)s” was adopted on %(day)s.") % told


def _held(held: int, talks: int, ceremonies: int) -> Iterator[str]:
    yield ngettext(
        "In the last twelve months %(number)d activity was held.",
        "In the last twelve months %(number)d activities were held.",
        held,
    ) % {"number": held}
    if talks:
        yield ngettext("Of these %(number)d was a team talk.", "Of these %(number)d were team talks.", talks) % {
            "number": talks
        }
    if ceremonies:
        yield ngettext(
            "At %(number)d oath ceremony a member of the executive was there, or the mayor or chair.",
            "At %(number)d oath ceremonies a member of the executive was there, or the mayor or chair.",
            ceremonies,
        ) % {"number": ceremonies}


def _account(sent: ReportStep | None) -> Iterator[str]:
    if sent is None:
        yield _("No annual report was sent to the representative body in that time.")
    else:
        told = {"year": sent.report.year, "day": date_format(sent.taken_on, "DATE_FORMAT")}
        yield _("The report over %(year)d was sent to the representative body on %(day)s.") % told
