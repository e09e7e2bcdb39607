"""What a workbook calls the plan, goal and obligation of a measure: as people write them and as the list has them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from openintegriteit.core.spreadsheets.workbook import plain
from openintegriteit.policy.models import OwnObligation, PlanGoal
from openintegriteit.policy.obligations import obligation_choices, obligation_label
from openintegriteit.programme.goals import offered_goals
from openintegriteit.programme.models import ActionPlan, EarlierPlace


@dataclass(frozen=True, slots=True)
class MeasureNames:
    """The plans of a body, the newest first, and what its goals and obligations are called.

    `moved` gives for the plan and number of a measure that a later plan took over its plan and number now. Names are
    kept as `plain` writes them; one that several goals or obligations have leads to each of them.
    """

    plans: tuple[str, ...] = ()
    moved: Mapping[tuple[str, int], tuple[str, int]] = field(default_factory=dict)
    goals: Mapping[str, frozenset[UUID]] = field(default_factory=dict)
    obligations: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def plan_of(self, title: str) -> str:
        """The plan that a cell names as `plain` writes it; an empty cell means the newest."""
        return plain(title or next(iter(self.plans), ""))

    def plan_problem(self, title: str, number: int, first: str) -> str:
        """What is wrong with the plan of a measure; "" for nothing. `first`: the plan that the first row names.

        A body without a plan gets its first from the file.
        """
        known = {plain(other) for other in self.plans} or {plain(first), ""}
        if plain(title) and plain(title) not in known:
            return _(
                "there is no action plan with this title. Begin it under Action plans first, leave the cell empty for "
                "the newest, or write: %(titles)s."
            ) % {"titles": ", ".join(self.plans) or first}
        if moved := self.moved.get((self.plan_of(title), number)):
            told = {"plan": moved[0], "number": moved[1]}
            return _("this measure was taken over. Write plan %(plan)s and number %(number)d.") % told
        return ""

    def goal_problem(self, text: str) -> str:
        """What is wrong with the goal of a measure; "" for nothing."""
        found = self.goals.get(plain(text), frozenset())
        if not text or len(found) == 1:
            return ""
        if found:
            return _("several policy plans have a goal with this number. Write number and text, as in the list.")
        return _("this goal stands in no policy plan. Write the number or the text of a goal, or add the goal first.")

    def obligation_problem(self, text: str) -> str:
        """What is wrong with the obligation of a measure; "" for nothing."""
        found = self.obligations.get(plain(text), frozenset())
        if not text or len(found) == 1:
            return ""
        if found:
            return _("several obligations are called so. Write more of the text.")
        return _("we do not know this obligation. Write law and article as in the list, such as: %(example)s.") % {
            "example": obligation_label("AW-04-1")
        }

    def goal(self, text: str) -> UUID | None:
        """The key of the goal that a cell without a problem names; None for an empty one."""
        return next(iter(self.goals[plain(text)])) if text else None

    def obligation(self, text: str) -> str:
        """The id or key of the obligation that a cell without a problem names; "" for an empty one."""
        return next(iter(self.obligations[plain(text)])) if text else ""


def measure_names(kind: str) -> MeasureNames:
    """The names of the body in scope, which is of this kind (five queries)."""
    places = EarlierPlace.objects.select_related("plan", "measure__plan")
    return MeasureNames(
        plans=tuple(plan.title for plan in ActionPlan.objects.all()),
        moved={
            (plain(place.plan.title), place.number): (place.measure.plan.title, place.measure.number)
            for place in places
        },
        goals=_by_name(_goal_names()),
        obligations=_by_name(_obligation_names(kind)),
    )


def _goal_names() -> Iterable[tuple[str, UUID]]:
    offered = offered_goals(None)
    first = {goal.pk: goal for goal in PlanGoal.objects.filter(pk__in=offered)}
    for root, goal in offered.items():
        for words in (str(goal.number), goal.text, str(goal), str(first[root])):
            yield words, root


def _obligation_names(kind: str) -> Iterable[tuple[str, str]]:
    own = list(OwnObligation.objects.all())
    for _law, rows in obligation_choices(kind, own):
        for key, words in rows:
            yield key, key
            yield words, key
    for _law, rows in obligation_choices(kind, []):
        for key, _words in rows:
            yield obligation_label(key), key
    for duty in own:
        yield str(duty), str(duty.pk)
        yield duty.what, str(duty.pk)


def _by_name[K](names: Iterable[tuple[str, K]]) -> dict[str, frozenset[K]]:
    found: dict[str, frozenset[K]] = {}
    for words, key in names:
        found[plain(words)] = found.get(plain(words), frozenset()) | {key}
    return found
