"""What stands on the public site, as its pages and files tell it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from openintegriteit.core.clock import today
from openintegriteit.core.contracts import PublicEntry, PublicRegister
from openintegriteit.publication.contents import BY_KEY, REGISTERS
from openintegriteit.publication.models import ChangeKind, Entry, EntryChange, EntryQuerySet, Hiding
from openintegriteit.publication.operations import Lines
from openintegriteit.publication.rules import Content, content_of


def path_of(register: PublicRegister) -> str:
    """Where a register stands, from the root of the site: registers about people, and kinds of documents."""
    return f"/registers/{register.slug}/" if register.about_people else f"/{register.slug}/"


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it stands on the site."""

    entry: PublicEntry
    content: Content
    added_on: date
    changed_on: date | None

    @property
    def updated_on(self) -> date:
        """The last day on which it changed."""
        return self.changed_on or self.added_on


@dataclass(frozen=True, slots=True)
class Marker:
    """What stays of a line that is not there: its identifier, and since when (None: only for a while)."""

    key: UUID
    removed_on: date | None


UNTOLD = "untold"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What one value was and became; of kind UNTOLD, that it changed and no more."""

    label: str
    before: object
    after: object
    kind: str

    @property
    def is_told(self) -> bool:
        """Whether what it was and became is public."""
        return self.kind != UNTOLD


@dataclass(frozen=True, slots=True)
class PastChange:
    """What happened to a line on a day. `title` is empty where the line is gone."""

    key: UUID
    kind: str
    word: str
    day: date
    title: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A register as it is shown: its lines, what stays of those that are not there, and what happened to them."""

    register: PublicRegister
    lines: tuple[Line, ...]
    markers: tuple[Marker, ...]
    changes: tuple[PastChange, ...]

    @property
    def hidden(self) -> int:
        """How many lines are out of sight for a while."""
        return sum(1 for marker in self.markers if marker.removed_on is None)

    @property
    def updated_on(self) -> date | None:
        """The last day on which something happened in it; None: nothing ever did."""
        return max((change.day for change in self.changes), default=None)


def public_address(record: UUID) -> str:
    """Where a record stands on the public site; empty: it does not, or is out of sight (two queries)."""
    entry = Entry.objects.standing().filter(pk=record).first()
    if entry is None or hidden_on(today()).filter(pk=record).exists():
        return ""
    return f"{path_of(BY_KEY[entry.register])}#{record}"


def hidden_on(day: date) -> EntryQuerySet:
    """The lines that are out of sight on the day."""
    holding = Hiding.objects.holding_on(day)
    rows: EntryQuerySet = Entry.objects.standing().filter(
        Q(pk__in=holding.filter(entry__isnull=False).values("entry"))
        | Q(person__in=holding.filter(entry__isnull=True).values("person"))
    )
    return rows


def shown(lines: Lines, day: date) -> list[Shown]:
    """The registers as they are shown on the day (two queries, and two for each register)."""
    hidden = set(hidden_on(day).values_list("pk", flat=True))
    return [_shown(register, lines[register.key], hidden) for register in REGISTERS]


def _shown(register: PublicRegister, entries: tuple[PublicEntry, ...], hidden: set[UUID]) -> Shown:
    rows = {row.pk: row for row in Entry.objects.filter(register=register.key).defer("search_text")}
    changes = EntryChange.objects.filter(entry__register=register.key).exclude(entry__in=hidden)
    told = list(changes.order_by("entry_id", "day", "at"))
    return Shown(
        register=register,
        lines=tuple(
            Line(entry, content_of(entry), rows[entry.key].added_on, rows[entry.key].changed_on)
            for entry in entries
            if entry.key not in hidden
        ),
        markers=tuple(
            Marker(row.pk, row.removed_on)
            for row in sorted(rows.values(), key=lambda row: row.pk)
            if row.removed_on is not None or row.pk in hidden
        ),
        changes=_past(register, told, {key: row.title for key, row in rows.items()}),
    )


def _past(register: PublicRegister, told: list[EntryChange], titles: Mapping[UUID, str]) -> tuple[PastChange, ...]:
    """The newest changes first; of a line that changed, what each value was and became.

    Of an amount only that it changed: one that was corrected was never right, so nothing asks that it stays public.
    """
    past: list[PastChange] = []
    before: dict[UUID, Content] = {}
    for change in told:
        kind = ChangeKind(change.kind)
        fields: tuple[FieldChange, ...] = ()
        if kind == ChangeKind.CHANGED and change.content:
            fields = tuple(_differing(register, before.get(change.entry_id, {}), change.content))
        before[change.entry_id] = change.content
        title = titles[change.entry_id] if change.content else ""
        past.append(PastChange(change.entry_id, kind, WORDS[kind], change.day, title, fields))
    return tuple(sorted(past, key=lambda change: change.day, reverse=True))


WORDS = {ChangeKind.ADDED: "Toegevoegd", ChangeKind.CHANGED: "Veranderd", ChangeKind.REMOVED: "Verwijderd"}


def _differing(register: PublicRegister, before: Content, after: Content) -> list[FieldChange]:
    changed = [
        FieldChange(column.label, None, None, UNTOLD)
        if column.kind == "amount"
        else FieldChange(column.label, before.get(column.key), after.get(column.key), column.kind)
        for column in register.columns
        if before.get(column.key) != after.get(column.key)
    ]
    if before.get("text", "") != after.get("text", ""):
        changed.append(FieldChange("Tekst", None, None, UNTOLD))
    return changed
