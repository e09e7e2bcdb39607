"""Pages of the annual report: the list, the overview, a section, and the report as a file."""

from typing import Any, cast

from django.contrib import messages
from django.db.models import Count, Q
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from openintegriteit.accountability import operations
from openintegriteit.accountability.building import document_of
from openintegriteit.accountability.documents import kept_file, media_type
from openintegriteit.accountability.editor import editor_page, entry_named
from openintegriteit.accountability.facts import YearFacts, gather
from openintegriteit.accountability.forms import ReportForm, SectionForm, StartReportForm
from openintegriteit.accountability.markup import unknown_figures
from openintegriteit.accountability.models import AnnualReport
from openintegriteit.accountability.permissions import POLICY
from openintegriteit.accountability.sections import office_names
from openintegriteit.accountability.tasks import write_report
from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.documents import Format
from openintegriteit.core.locking import StaleRecord
from openintegriteit.core.queue import ask_once
from openintegriteit.core.spreadsheets.workbook import plain
from openintegriteit.ui.editing import change_page

LONGEST_COUNT = 7
WITHOUT_ANSWER = Q(questions__answer="", questions__not_applicable=False, questions__same_answer_as=None)


@requires(POLICY, "view")
def reports(request: ActorRequest) -> HttpResponse:
    """The reports of the body, the newest first."""
    open_questions = Count("questions", filter=WITHOUT_ANSWER)
    rows = AnnualReport.objects.annotate(open_questions=open_questions)
    names = office_names(request.organisation.kind)
    context = {"reports": rows, "names": names, "may_change": POLICY.allows(request.actor, "change")}
    return render(request, "accountability/reports.html", context)


@requires(POLICY, "change")
def start(request: ActorRequest) -> HttpResponse:
    """Begin a report over a year."""
    form = StartReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        report = operations.start_report(actor=request.actor, **form.cleaned_data)
        if report.reference_date != form.cleaned_data["reference_date"]:
            messages.info(request, _("This report was there already. It keeps its own dates."))
        return redirect("accountability:report", year=report.year)
    status = 422 if form.is_bound else 200
    return render(request, "accountability/start.html", {"form": form}, status=status)


@requires(POLICY, "view")
def report(request: ActorRequest, year: int) -> HttpResponse:
    """The overview of a report: how far every section is, what is asked, and the files."""
    facts = _facts(request, year)
    context = {"page": editor_page(facts), "may_change": POLICY.allows(request.actor, "change")}
    return render(request, "accountability/report.html", context)


@requires(POLICY, "change")
def dates(request: ActorRequest, year: int) -> HttpResponse:
    """Change the reference date and the day of the representative body."""
    found = get_object_or_404(AnnualReport, year=year)
    address = reverse("accountability:report", args=[year])
    return change_page(
        request,
        ReportForm,
        found,
        save=lambda version, values: operations.change_report(
            actor=request.actor, report=found, expected_version=version, values=values
        ),
        template="accountability/form.html",
        context={"title": _("Dates of the report over %(year)d") % {"year": year}, "back": address},
        then=lambda saved: address,
        done=_("The dates have been saved."),
    )


@requires(POLICY, "view")
def section(request: ActorRequest, year: int, slug: str) -> HttpResponse:
    """One section: as it will stand in the report, and, for who may, the form to write it."""
    facts = _facts(request, year)
    page = editor_page(facts, slug, link_to=f"{request.scheme}://{request.get_host()}")
    if page.current is None:
        raise Http404
    may_change = POLICY.allows(request.actor, "change")
    initial = {"text": page.current.text, "ready": page.current.state == "ready", "version": page.current.version}
    context = {"page": page, "may_change": may_change, "form": SectionForm(initial=initial)}
    writing = may_change and "schrijf" in request.GET
    return render(request, "accountability/section.html", {**context, "writing": writing})


@requires(POLICY, "change")
def write_section(request: ActorRequest, year: int, slug: str) -> HttpResponse:
    """Store what the author wrote, leave the section out, or go back to the draft."""
    if request.method != "POST":
        return redirect("accountability:section", year=year, slug=slug)
    facts = _facts(request, year)
    key = entry_named(slug, facts)
    form = SectionForm(request.POST)
    if not form.is_valid():
        return _section_again(request, facts, slug, form, status=422)
    unknown = unknown_figures(form.cleaned_data["text"], facts.figures)
    if unknown and request.POST.get("action", "save") == "save":
        problem = _("We do not know this figure: %(marks)s. Choose one from the list below the text.")
        form.add_error("text", problem % {"marks": ", ".join(unknown)})
        return _section_again(request, facts, slug, form, status=422)
    try:
        _store(request, facts, key, form.cleaned_data)
    except StaleRecord as stale:
        return _section_again(request, facts, slug, form, status=409, stale=stale)
    messages.success(request, _("The section has been saved."))
    return redirect("accountability:section", year=year, slug=slug)


def _store(request: ActorRequest, facts: YearFacts, key: str, typed: dict[str, Any]) -> None:
    version = typed["version"]
    match request.POST.get("action"):
        case "leave-out":
            operations.leave_out_section(
                actor=request.actor, report=facts.report, section=key, expected_version=version
            )
        case "draft":
            operations.back_to_draft(actor=request.actor, report=facts.report, section=key, expected_version=version)
        case _:
            operations.write_section(
                actor=request.actor,
                report=facts.report,
                section=key,
                text=typed["text"].replace("\r\n", "\n"),
                ready=typed["ready"],
                expected_version=version,
            )


def _section_again(
    request: ActorRequest,
    facts: YearFacts,
    slug: str,
    form: SectionForm,
    *,
    status: int,
    stale: StaleRecord | None = None,
) -> HttpResponse:
    """The form with what was typed, and what stands there now when somebody else was first."""
    context: dict[str, Any] = {"page": editor_page(facts, slug), "form": form, "may_change": True, "writing": True}
    if stale is not None:
        data = request.POST.copy()
        data["version"] = str(stale.current.version)
        context |= {"form": SectionForm(data), "stored": stale.current}
    return render(request, "accountability/section.html", context, status=status)


@requires(POLICY, "view")
def download(request: ActorRequest, year: int, file_format: str) -> HttpResponseBase:
    """The report as a file. The worker makes it; until it is there, the page waits and asks again."""
    facts = _facts(request, year)
    wanted = cast(Format, file_format)
    file = kept_file(facts.organisation, document_of(facts), wanted)
    if file.exists():
        name = f"jaarverslag-{plain(facts.organisation.name)}-{year}.{file_format}"
        return FileResponse(
            file.open("rb"), as_attachment=file_format != "pdf", filename=name, content_type=media_type(wanted)
        )
    attempt = _attempt(request)
    if attempt % 20 == 0:  # the first time, and again when it takes long: the task does nothing when the file is there
        ask_once(write_report, str(facts.organisation.pk), str(facts.report.pk), wanted)
    again = f"{request.path}?poging={attempt + 1}"
    context = {
        "page": editor_page(facts),
        "again": again,
        "takes_long": attempt >= 20,
        "file_format": file_format.upper(),
    }
    response = render(request, "accountability/waiting.html", context, status=202)
    response["Refresh"] = f"1; url={again}"
    return response


def _attempt(request: ActorRequest) -> int:
    """How often the waiting page has asked already, as its address says."""
    said = request.GET.get("poging", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < LONGEST_COUNT else 0


def _facts(request: ActorRequest, year: int) -> YearFacts:
    report = get_object_or_404(AnnualReport, year=year)
    return gather(report, request.organisation)
