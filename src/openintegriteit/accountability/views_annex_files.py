"""Pages of documents of others that go with a report: choosing, judging, taking away, and downloading."""

from typing import cast
from uuid import UUID

import structlog
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from openintegriteit.accountability import annex_files as operations
from openintegriteit.accountability.editions import ReportAdopted
from openintegriteit.accountability.forms_annexes import AnnexFileForm, JudgementForm
from openintegriteit.accountability.models import Annex, AnnexFile, AnnexKind, EditionFile
from openintegriteit.accountability.permissions import POLICY
from openintegriteit.accountability.views import adopted_page
from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.database import is_full
from openintegriteit.core.documents import MEDIA_TYPES, Format
from openintegriteit.core.documents.remarks import sentences
from openintegriteit.core.locking import StaleRecord
from openintegriteit.event_log.changes import history_of
from openintegriteit.ui.editing import change_page

ACTIONS = {"annex.file_judged": gettext_lazy("Accessibility of a document judged")}
logger = structlog.get_logger("openintegriteit.annexes")


@requires(POLICY, "view")
def annex_file(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The document of an annex: what was noticed, and what a person judged."""
    annex, file = _with_file(request, pk)
    context = {
        "annex": annex,
        "file": file,
        "remarks": sentences(file.remarks),
        "history": history_of(file, ACTIONS),
        "may_write": annex.report.is_open and POLICY.allows(request.actor, "change"),
    }
    return render(request, "accountability/annex_file.html", context)


@requires(POLICY, "change")
def annex_file_choose(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Add a document to an annex, or another in its place. A file that is not stored must be chosen again."""
    annex = _document(pk)
    if not annex.report.is_open:
        return adopted_page(request, annex.report)
    if request.method != "POST":
        return _choose_page(request, annex, AnnexFileForm(initial={"version": annex.version}))
    form = AnnexFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _choose_page(request, annex, form, status=422)
    try:
        operations.attach_file(
            actor=request.actor,
            annex=annex,
            identifier=form.cleaned_data["submission"],
            expected_version=form.cleaned_data["version"],
            document=form.cleaned_data["file"],
            name=form.file_name,
        )
    except ReportAdopted:
        return adopted_page(request, annex.report)
    except (StaleRecord, operations.NoDocument):
        annex = _document(pk)
        problem = _("Somebody else changed this annex meanwhile. Look at the annex, and choose your file again.")
        return _choose_page(request, annex, _again(annex), status=409, problem=problem)
    except OperationalError as error:
        if not is_full(error):
            raise
        logger.error("no_room_for_annex")
        problem = _(
            "There is no room for it on the disk of the server. Ask your technical administrator to make room, and "
            "choose your file again after that."
        )
        return _choose_page(request, annex, _again(annex), status=507, problem=problem)
    messages.success(request, _("The document has been added. Judge now how accessible it is."))
    return redirect("accountability:annex_file", pk)


def _again(annex: Annex) -> AnnexFileForm:
    return AnnexFileForm(initial={"version": annex.version})


def _choose_page(
    request: ActorRequest, annex: Annex, form: AnnexFileForm, *, status: int = 200, problem: str = ""
) -> HttpResponse:
    back = reverse("accountability:annex_edit", args=[annex.pk])
    context = {"annex": annex, "form": form, "back": back, "problem": problem}
    return render(request, "accountability/annex_file_choose.html", context, status=status)


@requires(POLICY, "change")
def annex_file_judge(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say how accessible the document of an annex is."""
    annex, file = _with_file(request, pk)
    address = reverse("accountability:annex_file", args=[pk])
    try:
        return change_page(
            request,
            JudgementForm,
            file,
            save=lambda version, values: operations.judge_file(
                actor=request.actor, annex=annex, file=file, expected_version=version, values=values
            ),
            template="accountability/form.html",
            context={"title": _("How accessible is %(name)s?") % {"name": file.name}, "back": address},
            then=lambda saved: address,
            done=_("The judgement has been saved."),
        )
    except ReportAdopted:
        return adopted_page(request, annex.report)


@require_POST
@requires(POLICY, "change")
def annex_file_remove(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take the document from an annex."""
    annex = _document(pk)
    sent = request.POST.get("version", "")
    version = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0
    try:
        operations.remove_file(actor=request.actor, annex=annex, expected_version=version)
    except ReportAdopted:
        return adopted_page(request, annex.report)
    except StaleRecord:
        messages.info(request, _("Somebody else changed this annex meanwhile. This is how it stands now."))
    else:
        messages.success(request, _("The annex has no document any more."))
    return redirect("accountability:annex_edit", pk)


@requires(POLICY, "view")
def annex_file_download(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The document of an annex as a file."""
    _annex, file = _with_file(request, pk)
    return _handed_out(file)


@requires(POLICY, "view")
def edition_annex(request: ActorRequest, year: int, number: int, order: int) -> HttpResponse:
    """A document of others as it went with an adopted edition."""
    kept = get_object_or_404(
        EditionFile.objects.select_related("file"),
        edition__report__year=year,
        edition__number=number,
        order=order,
    )
    _require_open(request, confidential=kept.confidential)
    return _handed_out(kept.file)


def _document(pk: UUID) -> Annex:
    """An annex that is a document of others."""
    annexes = Annex.objects.with_files().select_related("report")
    found: Annex = get_object_or_404(annexes, pk=pk, kind=AnnexKind.DOCUMENT)
    return found


def _with_file(request: ActorRequest, pk: UUID) -> tuple[Annex, AnnexFile]:
    annex = _document(pk)
    _require_open(request, confidential=annex.confidential)
    if annex.file is None:
        raise Http404
    return annex, annex.file


def _require_open(request: ActorRequest, *, confidential: bool) -> None:
    """Only who writes the report opens what is confidential."""
    if confidential and not POLICY.allows(request.actor, "change"):
        raise PermissionDenied


def _handed_out(file: AnnexFile) -> HttpResponse:
    """The file to be kept by the browser, never shown within it."""
    response = HttpResponse(file.content, content_type=MEDIA_TYPES[cast(Format, file.form)])
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=file.name)
    response["X-Content-Type-Options"] = "nosniff"
    return response
