"""Storing the rows of a year: what is new is added, what differs is changed, what is absent is left as it is.

The preview runs the very same code in a transaction that it takes back, so that it cannot say something else than what
happens. Applying a file twice changes nothing the second time.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.db import models, transaction
from django.utils.text import slugify

from openintegriteit.accountability.models import Annex, AnnualReport, CouncilQuestion, ReportText
from openintegriteit.accountability.operations import form_headings_of
from openintegriteit.accountability.permissions import POLICY
from openintegriteit.accountability.sections import FORM_PREFIX
from openintegriteit.accountability.workbook.parsing import YearFile
from openintegriteit.core.locking import VersionedModel
from openintegriteit.core.roles import Actor
from openintegriteit.core.spreadsheets.columns import TableRow
from openintegriteit.core.spreadsheets.workbook import plain
from openintegriteit.core.staged_uploads import fingerprint
from openintegriteit.event_log.operations import Event, record_many
from openintegriteit.figures.models import OwnIndicator, YearFigure
from openintegriteit.organisations.models import HeadCount, Organisation
from openintegriteit.policy.models import PolicyPlan, Regulation, RegulationVersion
from openintegriteit.programme.models import (
    ActionPlan,
    Activity,
    Finding,
    Measure,
    MeasureHeading,
    MeasureStatus,
    Priority,
    ProgressNote,
)

PLAN_TITLE = "Actieplan integriteit"


@dataclass(frozen=True, slots=True)
class Change:
    """What one row of the file does."""

    sheet: str
    row: int
    kind: Literal["added", "changed"]
    label: str
    fields: tuple[tuple[str, str, str], ...] = ()  # name of the field, before, after


@dataclass(frozen=True, slots=True)
class YearChanges:
    """All that a file does, and how many of its rows change nothing."""

    year: int
    changes: tuple[Change, ...]
    unchanged: int

    @property
    def fingerprint(self) -> str:
        """The same changes give the same mark; another mark means that the records moved since the preview."""
        return fingerprint((c.sheet, c.row, c.kind, c.label, c.fields) for c in self.changes)

    def count(self, sheet: str, kind: str) -> int:
        """How many rows of a sheet are added or changed."""
        return sum(1 for change in self.changes if change.sheet == sheet and change.kind == kind)


class ChangedMeanwhile(Exception):
    """The records have moved since the preview; carries what the file would do now."""

    def __init__(self, changes: YearChanges) -> None:
        super().__init__("records changed since the preview")
        self.changes = changes


def preview_year(file: YearFile, *, actor: Actor, code_of: Callable[[str], str | None]) -> YearChanges:
    """What applying the file would do; nothing stays."""
    with transaction.atomic():
        changes = _apply(file, actor, code_of)
        transaction.set_rollback(True)
    return changes


@transaction.atomic
def apply_year(
    file: YearFile, *, actor: Actor, code_of: Callable[[str], str | None], previewed: str | None = None
) -> YearChanges:
    """Store the whole file or nothing of it; one event-log entry per changed record.

    Raises ValueError for a file with errors, and ChangedMeanwhile when the outcome would differ from the preview whose
    fingerprint is given.
    """
    changes = _apply(file, actor, code_of)
    if previewed is not None and changes.fingerprint != previewed:
        raise ChangedMeanwhile(changes)
    return changes


def _apply(file: YearFile, actor: Actor, code_of: Callable[[str], str | None]) -> YearChanges:
    POLICY.require(actor, "import_year")
    if file.errors or file.report_row is None:
        raise ValueError("A file with errors is not applied.")
    Organisation.objects.select_for_update().get(pk=actor.organisation_id)  # one import at a time
    writer = _Writer(actor)
    report = _organisation(writer, file.rows["organisation"])
    _regulations(writer, file.rows["regulations"])
    _policy_plans(writer, file.rows["policy_plans"])
    findings = _findings(writer, file.rows["findings"])
    measures = _measures(writer, file.rows["measures"], findings)
    _notes(writer, file.rows["notes"], measures)
    _activities(writer, file.rows["activities"], measures)
    _figures(writer, file.rows["figures"], code_of)
    _questions(writer, file.rows["questions"], report, measures)
    _texts(writer, file.rows["texts"], report)
    _annexes(writer, file.rows["annexes"], report)
    record_many(actor=actor, events=writer.events)
    return YearChanges(report.year, tuple(writer.changes), writer.unchanged)


@dataclass(slots=True)
class _Writer:
    """Adds or changes records one by one and keeps what it did."""

    actor: Actor
    changes: list[Change] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    unchanged: int = 0
    seen: set[UUID] = field(default_factory=set)

    def store[M: models.Model](
        self, model: type[M], sheet: str, row: TableRow, existing: M | None, values: Mapping[str, Any]
    ) -> M:
        """Make a record of the row, or give the existing one the values of the row."""
        if existing is None:
            made = model(organisation_id=self.actor.organisation_id, **values)
            made.save(force_insert=True)
            self._note(sheet, row, "added", made, ())
            return made
        before = {name: getattr(existing, name) for name in values}
        differing = [name for name in values if before[name] != values[name]]
        if not differing:
            self.unchanged += existing.pk not in self.seen
            self.seen.add(existing.pk)
            return existing
        for name in differing:
            setattr(existing, name, values[name])
        if isinstance(existing, VersionedModel):
            existing.version += 1
        existing.save()
        fields = tuple((_title(model, name), _words(before[name]), _words(values[name])) for name in differing)
        self._note(sheet, row, "changed", existing, fields)
        return existing

    def _note(
        self,
        sheet: str,
        row: TableRow,
        kind: Literal["added", "changed"],
        record: models.Model,
        fields: tuple[tuple[str, str, str], ...],
    ) -> None:
        self.seen.add(record.pk)
        self.changes.append(Change(sheet, row.number, kind, str(record), fields))
        action = f"{record._meta.model_name}.{'created' if kind == 'added' else 'changed'}"
        self.events.append(Event(action, record, details={"by": "import", "fields": [name for name, _, _ in fields]}))


def _title(model: type[models.Model], name: str) -> str:
    return str(getattr(model._meta.get_field(name), "verbose_name", name))


def _words(value: Any) -> str:
    return "" if value is None else str(value)


def _only(row: TableRow, *names: str) -> dict[str, Any]:
    return {name: row.values[name] for name in names}


def _by(model: type[models.Model], *names: str) -> dict[tuple[Any, ...], Any]:
    """The records of the body by the values that name them; texts whatever their capitals and accents."""
    return {_key(getattr(record, name) for name in names): record for record in model._default_manager.all()}


def _key(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(plain(value) if isinstance(value, str) else value for value in values)


def _organisation(writer: _Writer, rows: Iterable[TableRow]) -> AnnualReport:
    counts = {count.year: count for count in HeadCount.objects.filter(unit=None)}
    reports = _by(AnnualReport, "year")
    for row in rows:
        if row.values["heads"] is not None or row.values["fte"] is not None:
            values = _only(row, "year", "heads", "fte", "note")
            writer.store(HeadCount, "Organisatie", row, counts.get(row.values["year"]), values)
        if row.values["reference_date"]:
            values = _only(row, "year", "reference_date")
            report = writer.store(AnnualReport, "Organisatie", row, reports.get((values["year"],)), values)
    return report


def _regulations(writer: _Writer, rows: Iterable[TableRow]) -> None:
    regulations = _by(Regulation, "title")
    versions = _by(RegulationVersion, "regulation_id", "label")
    rows = list(rows)
    newest = {_key([row.values["title"]]): row for row in rows}  # of several versions the last row tells the rest
    for row in rows:
        values = _only(newest[_key([row.values["title"]])], "title", "kind", "audience", "review_due_on", "note")
        values["audience"] = values["audience"] or ""
        key = _key([values["title"]])
        regulations[key] = writer.store(Regulation, "Regelingen", row, regulations.get(key), values)
        version = _only(row, "adopted_by", "adopted_on", "in_force_on", "replaces")
        version |= {"regulation_id": regulations[key].pk, "label": row.values["label"] or "1"}
        existing = versions.get(_key([version["regulation_id"], version["label"]]))
        writer.store(RegulationVersion, "Regelingen", row, existing, version)


def _policy_plans(writer: _Writer, rows: Iterable[TableRow]) -> None:
    plans = _by(PolicyPlan, "title")
    for row in rows:
        values = _only(row, "title", "adopted_by", "adopted_on", "policy_since", "chapters", "note")
        writer.store(PolicyPlan, "Beleidsdocumenten", row, plans.get(_key([values["title"]])), values)


def _findings(writer: _Writer, rows: Iterable[TableRow]) -> dict[int, Finding]:
    findings = _by(Finding, "number")
    names = "number kind found_by letter_on text order due_on reinspected_on lifted_on dates_in_words status note"
    stored = {}
    for row in rows:
        values = _only(row, *names.split())
        stored[values["number"]] = writer.store(Finding, "Bevindingen", row, findings.get((values["number"],)), values)
    return stored


def _measures(writer: _Writer, rows: Iterable[TableRow], findings: Mapping[int, Finding]) -> dict[int, Measure]:
    rows = list(rows)
    if not rows:
        return {}
    plan = ActionPlan.objects.order_by("-started_on").first()
    if plan is None:
        plan = writer.store(ActionPlan, "Maatregelen", rows[0], None, {"title": PLAN_TITLE})
    existing = {measure.number: measure for measure in Measure.objects.filter(plan=plan)}
    headings = _by(MeasureHeading, "title")
    names = "number pillar title description owner initiator when due_on status finished_on budget"
    stored = {}
    for row in rows:
        values = _only(row, *names.split())
        values |= {"plan_id": plan.pk, "priority": int(row.values["priority"] or Priority.NORMAL)}
        values["status"] = row.values["status"] or MeasureStatus.UNKNOWN
        values["heading_id"] = _heading(writer, row, plan, headings)
        finding = findings.get(row.values["finding"])
        values["finding_id"] = finding.pk if finding else None
        if values["budget"] is not None:
            values["budget"] = Decimal(values["budget"]).quantize(Decimal("0.01"))
        stored[values["number"]] = writer.store(Measure, "Maatregelen", row, existing.get(values["number"]), values)
    return stored


def _heading(
    writer: _Writer, row: TableRow, plan: ActionPlan, headings: dict[tuple[Any, ...], MeasureHeading]
) -> UUID | None:
    title = row.values["heading"]
    if not title:
        return None
    key = _key([title])
    if key not in headings:
        values = {"plan_id": plan.pk, "title": title, "order": len(headings) + 1}
        headings[key] = writer.store(MeasureHeading, "Maatregelen", row, None, values)
    return headings[key].pk


def _notes(writer: _Writer, rows: Iterable[TableRow], measures: Mapping[int, Measure]) -> None:
    notes = _by(ProgressNote, "measure_id", "noted_on", "text")
    for row in rows:
        values = _only(row, "noted_on", "text") | {"measure_id": measures[row.values["measure"]].pk}
        existing = notes.get(_key([values["measure_id"], values["noted_on"], values["text"]]))
        writer.store(ProgressNote, "Voortgang", row, existing, values)


def _activities(writer: _Writer, rows: Iterable[TableRow], measures: Mapping[int, Measure]) -> None:
    identity = ("year", "theme", "title", "starts_on", "period")
    activities = _by(Activity, *identity)
    names = (
        "title theme kind pillar year starts_on ends_on period status sessions participants audience led_by note "
        "outcome"
    )
    for row in rows:
        values = _only(row, *names.split())
        values |= {"order": row.values["order"] or 0, "scope": row.values["scope"] or ""}
        measure = measures.get(row.values["measure"])
        values["measure_id"] = measure.pk if measure else None
        existing = activities.get(_key(values[name] for name in identity))
        writer.store(Activity, "Activiteiten", row, existing, values)


def _figures(writer: _Writer, rows: Iterable[TableRow], code_of: Callable[[str], str | None]) -> None:
    figures = _by(YearFigure, "indicator", "year")
    own = _by(OwnIndicator, "code")
    for row in rows:
        name = row.values["indicator"]
        code = code_of(name)
        if code is None:
            code = slugify(name)[:60]
            values = {"code": code, "name": name, "unit": row.values["unit"]}
            values["definition"] = row.values["definition"]
            key = _key([code])
            if key not in own:
                own[key] = writer.store(OwnIndicator, "Jaarcijfers", row, None, values)
        values = _only(row, "year", "definition", "source", "series_break")
        values |= {"indicator": code, "published_before": bool(row.values["published_before"])}
        value = row.values["value"]
        values["value"] = None if value is None else Decimal(value).quantize(Decimal("0.01"))
        existing = figures.get(_key([code, values["year"]]))
        writer.store(YearFigure, "Jaarcijfers", row, existing, values)


def _questions(
    writer: _Writer, rows: Iterable[TableRow], report: AnnualReport, measures: Mapping[int, Measure]
) -> None:
    rows = list(rows)
    questions = {question.order: question for question in CouncilQuestion.objects.filter(report=report)}
    for row in rows:
        values = _only(row, "order", "number", "question", "asked_by", "received_on", "answer", "paragraph")
        values |= {"report_id": report.pk, "not_applicable": bool(row.values["not_applicable"])}
        measure = measures.get(row.values["measure"])
        values["measure_id"] = measure.pk if measure else None
        # Who shares an answer refers to a question that may come later in the file: a second round sets it.
        existing = questions.get(values["order"])
        values["same_answer_as_id"] = existing.same_answer_as_id if existing else None
        questions[values["order"]] = writer.store(CouncilQuestion, "Raadsvragen", row, existing, values)
    for row in rows:
        question = questions[row.values["order"]]
        shared = questions.get(row.values["same_answer_as"])
        values = {"same_answer_as_id": shared.pk if shared else None}
        writer.store(CouncilQuestion, "Raadsvragen", row, question, values)


def _texts(writer: _Writer, rows: Iterable[TableRow], report: AnnualReport) -> None:
    texts = {text.section: text for text in ReportText.objects.filter(report=report)}
    headings = {plain(heading.title): heading.key for heading in form_headings_of(writer.actor)}
    for row in rows:
        section = row.values["section"]
        if section + ":" == FORM_PREFIX:
            heading = str(row.values["heading"])
            section = FORM_PREFIX + headings.get(plain(heading), slugify(heading)[:50])
        values = {"report_id": report.pk, "section": section, "text": row.values["text"], "ready": True}
        writer.store(ReportText, "Verslagteksten", row, texts.get(section), values)


def _annexes(writer: _Writer, rows: Iterable[TableRow], report: AnnualReport) -> None:
    annexes = {annex.order: annex for annex in Annex.objects.filter(report=report)}
    for row in rows:
        values = _only(row, "order", "title", "kind", "text", "file_name", "author")
        values |= {"report_id": report.pk, "confidential": bool(row.values["confidential"])}
        writer.store(Annex, "Bijlagen", row, annexes.get(values["order"]), values)
