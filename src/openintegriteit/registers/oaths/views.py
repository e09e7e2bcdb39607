"""Oaths: who still owes one, what was taken, recording, withdrawing, the words, and sending links."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.event_log.changes import history_of
from openintegriteit.organisations.models import Person
from openintegriteit.registers.oaths import operations
from openintegriteit.registers.oaths.forms import (
    NewOathForm,
    NewTextForm,
    OwingFilter,
    SendForm,
    TakenFilter,
)
from openintegriteit.registers.oaths.listings import OWING, TAKEN
from openintegriteit.registers.oaths.models import ForWhom, OathText
from openintegriteit.registers.oaths.permissions import POLICY, groups_to
from openintegriteit.registers.oaths.queries import (
    current_text,
    group_of,
    is_charged_to_act,
    oath_address,
    oaths_of,
    owing,
    with_asked,
)
from openintegriteit.registers.oaths.rules import for_whom_of, forms_of
from openintegriteit.registers.oaths.signing import NoText, send_links
from openintegriteit.registers.oaths.texts import articles_for, legal_text
from openintegriteit.ui.editing import create_page
from openintegriteit.ui.listing import export, export_format, list_page
from openintegriteit.ui.withdrawing import withdraw_page

HERE = (_("Oaths and statements"), reverse_lazy("oaths:owing"))
FORM = "ui/form.html"
MOST_OFFERED = 100
ACTIONS = {
    "oath.recorded": _("Oath or statement recorded"),
    "oath.signed": _("Integrity statement signed by link"),
    "oath.signed_with_account": _("Integrity statement signed with an account"),
    "oath.withdrawn": _("Oath or statement withdrawn"),
}


def tabs(current: str) -> list[tuple[Any, str, bool]]:
    """The parts of the register."""
    pages = (
        ("owing", _("Who still owes one")),
        ("ceremonies", _("Ceremonies")),
        ("taken", _("Taken and signed")),
        ("texts", _("Words")),
    )
    return [(label, reverse(f"oaths:{name}"), name == current) for name, label in pages]


@requires(POLICY, "view")
def owing_list(request: ActorRequest) -> HttpResponseBase:
    """Who still owes an oath or statement, of the groups that the reader may see; as a page or a file."""
    groups = groups_to("view", request.actor)
    filters = OwingFilter(request.GET, groups=groups)
    rows = filters.narrowed(owing(groups, today()))
    if export_format(request):
        return export(request, OWING, rows.select_related("unit"))
    listing = list_page(
        request, OWING, rows, filters, shown=lambda page: with_asked(page.select_related("unit"), timezone.now())
    )
    context = {
        "listing": listing,
        "tabs": tabs("owing"),
        "articles": articles_for(groups, request.organisation.kind),
        "may_record": POLICY.allows(request.actor, "record"),
        "may_send": POLICY.allows(request.actor, "send"),
    }
    return render(request, "oaths/owing.html", context)


@requires(POLICY, "view")
def taken(request: ActorRequest) -> HttpResponseBase:
    """What was taken and signed, of the groups that the reader may see; as a page or a file."""
    groups = groups_to("view", request.actor)
    filters = TakenFilter(request.GET, groups=groups)
    rows = filters.narrowed(oaths_of(groups))
    if export_format(request):
        return export(request, TAKEN, rows.select_related("person", "text"))
    listing = list_page(request, TAKEN, rows, filters, shown=lambda page: page.select_related("person"))
    context = {
        "listing": listing,
        "tabs": tabs("taken"),
        "may_record": POLICY.allows(request.actor, "record"),
    }
    return render(request, "oaths/taken.html", context)


@requires(POLICY, "view")
def oath(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One oath or statement, with the words that were used. One of others answers as absent."""
    rows = oaths_of(groups_to("view", request.actor)).select_related("person__unit", "text")
    found = get_object_or_404(rows, pk=pk)
    context = {
        "oath": found,
        "history": history_of(found, ACTIONS),
        "may_withdraw": found.for_whom in groups_to("record", request.actor) and not found.withdrawn_on,
        "crumbs": [HERE],
    }
    return render(request, "oaths/oath.html", context)


@requires(POLICY, "record")
def new(request: ActorRequest) -> HttpResponse:
    """Record what somebody took; `persoon` in the address fills in who that is."""
    groups = groups_to("record", request.actor)
    return create_page(
        request,
        NewOathForm(request.POST or None, groups=groups, initial=_known(request, groups)),
        save=lambda key, values: operations.record_oath(
            actor=request.actor, identifier=key, person=values.pop("person"), values=values
        ),
        template=FORM,
        context={"title": _("Record an oath or statement"), "crumbs": [HERE]},
        then=lambda saved: oath_address(saved.pk),
        done=_("It has been recorded."),
    )


def _known(request: ActorRequest, groups: Sequence[ForWhom]) -> dict[str, Any]:
    """What can be filled in for the person in the address; nothing for one whom the actor does not record."""
    try:
        person = Person.objects.filter(pk=UUID(request.GET.get("persoon", ""))).first()
    except ValueError:
        return {}
    if person is None or for_whom_of(person.kind) not in groups:
        return {}
    for_whom = group_of(person, today())
    known = {"person": person.personnel_number, "text": current_text(for_whom, today())}
    if law := legal_text(for_whom, request.organisation.kind):
        known["before_whom"] = law.before(charged_to_act=is_charged_to_act(person, today()))
    return known | ({"form": forms_of(for_whom)[0]} if len(forms_of(for_whom)) == 1 else {})


@requires(POLICY, "record")
def withdraw(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take back what was recorded by mistake."""
    rows = oaths_of(groups_to("record", request.actor)).select_related("person")
    found = get_object_or_404(rows, pk=pk)
    return withdraw_page(
        request,
        found,
        save=lambda version, reason: operations.withdraw(
            actor=request.actor, oath=found, expected_version=version, reason=reason
        ),
        address=oath_address(pk),
        crumbs=[HERE, (str(found), oath_address(pk))],
    )


@requires(POLICY, "view")
def texts(request: ActorRequest) -> HttpResponse:
    """The words per group: those that hold, those of before, and what the law says."""
    kind, may_record = request.organisation.kind, groups_to("record", request.actor)
    known: dict[str, list[OathText]] = {}
    for row in OathText.objects.all():
        known.setdefault(row.for_whom, []).append(row)
    rows = [
        {
            "group": group,
            "law": legal_text(group, kind),
            "texts": known.get(group, []),
            "may_record": group in may_record,
        }
        for group in groups_to("view", request.actor)
    ]
    return render(request, "oaths/texts.html", {"rows": rows, "tabs": tabs("texts"), "today": today()})


@requires(POLICY, "record")
def new_text(request: ActorRequest) -> HttpResponse:
    """Enter words; `voor` in the address names the group, and brings the words that hold or those of the law."""
    groups = groups_to("record", request.actor)
    return create_page(
        request,
        NewTextForm(request.POST or None, groups=groups, initial=_words_for(request, groups)),
        save=lambda key, values: operations.add_text(actor=request.actor, identifier=key, values=values),
        template=FORM,
        context={"title": _("Enter words"), "crumbs": [HERE, (_("Words"), reverse("oaths:texts"))]},
        then=lambda saved: reverse("oaths:texts"),
        done=_("The words have been saved."),
    )


def _words_for(request: ActorRequest, groups: Sequence[ForWhom]) -> dict[str, Any]:
    group = request.GET.get("voor", "")
    if group not in groups:
        return {}
    words: Any = current_text(group, today()) or legal_text(group, request.organisation.kind)
    return {"for_whom": group, "label": words.label, "text": words.text} if words else {"for_whom": group}


@requires(POLICY, "send")
def send(request: ActorRequest) -> HttpResponse:
    """Choose people who owe the integrity statement, and mail each a link to sign it."""
    groups = (ForWhom.NOT_EMPLOYED,)
    filters = OwingFilter(request.GET, groups=groups)
    everybody = owing(groups, today())
    rows = filters.narrowed(everybody).exclude(email="")
    shown = with_asked(rows.select_related("unit"), timezone.now())
    offered = list(shown.order_by("asked", "family_name", "given_name", "pk")[: MOST_OFFERED + 1])
    form = SendForm(request.POST or None, people=everybody.exclude(email=""), offered=offered[:MOST_OFFERED])
    context = {
        "form": form,
        "filters": filters,
        "active": sum(1 for name in filters.fields if request.GET.get(name)),
        "offered": offered,
        "there_are_more": len(offered) > MOST_OFFERED,
        "without_address": everybody.filter(email="").count(),
        "text": current_text(ForWhom.NOT_EMPLOYED, today()),
        "crumbs": [HERE],
    }
    if request.method != "POST":
        return render(request, "oaths/send.html", context)
    if not form.is_valid():
        return render(request, "oaths/send.html", context, status=422)
    try:
        number = send_links(
            actor=request.actor, people=[row.pk for row in form.cleaned_data["people"]], now=timezone.now()
        )
    except NoText:
        return render(request, "oaths/send.html", context, status=422)
    messages.success(
        request,
        ngettext("%(number)d person gets a mail with a link.", "%(number)d people get a mail with a link.", number)
        % {"number": number}
        if number
        else gettext("These people got a mail a moment ago."),
    )
    return redirect("oaths:owing")
