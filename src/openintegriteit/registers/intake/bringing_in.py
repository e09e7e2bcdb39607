"""Bringing in what was previewed: all rows are staged in one transaction, and become declarations batch by batch.

A row that became a declaration is staged no more, in the same transaction. So a worker that is killed, or a second one,
brings in nothing twice and nothing is left out; nobody waits longer than for one batch.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from openintegriteit.core.clock import today
from openintegriteit.core.queue import ask_once
from openintegriteit.core.roles import Actor
from openintegriteit.core.staged_uploads import discard
from openintegriteit.core.tenancy import organisation_scope
from openintegriteit.event_log.changes import body_of
from openintegriteit.event_log.operations import Event, record, record_many
from openintegriteit.organisations.models import Organisation
from openintegriteit.registers.declarations.importers import OF_DECISION, RegisterFile
from openintegriteit.registers.declarations.models import Decision, Declaration, Details
from openintegriteit.registers.declarations.operations import label_of
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.declarations.registers import REGISTERS, regime_of
from openintegriteit.registers.intake.files import BY_REGISTER
from openintegriteit.registers.intake.models import Intake, StagedRow
from openintegriteit.registers.intake.plan import Plan
from openintegriteit.registers.intake.staging import StagedFile, purpose_of

BATCH = 1000
ON_DECLARATION = ("declared_on", "starts_on", "ends_on")


class PlanChanged(Exception):
    """The plan is no longer the one that was previewed, or holds mistakes. Carries the plan as it is now."""

    def __init__(self, plan: Plan) -> None:
        super().__init__("the plan is not the one that was previewed")
        self.plan = plan


class StillBusy(Exception):
    """Another file of this register is being brought in at this moment."""


@transaction.atomic
def take_in(*, actor: Actor, upload: StagedFile, mapping: Mapping[str, str], again: bool, expected: str) -> Intake:
    """Stage the rows of the plan whose fingerprint was previewed, and have them brought in; the same upload once.

    `again`: with what was destroyed after its retention term, which the event log tells then. Raises PlanChanged, with
    nothing written, when the plan has another fingerprint by now or holds mistakes, and StillBusy while another file of
    the register is being brought in.
    """
    POLICY.require(actor, "record")
    Organisation.objects.select_for_update(no_key=True).get(pk=body_of(actor))  # one file of a body at a time
    existing: Intake | None = Intake.objects.filter(pk=UUID(upload.identifier)).first()
    if existing:
        return existing
    if Intake.objects.filter(register=upload.file.register, finished_at__isnull=True).exists():
        raise StillBusy
    plan = upload.preview(actor, mapping, again=again)
    if plan.errors or not plan.rows or plan.fingerprint != expected:
        raise PlanChanged(plan)
    intake: Intake = Intake.objects.create(
        pk=UUID(upload.identifier),
        organisation_id=body_of(actor),
        register=upload.file.register,
        rows=len(plan.rows),
        started_by=actor.label,
        starter=actor.identifier,
    )
    StagedRow.objects.bulk_create(
        (
            StagedRow(
                pk=row.key,
                organisation_id=intake.organisation_id,
                intake=intake,
                place=place,
                person=row.person,
                regime=regime_of(row.person),
                values=row.values,
            )
            for place, row in enumerate(plan.rows)
        ),
        BATCH,
    )
    details = {"lines": len(plan.rows), "destroyed_before": len(plan.destroyed) if again else 0}
    record(actor=actor, action="declarations.taken_in", subject=intake, details=details)
    discard(upload.identifier, purpose=purpose_of(upload.file), actor=actor)
    if len(plan.rows) > BATCH:
        ask_to_bring_in(intake)
    else:
        bring_in(intake.pk)
    intake.refresh_from_db()
    return intake


def ask_to_bring_in(intake: Intake) -> None:
    """Put the work in the queue, unless it waits there already."""
    from openintegriteit.registers.intake.tasks import bring_in_rows  # the task calls this module

    ask_once(bring_in_rows, str(intake.organisation_id), str(intake.pk))


def bring_in(intake_id: UUID) -> None:
    """Make declarations of everything that is staged, in batches. Repeatable."""
    while _batch(intake_id):
        pass


def bring_in_due() -> int:
    """Put files whose task got lost in the queue again, of every body; returns how many. Repeatable."""
    asked = 0
    for body in Organisation.objects.values_list("pk", flat=True):
        with organisation_scope(body):
            for intake in Intake.objects.filter(finished_at__isnull=True):
                ask_to_bring_in(intake)
                asked += 1
    return asked


@transaction.atomic
def _batch(intake_id: UUID) -> int:
    """Bring in the next rows, and return how many; 0 when all have been."""
    intake: Intake | None = Intake.objects.select_for_update().filter(pk=intake_id, finished_at__isnull=True).first()
    if intake is None:
        return 0
    staged = list(StagedRow.objects.filter(intake=intake).select_related("person").order_by("place")[:BATCH])
    if not staged:
        intake.finished_at = timezone.now()
        intake.save(update_fields=["finished_at"])
        return 0
    keys = [row.pk for row in staged]
    there = set(Declaration.objects.filter(pk__in=keys).values_list("pk", flat=True))
    rows = [row for row in staged if row.pk not in there and regime_of(row.person) == row.regime]
    _Writing(intake, BY_REGISTER[intake.register]).write(rows)
    StagedRow.objects.filter(pk__in=keys).delete()
    intake.done += len(rows)
    intake.passed_over += len(staged) - len(rows)
    intake.save(update_fields=["done", "passed_over"])
    return len(staged)


@dataclass(frozen=True, slots=True)
class _Writing:
    """Making declarations, details and decisions of rows; a few statements for a batch."""

    intake: Intake
    file: RegisterFile

    @translation.override(settings.LANGUAGE_CODE)  # a decision keeps what it was about in Dutch
    def write(self, rows: list[StagedRow]) -> None:
        """The rows and their entries in the event log."""
        asks, day = self.file.asking(), today()
        made = []
        for row in rows:
            values = self._typed(row.values)
            details = self.file.model(
                organisation_id=row.organisation_id,
                **{
                    name: value
                    for name, value in values.items()
                    if name not in ON_DECLARATION and name not in OF_DECISION
                },
            )
            details.declaration = self._declaration(row, values, details, asks(values), day)
            details.repeat()
            made.append((values, details))
        Declaration.objects.bulk_create([details.declaration for _values, details in made])
        self.file.model._default_manager.bulk_create([details for _values, details in made])
        Decision.objects.bulk_create([self._decision(values, one) for values, one in made if values["outcome"]])
        actor = Actor(self.intake.starter, self.intake.started_by, self.intake.organisation_id)
        record_many(actor=actor, events=[self._event(details.declaration) for _values, details in made])

    def _declaration(
        self, row: StagedRow, values: Mapping[str, Any], details: Details, asks: bool, day: date
    ) -> Declaration:
        register, ends_on = REGISTERS[self.file.register], values.get("ends_on")
        is_over = register.lasts and ends_on is not None and ends_on < day
        declared_on, outcome = values["declared_on"] or day, values["outcome"] or ""
        return Declaration(
            pk=row.pk,
            organisation_id=row.organisation_id,
            register=self.file.register,
            person=row.person,
            regime=row.regime,
            title=str(details),
            first_declared_on=declared_on,
            declared_on=declared_on,
            starts_on=values["starts_on"],
            ends_on=ends_on,
            asks_decision=register.regimes[row.regime].decided and asks and not is_over,
            outcome=outcome,
            decided_revision=1 if outcome else None,
            review_on=values["review_on"],
        )

    def _decision(self, values: Mapping[str, Any], details: Any) -> Decision:
        return Decision(
            organisation_id=self.intake.organisation_id,
            declaration=details.declaration,
            revision=1,
            about=dict(self.file.words(details)),
            brought_in_by=self.intake.started_by,
            **{name: values[name] for name in OF_DECISION},
        )

    def _event(self, declaration: Declaration) -> Event:
        details = {"outcome": declaration.outcome} if declaration.outcome else {}
        label = label_of(declaration.register, declaration.person)
        return Event("declaration.brought_in", declaration, label, details)

    def _typed(self, stored: Mapping[str, Any]) -> dict[str, Any]:
        """The values as they were before they were kept as JSON."""
        kinds = {column.key: column.kind for column in self.file.columns}
        makers: Mapping[str | None, Any] = {"date": date.fromisoformat, "decimal": Decimal}
        return {
            name: makers[kinds.get(name)](value) if value is not None and kinds.get(name) in makers else value
            for name, value in stored.items()
        }
