"""Pages of the annual report: the list, the overview, a section, and the report as a file."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from openintegriteit.accountability import operations
from openintegriteit.accountability.building import document_of
from openintegriteit.accountability.documents import standing_document
from openintegriteit.accountability.editions import ReportAdopted
from openintegriteit.accountability.editor import editor_page, entry_named
from openintegriteit.accountability.facts import YearFacts, gather
from openintegriteit.accountability.forms import ReportForm, SectionForm, StartReportForm
from openintegriteit.accountability.frozen import EditionDamaged, hash_of
from openintegriteit.accountability.markup import unknown_figures
from openintegriteit.accountability.models import AnnualReport, ReportText, SectionComment
from openintegriteit.accountability.periods import halves_of
from openintegriteit.accountability.permissions import POLICY
from openintegriteit.accountability.queries import course_of
from openintegriteit.accountability.sections import office_names
from openintegriteit.accountability.tasks import write_report
from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.locking import StaleRecord
from openintegriteit.core.queue import ask_once
from openintegriteit.core.spreadsheets.workbook import plain
from openintegriteit.organisations.downloads import hand_out_document
from openintegriteit.ui.editing import change_page, kept_at_this_moment

NOT_TYPED = {"csrfmiddlewaretoken", "version", "submission", "action", "ready"}
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
    context = {
        "page": editor_page(facts),
        "may_change": POLICY.allows(request.actor, "change"),
        "may_write": POLICY.allows(request.actor, "change") and facts.report.is_open,
        "course": course_of(facts.report, request.actor, facts.names, hash_of(document_of(facts))),
        "halves": halves_of(year),
    }
    return render(request, "accountability/report.html", context)


@requires(POLICY, "change")
def dates(request: ActorRequest, year: int) -> HttpResponse:
    """Change the reference date and the day of the representative body."""
    found = get_object_or_404(AnnualReport, year=year)
    address = reverse("accountability:report", args=[year])
    try:
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
    except ReportAdopted:
        return adopted_page(request, found)


@requires(POLICY, "view")
def section(request: ActorRequest, year: int, slug: str) -> HttpResponse:
    """One section: as it will stand in the report, and, for who may, the form to write it."""
    facts = _facts(request, year)
    page = editor_page(facts.seen_by(request.actor), slug, link_to=f"{request.scheme}://{request.get_host()}")
    if page.current is None:
        raise Http404
    may_change = POLICY.allows(request.actor, "change") and facts.report.is_open
    initial = {"text": page.current.text, "ready": page.current.state == "ready", "version": page.current.version}
    context = {
        "page": page,
        "may_change": may_change,
        "form": SectionForm(initial=initial),
        "comments": SectionComment.objects.filter(report=facts.report, section=entry_named(slug, facts)),
        "may_comment": POLICY.allows(request.actor, "comment"),
    }
    writing = may_change and "schrijf" in request.GET
    return render(request, "accountability/section.html", {**context, "writing": writing})


@requires(POLICY, "change")
def write_section(request: ActorRequest, year: int, slug: str) -> HttpResponse:
    """Store what the author wrote, leave the section out, or go back to the draft.

    A report that was adopted meanwhile stays as it is; the page keeps what was typed.
    """
    if request.method != "POST":
        return redirect("accountability:section", year=year, slug=slug)
    facts = _facts(request, year)
    key = entry_named(slug, facts)
    form = SectionForm(request.POST)
    if request.POST.get("action") == "autosave":
        return _autosave(request, facts, key, form)
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
    except ReportAdopted:
        return adopted_page(request, facts.report)
    messages.success(request, _("The section has been saved."))
    return redirect("accountability:section", year=year, slug=slug)


def _autosave(request: ActorRequest, facts: YearFacts, key: str, form: SectionForm) -> JsonResponse:
    """Keep what the author is writing, in the background; what cannot be kept stays on the screen, which says why."""
    if not form.is_valid() or unknown_figures(form.cleaned_data["text"], facts.figures):
        told = _("Not kept yet: there is something wrong with the text. Choose Save the text to see what.")
        return JsonResponse({"message": told}, status=422)
    try:
        kept = _store(request, facts, key, form.cleaned_data)
    except StaleRecord:
        told = _("Somebody else has changed this section. Your text is not kept yet: choose Save the text to compare.")
        return JsonResponse({"message": told}, status=409)
    except ReportAdopted:
        told = _("This report has been adopted. Your text is not kept: choose Save the text to take it along.")
        return JsonResponse({"message": told}, status=409)
    return kept_at_this_moment(version=kept.version)


def _store(request: ActorRequest, facts: YearFacts, key: str, typed: dict[str, Any]) -> ReportText:
    version = typed["version"]
    match request.POST.get("action"):
        case "leave-out":
            return operations.leave_out_section(
                actor=request.actor, report=facts.report, section=key, expected_version=version
            )
        case "draft":
            return operations.back_to_draft(
                actor=request.actor, report=facts.report, section=key, expected_version=version
            )
        case _:
            return operations.write_section(
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
    """The report as it stands as a file: as it was adopted, or as long as it is open the draft."""
    report = get_object_or_404(AnnualReport, year=year)
    body = request.organisation
    try:
        document = standing_document(report, body)
    except EditionDamaged:
        return damaged_page(request, year)
    return hand_out_document(
        request,
        document,
        name=f"jaarverslag-{plain(body.name)}-{year}",
        file_format=file_format,
        make=lambda wanted: ask_once(write_report, str(body.pk), str(report.pk), wanted),
        back=reverse("accountability:report", args=[year]),
    )


def adopted_page(request: ActorRequest, report: AnnualReport) -> HttpResponse:
    """For who changes a report that has just been adopted: what to do, with everything that was typed (409)."""
    typed = [str(value) for name, value in request.POST.items() if value and name not in NOT_TYPED]
    context = {"report": report, "typed": typed}
    return render(request, "accountability/adopted.html", context, status=409)


def damaged_page(request: ActorRequest, year: int) -> HttpResponse:
    """For an edition that is no longer what was adopted: it is not handed out as if it were (409)."""
    return render(request, "accountability/damaged.html", {"year": year}, status=409)


def _facts(request: ActorRequest, year: int) -> YearFacts:
    report = get_object_or_404(AnnualReport, year=year)
    return gather(report, request.organisation)
