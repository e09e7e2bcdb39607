"""Pages of the overviews of half-years, quarters and months: the list, one overview, and the overview as a file."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from openintegriteit.accountability.period_facts import gather_part, parts_with_something
from openintegriteit.accountability.period_overview import overview_of
from openintegriteit.accountability.periods import PartOfYear, part_named, part_with
from openintegriteit.accountability.permissions import POLICY
from openintegriteit.accountability.tasks import write_period
from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.core.documents.html import body_fragment
from openintegriteit.core.queue import ask_once
from openintegriteit.core.spreadsheets.workbook import plain
from openintegriteit.organisations.downloads import hand_out_document
from openintegriteit.programme.permissions import POLICY as PROGRAMME

LENGTHS = ((6, _("Half-year")), (3, _("Quarter")), (1, _("Month")))
FORMATS = (("pdf", _("View as PDF")), ("docx", "Word"), ("odt", "OpenDocument"), ("html", "HTML"))


@requires(POLICY, "view")
def periods(request: ActorRequest) -> HttpResponse:
    """The half-years, quarters and months with something in them, the newest year first."""
    day = today()
    told = parts_with_something()
    context = {
        "now": [part_with(day, months) for months, _label in LENGTHS],
        "years": [(year, [(label, parts[months]) for months, label in LENGTHS]) for year, parts in told.items()],
    }
    return render(request, "accountability/periods.html", context)


@requires(POLICY, "view")
def period(request: ActorRequest, slug: str) -> HttpResponse:
    """The overview of one half-year, quarter or month, with links to the records for who may open them."""
    part = _part(slug)
    facts = gather_part(part, request.organisation, today())
    link_to = f"{request.scheme}://{request.get_host()}" if PROGRAMME.allows(request.actor, "view") else ""
    context = {
        "facts": facts,
        "text": body_fragment(overview_of(facts, link_to=link_to)),
        "neighbours": [(_("Before this"), part.previous), (_("After this"), part.following)],
        "lengths": [
            (label, _address(part_with(part.first_day, months)), months == part.months) for months, label in LENGTHS
        ],
        "formats": FORMATS,
    }
    return render(request, "accountability/period.html", context)


@requires(POLICY, "view")
def period_file(request: ActorRequest, slug: str, file_format: str) -> HttpResponseBase:
    """The overview as a file. It tells the state of today, so the worker is told which day that is."""
    part, body, day = _part(slug), request.organisation, today()
    return hand_out_document(
        request,
        overview_of(gather_part(part, body, day)),
        name=f"tussenstand-{plain(body.name)}-{part.slug}",
        file_format=file_format,
        make=lambda wanted: ask_once(write_period, str(body.pk), part.slug, day.isoformat(), wanted),
        back=_address(part),
    )


def _part(slug: str) -> PartOfYear:
    part = part_named(slug)
    if part is None:
        raise Http404
    return part


def _address(part: PartOfYear) -> str:
    return reverse("accountability:period", args=[part.slug])
