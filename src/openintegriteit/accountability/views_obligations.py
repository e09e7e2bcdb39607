"""Pages about where the body stands on what the law asks."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from openintegriteit.accountability.legal_position import (
    STATES,
    TAGS,
    Position,
    State,
    by_law,
    counted,
    legal_position,
    position_named,
)
from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.core.contracts import Carrier
from openintegriteit.core.searching import searchable
from openintegriteit.core.spreadsheets.writing import Value
from openintegriteit.event_log.changes import history_of
from openintegriteit.organisations.models import OrganisationKind
from openintegriteit.policy import operations
from openintegriteit.policy.forms import NewOwnObligationForm, ObligationAnswerForm, OwnObligationForm
from openintegriteit.policy.models import ObligationAnswer, OwnObligation
from openintegriteit.policy.permissions import POLICY
from openintegriteit.programme.goals import carriers_of_obligations
from openintegriteit.ui.editing import change_page, create_page
from openintegriteit.ui.listing import as_file, chosen, export_format, search_field, with_all

CRUMB = (_("Where we stand on the law"), reverse_lazy("accountability:legal_position"))
SLUGS: dict[str, State] = {
    "voldaan": "met",
    "deels": "partly",
    "niet-voldaan": "not_met",
    "niet-van-toepassing": "not_applicable",
    "niet-beantwoord": "open",
    "nog-niet-van-kracht": "not_yet",
}
HEADS = (
    _("Law"),
    _("Place in the law"),
    _("Who"),
    _("What this asks"),
    _("Term"),
    _("How it stands"),
    _("What the records show"),
    _("Explanation"),
    _("What proves it"),
    _("Owner"),
    _("Looked at on"),
    _("Look again before"),
    _("Measures"),
    _("Text of the law"),
)
ACTIONS = {
    "obligation.answered": _("Answer recorded"),
    "obligation.added": _("Obligation added"),
    "obligation.changed": _("Obligation changed"),
}


class PositionFilter(forms.Form):
    """Which duties to show."""

    zoek = search_field()
    wet = forms.ChoiceField(label=_("Law"), required=False)
    stand = forms.ChoiceField(
        label=_("How it stands"),
        required=False,
        choices=lambda: with_all((slug, TAGS[state][1]) for slug, state in SLUGS.items()),
    )
    kijken = forms.ChoiceField(
        label=_("Attention"),
        required=False,
        choices=lambda: with_all([("opnieuw", _("to look at again")), ("verschil", _("records say otherwise"))]),
    )

    def __init__(self, data: Any, offered: list[Position]) -> None:
        super().__init__(data)
        self._offered = offered
        fields: dict[str, Any] = self.fields
        laws = dict.fromkeys(found.law for found in offered)
        fields["wet"].choices = with_all((slugify(law), law) for law in laws)

    def narrowed(self) -> list[Position]:
        """The duties that the filters leave."""
        asked, day = chosen(self), today()
        words = searchable(asked.get("zoek", "")).split()
        attention = asked.get("kijken")
        return [
            found
            for found in self._offered
            if asked.get("wet") in (None, slugify(found.law))
            and ("stand" not in asked or found.state == SLUGS[asked["stand"]])
            and (attention != "opnieuw" or found.is_review_overdue(day))
            and (attention != "verschil" or found.differs)
            and all(word in searchable(_said(found)) for word in words)
        ]


@requires(POLICY, "view")
def position(request: ActorRequest) -> HttpResponseBase:
    """Where the body stands, law by law, as a page or a file."""
    every = [one.seen_by(request.actor) for one in legal_position(request.organisation, today())]
    form = PositionFilter(request.GET, every)
    found = form.narrowed()
    carried = carriers_of_obligations(request.actor) or {}
    if export_format(request):
        rows = (_cells(one, carried.get(one.key, [])) for one in found)
        return as_file(request, "stand-van-de-verplichtingen", HEADS, rows)
    context = {
        "laws": [(law, [(one, carried.get(one.key, [])) for one in rows]) for law, rows in by_law(found)],
        "counts": [(number, *TAGS[state]) for state, number in counted(every).items()],
        "number": len(found),
        "in_all": len(every),
        "asking": sum(1 for one in every if one.state in STATES[:3]),
        "filters": form,
        "active": sum(1 for name in form.fields if request.GET.get(name)),
        "today": today(),
        "may_change": POLICY.allows(request.actor, "change"),
        "without_offices": request.organisation.kind == OrganisationKind.JOINT_BODY,
    }
    return render(request, "accountability/legal_position.html", context)


@requires(POLICY, "view")
def obligation(request: ActorRequest, key: str) -> HttpResponse:
    """One duty: what it asks, what records show, and what people say; the coordinator answers it."""
    found = position_named(request.organisation, key, today())
    if found is None:
        raise Http404
    if request.method == "POST":
        POLICY.require(request.actor, "change")
    return change_page(
        request,
        ObligationAnswerForm,
        found.answer or ObligationAnswer(organisation=request.organisation, obligation=key, version=0),
        save=lambda version, values: operations.answer_obligation(
            actor=request.actor, obligation=key, expected_version=version, values=values
        ),
        template="accountability/obligation.html",
        context={
            "position": found.seen_by(request.actor),
            "crumbs": [CRUMB],
            "measures": (carriers_of_obligations(request.actor) or {}).get(key, []),
            "history": history_of(found.answer, ACTIONS) if found.answer else [],
            "may_change": POLICY.allows(request.actor, "change"),
            "today": today(),
        },
        then=lambda saved: reverse("accountability:obligation", args=[key]),
        done=_("The answer has been recorded."),
    )


@requires(POLICY, "change")
def own_new(request: ActorRequest) -> HttpResponse:
    """Add a duty that is not in the list of the law."""
    return create_page(
        request,
        NewOwnObligationForm(request.POST or None),
        save=lambda key, values: operations.add_own_obligation(actor=request.actor, identifier=key, values=values),
        template="accountability/form.html",
        context={"title": _("What else is asked of you?"), "back": CRUMB[1]},
        then=lambda saved: reverse("accountability:obligation", args=[saved.pk]),
        done=_("The obligation has been added."),
    )


@requires(POLICY, "change")
def own_edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change or end a duty of the body's own."""
    found: OwnObligation = get_object_or_404(OwnObligation, pk=pk)
    address = reverse("accountability:obligation", args=[pk])
    return change_page(
        request,
        OwnObligationForm,
        found,
        save=lambda version, values: operations.change_own_obligation(
            actor=request.actor, obligation=found, expected_version=version, values=values
        ),
        template="accountability/form.html",
        context={"title": str(found), "back": address, "history": history_of(found, ACTIONS)},
        then=lambda saved: address,
        done=_("The obligation has been saved."),
    )


def _said(found: Position) -> str:
    answer = found.answer
    spoken = (answer.explanation, answer.evidence, answer.owner) if answer else ()
    return " ".join((found.law, found.place, found.who, found.what, found.checked_by, *spoken))


def _cells(found: Position, measures: Sequence[Carrier]) -> tuple[Value, ...]:
    answer = found.answer
    return (
        found.law,
        found.place,
        found.who,
        found.what,
        found.term,
        gettext(str(TAGS[found.state][1])),
        found.recorded.reason if found.recorded else "",
        answer.explanation if answer else "",
        answer.evidence if answer else "",
        answer.owner if answer else "",
        answer.answered_on if answer else None,
        answer.review_due_on if answer else None,
        "\n".join(f"{measure.title} ({measure.state})" for measure in measures),
        found.address,
    )
