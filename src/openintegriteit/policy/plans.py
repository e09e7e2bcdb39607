"""Reading a policy plan: its versions, one of them as a whole, and what differs between two of them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from openintegriteit.core.display import field_text
from openintegriteit.core.staged_uploads import fingerprint
from openintegriteit.policy.models import PlanGoal, PlanMeans, PlanPart, PlanRole, PolicyPlan
from openintegriteit.policy.pillars import Pillar, pillar_named

State = Literal["draft", "adopted", "holds", "replaced"]
# The tone and the word of each state.
TAGS: Mapping[State, tuple[str, Any]] = {
    "draft": ("info", gettext_lazy("draft")),
    "adopted": ("neutral", gettext_lazy("adopted")),
    "holds": ("ok", gettext_lazy("holds now")),
    "replaced": ("neutral", gettext_lazy("replaced")),
}
TEXTS = ("vision", "definitions", "ambitions", "monitoring", "chapters", "note")
OWN = ("title", "policy_since", *TEXTS)  # what a person writes in the plan itself
GOAL = ("pillar", "text", "seen_by", "due_on")
ROLE = ("name", "task", "who")
MEANS = ("budget_line", "year", "euros", "hours")


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """One version among those of its plan, and how it stands."""

    plan: PolicyPlan
    state: State

    @property
    def tag(self) -> tuple[str, Any]:
        """The tone and the word of the state."""
        return TAGS[self.state]


@dataclass(frozen=True, slots=True)
class PlanContent:
    """One version with everything that stands in it."""

    plan: PolicyPlan
    goals: tuple[PlanGoal, ...]
    roles: tuple[PlanRole, ...]
    means: tuple[PlanMeans, ...]

    @property
    def mark(self) -> str:
        """The same content gives the same mark: who adopts it says with this what was seen."""
        parts = ((PlanGoal, GOAL, self.goals), (PlanRole, ROLE, self.roles), (PlanMeans, MEANS, self.means))
        own = [(name, getattr(self.plan, name)) for name in OWN]
        rows = [
            (model.__name__, row.number, *(getattr(row, name) for name in names))
            for model, names, rows in parts
            for row in rows
        ]
        return fingerprint([*own, *rows])


@dataclass(frozen=True, slots=True)
class PlanChange:
    """A part of the plan that differs: the lines that went and the lines that came."""

    heading: str
    gone: tuple[str, ...]
    come: tuple[str, ...]


def content_of(plan: PolicyPlan) -> PlanContent:
    """A version as a whole (three queries)."""
    return PlanContent(
        plan,
        tuple(PlanGoal.objects.filter(plan=plan)),
        tuple(PlanRole.objects.filter(plan=plan)),
        tuple(PlanMeans.objects.filter(plan=plan)),
    )


def state_of(plan: Any) -> State:
    """How a version that `with_replaced` read stands: being written, holding, or replaced by one adopted later.

    Of a plan that was only read in nobody said whether it still holds: it was adopted, and no more.
    """
    if plan.adopted_on is None:
        return "draft"
    if plan.settled_at is None:
        return "adopted"
    return "replaced" if plan.is_replaced else "holds"


def versions_of_plan(plan: PolicyPlan) -> list[PlanVersion]:
    """Every version of the plan, the newest first (one query)."""
    rows: Iterable[PolicyPlan] = PolicyPlan.objects.with_replaced().defer(*TEXTS)
    every = {row.pk: row for row in rows}
    after = {row.follows_id: row for row in every.values() if row.follows_id}
    line = [every[plan.pk]]
    while (before := line[0].follows_id) is not None:
        line.insert(0, every[before])
    while line[-1].pk in after:
        line.append(after[line[-1].pk])
    return [PlanVersion(row, state_of(row)) for row in reversed(line)]


def goals_by_pillar(goals: Iterable[PlanGoal]) -> list[tuple[Pillar | None, list[PlanGoal]]]:
    """The goals under their pillars, in the order of these; those for all pillars together come first."""
    groups: dict[int | None, list[PlanGoal]] = {}
    for goal in sorted(goals, key=lambda goal: (goal.pillar or 0, goal.number)):
        groups.setdefault(goal.pillar, []).append(goal)
    return [(pillar_named(number), rows) for number, rows in groups.items()]


def changes_between(before: PlanContent, after: PlanContent) -> tuple[PlanChange, ...]:
    """What differs between two versions, part by part, in the words of the screen."""
    old, new = dict(_told(before)), dict(_told(after))
    differing = (heading for heading in new if old[heading] != new[heading])
    return tuple(_change(heading, old[heading], new[heading]) for heading in differing)


def _change(heading: str, old: tuple[str, ...], new: tuple[str, ...]) -> PlanChange:
    gone: list[str] = []
    come: list[str] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            gone += old[a:b]
            come += new[c:d]
    return PlanChange(heading, tuple(gone), tuple(come))


def _told(content: PlanContent) -> Iterator[tuple[str, tuple[str, ...]]]:
    plan = content.plan
    for name in OWN:
        words = field_text(_field(PolicyPlan, name), getattr(plan, name))
        yield str(_field(PolicyPlan, name).verbose_name), tuple(line for line in words.splitlines() if line.strip())
    parts: Mapping[str, tuple[tuple[PlanPart, ...], tuple[str, ...]]] = {
        _("goals"): (content.goals, GOAL),
        _("roles"): (content.roles, ROLE),
        _("means"): (content.means, MEANS),
    }
    for heading, (rows, names) in parts.items():
        yield heading, tuple(f"{row.number}. {_line(row, names)}" for row in rows)


def _line(part: PlanPart, names: tuple[str, ...]) -> str:
    fields = ((_field(type(part), name), getattr(part, name)) for name in names)
    told = ((field, value) for field, value in fields if value not in (None, ""))
    return "; ".join(f"{field.verbose_name}: {_in_one_line(field, value)}" for field, value in told)


def _in_one_line(field: Any, value: Any) -> str:
    return " ".join(field_text(field, value).split())


def _field(model: type[Any], name: str) -> Any:
    return model._meta.get_field(name)
