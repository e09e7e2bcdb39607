"""Bringing in a year: upload, preview, apply."""

from typing import Literal

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from openintegriteit.accountability import importers
from openintegriteit.accountability.editions import ReportAdopted
from openintegriteit.accountability.forms import YearUploadForm
from openintegriteit.accountability.permissions import POLICY
from openintegriteit.accountability.workbook.applying import ChangedMeanwhile, YearChanges
from openintegriteit.accountability.workbook.parsing import YearFile
from openintegriteit.accountability.workbook.sheets import SHEETS
from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.spreadsheets.reading import read_workbook
from openintegriteit.core.spreadsheets.writing import CONTENT_TYPES
from openintegriteit.core.staged_uploads import UploadGone, discard, stage, staged_content

PURPOSE = importers.UPLOAD_PURPOSE


@requires(POLICY, "import_year")
def upload(request: ActorRequest) -> HttpResponse:
    """Choose a workbook; one that can be read goes on to its preview."""
    sent = request.method == "POST"
    form = YearUploadForm(request.POST, request.FILES) if sent else YearUploadForm()
    if sent and form.is_valid():
        identifier = stage(form.cleaned_data["file"].content, purpose=PURPOSE, actor=request.actor)
        return redirect("accountability:import_preview", identifier=identifier)
    context = {"form": form, "sheets": SHEETS}
    return render(request, "accountability/import.html", context, status=422 if sent else 200)


@requires(POLICY, "import_year")
def template(request: ActorRequest, file_format: Literal["xlsx", "ods"]) -> HttpResponse:
    """Hand out the empty workbook with explanations and examples."""
    response = HttpResponse(importers.year_template(file_format), content_type=CONTENT_TYPES[file_format])
    response["Content-Disposition"] = f'attachment; filename="werkboek-jaar.{file_format}"'
    return response


@requires(POLICY, "import_year")
def preview(request: ActorRequest, identifier: str) -> HttpResponse:
    """What the file would change, or what is wrong with it."""
    try:
        file = _staged_year(request, identifier)
    except UploadGone:
        return _gone(request)
    changes = None if file.errors else importers.preview(file, actor=request.actor)
    return _preview_page(request, identifier, file, changes)


@require_POST
@requires(POLICY, "import_year")
def apply(request: ActorRequest, identifier: str) -> HttpResponse:
    """Store the previewed file, all or nothing."""
    try:
        file = _staged_year(request, identifier)
        if file.errors:
            return _preview_page(request, identifier, file, None)
        changes = importers.apply(file, actor=request.actor, previewed=request.POST.get("fingerprint", ""))
    except UploadGone:
        return _gone(request)
    except ReportAdopted:
        return redirect("accountability:import_preview", identifier=identifier)
    except ChangedMeanwhile as changed:
        return _preview_page(request, identifier, file, changed.changes, changed_meanwhile=True, status=409)
    discard(identifier, purpose=PURPOSE, actor=request.actor)
    number = len(changes.changes)
    told = ngettext(
        "The year has been read in: %(number)d change.", "The year has been read in: %(number)d changes.", number
    )
    messages.success(request, told % {"number": number})
    return redirect("accountability:report", year=changes.year)


@require_POST
@requires(POLICY, "import_year")
def give_up(request: ActorRequest, identifier: str) -> HttpResponse:
    """Throw the uploaded file away."""
    discard(identifier, purpose=PURPOSE, actor=request.actor)
    messages.info(request, _("Nothing has been changed. The file has been thrown away."))
    return redirect("accountability:import")


def _staged_year(request: ActorRequest, identifier: str) -> YearFile:
    content = staged_content(identifier, purpose=PURPOSE, actor=request.actor)
    organisation = request.organisation
    return importers.read_year(read_workbook(content), organisation)


def _preview_page(
    request: ActorRequest,
    identifier: str,
    file: YearFile,
    changes: YearChanges | None,
    *,
    changed_meanwhile: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {
        "identifier": identifier,
        "file": file,
        "changes": changes,
        "changed_meanwhile": changed_meanwhile,
        "summary": [
            (kind.name, changes.count(kind.name, "added"), changes.count(kind.name, "changed"))
            for kind in SHEETS
            if changes and (changes.count(kind.name, "added") or changes.count(kind.name, "changed"))
        ],
    }
    return render(request, "accountability/import_preview.html", context, status=422 if file.errors else status)


def _gone(request: ActorRequest) -> HttpResponse:
    messages.warning(request, _("This file is no longer here. It was used already, or it waited longer than an hour."))
    return redirect("accountability:import")
