"""The norms of a body: what it laid down, what the law asks, and its policy plan."""

from openintegriteit.policy.models.norms import (
    AnswerState,
    Audience,
    ObligationAnswer,
    ObligationAnswerQuerySet,
    OwnObligation,
    Regulation,
    RegulationKind,
    RegulationQuerySet,
    RegulationVersion,
)
from openintegriteit.policy.models.plans import PlanGoal, PlanMeans, PlanPart, PlanRole, PolicyPlan

__all__ = [
    "AnswerState",
    "Audience",
    "ObligationAnswer",
    "ObligationAnswerQuerySet",
    "OwnObligation",
    "PlanGoal",
    "PlanMeans",
    "PlanPart",
    "PlanRole",
    "PolicyPlan",
    "Regulation",
    "RegulationKind",
    "RegulationQuerySet",
    "RegulationVersion",
]
