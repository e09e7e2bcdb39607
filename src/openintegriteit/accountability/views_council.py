"""Pages of the questions of the representative body."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from openintegriteit.accountability import answers, operations, question_parts, taking_over
from openintegriteit.accountability.forms_questions import (
    AskerFilter,
    CorrectionForm,
    EarlierFilter,
    NewPartForm,
    NewQuestionForm,
    PartForm,
    QuestionForm,
    SentPartForm,
    SentQuestionForm,
    VersionForm,
)
from openintegriteit.accountability.models import AnnualReport, CouncilQuestion
from openintegriteit.accountability.permissions import POLICY
from openintegriteit.accountability.queries import answer_course
from openintegriteit.accountability.queries_questions import label_of, origin_of, question_address, questions_of
from openintegriteit.accountability.sections import office_names
from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.locking import StaleRecord
from openintegriteit.event_log.changes import history_of
from openintegriteit.programme.permissions import POLICY as PROGRAMME
from openintegriteit.ui.editing import change_page, create_page
from openintegriteit.ui.listing import chosen

ACTIONS = {
    "councilquestion.created": _("Read from a workbook"),
    "councilquestion.changed": _("Changed by a workbook"),
    "council_question.created": _("Question added"),
    "council_question.changed": _("Question changed"),
    "council_question.corrected": _("Sent answer corrected"),
    "council_question.promised": _("Measure made of the answer"),
    "council_question.moved": _("Part moved"),
    "council_question.taken_over": _("Answer of an earlier year taken over"),
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
    rows = questions_of(report)
    filters = AskerFilter(request.GET, names=[row.question.asked_by for row in rows])
    shown = [row for row in rows if filters.shows(row.question)]
    course = answer_course(report, request.actor, names)
    context = {
        "report": report,
        "questions": shown,
        "any_questions": bool(rows),
        "filters": filters,
        "active": len(shown) < len(rows),
        "course": course,
        "are_sent": course[-1].taken is not None,
        "formats": (("pdf", "PDF"), ("docx", "Word"), ("odt", "OpenDocument"), ("html", "HTML")),
        "unanswered": sum(row.waiting for row in rows),
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
    related = CouncilQuestion.objects.select_related("report", "measure", "part_of", "taken_from__report")
    question = get_object_or_404(related, pk=pk)
    frozen = answers.is_frozen(question)
    if frozen and "answer" in request.POST:  # it was sent while somebody wrote: what was typed can become a correction
        return _sent_meanwhile(request, question, question_address(question))
    if question.part_of:
        form: type[QuestionForm] = SentPartForm if frozen else PartForm
    else:
        form = SentQuestionForm if frozen else QuestionForm
    try:
        return change_page(
            request,
            form,
            question,
            save=lambda version, values: operations.change_question(
                actor=request.actor, question=question, expected_version=version, values=values
            ),
            template="accountability/question.html",
            context={
                "title": _("Answer part %(label)s") % {"label": label_of(question)}
                if question.part_of
                else _("Answer the question"),
                "back": question_address(question),
                "question": question,
                "taken_from": question.taken_from and origin_of(question.taken_from),
                "may_take_over": not (
                    frozen or question.answer or question.not_applicable or question.same_answer_as_id
                ),
                "sent": frozen and question,
                "history": history_of(question, ACTIONS),
            },
            then=lambda saved: question_address(question),
            done=_("The question has been saved."),
        )
    except answers.AnswersSent:
        return _sent_meanwhile(request, question, question_address(question))


@requires(POLICY, "change")
def part_new(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Add a part to a question; a part has none of its own (404)."""
    whole = get_object_or_404(CouncilQuestion.objects.select_related("report"), pk=pk, part_of=None)
    return create_page(
        request,
        NewPartForm(request.POST or None, report=whole.report),
        save=lambda key, values: question_parts.create_part(
            actor=request.actor, question=whole, identifier=key, values=values
        ),
        template="accountability/form.html",
        context={
            "title": _("Which part does question %(label)s have?") % {"label": label_of(whole)},
            "back": question_address(whole),
        },
        then=question_address,
        done=_("The part has been added."),
    )


@require_POST
@requires(POLICY, "change")
def part_move(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Let a part change places with the one before or after it."""
    part = get_object_or_404(CouncilQuestion.objects.select_related("report"), pk=pk, part_of__isnull=False)
    question_parts.move_part(actor=request.actor, part=part, direction="up" if "omhoog" in request.POST else "down")
    return redirect(question_address(part))


@requires(POLICY, "change")
def earlier(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Sent answers of earlier years that may serve this question; one click takes one over as a draft."""
    question = get_object_or_404(CouncilQuestion.objects.select_related("report", "part_of"), pk=pk)
    form = EarlierFilter(request.GET)
    words = chosen(form).get("zoek", "")
    context = {"question": question, "form": form, "words": words, "back": question_address(question)}
    context["found"] = taking_over.earlier_answers(question, words)
    return render(request, "accountability/earlier.html", context)


@require_POST
@requires(POLICY, "change")
def take_over(request: ActorRequest, pk: UUID, source: UUID) -> HttpResponse:
    """Take a sent answer over as a draft, and go on to the form in which its author checks it."""
    question = get_object_or_404(CouncilQuestion.objects.select_related("report"), pk=pk)
    found = get_object_or_404(CouncilQuestion, pk=source)
    version = VersionForm(request.POST)
    try:
        taking_over.take_over(
            actor=request.actor,
            question=question,
            source=found,
            expected_version=version.cleaned_data["version"] if version.is_valid() else 0,
        )
    except taking_over.NotSent:
        messages.error(request, _("That answer was never sent, so it cannot be taken over."))
    except (taking_over.HasAnswer, answers.AnswersSent, StaleRecord):
        messages.info(request, _("Somebody else was first. This is how the question stands now; nothing was changed."))
    else:
        messages.success(request, _("The answer has been taken over as a draft. Check it now."))
    return redirect("accountability:question_edit", pk=pk)


def _sent_meanwhile(request: ActorRequest, question: CouncilQuestion, back: str) -> HttpResponse:
    typed = {"version": question.version, "answer": request.POST["answer"]}
    context = {
        "form": CorrectionForm(instance=question, initial=typed),
        "title": _("The answers were sent while you were writing"),
        "action": reverse("accountability:answer_correct", args=[question.pk]),
        "back": back,
    }
    return render(request, "accountability/form.html", context, status=409)
