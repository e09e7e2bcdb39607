"""Where the body stands, in words and with the reason: for who governs, advises or watches and keeps no records."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from openintegriteit.accountability.legal_position import position_in_numbers
from openintegriteit.accountability.models import AnnualReport, CouncilQuestion
from openintegriteit.accountability.permissions import POLICY as ACCOUNTABILITY
from openintegriteit.accountability.queries import section_count
from openintegriteit.accountability.sections import office_names
from openintegriteit.core.contracts import CalendarItem, DueItem
from openintegriteit.core.roles import Actor
from openintegriteit.desks.calendar import CALENDAR
from openintegriteit.desks.coordinator import all_due
from openintegriteit.event_log.permissions import POLICY as EVENT_LOG
from openintegriteit.event_log.queries import chain_of
from openintegriteit.organisations.models import Organisation
from openintegriteit.policy.permissions import POLICY as NORMS
from openintegriteit.policy.queries import regulation_count
from openintegriteit.programme.models import Finding, Measure
from openintegriteit.programme.permissions import POLICY as PROGRAMME

SOON = timedelta(days=30)  # what ends within this many days can still be kept on time
REPORT_SOON = timedelta(days=60)
LONG_AGO = timedelta(days=2)  # for what the worker does every night
COMING = timedelta(days=90)
SHOWN = 6

Status = Literal["ok", "soon", "late", "neutral"]


@dataclass(frozen=True, slots=True)
class Standing:
    """How one subject stands: a colour, the reason for it, and the page with the records behind it."""

    subject: str
    status: Status
    reason: str
    address: str

    @property
    def word(self) -> str:
        """What the colour means."""
        words: dict[Status, str] = {
            "ok": pgettext("how it stands", "in order"),
            "soon": pgettext("how it stands", "asks attention"),
            "late": pgettext("how it stands", "not in order"),
            "neutral": pgettext("how it stands", "not known"),
        }
        return words[self.status]


@dataclass(frozen=True, slots=True)
class Overview:
    """All that the desk shows: what the person has to do, how each subject stands, and which days come."""

    due: tuple[DueItem, ...]  # the most urgent ones of `due_in_all`
    due_in_all: int
    standings: tuple[Standing, ...]
    coming: tuple[CalendarItem, ...]

    @property
    def asking(self) -> int:
        """How many subjects are not in order or ask attention."""
        return sum(standing.status in ("soon", "late") for standing in self.standings)


def overview(actor: Actor, organisation: Organisation, day: date) -> Overview:
    """The desk on a day, as far as the actor may see the records: a fixed number of queries, however many there are."""
    due = all_due(actor, day)
    coming = [item for contributor in CALENDAR for item in contributor(actor, day, day + COMING, SHOWN)]
    coming.sort(key=lambda item: (item.day, item.title))
    return Overview(tuple(due[:SHOWN]), len(due), tuple(_standings(actor, organisation, day)), tuple(coming[:SHOWN]))


def _standings(actor: Actor, organisation: Organisation, day: date) -> Iterator[Standing]:
    if PROGRAMME.allows(actor, "view_measures"):
        yield _measures(day)
    if PROGRAMME.allows(actor, "view"):
        yield _findings(day)
    if NORMS.allows(actor, "view"):
        yield _obligations(organisation, day)
        yield _regulations(day)
    if ACCOUNTABILITY.allows(actor, "view"):
        yield _report(day)
        yield _questions(organisation)
    if EVENT_LOG.allows(actor, "view"):
        yield _event_log(organisation, day)


def _measures(day: date) -> Standing:
    due_soon = Measure.objects.due_before(day + SOON)
    late, soon = due_soon.aggregate(late=Count("pk", filter=Q(due_on__lt=day)), soon=Count("pk")).values()
    status: Status = "late" if late else "soon" if soon else "ok" if Measure.objects.exists() else "neutral"
    reasons = {
        "late": ngettext("%(number)d measure is past its day.", "%(number)d measures are past their day.", late)
        % {"number": late},
        "soon": ngettext(
            "%(number)d measure ends within thirty days.", "%(number)d measures end within thirty days.", soon
        )
        % {"number": soon},
        "ok": _("No measure is late, and none ends within thirty days."),
        "neutral": _("No measures have been recorded."),
    }
    address = reverse("programme:measures") + ("?stand=te-laat" if late else "")
    return Standing(_("Measures"), status, reasons[status], address)


def _findings(day: date) -> Standing:
    # Numbers stand in the index by due day, keys do not: so counted, no record is read.
    open_ones = Finding.objects.unresolved().aggregate(
        in_all=Count("*"),
        late=Count("number", filter=Q(due_on__lt=day)),
        undated=Count("number", filter=Q(due_on=None)),
    )
    late, undated, number = open_ones["late"], open_ones["undated"], open_ones["in_all"]
    is_known = bool(number) or Finding.objects.exists()
    status: Status = "late" if late else "soon" if undated else "ok" if is_known else "neutral"
    reasons = {
        "late": ngettext(
            "The term of %(number)d finding has gone by.", "The terms of %(number)d findings have gone by.", late
        )
        % {"number": late},
        "soon": ngettext("%(number)d open finding has no term.", "%(number)d open findings have no term.", undated)
        % {"number": undated},
        "ok": ngettext(
            "%(number)d finding is open, within its term.", "%(number)d findings are open, within their terms.", number
        )
        % {"number": number}
        if number
        else _("Every finding has been resolved."),
        "neutral": _("No findings have been recorded."),
    }
    return Standing(_("Findings"), status, reasons[status], reverse("programme:findings"))


def _obligations(organisation: Organisation, day: date) -> Standing:
    """Where the body stands on the law; what nobody answered is not known, not wrong."""
    position = position_in_numbers(organisation, day)
    wrong, partly, unanswered = (position.states[state] for state in ("not_met", "partly", "open"))
    overdue = position.overdue
    status: Status = "late" if wrong else "soon" if partly or overdue else "neutral" if unanswered else "ok"
    reasons = {
        "late": ngettext("%(number)d obligation is not met.", "%(number)d obligations are not met.", wrong)
        % {"number": wrong},
        "soon": _("%(partly)d are met in part, %(overdue)d should be looked at again.")
        % {"partly": partly, "overdue": overdue},
        "neutral": ngettext(
            "Nobody has answered %(number)d obligation.", "Nobody has answered %(number)d obligations.", unanswered
        )
        % {"number": unanswered},
        "ok": _("Every obligation has an answer."),
    }
    return Standing(_("Obligations by law"), status, reasons[status], reverse("accountability:legal_position"))


def _regulations(day: date) -> Standing:
    count = regulation_count(day)
    past = count.past_review
    status: Status = "late" if past else "ok" if count.in_all else "neutral"
    reasons = {
        "late": ngettext(
            "%(number)d regulation is past its review day.", "%(number)d regulations are past their review day.", past
        )
        % {"number": past},
        "ok": _("No regulation is past its review day."),
        "neutral": _("No regulations have been recorded."),
    }
    return Standing(_("Regulations and codes"), status, reasons[status], reverse("policy:regulations"))


def _report(day: date) -> Standing:
    report = AnnualReport.objects.first()
    if report is None:
        return Standing(
            _("Annual report"), "neutral", _("No report has been started."), reverse("accountability:reports")
        )
    count = section_count(report)
    waiting, goes_on = count.in_all - count.finished, report.council_on
    address = reverse("accountability:report", args=[report.year])
    subject = _("Annual report %(year)d") % {"year": report.year}
    if not report.is_open:
        return Standing(subject, "ok", _("The report has been adopted."), address)
    if not waiting:
        return Standing(subject, "ok", _("Every section is ready."), address)
    told = ngettext("%(number)d section is not ready yet.", "%(number)d sections are not ready yet.", waiting)
    reason = told % {"number": waiting}
    if goes_on is None:
        undated = _("No day has been set on which it goes out.")
        return Standing(subject, "soon", f"{reason} {undated}", address)
    goes = _("The day on which it goes out is %(day)s.") % {"day": date_format(goes_on, "DATE_FORMAT")}
    status: Status = "late" if goes_on < day else "soon" if goes_on <= day + REPORT_SOON else "ok"
    return Standing(subject, status, f"{reason} {goes}", address)


def _questions(organisation: Organisation) -> Standing:
    waiting = CouncilQuestion.objects.unanswered().count()
    status: Status = "soon" if waiting else "ok" if CouncilQuestion.objects.exists() else "neutral"
    reasons = {
        "soon": ngettext("%(number)d question has no answer.", "%(number)d questions have no answer.", waiting)
        % {"number": waiting},
        "ok": _("Every question has been answered."),
        "neutral": _("No questions have been recorded."),
    }
    name = capfirst(office_names(organisation.kind)["council_questions"])
    return Standing(name, status, reasons[status], reverse("accountability:newest_questions"))


def _event_log(organisation: Organisation, day: date) -> Standing:
    """Whether the chain of the body held when it was last walked, and when it was last signed (one query)."""
    chain, address, subject = chain_of(organisation.pk), reverse("event_log:entries"), _("Event log")
    if chain.verified_first_bad is not None:
        return Standing(
            subject,
            "late",
            _("The log does not hold from line %(number)d on.") % {"number": chain.verified_first_bad},
            address,
        )
    if chain.verified_at is None:
        return Standing(subject, "neutral", _("The log has not been checked yet."), address)
    checked_on = date_format(timezone.localtime(chain.verified_at), "DATE_FORMAT")
    checked = _("The whole log was checked on %(day)s and holds.") % {"day": checked_on}
    signed = (
        _("The last checkpoint is of %(day)s.") % {"day": date_format(chain.checkpointed_on, "DATE_FORMAT")}
        if chain.checkpointed_on
        else _("No checkpoint has been made.")
    )
    recent = timezone.localdate(chain.verified_at) > day - LONG_AGO
    in_order = recent and chain.checkpointed_on is not None and chain.checkpointed_on > day - LONG_AGO
    return Standing(subject, "ok" if in_order else "soon", f"{checked} {signed}", address)
