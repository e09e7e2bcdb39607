"""Pages of the answers to questions: their steps, corrections after sending, promises, and the memo."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from openintegriteit.accountability import answers
from openintegriteit.accountability.answers_memo import memo_of
from openintegriteit.accountability.forms_questions import AnswerStepForm, CorrectionForm, PromiseForm
from openintegriteit.accountability.models import AnnualReport, CouncilQuestion
from openintegriteit.accountability.permissions import POLICY
from openintegriteit.accountability.queries import answer_step_label
from openintegriteit.accountability.rules import ANSWER_STEPS, answer_steps_to_take
from openintegriteit.accountability.sections import office_names
from openintegriteit.accountability.tasks import write_answers
from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.queue import ask_once
from openintegriteit.core.spreadsheets.workbook import plain
from openintegriteit.organisations.downloads import hand_out_document
from openintegriteit.ui.editing import change_page


@requires(POLICY, "view")
def answer_step(request: ActorRequest, year: int, slug: str) -> HttpResponse:
    """Record that the answers were drafted, adopted or sent."""
    report: AnnualReport = get_object_or_404(AnnualReport, year=year)
    kind = ANSWER_STEPS.get(slug)
    if kind is None:
        raise Http404
    POLICY.require(request.actor, answers.PERMISSIONS[kind])
    address = reverse("accountability:questions", args=[year])
    days = dict(report.answer_steps.values_list("kind", "taken_on"))
    if kind not in answer_steps_to_take(days):
        messages.info(request, _("This step has been recorded already, or it is not its turn yet."))
        return redirect(address)
    form = AnswerStepForm(request.POST or None, not_before=max(days.values(), default=None))
    if request.method == "POST" and form.is_valid():
        try:
            answers.take_step(actor=request.actor, report=report, kind=kind, **form.cleaned_data)
        except answers.NotItsTurn:
            messages.info(request, _("Somebody else was first. This is how the answers stand now."))
        else:
            messages.success(request, _("Recorded."))
        return redirect(address)
    title = answer_step_label(kind, office_names(request.organisation.kind))
    context = {"form": form, "title": title, "back": address}
    return render(request, "accountability/form.html", context, status=422 if form.is_bound else 200)


@requires(POLICY, "change")
def answer_correct(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Correct an answer that has been sent; one that has not been sent is changed as usual."""
    question = get_object_or_404(CouncilQuestion.objects.select_related("report", "same_answer_as"), pk=pk)
    if not answers.is_frozen(question):
        return redirect("accountability:question_edit", pk=pk)
    address = reverse("accountability:questions", args=[question.report.year])
    return change_page(
        request,
        CorrectionForm,
        question,
        save=lambda version, values: answers.correct_answer(
            actor=request.actor, question=question, expected_version=version, **values
        ),
        template="accountability/form.html",
        context={"title": _("Correct the answer that was sent"), "back": address},
        then=lambda saved: address,
        done=_("The answer has been corrected."),
    )


@requires(POLICY, "change")
def promise(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Make a measure of what the answer promises; a question has at most one."""
    question = get_object_or_404(CouncilQuestion.objects.select_related("report", "promised_measure"), pk=pk)
    if question.promised_measure:
        return redirect("measure", question.promised_measure.pk)
    start = {"title": Truncator(question.answer).chars(300), "description": question.answer}
    form = PromiseForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        measure = answers.promise_measure(actor=request.actor, question=question, values=form.cleaned_data)
        messages.success(request, _("Measure %(number)d has been made.") % {"number": measure.number})
        return redirect("accountability:questions", year=question.report.year)
    context = {
        "form": form,
        "title": _("Which measure does the answer promise?"),
        "back": reverse("accountability:questions", args=[question.report.year]),
    }
    return render(request, "accountability/form.html", context, status=422 if form.is_bound else 200)


@requires(POLICY, "view")
def answers_file(request: ActorRequest, year: int, file_format: str) -> HttpResponseBase:
    """The questions and answers as a memo."""
    report: AnnualReport = get_object_or_404(AnnualReport, year=year)
    body = request.organisation
    return hand_out_document(
        request,
        memo_of(report, body),
        name=f"antwoorden-{plain(body.name)}-{year}",
        file_format=file_format,
        make=lambda wanted: ask_once(write_answers, str(body.pk), str(report.pk), wanted),
        back=reverse("accountability:questions", args=[year]),
    )
