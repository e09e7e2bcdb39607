"""Importing people: choose a file, say what its columns are, see what will change, and only then let it happen."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.spreadsheets.keeping import packed
from openintegriteit.core.spreadsheets.reading import read_workbook
from openintegriteit.core.spreadsheets.writing import CONTENT_TYPES
from openintegriteit.core.staged_uploads import UploadGone, stage
from openintegriteit.organisations.forms_import import ImportForm, UploadForm
from openintegriteit.organisations.importers.applying import PlanChanged
from openintegriteit.organisations.importers.columns import PEOPLE_SHEET
from openintegriteit.organisations.importers.console import counted_people, people_template
from openintegriteit.organisations.importers.plan import Change, Plan
from openintegriteit.organisations.importers.staging import PURPOSE, StagedPeople, staged_people
from openintegriteit.organisations.operations import log_reading
from openintegriteit.organisations.permissions import POLICY

SHOWN = 200
TITLES = {
    "added": gettext_lazy("People added"),
    "changed": gettext_lazy("People changed"),
    "ended": gettext_lazy("People who have left"),
}


@dataclass(frozen=True, slots=True)
class Group:
    """The people of a preview to whom the same happens: the first of them, and how many more there are."""

    action: str
    title: str | Promise
    count: int
    shown: list[Change]
    more: int


@requires(POLICY, "import_people")
def import_upload(request: ActorRequest) -> HttpResponse:
    """Choose a file."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return render(request, "organisations/import_upload.html", {"form": form})
    if not form.is_valid():
        return render(request, "organisations/import_upload.html", {"form": form}, status=422)
    workbook = read_workbook(form.cleaned_data["file"].content, name=PEOPLE_SHEET)
    identifier = stage(packed(workbook), purpose=PURPOSE, actor=request.actor)
    return redirect("organisations:import_columns", identifier)


@requires(POLICY, "import_people")
@require_GET
def import_template(request: ActorRequest, extension: str) -> HttpResponse:
    """The workbook to fill in, with examples."""
    content_format: Any = extension
    response = HttpResponse(people_template(content_format), content_type=CONTENT_TYPES[content_format])
    response["Content-Disposition"] = f'attachment; filename="mensen-sjabloon.{extension}"'
    return response


@requires(POLICY, "import_people")
@require_GET
def import_columns(request: ActorRequest, identifier: str) -> HttpResponse:
    """Say which column each head is; the form asks for the preview."""
    upload = _upload(identifier, request)
    if upload is None:
        return _gone(request)
    log_reading(actor=request.actor, page="organisations.import_columns")
    form = ImportForm(request.GET or None, upload=upload)
    return render(request, "organisations/import_columns.html", {"form": form, "upload": upload})


@requires(POLICY, "import_people")
def import_preview(request: ActorRequest, identifier: str) -> HttpResponse:
    """Show what will change; confirming does exactly that, or shows the preview again when something changed."""
    upload = _upload(identifier, request)
    if upload is None:
        return _gone(request)
    form = ImportForm(request.POST if request.method == "POST" else request.GET, upload=upload)
    log_reading(actor=request.actor, page="organisations.import_preview")
    if not form.is_valid():
        return render(request, "organisations/import_columns.html", {"form": form, "upload": upload}, status=422)
    if request.method != "POST":
        return _preview(request, upload, form, upload.preview(form.mapping, form.options))
    try:
        plan = upload.apply(request.actor, form.mapping, form.options, request.POST.get("fingerprint", ""))
    except PlanChanged as changed:
        return _preview(request, upload, form, changed.plan, status=409)
    messages.success(
        request, _("The file has been imported: %(counts)s.") % {"counts": ", ".join(counted_people(plan))}
    )
    return redirect("organisations:people")


def _preview(
    request: ActorRequest, upload: StagedPeople, form: ImportForm, plan: Plan, status: int = 200
) -> HttpResponse:
    groups = [
        Group(action, title, len(people), people[:SHOWN], max(0, len(people) - SHOWN))
        for action, title in TITLES.items()
        if (people := plan.people_who_are(action))
    ]
    context = {
        "plan": plan,
        "form": form,
        "upload": upload,
        "groups": groups,
        "errors": plan.errors[:SHOWN],
        "more_errors": max(0, len(plan.errors) - SHOWN),
        "again": status == 409,
    }
    return render(request, "organisations/import_preview.html", context, status=422 if plan.errors else status)


def _upload(identifier: str, request: ActorRequest) -> StagedPeople | None:
    try:
        return staged_people(identifier, request.actor)
    except UploadGone:
        return None


def _gone(request: ActorRequest) -> HttpResponse:
    messages.warning(
        request, _("This file is no longer here. It was imported already, or it waited longer than an hour.")
    )
    return redirect("organisations:import_upload")
