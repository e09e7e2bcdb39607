"""Pages on the way from draft to publication: the steps of a report, its editions, and comments on its sections."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from openintegriteit.accountability import editions
from openintegriteit.accountability.building import document_of
from openintegriteit.accountability.comparing import changes_between, marks_of
from openintegriteit.accountability.editor import editor_page, entry_named
from openintegriteit.accountability.facts import gather
from openintegriteit.accountability.forms import CommentForm, RestateForm, StepForm
from openintegriteit.accountability.frozen import EditionDamaged, document_of_edition
from openintegriteit.accountability.models import AnnualReport, Edition, SectionComment, StepKind
from openintegriteit.accountability.permissions import POLICY
from openintegriteit.accountability.queries import kept_files, kinds_taken, needed_for, step_label, steps_of
from openintegriteit.accountability.rules import STEPS, steps_to_take
from openintegriteit.accountability.sections import office_names
from openintegriteit.accountability.tasks import write_edition
from openintegriteit.accountability.views import damaged_page
from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.queue import ask_once
from openintegriteit.core.spreadsheets.workbook import plain
from openintegriteit.organisations.downloads import hand_out_document


@requires(POLICY, "view")
def step(request: ActorRequest, year: int, slug: str) -> HttpResponse:
    """Record a step of the report. What changed while it was read is named, and nothing is recorded (409)."""
    report: AnnualReport = get_object_or_404(AnnualReport, year=year)
    kind = STEPS.get(slug)
    if kind is None:
        raise Http404
    POLICY.require(request.actor, needed_for(kind))
    if kind not in steps_to_take(kinds_taken(report), is_open=report.is_open):
        messages.info(request, _("This step has been recorded already, or it is not its turn yet."))
        return redirect("accountability:report", year=year)
    form = StepForm(request.POST or None, earliest=_earliest(report, kind))
    if request.method == "POST" and form.is_valid():
        try:
            _take(request, report, kind, form)
        except editions.ReportMoved as moved:
            return _step_page(request, report, kind, form, status=409, moved=moved.parts)
        except (editions.ReportAdopted, editions.NotAdopted):
            messages.info(request, _("Somebody else was first. This is how the report stands now."))
        else:
            messages.success(request, _("Recorded."))
        return redirect("accountability:report", year=year)
    return _step_page(request, report, kind, form, status=422 if form.is_bound else 200)


def _take(request: ActorRequest, report: AnnualReport, kind: str, form: StepForm) -> None:
    said = {"taken_on": form.cleaned_data["taken_on"], "note": form.cleaned_data["note"]}
    if kind == StepKind.REVIEWED:
        editions.review(actor=request.actor, report=report, seen=form.cleaned_data["seen"], **said)
    elif kind == StepKind.ADOPTED:
        editions.adopt(actor=request.actor, report=report, seen=form.cleaned_data["seen"], **said)
    else:
        editions.send(actor=request.actor, report=report, kind=kind, **said)


def _step_page(
    request: ActorRequest,
    report: AnnualReport,
    kind: str,
    form: StepForm,
    *,
    status: int,
    moved: tuple[str, ...] = (),
) -> HttpResponse:
    """The form of a step. It carries what the page shows, so that no more is reviewed or adopted than was seen."""
    names = office_names(request.organisation.kind)
    context: dict[str, Any] = {"form": form, "report": report, "title": step_label(kind, names), "moved": moved}
    if report.is_open:
        facts = gather(report, request.organisation)
        if moved or not form.is_bound:  # a day that was wrong shows nothing new, so what was seen stays what was seen
            form.show_seen(marks_of(document_of(facts)))
        comments = SectionComment.objects.open().filter(report=report)
        context |= {"page": editor_page(facts), "open_comments": comments.count()}
    return render(request, "accountability/step.html", context, status=status)


def _earliest(report: AnnualReport, kind: str) -> date | None:
    """Before which day a step cannot have been taken: the last adoption, and for the first adoption the year's end."""
    adopted_on: date | None = report.editions.values_list("adopted_on", flat=True).first()
    return adopted_on or (date(report.year, 12, 31) if kind == StepKind.ADOPTED else None)


@requires(POLICY, "change")
def restate(request: ActorRequest, year: int) -> HttpResponse:
    """Open an adopted report for a next edition."""
    report: AnnualReport = get_object_or_404(AnnualReport, year=year)
    form = RestateForm(request.POST or None)
    if report.is_open or (request.method == "POST" and form.is_valid()):
        if not report.is_open:
            editions.restate(actor=request.actor, report=report, reason=form.cleaned_data["reason"])
            messages.success(request, _("You can change the report again. The adopted edition stays as it is."))
        return redirect("accountability:report", year=year)
    context = {
        "form": form,
        "title": _("Why is the report over %(year)d restated?") % {"year": year},
        "back": reverse("accountability:report", args=[year]),
    }
    return render(request, "accountability/form.html", context, status=422 if form.is_bound else 200)


@requires(POLICY, "view")
def edition(request: ActorRequest, year: int, number: int) -> HttpResponse:
    """An adopted edition: when, why, its files, and what changed against the one before."""
    found = _edition(year, number)
    earlier = Edition.objects.filter(report=found.report, number=number - 1).first()
    try:
        document = document_of_edition(found)
        changes = changes_between(document_of_edition(earlier), document) if earlier else ()
    except EditionDamaged:
        return damaged_page(request, year)
    context = {
        "edition": found,
        "changes": changes,
        "files": kept_files(found, may_change=POLICY.allows(request.actor, "change")),
        "steps": steps_of(found, office_names(request.organisation.kind)),
        "formats": (("pdf", "PDF"), ("docx", "Word"), ("odt", "OpenDocument"), ("html", "HTML")),
    }
    return render(request, "accountability/edition.html", context)


@requires(POLICY, "view")
def edition_file(request: ActorRequest, year: int, number: int, file_format: str) -> HttpResponseBase:
    """An adopted edition as a file, as it was, whatever the records say now."""
    found = _edition(year, number)
    body = request.organisation
    try:
        document = document_of_edition(found)
    except EditionDamaged:
        return damaged_page(request, year)
    return hand_out_document(
        request,
        document,
        name=f"jaarverslag-{plain(body.name)}-{year}-uitgave-{number}",
        file_format=file_format,
        make=lambda wanted: ask_once(write_edition, str(body.pk), str(found.pk), wanted),
        back=reverse("accountability:edition", args=[year, number]),
    )


def _edition(year: int, number: int) -> Edition:
    found: Edition = get_object_or_404(Edition.objects.select_related("report"), report__year=year, number=number)
    return found


@requires(POLICY, "comment")
def comment(request: ActorRequest, year: int, slug: str) -> HttpResponse:
    """Say something about a section to author or reviewer; what cannot be stored is shown again as it was typed."""
    report: AnnualReport = get_object_or_404(AnnualReport, year=year)
    section = entry_named(slug, gather(report, request.organisation))
    address = reverse("accountability:section", args=[year, slug])
    form = CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        editions.comment(
            actor=request.actor,
            report=report,
            identifier=form.cleaned_data["submission"],
            section=section,
            text=form.cleaned_data["text"],
        )
        messages.success(request, _("Your comment has been added."))
        return redirect(f"{address}#opmerkingen")
    context = {"form": form, "title": _("What do you want to say about this section?"), "back": address}
    return render(request, "accountability/form.html", context, status=422 if form.is_bound else 200)


@require_POST
@requires(POLICY, "comment")
def comment_resolve(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say that a comment has been dealt with."""
    found = get_object_or_404(SectionComment.objects.select_related("report"), pk=pk)
    editions.resolve(actor=request.actor, comment=found)
    messages.success(request, _("The comment has been dealt with."))
    return redirect("accountability:report", year=found.report.year)
