"""What apps hand upwards. Pages that collect read one explicit list of contributors per purpose."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from operator import methodcaller
from typing import Any, Literal
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext

from openintegriteit.core.roles import Actor

Number = int | float


@dataclass(frozen=True, slots=True)
class Period:
    """A year that is accounted for, and the day up to which later events are told."""

    year: int
    reference_date: date

    @property
    def first_day(self) -> date:
        """1 January of the year."""
        return date(self.year, 1, 1)

    @property
    def last_day(self) -> date:
        """31 December of the year."""
        return date(self.year, 12, 31)


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of one year, with where it comes from. `value` None means that the records do not know it."""

    code: str
    year: int
    value: Number | None
    unit: str
    definition: str
    source: str
    address: str  # the page with the records behind it
    series_break: str = ""  # why years before this one cannot be compared; empty: they can
    published_before: bool = False
    restated_from: Number | None = None  # what was published earlier, when a later count corrected it
    restated_because: str = ""
    address_readers: frozenset[str] | None = None  # the roles that may open the address; None: whoever sees the figure

    def seen_by(self, actor: Actor) -> "Figure":
        """The figure as it is for the actor: without an address where the page behind it would refuse them."""
        if self.address_readers is None or actor.has(*self.address_readers):
            return self
        return replace(self, address="")


@dataclass(frozen=True, slots=True)
class DueItem:
    """Something that somebody has to do, by a day (None: no day has been set).

    `instead_of`: the address of an item of another app about the same, which is left out where both are told.
    """

    title: str
    detail: str
    due_on: date | None
    address: str
    action: str  # the word on the button
    kind: Literal[
        "measure",
        "activity",
        "finding",
        "advice",
        "council_question",
        "report",
        "regulation",
        "policy",
        "obligation",
        "campaign",
        "declaration",
        "retention",
    ]
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class CalendarItem:
    """Something that is due or happens on a day of the year calendar."""

    title: str
    detail: str
    day: date
    address: str
    kind: Literal[
        "measure",
        "activity",
        "finding",
        "advice",
        "report",
        "regulation",
        "obligation",
        "campaign",
        "council_question",
        "declaration",
        "retention",
    ]
    state: str = ""  # how it stands, in a word; empty: the record knows no state
    waiting: bool = True  # whether it still asks something, so that a day gone by makes it overdue
    part: str = ""  # which of its days this is, for a record with several of them


@dataclass(frozen=True, slots=True)
class RecordedAnswer:
    """What records show about a duty of law, and where; never more than they show.

    `state` is "met" when the records show what the law asks, "not_shown" when they do not: it may be there yet.
    """

    subject: str  # as policy.obligations.RECORDED names it
    state: Literal["met", "not_shown"]
    reason: str
    address: str
    address_readers: frozenset[str] | None = None  # as of a figure
    about_few: bool = False  # the reason tells what a few people declared, so that these readers alone get it

    def seen_by(self, actor: Actor) -> "RecordedAnswer":
        """The answer as it is for the actor: without what the page behind it would refuse them."""
        if self.address_readers is None or actor.has(*self.address_readers):
            return self
        reason = gettext("Who may read this register sees why.") if self.about_few else self.reason
        return replace(self, address="", reason=reason)


@dataclass(frozen=True, slots=True)
class Carrier:
    """Something that is done for a goal, or that answers a duty, and how it stands: `tone` colours the `state`."""

    title: str
    state: str
    tone: str
    address: str


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A record that answers a search."""

    title: str
    detail: str
    kind: str
    address: str


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A section of the annual report as the records tell it, before its author writes."""

    key: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PublicColumn:
    """What a public register tells of each of its lines. `key` names it in JSON and never changes.

    The value of an "amount" is one in euros as text, with a full stop before the cents: "1234.50".
    """

    key: str
    label: str  # Dutch, as everything on the public site
    kind: Literal["text", "day", "yes_no", "address", "amount"] = "text"


@dataclass(frozen=True, slots=True)
class PublicFile:
    """A file that is published with a line; `content` makes or reads it when it is needed."""

    name: str
    media_type: str
    content: Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class PublicEntry:
    """One line of a public register: what everybody may know of a record.

    `key` is that of the record and identifies the line for ever; `values` hold what `PublicRegister.columns` name.
    """

    key: UUID
    values: Mapping[str, str | bool | date | None]
    person: UUID | None = None  # whom it is about
    text: str = ""  # in full, for a page of its own
    files: tuple[PublicFile, ...] = ()


@dataclass(frozen=True, slots=True)
class PublicRegister:
    """What is made public of one kind. `key` stands in records and `slug` in addresses; neither ever changes.

    `entries` gives its lines: it takes the body (an organisations.Organisation, which this floor does not know), the
    day, and the day since when something may have ended to be shown still. `keepers` are the roles that see to it and
    may take a line down for somebody's safety. `articles` names what the law says, by kind of body ("": of any kind).
    """

    key: str
    slug: str
    title: str
    explanation: str
    columns: tuple[PublicColumn, ...]
    entries: Callable[[Any, date, date], tuple[PublicEntry, ...]]
    keepers: frozenset[str]
    articles: Mapping[str, str] = field(default_factory=dict)
    about_people: bool = True
    woo_category: str = ""  # the category of documents of the Wet open overheid, for the sitemap of the Woo-index

    def article(self, organisation_kind: str) -> str:
        """What the law says for a kind of body; empty: we know of nothing."""
        return self.articles.get(organisation_kind, self.articles.get("", ""))


StartEvent = Literal["service", "end", "day", "replaced"]
Side = Literal["officials", "office_holders"]


@dataclass(frozen=True, slots=True)
class KeptKind:
    """A kind of record that is kept for a term and then destroyed. `key` stands in records and never changes.

    `rows` gives the records of the body in scope with `began`: the day on which the term of each began, None where that
    is not known. It takes one of `starts`: the end of the service of the person ("service"), the end of what was
    recorded ("end"), the day on which it happened ("day"), or on which a newer one came instead ("replaced"). `person`
    is the path from a record to whom it is about. `words` says in Dutch what a record is, not what stands in it nor
    about whom it is. `mark` is another once the record changed. `side` is whose keepers see to it. `needed_by` gives,
    within the scope of a body, what else can need a record, in words, with the condition under which it does.
    `destroy` takes all details of a row along.
    """

    key: str
    label: str | Promise
    side: Side
    starts: tuple[StartEvent, ...]
    rows: Callable[[StartEvent], Any]
    words: Callable[[Any], str]
    mark: Callable[[Any], str]
    person: str = ""  # empty: it is about nobody
    needed_by: Callable[[], Mapping[str, Any]] = dict
    destroy: Callable[[Any], object] = methodcaller("delete")
