"""Taking open measures over from an earlier action plan into the newest: the measure itself moves on.

It stays one measure, with its notes, evidence, activities and questions. Where it stood before is kept, so that an
account over an earlier time tells it in the plan and under the number of that time.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from openintegriteit.core.clock import today
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import body_of, save_changes
from openintegriteit.event_log.operations import record
from openintegriteit.programme.bulk import BulkOutcome
from openintegriteit.programme.models import ActionPlan, EarlierPlace, Measure, MeasureHeading, ProgressNote
from openintegriteit.programme.operations import numbers_given, plan_for_update
from openintegriteit.programme.permissions import POLICY


class NotTheNewest(Exception):
    """Measures are only taken over into the newest plan, and another plan is the newest by now."""


@dataclass(frozen=True, slots=True)
class Carried:
    """An open measure of an earlier plan; `keeps_number`: its number is free in the newest plan."""

    measure: Measure
    keeps_number: bool


def to_carry(earlier: ActionPlan, newest: ActionPlan) -> list[Carried]:
    """The open measures of an earlier plan, by number (three queries)."""
    given = numbers_given(newest)
    rows = Measure.objects.open().filter(plan=earlier).select_related("heading").order_by("number")
    return [Carried(measure, measure.number not in given) for measure in rows]


@transaction.atomic
def carry_over(*, actor: Actor, earlier: ActionPlan, newest: ActionPlan, versions: Mapping[UUID, int]) -> BulkOutcome:
    """Move the measures to the newest plan, each with a dated note and a log entry of its own.

    A measure keeps its number where that is free in the newest plan, and otherwise gets the next; its heading goes
    along. What somebody closed or changed since the version that the person saw stays and is named. Doing it twice
    moves nothing more. Raises NotTheNewest when another plan became the newest meanwhile.
    """
    POLICY.require(actor, "change")
    plan = plan_for_update(actor, newest)
    if earlier == plan or plan != ActionPlan.objects.newest():
        raise NotTheNewest
    rows = Measure.objects.filter(pk__in=versions, plan=earlier).order_by("number")
    found = list(rows.select_for_update(of=("self",)).select_related("heading"))
    moving = [measure for measure in found if measure.is_open and measure.version == versions[measure.pk]]
    numbers = _numbers([measure.number for measure in moving], numbers_given(plan))
    headings = {heading.title: heading for heading in MeasureHeading.objects.filter(plan=plan)}
    for measure in moving:
        heading = _heading(actor, plan, measure.heading, headings)
        _move(actor, measure, earlier, plan, numbers[measure.number], heading)
    return BulkOutcome(len(moving), tuple(measure for measure in found if measure not in moving))


def _numbers(wanted: Collection[int], given: Collection[int]) -> dict[int, int]:
    """The number of each measure in the newest plan, by the number that it has."""
    last = max([*wanted, *given], default=0)
    numbers = {}
    for number in wanted:
        if number in given:
            last += 1
        numbers[number] = last if number in given else number
    return numbers


def _heading(
    actor: Actor, plan: ActionPlan, was: MeasureHeading | None, headings: dict[str, MeasureHeading]
) -> MeasureHeading | None:
    """The heading of the same title in the plan, made where there is none."""
    if was is None:
        return None
    if was.title not in headings:
        order = max((heading.order for heading in headings.values()), default=0) + 1
        made: MeasureHeading = MeasureHeading.objects.create(
            organisation_id=body_of(actor), plan=plan, title=was.title, order=order
        )
        record(actor=actor, action="heading.created", subject=made)
        headings[was.title] = made
    return headings[was.title]


def _move(
    actor: Actor, measure: Measure, earlier: ActionPlan, plan: ActionPlan, number: int, heading: MeasureHeading | None
) -> None:
    of_body = {"organisation_id": body_of(actor), "measure": measure}
    EarlierPlace.objects.create(
        plan=earlier, number=measure.number, heading=measure.heading, left_on=today(), **of_body
    )
    with translation.override(settings.LANGUAGE_CODE):  # the body keeps it in Dutch, whoever moves it
        text = _("Taken over from the plan “%(plan)s”, where this was number %(number)d.")
    told = text % {"plan": earlier.title, "number": measure.number}
    ProgressNote.objects.create(noted_on=today(), text=told, author=actor.label, **of_body)
    save_changes(
        actor=actor,
        action="measure.taken_over",
        instance=measure,
        expected_version=measure.version,
        values={"plan": plan, "number": number, "heading": heading},
    )
