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
from django.utils.translation import gettext as _

from openintegriteit.accountability.answers import ANSWER_FIELDS, are_sent
from openintegriteit.accountability.asking import asker_kind_of
from openintegriteit.accountability.editions import locked_while_open
from openintegriteit.accountability.models import Annex, AnnualReport, CouncilQuestion, FormHeading, ReportText
from openintegriteit.accountability.operations import store_form
from openintegriteit.accountability.permissions import POLICY
from openintegriteit.accountability.sections import FORM, form_section
from openintegriteit.accountability.workbook.naming import measure_names
from openintegriteit.accountability.workbook.parsing import FIRST_VERSION, UNIQUE, YearFile, own_code
from openintegriteit.accountability.workbook.parts import certain_parts
from openintegriteit.accountability.workbook.sheets import SHEETS
from openintegriteit.core.display import field_text
from openintegriteit.core.locking import StaleRecord, VersionedModel, save_if_unchanged
from openintegriteit.core.roles import Actor
from openintegriteit.core.spreadsheets.columns import TableRow
from openintegriteit.core.spreadsheets.workbook import plain
from openintegriteit.core.staged_uploads import fingerprint
from openintegriteit.event_log.changes import body_of
from openintegriteit.event_log.operations import Event, record_many
from openintegriteit.figures.models import OwnIndicator, YearFigure
from openintegriteit.organisations.models import HeadCount, Organisation
from openintegriteit.policy.models import PlanGoal, PolicyPlan, Regulation, RegulationVersion
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
SHEET_NAMES = {kind.key: kind.name for kind in SHEETS}
COLUMNS = {kind.key: frozenset(column.key for column in kind.columns) for kind in SHEETS}

type CodeOf = Callable[[str], str | None]


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


def preview_year(file: YearFile, *, actor: Actor, code_of: CodeOf) -> YearChanges:
    """What applying the file would do; nothing stays."""
    with transaction.atomic():
        changes = _apply(file, actor, code_of)
        transaction.set_rollback(True)
    return changes


def apply_year(file: YearFile, *, actor: Actor, code_of: CodeOf, previewed: str | None = None) -> YearChanges:
    """Store the whole file or nothing of it; one event-log entry per changed record.

    Raises ValueError for a file with errors, and ChangedMeanwhile when the outcome would differ from the preview whose
    fingerprint is given, or when somebody changes one of the records at this very moment, and ReportAdopted when the
    report of the year cannot be changed any more.
    """
    try:
        with transaction.atomic():
            changes = _apply(file, actor, code_of)
            if previewed is not None and changes.fingerprint != previewed:
                raise ChangedMeanwhile(changes)
    except StaleRecord:
        raise ChangedMeanwhile(preview_year(file, actor=actor, code_of=code_of)) from None
    return changes


def _apply(file: YearFile, actor: Actor, code_of: CodeOf) -> YearChanges:
    POLICY.require(actor, "import_year")
    if file.errors or file.report_row is None:
        raise ValueError("A file with errors is not applied.")
    Organisation.objects.select_for_update().get(pk=body_of(actor))  # one import at a time
    store_form(actor=actor)
    writer = _Writer(actor, file.columns)
    report = locked_while_open(_organisation(writer, file.rows["organisation"]))
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
    """Adds or changes records one by one and keeps what it did. `columns`: by sheet, those that the file has."""

    actor: Actor
    columns: Mapping[str, frozenset[str]]
    changes: list[Change] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    unchanged: int = 0
    seen: set[UUID] = field(default_factory=set)
    logged: set[UUID] = field(default_factory=set)

    def store[M: models.Model](
        self,
        model: type[M],
        sheet: str,
        row: TableRow,
        existing: M | None,
        values: Mapping[str, Any],
        *,
        label: str = "",
    ) -> M:
        """Make a record of the row, or give the existing one the values of the row.

        What the file has no column for stays as it is. `label` tells people which record it is, where its own name does
        not. Raises StaleRecord when somebody changes the record meanwhile.
        """
        if existing is None:
            made = model(organisation_id=body_of(self.actor), **values)
            made.save(force_insert=True)
            self._note(sheet, row, "added", made, label, ())
            return made
        absent = COLUMNS[sheet] - self.columns[sheet]
        differing = [
            name for name in values if name not in absent and _key_in(existing, name) != _plain_key(values[name])
        ]
        if not differing:
            self.unchanged += existing.pk not in self.seen
            self.seen.add(existing.pk)
            return existing
        fields = tuple(_told(existing, name, values[name]) for name in differing)
        for name in differing:
            setattr(existing, name, values[name])
        if isinstance(existing, VersionedModel):
            save_if_unchanged(existing, expected_version=existing.version, fields=differing)
        else:
            existing.save(update_fields=differing)
        self._note(sheet, row, "changed", existing, label, fields)
        return existing

    def _note(
        self,
        sheet: str,
        row: TableRow,
        kind: Literal["added", "changed"],
        record: models.Model,
        label: str,
        fields: tuple[tuple[str, str, str], ...],
    ) -> None:
        self.changes.append(Change(SHEET_NAMES[sheet], row.number, kind, label or str(record), fields))
        self.seen.add(record.pk)
        if record.pk in self.logged:
            return
        self.logged.add(record.pk)
        action = f"{record._meta.model_name}.{'created' if kind == 'added' else 'changed'}"
        names = [name for name, _before, _after in fields]
        self.events.append(Event(action, record, details={"by": "import", "fields": names}))


def _key_in(record: models.Model, name: str) -> Any:
    """The stored value of a field; of a reference its key, without fetching the other record."""
    field = record._meta.get_field(name)
    assert isinstance(field, models.Field)
    return getattr(record, field.attname)


def _plain_key(value: Any) -> Any:
    return value.pk if isinstance(value, models.Model) else value


def _told(record: models.Model, name: str, value: Any) -> tuple[str, str, str]:
    """The name of a field, what it holds and what it will hold, in words."""
    described: Any = record._meta.get_field(name)
    return str(described.verbose_name), field_text(described, getattr(record, name)), field_text(described, value)


def _cells(row: TableRow) -> Mapping[str, Any]:
    """The values of a row that passed; parsing has seen to their types."""
    return row.values


def _only(row: TableRow, names: str) -> dict[str, Any]:
    return {name: row.values[name] for name in names.split()}


def _in_cents(value: int | Decimal | None) -> Decimal | None:
    """A number as the database keeps it: two decimals."""
    return None if value is None else Decimal(value).quantize(Decimal("0.01"))


def _by(model: type[models.Model], *names: str) -> dict[tuple[Any, ...], Any]:
    """The records of the body by the values that name them; texts whatever their capitals and accents."""
    return {_key(getattr(record, name) for name in names): record for record in model._default_manager.all()}


def _key(values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(plain(value) if isinstance(value, str) else value for value in values)


def _organisation(writer: _Writer, rows: Iterable[TableRow]) -> AnnualReport:
    counts = {count.year: count for count in HeadCount.objects.filter(unit=None)}
    reports = _by(AnnualReport, "year")
    for row in rows:
        values = _only(row, "year heads note") | {"fte": _in_cents(_cells(row)["fte"])}
        if values["heads"] is not None or values["fte"] is not None:
            label = _("people on 31 December %(year)d") % values
            writer.store(HeadCount, "organisation", row, counts.get(values["year"]), values, label=label)
        if row.values["reference_date"]:
            values = _only(row, "year reference_date")
            existing = reports.get((values["year"],))
            label = _("annual report %(year)d") % values
            report: AnnualReport = writer.store(AnnualReport, "organisation", row, existing, values, label=label)
    return report


def _regulations(writer: _Writer, rows: Iterable[TableRow]) -> None:
    regulations = _by(Regulation, "title")
    versions = _by(RegulationVersion, "regulation_id", "label")
    rows = list(rows)
    newest = {_key([row.values["title"]]): row for row in rows}  # of several versions the last row tells the rest
    for row in rows:
        key = _key([row.values["title"]])
        values = _only(newest[key], "title kind audience review_due_on note")
        values["audience"] = values["audience"] or ""
        regulation = writer.store(Regulation, "regulations", row, regulations.get(key), values)
        regulations[key] = regulation
        label = row.values["label"] or FIRST_VERSION
        version = _only(row, "adopted_by adopted_on in_force_on replaces") | {"regulation": regulation, "label": label}
        writer.store(RegulationVersion, "regulations", row, versions.get(_key([regulation.pk, label])), version)


def _policy_plans(writer: _Writer, rows: Iterable[TableRow]) -> None:
    """The policy plans. One that was adopted here, and what follows it, is changed in its own pages only."""
    plans = _by(PolicyPlan, "title")
    settled = {_key([plan.title]) for plan in PolicyPlan.objects.filter(settled_at__isnull=False)}
    for row in rows:
        values = _only(row, "title adopted_by adopted_on policy_since chapters note")
        key = _key([values["title"]])
        if key in settled:
            writer.unchanged += 1
        else:
            writer.store(PolicyPlan, "policy_plans", row, plans.get(key), values)


def _findings(writer: _Writer, rows: Iterable[TableRow]) -> dict[int, Finding]:
    findings = _by(Finding, "number")
    names = "number kind found_by letter_on text order due_on reinspected_on lifted_on dates_in_words status note"
    stored = {}
    for row in rows:
        values = _only(row, names)
        stored[values["number"]] = writer.store(Finding, "findings", row, findings.get((values["number"],)), values)
    return stored


def _measures(writer: _Writer, rows: Iterable[TableRow], findings: Mapping[int, Finding]) -> dict[int, Measure]:
    rows = list(rows)
    if not rows:
        return {}
    newest: ActionPlan | None = ActionPlan.objects.newest()
    if newest is None:
        title = next((row.values["plan"] for row in rows if row.values["plan"]), PLAN_TITLE)
        newest = writer.store(ActionPlan, "measures", rows[0], None, {"title": title})
    called = measure_names(Organisation.objects.get(pk=body_of(writer.actor)).kind)
    plans = {plain(plan.title): plan for plan in ActionPlan.objects.all()}
    existing = {(measure.plan_id, measure.number): measure for measure in Measure.objects.all()}
    headings = _by(MeasureHeading, "plan_id", "title")
    goals = {goal.pk: goal for goal in PlanGoal.objects.all()}
    names = "number pillar title description owner initiator when due_on finished_on"
    stored: dict[int, Measure] = {}
    for row in rows:
        cells = _cells(row)
        plan, goal = plans[called.plan_of(cells["plan"])], called.goal(cells["goal"])
        values = _only(row, names) | {
            "plan": plan,
            "goal": goals[goal] if goal else None,
            "obligation": called.obligation(cells["obligation"]),
            "priority": int(cells["priority"] or Priority.NORMAL),
            "status": cells["status"] or MeasureStatus.UNKNOWN,
            "heading": _heading(writer, row, plan, headings),
            "finding": findings.get(cells["finding"]),
            "budget": _in_cents(cells["budget"]),
        }
        measure = writer.store(Measure, "measures", row, existing.get((plan.pk, cells["number"])), values)
        if cells["number"] not in stored or plan == newest:  # a bare number means a measure of the newest plan
            stored[cells["number"]] = measure
    return stored


def _heading(
    writer: _Writer, row: TableRow, plan: ActionPlan, headings: dict[tuple[Any, ...], MeasureHeading]
) -> MeasureHeading | None:
    title = row.values["heading"]
    if not title:
        return None
    key = _key([plan.pk, title])
    if key not in headings:
        order = sum(1 for of_plan, *_title in headings if of_plan == plan.pk) + 1
        values = {"plan": plan, "title": title, "order": order}
        headings[key] = writer.store(MeasureHeading, "measures", row, None, values)
    return headings[key]


def _notes(writer: _Writer, rows: Iterable[TableRow], measures: Mapping[int, Measure]) -> None:
    notes = _by(ProgressNote, "measure_id", "noted_on", "text")
    for row in rows:
        values = _only(row, "noted_on text") | {"measure": measures[_cells(row)["measure"]]}
        existing = notes.get(_key([values["measure"].pk, values["noted_on"], values["text"]]))
        writer.store(ProgressNote, "notes", row, existing, values)


def _activities(writer: _Writer, rows: Iterable[TableRow], measures: Mapping[int, Measure]) -> None:
    identity = UNIQUE["activities"]
    activities = _by(Activity, *identity)
    names = (
        "title theme kind pillar year starts_on ends_on period status sessions participants audience led_by note "
        "outcome confirmed_by confirmed_on called_off_because invited evaluations said next_time"
    )
    for row in rows:
        cells = _cells(row)
        values = _only(row, names)
        values |= {"order": cells["order"] or 0, "scope": cells["scope"] or ""}
        values["measure"] = measures.get(cells["measure"])
        values["mark"] = None if cells["mark"] is None else Decimal(cells["mark"])
        existing = activities.get(_key(values[name] for name in identity))
        writer.store(Activity, "activities", row, existing, values)


def _figures(writer: _Writer, rows: Iterable[TableRow], code_of: CodeOf) -> None:
    figures = _by(YearFigure, "indicator", "year")
    made: set[str] = set()
    for row in rows:
        cells = _cells(row)
        code = code_of(cells["indicator"])
        if code is None:
            code = own_code(cells["indicator"])
            if code not in made:
                own = _only(row, "unit definition") | {"code": code, "name": cells["indicator"]}
                writer.store(OwnIndicator, "figures", row, None, own)
                made.add(code)
        values = _only(row, "year definition source series_break")
        values |= {"indicator": code, "published_before": bool(cells["published_before"])}
        values["value"] = _in_cents(cells["value"])
        label = f"{cells['indicator']}, {values['year']}"
        writer.store(YearFigure, "figures", row, figures.get(_key([code, values["year"]])), values, label=label)


def _questions(
    writer: _Writer, rows: Iterable[TableRow], report: AnnualReport, measures: Mapping[int, Measure]
) -> None:
    """The questions; a second round for those that share the answer of a question that comes later in the file."""
    rows = list(rows)
    questions = {question.order: question for question in CouncilQuestion.objects.filter(report=report)}
    sent = {order for order, question in questions.items() if question.has_answer} if are_sent(report) else set()
    parts = certain_parts([row for row in rows if row.values["order"] not in questions])
    for row in rows:
        cells = _cells(row)
        known = questions.get(cells["order"])
        values = _only(row, "order number question asked_by received_on answer paragraph")
        values |= {"report": report, "not_applicable": bool(cells["not_applicable"])}
        values["measure"] = measures.get(cells["measure"])
        values["same_answer_as"] = questions.get(cells["same_answer_as"])
        if "asked_by" in writer.columns["questions"]:
            values["asker_kind"] = asker_kind_of(cells["asked_by"], known.asker_kind if known else "")
        if known is None and cells["order"] in parts:
            whole, place = parts[cells["order"]]
            values |= {"part_of": questions[whole], "part_order": place}
        if known and "answer" in writer.columns["questions"] and cells["answer"] != known.answer:
            values["is_checked"] = True  # who writes another answer than the draft that was taken over, stands for it
        if cells["order"] in sent:  # a sent answer changes only by a correction with a reason
            values = {name: value for name, value in values.items() if name not in ANSWER_FIELDS}
        questions[cells["order"]] = writer.store(CouncilQuestion, "questions", row, known, values)
    for row in (row for row in rows if row.values["order"] not in sent):
        cells = _cells(row)
        shared = {"same_answer_as": questions.get(cells["same_answer_as"])}
        writer.store(CouncilQuestion, "questions", row, questions[cells["order"]], shared)


def _texts(writer: _Writer, rows: Iterable[TableRow], report: AnnualReport) -> None:
    texts = {text.section: text for text in ReportText.objects.filter(report=report)}
    form = {plain(heading.title): form_section(heading.key) for heading in FormHeading.objects.all()}
    for row in rows:
        cells = _cells(row)
        section = form[plain(cells["heading"])] if cells["section"] == FORM else cells["section"]
        values = {"report": report, "section": section, "text": cells["text"], "ready": True}
        label = cells["heading"] or cells["section"]
        writer.store(ReportText, "texts", row, texts.get(section), values, label=label)


def _annexes(writer: _Writer, rows: Iterable[TableRow], report: AnnualReport) -> None:
    annexes = {annex.order: annex for annex in Annex.objects.filter(report=report)}
    for row in rows:
        values = _only(row, "order title kind text file_name author")
        values |= {"report": report, "confidential": bool(_cells(row)["confidential"])}
        existing = annexes.get(values["order"])
        if existing and existing.file_id:  # what has a file is a document of others, until the file is taken away
            values["kind"] = existing.kind
        writer.store(Annex, "annexes", row, existing, values)
