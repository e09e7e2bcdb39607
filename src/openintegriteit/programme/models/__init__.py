"""What the body found, what it does about it, and what came of it."""

from openintegriteit.programme.models.activities import (
    FORESEEN_STATUSES,
    Activity,
    ActivityKind,
    ActivityQuerySet,
    ActivityStatus,
    Scope,
)
from openintegriteit.programme.models.findings import (
    NOT_WHOLLY,
    Finding,
    FindingKind,
    FindingQuerySet,
    FindingStatus,
    TakenOver,
)
from openintegriteit.programme.models.measures import (
    CLOSED_STATUSES,
    NEWEST_FIRST,
    REMINDED_AHEAD,
    ActionPlan,
    Evidence,
    EvidenceKind,
    Measure,
    MeasureHeading,
    MeasureQuerySet,
    MeasureStatus,
    Priority,
    ProgressNote,
)
from openintegriteit.programme.models.reminders import Digest, DigestRules, Rhythm

__all__ = [
    "CLOSED_STATUSES",
    "FORESEEN_STATUSES",
    "NEWEST_FIRST",
    "NOT_WHOLLY",
    "REMINDED_AHEAD",
    "ActionPlan",
    "Activity",
    "ActivityKind",
    "ActivityQuerySet",
    "ActivityStatus",
    "Digest",
    "DigestRules",
    "Evidence",
    "EvidenceKind",
    "Finding",
    "FindingKind",
    "FindingQuerySet",
    "FindingStatus",
    "Measure",
    "MeasureHeading",
    "MeasureQuerySet",
    "MeasureStatus",
    "Priority",
    "ProgressNote",
    "Rhythm",
    "Scope",
    "TakenOver",
]
