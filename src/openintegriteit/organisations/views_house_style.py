"""The house style of documents: letterhead, logo, and the body's own templates."""

import base64
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.documents.office_templates import UnusableTemplate
from openintegriteit.core.locking import StaleRecord
from openintegriteit.core.queue import ask_once
from openintegriteit.organisations import house_style as operations
from openintegriteit.organisations.downloads import hand_out_document
from openintegriteit.organisations.forms_house_style import HouseStyleForm, LogoForm, TemplateForm
from openintegriteit.organisations.models import StyleFile
from openintegriteit.organisations.permissions import POLICY
from openintegriteit.organisations.tasks import write_sample
from openintegriteit.ui.editing import change_page

FORMATS = ("pdf", "docx", "odt", "html")


@requires(POLICY, "view_house_style")
def house_style(request: ActorRequest) -> HttpResponse:
    """How documents look, with a sample in each format."""
    style = operations.house_style_of(request.organisation)
    context = {
        "style": style,
        "colour": style.accent_colour or request.organisation.primary_colour,
        "picture": _picture(style.logo),
        "templates": [
            (StyleFile.Kind.WORD, style.word_template),
            (StyleFile.Kind.OPEN_DOCUMENT, style.open_document_template),
        ],
        "formats": FORMATS,
        "may_change": POLICY.allows(request.actor, "change_house_style"),
    }
    return render(request, "organisations/house_style.html", context)


@requires(POLICY, "change_house_style")
def house_style_change(request: ActorRequest) -> HttpResponse:
    """Change lines, footer, colour and font."""
    return change_page(
        request,
        HouseStyleForm,
        operations.house_style_of(request.organisation),
        save=lambda version, values: operations.change_house_style(
            actor=request.actor, expected_version=version, values=values
        ),
        template="organisations/edit.html",
        context={
            "title": _("Letterhead, footer, colour and font"),
            "crumbs": [(_("House style of documents"), reverse("organisations:house_style"))],
        },
        then=lambda _style: reverse("organisations:house_style"),
        done=_("Stored. New documents look like this; what was adopted before stays as it was."),
    )


@requires(POLICY, "change_house_style")
def logo(request: ActorRequest) -> HttpResponse:
    """Choose a logo and say what it shows."""
    style = operations.house_style_of(request.organisation)
    initial = {"version": style.version, "alternative_text": style.alternative_text}
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = LogoForm(*posted, has_logo=style.logo is not None, initial=initial)
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            operations.set_logo(
                actor=request.actor,
                expected_version=form.cleaned_data["version"],
                picture=form.cleaned_data["picture"],
                name=form.file_name,
                alternative_text=form.cleaned_data["alternative_text"],
            )
        except StaleRecord as stale:
            form, status = LogoForm(has_logo=style.logo is not None, initial={**request.POST.dict()}), 409
            form.initial["version"] = stale.current.version
        else:
            messages.success(request, _("The logo is stored. New documents have it."))
            return redirect("organisations:house_style")
    return render(request, "organisations/logo.html", {"form": form, "stale": status == 409}, status=status)


@require_POST
@requires(POLICY, "change_house_style")
def logo_remove(request: ActorRequest) -> HttpResponse:
    """Let the name of the body stand in the place of its logo again."""
    style = operations.house_style_of(request.organisation)
    try:
        operations.remove_logo(actor=request.actor, expected_version=style.version)
    except StaleRecord:
        return _somebody_was_first(request)
    messages.success(request, _("The logo is removed. The name of your organisation stands in its place."))
    return redirect("organisations:house_style")


@requires(POLICY, "change_house_style")
def template_new(request: ActorRequest) -> HttpResponse:
    """Choose a template: it is judged, and tried at once."""
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = TemplateForm(*posted)
    if form.is_valid():
        try:
            template = operations.add_template(
                actor=request.actor,
                organisation=request.organisation,
                template=form.cleaned_data["file"],
                name=form.file_name,
            )
        except UnusableTemplate as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("organisations:template", template.pk)
    return render(request, "organisations/template_new.html", {"form": form}, status=422 if form.errors else 200)


@requires(POLICY, "view_house_style")
def template(request: ActorRequest, template_id: UUID) -> HttpResponse:
    """A template that passed, with a sample to look at before it is used."""
    found = _template(template_id)
    style = operations.house_style_of(request.organisation)
    context = {
        "template": found,
        "version": style.version,
        "in_use": found.pk in (style.word_template_id, style.open_document_template_id),
        "formats": FORMATS,
        "may_change": POLICY.allows(request.actor, "change_house_style"),
    }
    return render(request, "organisations/template.html", context)


@require_POST
@requires(POLICY, "change_house_style")
def template_use(request: ActorRequest, template_id: UUID) -> HttpResponse:
    """Use a template from now on."""
    found = _template(template_id)
    sent = request.POST.get("version", "")
    version = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0
    style = operations.house_style_of(request.organisation)
    if found.pk not in (style.word_template_id, style.open_document_template_id):
        try:
            operations.use_template(actor=request.actor, template=found, expected_version=version)
        except StaleRecord:
            return _somebody_was_first(request)
    messages.success(request, _("The template is in use. New documents are written with it."))
    return redirect("organisations:house_style")


@require_POST
@requires(POLICY, "change_house_style")
def template_discard(request: ActorRequest, template_id: UUID) -> HttpResponse:
    """Throw a template away that was only tried."""
    operations.discard_template(actor=request.actor, template=_template(template_id))
    messages.success(request, _("The template is not used."))
    return redirect("organisations:house_style")


@require_POST
@requires(POLICY, "change_house_style")
def template_drop(request: ActorRequest, kind: str) -> HttpResponse:
    """Go back to the look of the product in Word or OpenDocument."""
    style = operations.house_style_of(request.organisation)
    try:
        operations.drop_template(actor=request.actor, kind=StyleFile.Kind(kind), expected_version=style.version)
    except StaleRecord:
        return _somebody_was_first(request)
    messages.success(request, _("The template is no longer used. Documents look as the product makes them."))
    return redirect("organisations:house_style")


@requires(POLICY, "view_house_style")
def sample(request: ActorRequest, file_format: str) -> HttpResponseBase:
    """The sample document in the house style as it is."""
    return _sample(request, None, file_format, back=reverse("organisations:house_style"))


@requires(POLICY, "view_house_style")
def template_sample(request: ActorRequest, template_id: str, file_format: str) -> HttpResponseBase:
    """The sample document with a template that is being tried."""
    found = _template(template_id)
    return _sample(request, found, file_format, back=reverse("organisations:template", args=[found.pk]))


def _sample(request: ActorRequest, tried: StyleFile | None, file_format: str, *, back: str) -> HttpResponseBase:
    body = request.organisation
    theme = operations.theme_with(body, tried) if tried else operations.theme_of(body)
    return hand_out_document(
        request,
        operations.sample_of(body, theme),
        name="proefdocument",
        file_format=file_format,
        make=lambda wanted: ask_once(write_sample, str(body.pk), str(tried.pk) if tried else "", wanted),
        back=back,
    )


def _template(template_id: UUID | str) -> StyleFile:
    templates = StyleFile.objects.exclude(kind=StyleFile.Kind.LOGO).defer("content")
    found: StyleFile = get_object_or_404(templates, pk=template_id)
    return found


def _picture(file: StyleFile | None) -> str:
    """The logo as an address that holds the picture itself."""
    return f"data:{file.media_type};base64,{base64.b64encode(file.content).decode()}" if file else ""


def _somebody_was_first(request: ActorRequest) -> HttpResponse:
    messages.info(request, _("Somebody else changed the house style meanwhile. This is how it stands now."))
    return redirect("organisations:house_style")
