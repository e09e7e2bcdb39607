"""Pages of the questions of the representative body, and of the annexes."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from openintegriteit.accountability import answers, operations
from openintegriteit.accountability.editions import ReportAdopted
from openintegriteit.accountability.forms import (
    AnnexForm,
    CorrectionForm,
    NewAnnexForm,
    NewQuestionForm,
    QuestionForm,
    SentQuestionForm,
)
from openintegriteit.accountability.models import Annex, AnnualReport, CouncilQuestion
from openintegriteit.accountability.permissions import POLICY
from openintegriteit.accountability.queries import answer_course
from openintegriteit.accountability.sections import office_names, paragraph_name
from openintegriteit.accountability.views import adopted_page
from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.event_log.changes import history_of
from openintegriteit.programme.permissions import POLICY as PROGRAMME
from openintegriteit.ui.editing import change_page, create_page

ACTIONS = {
    "councilquestion.created": _("Read from a workbook"),
    "councilquestion.changed": _("Changed by a workbook"),
    "council_question.created": _("Question added"),
    "council_question.changed": _("Question changed"),
    "council_question.corrected": _("Sent answer corrected"),
    "council_question.promised": _("Measure made of the answer"),
    "annex.created": _("Annex added"),
    "annex.changed": _("Annex changed"),
}


@requires(POLICY, "view")
def newest_questions(request: ActorRequest) -> HttpResponse:
    """To the questions about the newest report."""
    newest = AnnualReport.objects.first()
    return redirect("accountability:questions", year=newest.year) if newest else redirect("accountability:reports")


@requires(POLICY, "view")
def questions(request: ActorRequest, year: int) -> HttpResponse:
    """The questions about a report, with their answers."""
    report = get_object_or_404(AnnualReport, year=year)
    names = office_names(request.organisation.kind)
    related = report.questions.select_related("same_answer_as", "measure", "promised_measure")
    rows = list(related.prefetch_related("corrections"))
    course = answer_course(report, request.actor, names)
    context = {
        "report": report,
        "questions": [(row, paragraph_name(row.paragraph, year)) for row in rows],
        "course": course,
        "are_sent": course[-1].taken is not None,
        "formats": (("pdf", "PDF"), ("docx", "Word"), ("odt", "OpenDocument"), ("html", "HTML")),
        "unanswered": sum(1 for row in rows if not row.is_answered),
        "names": names,
        "may_change": POLICY.allows(request.actor, "change"),
        "may_see_measures": PROGRAMME.allows(request.actor, "view_measures"),
    }
    return render(request, "accountability/questions.html", context)


@requires(POLICY, "change")
def question_new(request: ActorRequest, year: int) -> HttpResponse:
    """Add a question."""
    report = get_object_or_404(AnnualReport, year=year)
    address = reverse("accountability:questions", args=[year])
    return create_page(
        request,
        NewQuestionForm(request.POST or None, report=report),
        save=lambda key, values: operations.create_question(
            actor=request.actor, report=report, identifier=key, values=values
        ),
        template="accountability/form.html",
        context={"title": _("What was asked?"), "back": address},
        then=lambda saved: address,
        done=_("The question has been added."),
    )


@requires(POLICY, "change")
def question_edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change a question or answer it."""
    question = get_object_or_404(CouncilQuestion.objects.select_related("report", "measure"), pk=pk)
    address = reverse("accountability:questions", args=[question.report.year])
    frozen = answers.is_frozen(question)
    if frozen and "answer" in request.POST:  # it was sent while somebody wrote: what was typed can become a correction
        return _sent_meanwhile(request, question, address)
    return change_page(
        request,
        SentQuestionForm if frozen else QuestionForm,
        question,
        save=lambda version, values: operations.change_question(
            actor=request.actor, question=question, expected_version=version, values=values
        ),
        template="accountability/form.html",
        context={
            "title": _("Answer the question"),
            "back": address,
            "sent": frozen and question,
            "history": history_of(question, ACTIONS),
        },
        then=lambda saved: address,
        done=_("The question has been saved."),
    )


def _sent_meanwhile(request: ActorRequest, question: CouncilQuestion, back: str) -> HttpResponse:
    typed = {"version": question.version, "answer": request.POST["answer"]}
    context = {
        "form": CorrectionForm(instance=question, initial=typed),
        "title": _("The answers were sent while you were writing"),
        "action": reverse("accountability:answer_correct", args=[question.pk]),
        "back": back,
    }
    return render(request, "accountability/form.html", context, status=409)


@requires(POLICY, "change")
def annex_new(request: ActorRequest, year: int) -> HttpResponse:
    """Add an annex."""
    report = get_object_or_404(AnnualReport, year=year)
    address = reverse("accountability:report", args=[year])
    try:
        return create_page(
            request,
            NewAnnexForm(request.POST or None),
            save=lambda key, values: operations.create_annex(
                actor=request.actor, report=report, identifier=key, values=values
            ),
            template="accountability/form.html",
            context={"title": _("What is the annex?"), "back": address},
            then=lambda saved: address,
            done=_("The annex has been added."),
        )
    except ReportAdopted:
        return adopted_page(request, report)


@requires(POLICY, "change")
def annex_edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change an annex."""
    annex = get_object_or_404(Annex.objects.select_related("report"), pk=pk)
    address = reverse("accountability:report", args=[annex.report.year])
    try:
        return change_page(
            request,
            AnnexForm,
            annex,
            save=lambda version, values: operations.change_annex(
                actor=request.actor, annex=annex, expected_version=version, values=values
            ),
            template="accountability/form.html",
            context={"title": annex.title, "back": address, "history": history_of(annex, ACTIONS)},
            then=lambda saved: address,
            done=_("The annex has been saved."),
        )
    except ReportAdopted:
        return adopted_page(request, annex.report)
