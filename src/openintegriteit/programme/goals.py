"""What measures are done for: goals of the policy plan that they carry, and obligations that they answer."""

from collections.abc import Collection, Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from openintegriteit.core.contracts import Carrier
from openintegriteit.core.roles import Actor
from openintegriteit.policy.models import PlanGoal, PolicyPlan
from openintegriteit.programme.models import Measure
from openintegriteit.programme.permissions import POLICY
from openintegriteit.programme.queries import measure_address
from openintegriteit.programme.templatetags.programme import tone


def carriers_of_goals(actor: Actor, goals: Collection[UUID]) -> dict[UUID, list[Carrier]] | None:
    """The measures that carry the goals, by the key of the goal; None for who may not see measures (one query)."""
    return _carriers(actor, Measure.objects.filter(goal__in=goals), "goal_id")


def carriers_of_obligations(actor: Actor) -> dict[str, list[Carrier]] | None:
    """The measures that answer an obligation, by its id or key; None for who may not see measures (one query)."""
    return _carriers(actor, Measure.objects.exclude(obligation=""), "obligation")


def _carriers(actor: Actor, measures: QuerySet[Measure], by: str) -> dict[Any, list[Carrier]] | None:
    if not POLICY.allows(actor, "view_measures"):
        return None
    found: dict[Any, list[Carrier]] = {}
    for measure in measures.order_by("number").only("number", "title", "status", "goal", "obligation"):
        state, address = str(measure.get_status_display()), measure_address(measure.pk)
        found.setdefault(getattr(measure, by), []).append(Carrier(str(measure), state, tone(measure.status), address))
    return found


def newest_of(goals: Iterable[PlanGoal]) -> dict[UUID, PlanGoal]:
    """Of each goal the one in the newest version among these, by the key that measures name; their plans are read."""
    newest: dict[UUID, PlanGoal] = {}
    for goal in sorted(goals, key=lambda goal: goal.plan.edition):
        newest[goal.root] = goal
    return newest


def goal_as_it_stands(root: UUID) -> PlanGoal | None:
    """A goal in the words of the newest version that has it (one query)."""
    versions = PlanGoal.objects.filter(pk=root) | PlanGoal.objects.filter(origin=root)
    return newest_of(versions.select_related("plan")).get(root)


def offered_goals(named: UUID | None) -> dict[UUID, PlanGoal]:
    """The goals that a measure can be given, in the order of plan and number, each in its newest words (one query).

    Those of versions that hold or are being written, and the one that the measure names by now (`named`).
    """
    replaced = PolicyPlan.objects.with_replaced().filter(is_replaced=True, adopted_on__isnull=False)
    standing = PlanGoal.objects.exclude(plan__in=replaced.values("pk"))
    own = PlanGoal.objects.filter(pk=named) | PlanGoal.objects.filter(origin=named) if named else standing.none()
    newest = newest_of((standing | own).select_related("plan")).values()
    in_order = sorted(newest, key=lambda goal: (goal.plan.title, goal.number, goal.plan.edition))
    return {goal.root: goal for goal in in_order}
