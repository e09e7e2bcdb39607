"""The parts of a question: a, b, c, each with its own text and answer."""

from collections.abc import Mapping
from typing import Any, Literal
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from openintegriteit.accountability.models import AnnualReport, CouncilQuestion
from openintegriteit.accountability.permissions import POLICY
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import body_of
from openintegriteit.event_log.operations import record


class NoParts(Exception):
    """A part has no parts of its own."""


@transaction.atomic
def create_part(
    *, actor: Actor, question: CouncilQuestion, identifier: UUID, values: Mapping[str, Any]
) -> CouncilQuestion:
    """Add a part to a question, as its last one; the same key twice makes one. Raises NoParts."""
    POLICY.require(actor, "change")
    existing: CouncilQuestion | None = CouncilQuestion.objects.filter(pk=identifier).first()
    if existing:
        return existing
    if question.part_of_id:
        raise NoParts
    report = AnnualReport.objects.select_for_update().get(pk=question.report_id)
    part: CouncilQuestion = CouncilQuestion.objects.create(
        pk=identifier,
        organisation_id=body_of(actor),
        report=report,
        order=_last(CouncilQuestion.objects.filter(report=report), "order") + 1,
        part_of=question,
        part_order=_last(question.parts.all(), "part_order") + 1,
        **values,
    )
    record(actor=actor, action="council_question.created", subject=part)
    return part


@transaction.atomic
def move_part(*, actor: Actor, part: CouncilQuestion, direction: Literal["up", "down"]) -> None:
    """Let a part change places with the one before or after it; the first does not go up, nor the last down."""
    POLICY.require(actor, "change")
    AnnualReport.objects.select_for_update().get(pk=part.report_id)  # nobody else moves or adds one meanwhile
    siblings = CouncilQuestion.objects.filter(part_of=part.part_of_id).exclude(part_of=None)
    here = siblings.get(pk=part.pk).part_order
    others = siblings.filter(part_order__lt=here) if direction == "up" else siblings.filter(part_order__gt=here)
    other = others.order_by("-part_order" if direction == "up" else "part_order").first()
    if other is None:
        return
    aside = _last(siblings, "part_order") + 1  # no two stand in one place, not even for a moment
    for pk, place in ((part.pk, aside), (other.pk, here), (part.pk, other.part_order)):
        siblings.filter(pk=pk).update(part_order=place)
    record(actor=actor, action="council_question.moved", subject=part)


def _last(rows: Any, name: str) -> int:
    last: int | None = rows.aggregate(last=Max(name))["last"]
    return last or 0
