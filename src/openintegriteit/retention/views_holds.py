"""Holds: what is kept for longer, and why."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.retention import operations
from openintegriteit.retention.forms import HoldChangeForm, HoldEndForm, HoldFilter, HoldForm, RecordHoldForm
from openintegriteit.retention.listings import HOLDS
from openintegriteit.retention.models import Hold, ListedRecord
from openintegriteit.retention.permissions import POLICY, sides_to
from openintegriteit.retention.queries import Kinds, side_of
from openintegriteit.retention.views import HERE, tabs_for
from openintegriteit.ui.editing import change_page, create_page
from openintegriteit.ui.listing import export, export_format, list_page
from openintegriteit.ui.tables import Column, headers

HELD = (_("Holds"), reverse_lazy("retention:holds"))
WHAT_TO_DO = Column(_("What you can do"), quiet=True)


@requires(POLICY, "view_holds")
def holds(request: ActorRequest, kinds: Kinds) -> HttpResponseBase:
    """What is kept for longer, of the sides whose people the reader may see, as a page or a file."""
    filters = HoldFilter(request.GET)
    rows = filters.narrowed(Hold.objects.filter(side__in=sides_to("see_people", request.actor)))
    if export_format(request):
        return export(request, HOLDS, rows)
    listing = list_page(request, HOLDS, rows, filters)
    keeps = sides_to("keep", request.actor)
    context = {
        "listing": listing,
        "headers": [*listing.headers, *headers([WHAT_TO_DO], request.GET)],
        "rows": [(row, row.asks_a_look(today()), row.side in keeps and not row.ended_on) for row in listing.page],
        "tabs": tabs_for(request.actor, "holds"),
        "may_keep": bool(keeps),
    }
    return render(request, "retention/holds.html", context)


@requires(POLICY, "keep")
def new(request: ActorRequest, kinds: Kinds) -> HttpResponse:
    """Hold a person, a kind of record, or (`regel` in the address) one record of a list."""
    listed = _listed(request)
    sides = sides_to("keep", request.actor)
    form = (
        RecordHoldForm(request.POST or None)
        if listed
        else HoldForm(request.POST or None, kinds=kinds.values(), sides=sides)
    )

    def save(key: UUID, values: dict[str, Any]) -> Hold:
        if listed:
            fields = {"kind": listed.kind, "record": listed.record, "label": listed.words}
            return operations.set_hold(
                actor=request.actor, identifier=key, side=listed.on_list.side, values={**values, **fields}
            )
        person, kind = values["person"], values["kind"]
        label = person.full_name if person else capfirst(str(kinds[kind].label))
        side = side_of(person) if person else kinds[kind].side
        return operations.set_hold(actor=request.actor, identifier=key, side=side, values={**values, "label": label})

    return create_page(
        request,
        form,
        save=save,
        template="ui/form.html",
        context={
            "title": _("What must not be destroyed?"),
            "lead": listed.words if listed else _("Nothing of it is destroyed until somebody ends the hold."),
            "button": _("Set the hold"),
            "crumbs": [HERE, HELD],
        },
        then=lambda _hold: reverse("retention:holds"),
        done=_("The hold has been set. Nothing of it is destroyed from now on."),
    )


def _listed(request: ActorRequest) -> ListedRecord | None:
    """The record of an open list that the address names, of a side that the actor keeps. Raises Http404."""
    asked = request.GET.get("regel")
    if not asked:
        return None
    try:
        key = UUID(asked)
    except ValueError:
        raise Http404 from None
    waiting = ListedRecord.objects.waiting().select_related("on_list")
    return get_object_or_404(waiting, pk=key, on_list__side__in=sides_to("keep", request.actor))


@requires(POLICY, "keep")
def edit(request: ActorRequest, kinds: Kinds, pk: UUID) -> HttpResponse:
    """Change why something is held and how long that is expected."""
    return _change(
        request,
        pk,
        HoldChangeForm,
        save=lambda hold, version, values: operations.change_hold(
            actor=request.actor, hold=hold, expected_version=version, values=values
        ),
        title=_("Why is this kept?"),
        button=_("Save"),
        done=_("The hold has been changed."),
    )


@requires(POLICY, "keep")
def end(request: ActorRequest, kinds: Kinds, pk: UUID) -> HttpResponse:
    """End a hold, with the reason."""
    return _change(
        request,
        pk,
        HoldEndForm,
        save=lambda hold, version, values: operations.end_hold(
            actor=request.actor, hold=hold, expected_version=version, reason=values["ended_because"]
        ),
        title=_("End this hold"),
        button=_("End the hold"),
        done=_("The hold has ended. What is due may come on a next list."),
    )


def _change(
    request: ActorRequest,
    pk: UUID,
    form: Any,
    *,
    save: Callable[[Hold, int, dict[str, Any]], Hold],
    title: Any,
    button: Any,
    done: Any,
) -> HttpResponse:
    hold: Hold = get_object_or_404(Hold, pk=pk, side__in=sides_to("keep", request.actor))
    if hold.ended_on:
        messages.info(request, _("This hold has ended, so nothing about it changes any more."))
        return redirect("retention:holds")
    return change_page(
        request,
        form,
        hold,
        save=lambda version, values: save(hold, version, values),
        template="ui/form.html",
        context={"title": title, "lead": hold.label, "button": button, "crumbs": [HERE, HELD]},
        then=lambda _saved: reverse("retention:holds"),
        done=done,
    )
