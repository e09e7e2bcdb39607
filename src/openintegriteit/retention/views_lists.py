"""Destruction lists: drawing up, reading, agreeing, taking back, and the declaration that stays."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.core.roles import Actor
from openintegriteit.organisations.models import Person
from openintegriteit.retention import lists as operations
from openintegriteit.retention.destroying import digest_of
from openintegriteit.retention.forms import ListFilter, ListForm, RecordFilter, TakeBackForm
from openintegriteit.retention.listings import LISTS, RECORDS
from openintegriteit.retention.models import DestructionList, Hold, ListedRecord, ListState
from openintegriteit.retention.permissions import POLICY, sides_to
from openintegriteit.retention.queries import Kinds, held_people, numbers_of, rules_on
from openintegriteit.retention.views import HERE, SIDE_WORDS, tabs_for
from openintegriteit.ui.editing import change_page, save_if_valid, typed_values
from openintegriteit.ui.listing import export, export_format, list_page
from openintegriteit.ui.tables import Column, headers

LISTED = (_("Destruction lists"), reverse_lazy("retention:lists"))
OF_PERSON = Column(_("About whom"))
OF_SPECIFICATION = (
    Column(_("What it is")),
    Column(_("Term began on")),
    Column(_("Kept until")),
    Column(_("What became of it")),
)
WHAT_TO_DO = Column(_("What you can do"), quiet=True)


@requires(POLICY, "view")
def lists(request: ActorRequest, kinds: Kinds) -> HttpResponseBase:
    """Every destruction list of the sides that the reader views, as a page or a file."""
    filters = ListFilter(request.GET)
    rows = filters.narrowed(DestructionList.objects.of_sides(sides_to("view", request.actor)))
    if export_format(request):
        return export(request, LISTS, rows)
    words = {side: word for word, side in SIDE_WORDS.items()}
    context = {
        "listing": list_page(request, LISTS, rows, filters),
        "tabs": tabs_for(request.actor, "lists"),
        "keeps": [(side, reverse("retention:list_new", args=[words[side]])) for side in _kept(request.actor)],
    }
    return render(request, "retention/lists.html", context)


@requires(POLICY, "keep")
def new(request: ActorRequest, kinds: Kinds, side: str) -> HttpResponse:
    """Choose which records that are due come on a list."""
    about = SIDE_WORDS.get(side)
    if about is None or about not in _kept(request.actor):
        raise Http404
    rules = rules_on(today())
    numbers = {
        kind: numbers_of(kind, rules[key], today())
        for key, kind in kinds.items()
        if kind.side == about and key in rules
    }
    due = [(kind, counted.due) for kind, counted in numbers.items() if counted.due]
    # Who sends twice chose what is on the list by now: every kind is a choice then.
    every = [(kind, counted.due) for kind, counted in numbers.items()]
    form = ListForm(request.POST or None, due=every if request.method == "POST" else due)
    context = {
        "form": form if due or request.method == "POST" else None,
        "title": _("Which records come on the list?"),
        "held": sum(counted.held for counted in numbers.values()),
        "most": operations.MOST_ON_A_LIST,
        "crumbs": [HERE, LISTED],
    }
    if request.method != "POST":
        return render(request, "retention/list_form.html", context)

    def save() -> DestructionList:
        values = typed_values(form)
        return operations.draw_up(
            actor=request.actor,
            identifier=form.cleaned_data["submission"],
            side=about,
            keys=values["kinds"],
            kinds=kinds,
        )

    try:
        made = save_if_valid(form, save)
    except (operations.NothingDue, operations.Refused) as refusal:
        form.add_error(None, str(refusal) or _("These records stand on another list by now, or a hold keeps them."))
        made = None
    if made is None:
        return render(request, "retention/list_form.html", context, status=422)
    told = ngettext(
        "The list has been drawn up. %(number)d record stands on it.",
        "The list has been drawn up. %(number)d records stand on it.",
        made.records_in_all,
    )
    messages.success(request, told % {"number": made.records_in_all})
    return redirect("retention:list", made.pk)


@requires(POLICY, "view")
def shown(request: ActorRequest, kinds: Kinds, pk: UUID) -> HttpResponseBase:
    """A list with its records, as a page or a file."""
    found = list_for(request.actor, pk)
    filters = RecordFilter(request.GET)
    rows = filters.narrowed(found.records.all())
    if export_format(request):
        return export(request, RECORDS, rows.select_related("rule"))
    listing = list_page(request, RECORDS, rows, filters, shown=lambda page: page.select_related("rule"))
    sees_people = found.side in sides_to("see_people", request.actor)
    may_hold = found.side in _kept(request.actor) and not found.has_ended
    columns = [*([OF_PERSON] if sees_people else []), *([WHAT_TO_DO] if may_hold else [])]
    page: list[ListedRecord] = list(listing.page)
    context = {
        "found": found,
        "listing": listing,
        "headers": [*listing.headers, *headers(columns, request.GET)],
        "rows": _with_people(page, found, sees_people),
        "sees_people": sees_people,
        "may_hold": may_hold,
        "may_agree": found.state == ListState.WAITING and POLICY.allows(request.actor, f"approve_{found.side}"),
        "may_take_back": found.state == ListState.WAITING and _may_take_back(request.actor, found),
        "did": _did(request.actor, found),
        "crumbs": [HERE, LISTED],
    }
    return render(request, "retention/list.html", context)


@require_POST
@requires(POLICY, "approve")
def agree(request: ActorRequest, kinds: Kinds, pk: UUID) -> HttpResponse:
    """Agree that the records of a list are destroyed."""
    found = list_for(request.actor, pk)
    try:
        agreed = operations.agree(actor=request.actor, destruction_list=found)
    except operations.Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            _("Two people agreed. The records are destroyed within a few minutes.")
            if agreed.state == ListState.APPROVED
            else _("You agreed. One other person has to agree as well."),
        )
    return redirect("retention:list", pk)


@requires(POLICY, "approve")
def take_back(request: ActorRequest, kinds: Kinds, pk: UUID) -> HttpResponse:
    """Take a list back, with the reason: its records stay."""
    found = list_for(request.actor, pk)
    if found.state != ListState.WAITING:
        messages.info(request, _("This list does not wait for agreement any more."))
        return redirect("retention:list", pk)
    return change_page(
        request,
        TakeBackForm,
        found,
        save=lambda _version, values: operations.take_back(
            actor=request.actor, destruction_list=found, reason=values["refused_because"], kinds=kinds
        ),
        template="ui/form.html",
        context={
            "title": _("Take this list back"),
            "lead": _("Its records stay, and can come on a next list."),
            "button": _("Take the list back"),
            "crumbs": [HERE, LISTED, (str(found), reverse("retention:list", args=[pk]))],
        },
        then=lambda saved: reverse("retention:list", args=[saved.pk]),
        done=_("The list has been taken back."),
    )


@requires(POLICY, "view")
def declaration(request: ActorRequest, kinds: Kinds, pk: UUID) -> HttpResponse:
    """The declaration of destruction of a list that was carried out (Archiefbesluit 1995, art. 8), also to print."""
    found = list_for(request.actor, pk)
    if found.state != ListState.DONE:
        raise Http404
    records = list(found.records.select_related("rule"))
    numbers = Counter((record.kind, record.rule) for record in records if record.fate == "destroyed")
    context = {
        "found": found,
        "records": records,
        "grounds": [
            (capfirst(str(kinds[key].label)) if key in kinds else key, rule, number)
            for (key, rule), number in numbers.items()
        ],
        "is_whole": digest_of(found) == found.sha256,
        "headers": headers(OF_SPECIFICATION, request.GET),
        "crumbs": [HERE, LISTED, (str(found), reverse("retention:list", args=[pk]))],
    }
    return render(request, "retention/declaration.html", context)


def list_for(actor: Actor, pk: UUID) -> DestructionList:
    """The list, of a side that the actor views. Raises Http404."""
    found: DestructionList = get_object_or_404(DestructionList.objects.of_sides(sides_to("view", actor)), pk=pk)
    return found


def _kept(actor: Actor) -> tuple[str, ...]:
    return sides_to("keep", actor)


def _may_take_back(actor: Actor, found: DestructionList) -> bool:
    return POLICY.allows(actor, f"keep_{found.side}") or POLICY.allows(actor, f"approve_{found.side}")


def _did(actor: Actor, found: DestructionList) -> str:
    """What the account did with the list already, so that it cannot agree (once more)."""
    if str(found.drawn_up_by_id) == actor.identifier:
        return "drew_up"
    return "agreed" if str(found.first_by_id) == actor.identifier else ""


def _with_people(page: list[ListedRecord], found: DestructionList, sees_people: bool) -> list[dict[str, Any]]:
    """The records with about whom they are, for who may know, and whether a hold keeps them (two queries)."""
    if found.has_ended:
        return [{"row": row, "person": None, "is_held": False} for row in page]
    is_held = ExpressionWrapper(Q(pk__in=held_people()), output_field=BooleanField())
    people = Person.objects.annotate(is_held=is_held).in_bulk({row.person for row in page if row.person})
    holding = Hold.objects.holding().filter(kind__in={row.kind for row in page})
    held = set(holding.values_list("kind", "record"))
    return [
        {
            "row": row,
            "person": people.get(row.person) if sees_people else None,
            "is_held": not {(row.kind, None), (row.kind, row.record)}.isdisjoint(held)
            or (row.person in people and people[row.person].is_held),
        }
        for row in page
    ]
