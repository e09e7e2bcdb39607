"""The yearly overview of what officials declared: totals, and breakdowns in which nobody can be recognised."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.organisations.models import PersonKind
from openintegriteit.registers.declarations.models import RegisterKey
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.overview.forms import OverviewFilter
from openintegriteit.registers.overview.queries import RegisterYear, counts_of
from openintegriteit.registers.overview.rules import BROKEN_DOWN, Tally, broken_down
from openintegriteit.ui.listing import as_file, export_format
from openintegriteit.ui.tables import Column, Header, headers

LABELS: Mapping[Tally, str | Promise] = {
    Tally.ANSWERED: _("People who answered"),
    Tally.NOT_YET: _("People who still may answer"),
    Tally.OVERDUE: _("People who are late"),
    Tally.DECLARED: _("Declarations"),
    Tally.NOTHING: _("People with nothing to declare"),
    Tally.ALLOWED: _("Allowed"),
    Tally.CONDITIONS: _("With conditions"),
    Tally.FORBIDDEN: _("Not allowed"),
    Tally.WAITING: _("Waits for a decision"),
}
SHORT: Mapping[Tally, str | Promise] = {
    **LABELS,
    Tally.NOTHING: _("Nothing"),
}
ASKED = _("People asked")
BREAKDOWNS = ((0, _("By department or team"), _("Department or team")), (1, _("By kind of person"), _("Kind")))


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A breakdown of one register: None for a number that is hidden."""

    title: str | Promise
    headers: list[Header]
    lines: tuple[tuple[str, tuple[tuple[str | Promise, int | None], ...]], ...]


@requires(POLICY, "view_officials")
def year(request: ActorRequest) -> HttpResponseBase:
    """The counts of a year, as a page (one register broken down) or a file (all of them)."""
    filters = OverviewFilter(request.GET or {"jaar": today().year})
    if export_format(request):
        counted = counts_of(filters.year(), today())
        heads = [_("Year"), _("Register"), _("Breakdown"), _("Line"), _("What is counted"), _("How many")]
        rows = (row for one in counted.values() for row in _cells(one))
        return as_file(request, "opgaven-per-jaar", heads, ((filters.year(), *row) for row in rows))
    counted = counts_of(filters.year(), today(), [filters.key()])
    context = {
        "year": filters.year(),
        "filters": filters,
        "totals": _totals(counted.values()),
        "total_headers": headers(
            [Column(_("What is counted")), *(Column(_name(one), numeric=True) for one in counted.values())], request.GET
        ),
        "register": _name(counted[filters.key()]),
        "breakdowns": _breakdowns(counted[filters.key()]),
    }
    return render(request, "overview/year.html", context)


def _totals(counted: Collection[RegisterYear]) -> list[tuple[str | Promise, list[tuple[str, int]]]]:
    """What is counted, with the number of each register."""
    asked = (ASKED, [(_name(one), one.asked) for one in counted])
    others = ((label, [(_name(one), one.totals[told]) for one in counted]) for told, label in LABELS.items())
    return [asked, *others]


def _name(counted: RegisterYear) -> str:
    return capfirst(str(RegisterKey(counted.register).label))


def _breakdowns(counted: RegisterYear) -> list[Breakdown]:
    columns = [Column(SHORT[tally], numeric=True) for tally in BROKEN_DOWN]
    return [
        Breakdown(title, headers([Column(head), *columns], QueryDict()), tuple(_lines(counted, part)))
        for part, title, head in BREAKDOWNS
    ]


def _lines(counted: RegisterYear, part: int) -> Iterator[tuple[str, tuple[tuple[Any, int | None], ...]]]:
    shown = broken_down(counted.by(part))
    for line in sorted(shown, key=lambda line: (line == "", _line(line, part).casefold())):
        yield _line(line, part), tuple((SHORT[tally], number) for tally, number in shown[line].items())


def _line(line: str, part: int) -> str:
    if part == 1:
        return capfirst(str(PersonKind(line).label))
    return line or gettext("without a unit")


def _cells(counted: RegisterYear) -> Iterator[tuple[Any, ...]]:
    name, hidden = _name(counted), gettext("hidden")
    yield name, gettext("Total"), "", ASKED, counted.asked
    for tally, number in counted.totals.items():
        yield name, gettext("Total"), "", LABELS[tally], number
    for breakdown in _breakdowns(counted):
        for line, numbers in breakdown.lines:
            for label, told in numbers:
                yield name, breakdown.title, line, label, hidden if told is None else told
