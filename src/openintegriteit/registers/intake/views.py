"""Reading in a register: choose a file, say what its columns are, see what it would add, and then let it happen."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.spreadsheets.keeping import packed
from openintegriteit.core.spreadsheets.reading import read_workbook
from openintegriteit.core.spreadsheets.templates import SheetTemplate, template_workbook
from openintegriteit.core.spreadsheets.writing import CONTENT_TYPES
from openintegriteit.core.staged_uploads import UploadGone, stage
from openintegriteit.organisations.operations import log_reading
from openintegriteit.registers.declarations.importers import RegisterFile
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.intake.bringing_in import PlanChanged, StillBusy, take_in
from openintegriteit.registers.intake.files import BY_REGISTER, FILES
from openintegriteit.registers.intake.forms import IntakeForm, UploadForm
from openintegriteit.registers.intake.models import Intake
from openintegriteit.registers.intake.plan import Plan
from openintegriteit.registers.intake.staging import StagedFile, purpose_of, staged_file

SHOWN = 200
MOST_EARLIER = 20
HERE = (gettext_lazy("Reading in registers"), reverse_lazy("intake:start"))


@requires(POLICY, "record")
def start(request: ActorRequest) -> HttpResponse:
    """Which register to read in, and what the reader read in before."""
    context = {"files": FILES.values(), "intakes": _own(request)[:MOST_EARLIER]}
    return render(request, "intake/start.html", context)


@requires(POLICY, "record")
def upload(request: ActorRequest, slug: str) -> HttpResponse:
    """Choose a file."""
    file = _file(slug)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        context = {"form": form, "file": file, "crumbs": [HERE]}
        return render(request, "intake/upload.html", context, status=422 if request.method == "POST" else 200)
    workbook = read_workbook(form.cleaned_data["file"].content, name=file.sheet)
    identifier = stage(packed(workbook), purpose=purpose_of(file), actor=request.actor)
    return redirect("intake:columns", slug, identifier)


@requires(POLICY, "record")
@require_GET
def template(request: ActorRequest, slug: str, extension: str) -> HttpResponse:
    """The workbook to fill in, with an example."""
    file = _file(slug)
    content_format: Any = extension
    intro = gettext_lazy("One row is one declaration of one person.")
    content = template_workbook([SheetTemplate(file.sheet, intro, file.columns)], content_format)
    response = HttpResponse(content, content_type=CONTENT_TYPES[content_format])
    response["Content-Disposition"] = f'attachment; filename="{slug}-sjabloon.{extension}"'
    return response


@requires(POLICY, "record")
@require_GET
def columns(request: ActorRequest, slug: str, identifier: str) -> HttpResponse:
    """Say which column each head is; the form asks for the preview."""
    found = _upload(request, slug, identifier)
    if found is None:
        return _gone(request, slug)
    log_reading(actor=request.actor, page="intake.columns")
    return _columns(request, found, IntakeForm(request.GET or None, upload=found))


@requires(POLICY, "record")
def preview(request: ActorRequest, slug: str, identifier: str) -> HttpResponse:
    """Show what the file would add; confirming does exactly that, or shows it again when something changed."""
    known = _own(request).filter(pk=UUID(identifier), register=_file(slug).register).first()
    if known:
        return redirect("intake:intake", known.pk)
    found = _upload(request, slug, identifier)
    if found is None:
        return _gone(request, slug)
    form = IntakeForm(request.POST if request.method == "POST" else request.GET, upload=found)
    log_reading(actor=request.actor, page="intake.preview")
    if not form.is_valid():
        return _columns(request, found, form, status=422)
    if request.method != "POST":
        return _preview(request, found, form, found.preview(request.actor, form.mapping, again=form.takes_again))
    try:
        made = take_in(
            actor=request.actor,
            upload=found,
            mapping=form.mapping,
            again=form.takes_again,
            expected=request.POST.get("fingerprint", ""),
        )
    except PlanChanged as changed:
        return _preview(request, found, form, changed.plan, status=409)
    except StillBusy:
        messages.info(request, _("Another file of this register is being read in. Confirm again when that is done."))
        return redirect("intake:start")
    return redirect("intake:intake", made.pk)


@requires(POLICY, "record")
@require_GET
def intake(request: ActorRequest, pk: UUID) -> HttpResponse:
    """How far a file is, for who read it in."""
    found: Intake = get_object_or_404(_own(request), pk=pk)
    context = {"intake": found, "file": BY_REGISTER[found.register], "crumbs": [HERE]}
    response = render(request, "intake/intake.html", context)
    if found.finished_at is None:
        response["Refresh"] = "3"
    return response


def _own(request: ActorRequest) -> QuerySet[Intake]:
    """The files that the actor read in: the two regimes do not see each other's."""
    rows: QuerySet[Intake] = Intake.objects.filter(starter=request.actor.identifier)
    return rows


def _columns(request: ActorRequest, found: StagedFile, form: IntakeForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "upload": found, "file": found.file, "crumbs": [HERE]}
    return render(request, "intake/columns.html", context, status=status)


def _preview(request: ActorRequest, found: StagedFile, form: IntakeForm, plan: Plan, status: int = 200) -> HttpResponse:
    context = {
        "plan": plan,
        "form": form,
        "upload": found,
        "file": found.file,
        "rows": [(row, *found.file.told(row.values)) for row in plan.rows[:SHOWN]],
        "more": max(0, len(plan.rows) - SHOWN),
        "destroyed": [(row, found.file.told(row.values)[0], day) for row, day in plan.destroyed[:SHOWN]],
        "more_destroyed": max(0, len(plan.destroyed) - SHOWN),
        "errors": plan.errors[:SHOWN],
        "more_errors": max(0, len(plan.errors) - SHOWN),
        "again": status == 409,
        "crumbs": [HERE],
    }
    return render(request, "intake/preview.html", context, status=422 if plan.errors else status)


def _file(slug: str) -> RegisterFile:
    if slug not in FILES:
        raise Http404
    return FILES[slug]


def _upload(request: ActorRequest, slug: str, identifier: str) -> StagedFile | None:
    try:
        return staged_file(identifier, _file(slug), request.actor)
    except UploadGone:
        return None


def _gone(request: ActorRequest, slug: str) -> HttpResponse:
    messages.warning(request, _("This file is no longer here. It was read in already, or it waited over an hour."))
    return redirect("intake:upload", slug)
