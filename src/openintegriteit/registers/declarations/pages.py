"""The pages that every register has: its list, declaring, and changing what was declared.

A register tells in a `RegisterPages` what they are made of; its views only guard and name them. What may not be read
answers as what is not there (404).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest
from openintegriteit.core.clock import today
from openintegriteit.core.locking import StaleRecord
from openintegriteit.organisations.models import Person
from openintegriteit.registers.declarations.forms import DeclarationFilter, DetailsForm, EndForm
from openintegriteit.registers.declarations.models import Declaration, Details, Regime
from openintegriteit.registers.declarations.operations import (
    AlreadyDecided,
    IsOver,
    Withdrawn,
    discard_draft,
    end,
    keep_draft,
)
from openintegriteit.registers.declarations.queries import (
    concerned_by,
    declaration_address,
    designation_for,
    draft_of,
    may_write,
    readable_by_role,
    reader_of,
    visible_to,
)
from openintegriteit.registers.declarations.registers import REGISTERS, lasts, regime_of
from openintegriteit.registers.designations.permissions import POLICY as DESIGNATIONS
from openintegriteit.ui.editing import (
    begun_form,
    change_page,
    create_page,
    kept_at_this_moment,
    save_if_valid,
    typed_in,
    typed_values,
)
from openintegriteit.ui.listing import Listing, export, export_format, list_page

OVER = _("This was declared or withdrawn meanwhile, so what you typed is not kept.")
MINE = (_("My declarations"), reverse_lazy("declarations:mine"))
WAITING = (_("Declarations to decide about"), reverse_lazy("declarations:to_decide"))


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the pages about a declaration stand, and where they lead: signed in, or alone behind a link in a mail."""

    crumbs: Sequence[tuple[Any, Any]] = (MINE,)
    layout: str = "ui/work.html"
    leads_to: Callable[[UUID], str] = declaration_address


OWN = Frame()


@dataclass(frozen=True, slots=True)
class RegisterPages[D: Details]:
    """What the pages of a register are made of.

    `related`: how a declaration names its details. `declare` and `change` are the operations of the register, `asked`
    heads the page that declares, `form_template` is a template over declarations/details_form.html, to which `told`
    gives what the register has to say under the regime of who declares, as of a day.
    """

    register: str
    related: str
    model: type[D]
    form: type[DetailsForm]
    declare: Callable[..., D]
    change: Callable[..., D]
    filters: type[DeclarationFilter]
    listing: Listing[Any]
    asked: str | Promise
    list_template: str
    form_template: str = "declarations/details_form.html"
    told: Callable[[Regime, date], Mapping[str, Any]] = lambda _regime, _day: {}


def register_list(request: ActorRequest, pages: RegisterPages[Any], **context: Any) -> HttpResponseBase:
    """What the roles of the reader let them read of the register, as a page or a file.

    `context`: what the template of the register shows besides.
    """
    filters = pages.filters(request.GET)
    rows = filters.narrowed(readable_by_role(request.actor).filter(register=pages.register))
    if export_format(request):
        return export(request, pages.listing, rows.select_related("person", pages.related))
    listing = list_page(
        request, pages.listing, rows, filters, shown=lambda page: page.select_related("person", pages.related)
    )
    return render(request, pages.list_template, {"listing": listing, "today": today(), **context})


def declare_page(request: ActorRequest, pages: RegisterPages[Any], person_id: UUID, frame: Frame = OWN) -> HttpResponse:
    """Declare something, for oneself or for who declared it on paper."""
    person = get_object_or_404(Person, pk=person_id)
    is_concerned = concerned_by(pages.register, request.organisation.kind, today())
    if not is_concerned(person) or not may_write(reader_of(request.actor), person):
        raise Http404
    about: dict[str, Any] = {"register": pages.register, "person": person}
    make = partial(pages.form, person=person)
    draft = None
    if request.method == "POST":
        form = make(request.POST)
        if kept := _kept_instead(request, form, about, frame):
            return kept
    else:
        draft = draft_of(request.actor, **about)
        form = begun_form(make, draft.typed) if draft else make()
    return create_page(
        request,
        form,
        save=lambda key, values: pages.declare(actor=request.actor, identifier=key, person=person, values=values),
        template=pages.form_template,
        context={
            "title": pages.asked,
            "frame": frame,
            "crumbs": frame.crumbs,
            "draft": draft,
            **_told(request, pages, person, regime_of(person), today()),
        },
        then=lambda saved: frame.leads_to(saved.declaration_id),
        done=_("It has been declared."),
    )


def change_declared_page(
    request: ActorRequest, pages: RegisterPages[Any], pk: UUID, frame: Frame | None = None
) -> HttpResponse:
    """Change what was declared."""
    reader = reader_of(request.actor)
    declaration: Declaration = get_object_or_404(
        visible_to(reader).select_related("person"), pk=pk, register=pages.register
    )
    if not may_write(reader, declaration.person):
        raise Http404
    details = pages.model.objects.select_related("declaration__person").get(declaration=declaration)
    frame = frame or beside(declaration)
    about: dict[str, Any] = {"register": pages.register, "person": declaration.person, "declaration": declaration}
    draft = None
    if request.method != "POST":
        draft = draft_of(request.actor, **about)
    elif kept := _kept_instead(request, pages.form(request.POST, instance=details), about, frame):
        return kept
    try:
        return change_page(
            request,
            pages.form,
            details,
            save=lambda version, values: pages.change(
                details, actor=request.actor, expected_version=version, values=values
            ),
            template=pages.form_template,
            context={
                "title": _("Change what was declared"),
                "decided": bool(declaration.outcome),
                "frame": frame,
                "crumbs": frame.crumbs,
                "draft": draft,
                **_told(request, pages, declaration.person, Regime(declaration.regime), declaration.starts_on),
            },
            then=lambda _saved: frame.leads_to(pk),
            done=_("What you declared has been saved."),
            begun=draft.typed if draft else None,
        )
    except Withdrawn:
        messages.info(request, _("This declaration was withdrawn, so it changes no more."))
        return redirect(frame.leads_to(pk))


def end_page(request: ActorRequest, pk: UUID, frame: Frame | None = None) -> HttpResponse:
    """Say on what day it stops."""
    found = own_lasting(request, pk)
    return act_page(
        request,
        found,
        partial(EndForm, not_before=found.starts_on, not_after=found.ends_on if found.is_over else None),
        lambda version, values: end(actor=request.actor, declaration=found, expected_version=version, **values),
        done=_("The last day has been recorded."),
        context={"title": _("When does this stop?"), "button": _("Save")},
        frame=frame,
    )


def own_declaration(request: ActorRequest, pk: UUID) -> Declaration:
    """A declaration that the actor may change; 404 for another one."""
    reader = reader_of(request.actor)
    found: Declaration = get_object_or_404(visible_to(reader).select_related("person"), pk=pk)
    if not may_write(reader, found.person):
        raise Http404
    return found


def own_lasting(request: ActorRequest, pk: UUID) -> Declaration:
    """A declaration that the actor may change, of what holds until it stops; 404 for another one."""
    found = own_declaration(request, pk)
    if not lasts(found):
        raise Http404
    return found


def act_page(
    request: ActorRequest,
    found: Declaration,
    form_class: Callable[..., forms.BaseForm],
    save: Callable[[int, dict[str, Any]], object],
    *,
    done: Any,
    context: Mapping[str, Any],
    frame: Frame | None = None,
) -> HttpResponse:
    """A short form about a declaration; one that was changed meanwhile is shown beside what was typed (409).

    `done`: what the person reads then, or what makes it of what was saved.
    """
    frame = frame or Frame(crumbs=[(found.title, declaration_address(found.pk))])
    back = frame.leads_to(found.pk)
    form = form_class(request.POST or None, initial={"version": found.version})
    shown = {"declaration": found, "frame": frame, "crumbs": frame.crumbs, "back": back, **context}
    template, status = "declarations/act.html", 200
    if request.method == "POST":
        try:
            saved = save_if_valid(form, lambda: save(form.cleaned_data["version"], typed_values(form)))
            if saved is not None:
                messages.success(request, done(saved) if callable(done) else done)
                return redirect(back)
            status = 422
        except (AlreadyDecided, IsOver, Withdrawn):
            messages.info(request, _("Somebody was first. This is how the declaration stands now."))
            return redirect(back)
        except StaleRecord as stale:
            data = request.POST.copy()
            data["version"] = str(stale.current.version)
            form, status, shown["is_stale"] = form_class(data), 409, True
    return render(request, template, {**shown, "form": form}, status=status)


def beside(declaration: Declaration) -> Frame:
    """The pages about a declaration that stand beside its own page."""
    return Frame(crumbs=[MINE, (declaration.title, declaration_address(declaration.pk))])


def _kept_instead(
    request: ActorRequest, form: DetailsForm, about: Mapping[str, Any], frame: Frame
) -> HttpResponse | None:
    """Keep what was typed, or throw away what was kept, where that is asked for; None: it is to be declared."""
    back = redirect(str(frame.crumbs[-1][1]))
    match request.POST.get("action"):
        case "discard":
            discard_draft(actor=request.actor, **about)
            messages.success(request, _("What you typed has been thrown away."))
            return back
        case "later" | "autosave" as action:
            typed = typed_in(form)
            form.full_clean()
            key = form.cleaned_data.get("submission")
            draft = keep_draft(actor=request.actor, **about, identifier=key, typed=typed)
        case _:
            return None
    if action == "autosave":
        return kept_at_this_moment() if draft else JsonResponse({"message": str(OVER)}, status=409)
    if draft:
        messages.success(request, _("What you typed has been kept. It has not been declared yet."))
    else:
        messages.info(request, OVER)
    return back


def _told(
    request: ActorRequest, pages: RegisterPages[Any], person: Person, regime: Regime, day: date | None
) -> dict[str, Any]:
    rules = REGISTERS[pages.register].regimes[regime]
    article = rules.article(request.organisation.kind, person.kind)
    designated = {
        "designation": designation_for(pages.register, person, today()),
        "may_read_reasons": DESIGNATIONS.allows(request.actor, "view"),
    }
    return {
        "person": person,
        "rules": rules,
        "article": article,
        **designated,
        **pages.told(regime, day or today()),
    }
