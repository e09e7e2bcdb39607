"""The lines of the event log as a file."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.spreadsheets.writing import Value
from openintegriteit.event_log.changes import changes_of
from openintegriteit.event_log.models import Entry
from openintegriteit.event_log.telling import action_words, actor_words, detail_lines, kind_words, model_of
from openintegriteit.ui.tables import Column

MOST_LINES = 50_000  # what a page can hand out within seconds
SHOWN = (Column(_("Moment")), Column(_("What happened")), Column(_("Record")), Column(_("By whom")))
HEADS = (
    _("Number"),
    _("Moment"),
    _("By whom"),
    _("What happened"),
    _("Kind of record"),
    _("Record"),
    _("Id of the record"),
    _("Details"),
    _("Hash"),
)


def lines_for_file(rows: QuerySet[Entry]) -> Iterator[list[Value]]:
    """A row of the file for each line of the log, newest first."""
    for entry in rows.iterator(chunk_size=2000):
        yield [
            entry.number,
            entry.at,
            actor_words(entry.actor_label),
            action_words(entry.action),
            kind_words(entry.subject_type),
            entry.subject_label,
            entry.subject_id,
            _details(entry),
            entry.hash,
        ]


def _details(entry: Entry) -> str:
    changes = changes_of(model_of(entry.subject_type), entry)
    details = detail_lines(entry.subject_type, entry.details)
    return "; ".join(
        [
            *(f"{line.label}: “{line.before}” → “{line.after}”" for line in changes),
            *(f"{what}: {value}" for what, value in details),
        ]
    )
