"""Pages about declarations of every register: one's own, what waits for a decision, and one declaration.

What may not be read answers as what is not there (404).
"""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.core.locking import StaleRecord
from openintegriteit.event_log.changes import history_of
from openintegriteit.organisations.models import Person
from openintegriteit.registers.declarations import operations
from openintegriteit.registers.declarations.forms import DecisionForm, EndForm, RemarkForm, WithdrawalForm
from openintegriteit.registers.declarations.models import Declaration
from openintegriteit.registers.declarations.pages import MINE
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.declarations.queries import (
    Reader,
    declaration_address,
    may_decide,
    may_write,
    own_registers,
    reader_of,
    to_decide_by,
    visible_to,
)
from openintegriteit.registers.declarations.registers import REGISTERS, lasts
from openintegriteit.ui.editing import save_if_valid, typed_values

type DetailsOf = Callable[[Declaration], list[tuple[str, str]]]  # what a register tells of one declaration
type PublicAddress = Callable[[UUID], str]  # where it stands on the public site; empty: it does not

ACTIONS = {
    "declaration.made": _("Declared"),
    "declaration.changed": _("Declaration changed"),
    "declaration.ended": _("Last day of a declaration recorded"),
    "declaration.withdrawn": _("Declaration withdrawn"),
    "declaration.confirmed": _("Declaration confirmed"),
    "declaration.decided": _("Decided about a declaration"),
    "declaration.remarked": _("Question or answer about a declaration"),
}


@requires(POLICY, "declare")
def mine(request: ActorRequest) -> HttpResponse:
    """What somebody declared, per register, and what may still have to be declared."""
    reader = reader_of(request.actor)
    context = {"registers": own_registers(reader, request.organisation.kind, today()), "today": today()}
    return render(request, "declarations/mine.html", context)


@requires(POLICY, "decide")
def to_decide(request: ActorRequest) -> HttpResponse:
    """What waits for a decision of this person, the oldest first."""
    rows = to_decide_by(reader_of(request.actor)).select_related("person")
    return render(request, "declarations/to_decide.html", {"declarations": rows})


@requires(POLICY, "declare")
def declaration(request: ActorRequest, pk: UUID, details_of: DetailsOf, public_address: PublicAddress) -> HttpResponse:
    """One declaration with its decisions, the questions about it and its history."""
    reader = reader_of(request.actor)
    return _page(request, reader, _found(reader, pk), details_of, public_address, RemarkForm())


@requires(POLICY, "declare")
def remark(request: ActorRequest, pk: UUID, details_of: DetailsOf, public_address: PublicAddress) -> HttpResponse:
    """Ask something about a declaration or answer it; what cannot be sent is shown again as it was typed."""
    reader = reader_of(request.actor)
    found = _found(reader, pk)
    form = RemarkForm(request.POST or None)
    if request.method != "POST":
        return redirect(declaration_address(pk))
    saved = save_if_valid(
        form,
        lambda: operations.remark(
            actor=request.actor,
            declaration=found,
            identifier=form.cleaned_data["submission"],
            text=typed_values(form)["text"],
        ),
    )
    if saved is None:
        return _page(request, reader, found, details_of, public_address, form)
    messages.success(request, _("Your text stands with the declaration."))
    return redirect(f"{declaration_address(pk)}#vragen")


@requires(POLICY, "decide")
def decide(request: ActorRequest, pk: UUID, details_of: DetailsOf, public_address: PublicAddress) -> HttpResponse:
    """Decide about a declaration as it reads now."""
    reader = reader_of(request.actor)
    found = _found(reader, pk)
    if not may_decide(reader, found):
        raise Http404
    if not found.awaits_decision:
        messages.info(request, _("There is a decision about this already."))
        return redirect(declaration_address(pk))
    with translation.override(settings.LANGUAGE_CODE):  # a decision keeps what it was about in Dutch
        about = dict(details_of(found))
    return _act(
        request,
        found,
        DecisionForm,
        lambda version, values: operations.decide(
            actor=request.actor, declaration=found, expected_version=version, values=values, about=about
        ),
        done=_("Your decision has been recorded."),
        context={"title": _("What do you decide?"), "button": _("Record the decision"), "details": details_of(found)},
    )


@requires(POLICY, "declare")
def end(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say on what day it stops."""
    found = _own_lasting(request, pk)
    return _act(
        request,
        found,
        partial(EndForm, not_before=found.starts_on),
        lambda version, values: operations.end(
            actor=request.actor, declaration=found, expected_version=version, **values
        ),
        done=_("The last day has been recorded."),
        context={"title": _("When does this stop?"), "button": _("Save")},
    )


@requires(POLICY, "declare")
def withdraw(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take back what was declared by mistake."""
    found = _own(request, pk)
    return _act(
        request,
        found,
        WithdrawalForm,
        lambda version, values: operations.withdraw(
            actor=request.actor, declaration=found, expected_version=version, **values
        ),
        done=_("The declaration has been withdrawn."),
        context={
            "title": _("Withdraw this declaration"),
            "button": _("Withdraw"),
            "lead": _("Only when it was a mistake. Did it stop? Then record the last day.") if lasts(found) else "",
        },
    )


@require_POST
@requires(POLICY, "declare")
def confirm(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say that it still is so."""
    found = _own_lasting(request, pk)
    try:
        operations.confirm(actor=request.actor, declaration=found)
    except operations.Withdrawn:
        messages.info(request, _("This declaration was withdrawn meanwhile."))
    else:
        messages.success(request, _("Thank you. It has been recorded that this is still so."))
    return redirect("declarations:mine")


@require_POST
@requires(POLICY, "declare")
def nothing(request: ActorRequest, person_id: UUID, register: str) -> HttpResponse:
    """Say that there is nothing to declare."""
    person = get_object_or_404(Person, pk=person_id)
    if register not in REGISTERS or not may_write(reader_of(request.actor), person):
        raise Http404
    try:
        operations.say_nothing(actor=request.actor, person=person, register=register)
    except operations.StillDeclared:
        messages.error(request, _("There still is a declaration here. Did it stop? Then first record its last day."))
    else:
        messages.success(request, _("Thank you. It has been recorded that there is nothing to declare."))
    return redirect("declarations:mine")


def _found(reader: Reader, pk: UUID) -> Declaration:
    found: Declaration = get_object_or_404(visible_to(reader).select_related("person"), pk=pk)
    return found


def _own(request: ActorRequest, pk: UUID) -> Declaration:
    """A declaration that the actor may change."""
    reader = reader_of(request.actor)
    found = _found(reader, pk)
    if not may_write(reader, found.person):
        raise Http404
    return found


def _own_lasting(request: ActorRequest, pk: UUID) -> Declaration:
    """A declaration that the actor may change, of what holds until it stops."""
    found = _own(request, pk)
    if not lasts(found):
        raise Http404
    return found


def _page(
    request: ActorRequest,
    reader: Reader,
    found: Declaration,
    details_of: DetailsOf,
    public_address: PublicAddress,
    form: RemarkForm,
) -> HttpResponse:
    rules = REGISTERS[found.register].regimes[found.regime]
    writes = may_write(reader, found.person) and found.withdrawn_on is None
    context = {
        "declaration": found,
        "rules": rules,
        "article": rules.article(request.organisation.kind, found.person.kind),
        "details": details_of(found),
        "public_address": public_address(found.pk),
        "decisions": found.decisions.all(),
        "remarks": found.remarks.all(),
        "history": history_of(found, ACTIONS),
        "may_decide": found.awaits_decision and may_decide(reader, found),
        "edit_address": f"{found.register}:edit" if writes else "",
        "lasts": lasts(found),
        "today": today(),
        "is_over": found.ends_on is not None and found.ends_on < today(),
        "form": form,
        "crumbs": [MINE] if found.person_id in reader.own_keys else [],
    }
    return render(request, "declarations/declaration.html", context, status=422 if form.is_bound else 200)


def _act(
    request: ActorRequest,
    found: Declaration,
    form_class: Callable[..., forms.BaseForm],
    save: Callable[[int, dict[str, Any]], object],
    *,
    done: Any,
    context: dict[str, Any],
) -> HttpResponse:
    """A short form about a declaration; one that was changed meanwhile is shown beside what was typed (409)."""
    form = form_class(request.POST or None, initial={"version": found.version})
    shown = {"declaration": found, "crumbs": [(found.title, declaration_address(found.pk))], **context}
    template, status = "declarations/act.html", 200
    if request.method == "POST":
        try:
            if save_if_valid(form, lambda: save(form.cleaned_data["version"], typed_values(form))) is not None:
                messages.success(request, done)
                return redirect(declaration_address(found.pk))
            status = 422
        except (operations.AlreadyDecided, operations.Withdrawn):
            messages.info(request, _("Somebody was first. This is how the declaration stands now."))
            return redirect(declaration_address(found.pk))
        except StaleRecord as stale:
            data = request.POST.copy()
            data["version"] = str(stale.current.version)
            form, status, shown["is_stale"] = form_class(data), 409, True
    return render(request, template, {**shown, "form": form}, status=status)
