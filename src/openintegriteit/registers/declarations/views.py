"""Pages about declarations of every register: one's own, what waits for a decision, and one declaration.

What may not be read answers as what is not there (404).
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from openintegriteit.campaigns.models import Ask
from openintegriteit.campaigns.queries import asked_of
from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.core.paging import PER_PAGE
from openintegriteit.event_log.changes import history_of
from openintegriteit.organisations.models import Person
from openintegriteit.registers.declarations import operations
from openintegriteit.registers.declarations.due import questions_to
from openintegriteit.registers.declarations.forms import (
    DecisionForm,
    RemarkForm,
    SecondForm,
    TakeBackForm,
    WithdrawalForm,
)
from openintegriteit.registers.declarations.models import Declaration, Proposal
from openintegriteit.registers.declarations.pages import MINE, WAITING, act_page, end_page, own_declaration, own_lasting
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.declarations.queries import (
    Reader,
    concerned_by,
    declaration_address,
    drafts_of,
    form_address,
    may_agree,
    may_decide,
    may_take_back,
    may_write,
    own_registers,
    reader_of,
    said_last_by_declarant,
    standing_in,
    to_decide_by,
    visible_to,
)
from openintegriteit.registers.declarations.registers import REGISTERS, lasts
from openintegriteit.registers.declarations.words import Note
from openintegriteit.registers.designations.permissions import POLICY as DESIGNATIONS
from openintegriteit.ui.editing import save_if_valid, typed_values
from openintegriteit.ui.tables import PAGE_PARAMETER

DECIDED = _("Your decision has been recorded.")
PROPOSED = _("Your decision is a proposal now. It is in force once a second person agrees.")
SENT_BACK = _("You sent the proposal back. It waits for a decision again.")

type DetailsOf = Callable[[Declaration], list[tuple[str, str]]]  # what a register tells of one declaration
type NotesOf = Callable[[ActorRequest, Declaration], list[Note]]  # what a register has to say about it
type PublicAddress = Callable[[UUID], str]  # where it stands on the public site; empty: it does not

ACTIONS = {
    "declaration.brought_in": _("Declaration read in from a file"),
    "declaration.made": _("Declared"),
    "declaration.changed": _("Declaration changed"),
    "declaration.ended": _("Last day of a declaration recorded"),
    "declaration.withdrawn": _("Declaration withdrawn"),
    "declaration.confirmed": _("Declaration confirmed"),
    "declaration.decided": _("Decided about a declaration"),
    "declaration.proposed": _("Decision about a declaration proposed"),
    "declaration.decider_told": _("Who decides told by mail that a declaration waits"),
    "declaration.second_told": _("Possible second person told by mail about a proposal"),
    "declaration.sent_back": _("Proposal sent back by the second person"),
    "declaration.taken_back": _("Proposal taken back by who made it"),
    "declaration.remarked": _("Question or answer about a declaration"),
}
# Who declared hears of a decision, not of a proposal.
OF_DECIDERS = (
    "declaration.proposed",
    "declaration.decider_told",
    "declaration.second_told",
    "declaration.sent_back",
    "declaration.taken_back",
)


@requires(POLICY, "declare")
def mine(request: ActorRequest) -> HttpResponse:
    """What somebody declared, per register, and what may still have to be declared."""
    reader = reader_of(request.actor)
    context = {
        "registers": own_registers(reader.own, request.organisation.kind, today()),
        "begun": [(draft, form_address(draft)) for draft in drafts_of(reader)],
        "questions": questions_to(reader.own, today()),
        "asked": [row for row in asked_of(reader.own) if row.campaign.asks == Ask.DECLARE],
        "may_read_reasons": DESIGNATIONS.allows(request.actor, "view"),
        "today": today(),
    }
    return render(request, "declarations/mine.html", context)


@requires(POLICY, "agree")
def to_decide(request: ActorRequest) -> HttpResponse:
    """What waits for a decision of this person, the oldest first; also what they agree to as the second person."""
    reader = reader_of(request.actor)
    returned = Proposal.objects.filter(declaration=OuterRef("pk"), revision=OuterRef("revision"))
    # Found once, so that how many they are need not be asked apart.
    keys = list(to_decide_by(reader).values_list("pk", flat=True))
    page = Paginator[Any](keys, PER_PAGE).get_page(request.GET.get(PAGE_PARAMETER))
    rows = Declaration.objects.filter(pk__in=page.object_list).select_related("person").order_by("declared_on", "id")
    page.object_list = rows.annotate(
        was_sent_back=Exists(returned.exclude(returned_because="")), said_last=said_last_by_declarant()
    )
    context = {
        "page": page,
        "is_listed": bool(reader.own),
        "stands_in": standing_in(reader),
        "names_deputies": POLICY.allows(request.actor, "name_deputies"),
        "sets_rules": POLICY.allows(request.actor, "set_rules"),
    }
    return render(request, "declarations/to_decide.html", context)


@requires(POLICY, "declare")
def declaration(
    request: ActorRequest, pk: UUID, details_of: DetailsOf, notes_of: NotesOf, public_address: PublicAddress
) -> HttpResponse:
    """One declaration with its decisions, the questions about it and its history."""
    reader = reader_of(request.actor)
    return _page(request, reader, _found(reader, pk), details_of, notes_of, public_address, RemarkForm())


@requires(POLICY, "declare")
def remark(
    request: ActorRequest, pk: UUID, details_of: DetailsOf, notes_of: NotesOf, public_address: PublicAddress
) -> HttpResponse:
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
        return _page(request, reader, found, details_of, notes_of, public_address, form)
    messages.success(request, _("Your text stands with the declaration."))
    return redirect(f"{declaration_address(pk)}#vragen")


@requires(POLICY, "decide")
def decide(
    request: ActorRequest, pk: UUID, details_of: DetailsOf, notes_of: NotesOf, public_address: PublicAddress
) -> HttpResponse:
    """Decide about a declaration as it reads now."""
    reader = reader_of(request.actor)
    found = _found(reader, pk)
    if not may_decide(reader, found):
        raise Http404
    if not found.awaits_decision or found.is_proposed:
        messages.info(request, _("There is a decision about this already."))
        return redirect(declaration_address(pk))
    about = _in_dutch(found, details_of)
    return act_page(
        request,
        found,
        DecisionForm,
        lambda version, values: operations.decide(
            actor=request.actor, declaration=found, expected_version=version, values=values, about=about
        ),
        done=lambda made: PROPOSED if isinstance(made, Proposal) else DECIDED,
        context={"title": _("What do you decide?"), "button": _("Record the decision"), "details": details_of(found)},
    )


@requires(POLICY, "agree")
def second(
    request: ActorRequest, pk: UUID, details_of: DetailsOf, notes_of: NotesOf, public_address: PublicAddress
) -> HttpResponse:
    """Agree to what somebody proposed to decide, or send it back."""
    reader = reader_of(request.actor)
    found = _found(reader, pk)
    if not (found.is_proposed and found.awaits_decision):
        messages.info(request, _("Nothing is proposed about this now."))
        return redirect(declaration_address(pk))
    if not may_agree(reader, found):
        raise Http404
    about = _in_dutch(found, details_of)

    def save(version: int, values: dict[str, Any]) -> object:
        actor, reason = request.actor, values["reason"]
        if values["answer"] == SecondForm.SENDS_BACK:
            return operations.send_back(actor=actor, declaration=found, expected_version=version, reason=reason)
        return operations.agree(actor=actor, declaration=found, expected_version=version, about=about)

    return act_page(
        request,
        found,
        SecondForm,
        save,
        done=lambda made: SENT_BACK if isinstance(made, Proposal) else DECIDED,
        context={
            "title": _("Do you agree to this decision?"),
            "button": _("Send"),
            "details": details_of(found),
            "proposal": found.proposals.filter(is_open=True).first(),
        },
    )


@requires(POLICY, "decide")
def take_back(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take back one's own proposal."""
    reader = reader_of(request.actor)
    found = _found(reader, pk)
    if not (found.is_proposed and found.awaits_decision):
        messages.info(request, _("Nothing is proposed about this now."))
        return redirect(declaration_address(pk))
    if not may_take_back(reader, found):
        raise Http404
    return act_page(
        request,
        found,
        TakeBackForm,
        lambda version, _values: operations.take_back(actor=request.actor, declaration=found, expected_version=version),
        done=_("You took your proposal back. It waits for a decision again."),
        context={
            "title": _("Take your proposal back?"),
            "button": _("Take it back"),
            "lead": _("It waits for a decision again then, and nobody can agree to it any more."),
            "proposal": found.proposals.filter(is_open=True).first(),
        },
    )


@translation.override(settings.LANGUAGE_CODE)
def _in_dutch(found: Declaration, details_of: DetailsOf) -> dict[str, str]:
    """What a decision keeps of what it was about."""
    return dict(details_of(found))


@requires(POLICY, "declare")
def end(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say on what day it stops."""
    return end_page(request, pk)


@requires(POLICY, "declare")
def withdraw(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take back what was declared by mistake."""
    found = own_declaration(request, pk)
    return act_page(
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
    found = own_lasting(request, pk)
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
    if not concerned_by(register, request.organisation.kind, today())(person):
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


def _page(
    request: ActorRequest,
    reader: Reader,
    found: Declaration,
    details_of: DetailsOf,
    notes_of: NotesOf,
    public_address: PublicAddress,
    form: RemarkForm,
) -> HttpResponse:
    rules = REGISTERS[found.register].regimes[found.regime]
    is_own = found.person_id in reader.own_keys
    writes = may_write(reader, found.person) and found.withdrawn_on is None
    context = {
        "declaration": found,
        "rules": rules,
        "article": rules.article(request.organisation.kind, found.person.kind),
        "details": details_of(found),
        "notes": (notes := notes_of(request, found)),
        "comes_public": rules.public and not any(note.keeps_private for note in notes),
        "public_address": public_address(found.pk),
        "decisions": found.decisions.all(),
        "remarks": found.remarks.all(),
        "history": history_of(found, ACTIONS, without=OF_DECIDERS if is_own else ()),
        "proposals": [] if is_own else found.proposals.filter(revision=found.revision),
        "may_decide": found.awaits_decision and not found.is_proposed and may_decide(reader, found),
        "may_take_back": found.awaits_decision and may_take_back(reader, found),
        "may_agree": found.awaits_decision and may_agree(reader, found),
        "edit_address": f"{found.register}:edit" if writes else "",
        "lasts": lasts(found),
        "today": today(),
        "is_over": found.is_over,
        "form": form,
        "crumbs": [MINE] if is_own else [WAITING] if may_decide(reader, found) else [],
    }
    return render(request, "declarations/declaration.html", context, status=422 if form.is_bound else 200)
