"""What the law asks of office holders about their positions: an intention, to weigh them, and the income of a year.

What may not be read answers as what is not there (404).
"""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.core.locking import StaleRecord
from openintegriteit.organisations.models import Person
from openintegriteit.registers.declarations.models import Regime
from openintegriteit.registers.declarations.pages import MINE
from openintegriteit.registers.declarations.permissions import POLICY
from openintegriteit.registers.declarations.queries import declaration_address, may_write, reader_of
from openintegriteit.registers.outside_positions import operations
from openintegriteit.registers.outside_positions.forms_law import (
    AssessmentForm,
    IncompatibleForm,
    IntentionForm,
    UndesirableForm,
    income_form,
)
from openintegriteit.registers.outside_positions.law import law_of
from openintegriteit.registers.outside_positions.models import OutsidePosition, PositionIncome
from openintegriteit.registers.outside_positions.queries import held_in, income_of, offices_held_by
from openintegriteit.registers.outside_positions.rules import income_due, looks_like
from openintegriteit.ui.editing import change_page, create_page, differences, on_version

YEARS_SHOWN = 4
POSITIONS = (_("Outside positions"), reverse_lazy("outside_positions:positions"))


@requires(POLICY, "record_office_holders")
def intention(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Record on what day the intention to accept a position was reported."""
    position = _position(pk)
    law = law_of(request.organisation.kind)
    article = law.intention_for(offices_held_by(position.declaration.person, today()))
    if not article:
        raise Http404
    return change_page(
        request,
        IntentionForm,
        position,
        save=lambda version, values: operations.record_intention(
            position,
            actor=request.actor,
            expected_version=version,
            reported_on=values["intention_reported_on"],
        ),
        template="outside_positions/intention.html",
        context={
            "title": _("When was the intention reported?"),
            "position": position,
            "told_to": law.told_to,
            "article": article,
            "crumbs": _crumbs(position),
        },
        then=lambda _saved: declaration_address(pk),
        done=_("The day has been recorded."),
    )


@requires(POLICY, "record_office_holders")
def incompatible(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Lay a position beside the functions that do not go together with the office, and record what was found."""
    return _weigh(request, pk, IncompatibleForm, _("Does this go together with the office?"), _beside_the_list)


@requires(POLICY, "record_office_holders")
def undesirable(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Record how it was weighed whether a position is undesirable for the office."""
    return _weigh(request, pk, UndesirableForm, _("Is this position undesirable for the office?"), _beside_the_norm)


def _weigh(
    request: ActorRequest,
    pk: UUID,
    form: type[AssessmentForm],
    title: str | Promise,
    law_for: Callable[[ActorRequest, OutsidePosition], dict[str, Any]],
) -> HttpResponse:
    def shown(position: OutsidePosition) -> dict[str, Any]:
        return {
            "title": title,
            "position": position,
            "before": position.declaration.assessments.filter(question=form.question),
            "crumbs": _crumbs(position),
            **law_for(request, position),
        }

    position = _position(pk)
    declaration, template = position.declaration, "outside_positions/assessment.html"
    context = shown(position)
    try:
        return create_page(
            request,
            form(request.POST or None, initial={"revision": declaration.revision}),
            save=lambda key, values: operations.record_assessment(
                actor=request.actor,
                declaration=declaration,
                identifier=key,
                question=form.question,
                expected_revision=values.pop("revision"),
                values=values,
            ),
            template=template,
            context=context,
            then=lambda _saved: declaration_address(pk),
            done=_("How the position was weighed has been recorded."),
        )
    except StaleRecord:
        position = _position(pk)
        data = request.POST.copy()
        data["revision"] = str(position.declaration.revision)
        return render(request, template, shown(position) | {"form": form(data), "is_stale": True}, status=409)


def _beside_the_list(request: ActorRequest, position: OutsidePosition) -> dict[str, Any]:
    offices = offices_held_by(position.declaration.person, today())
    forbidden = law_of(request.organisation.kind).forbidden_beside(offices)
    if forbidden is None:
        raise Http404
    like = looks_like(position.role, position.where, forbidden.functions, request.organisation.name)
    others = [function for function in forbidden.functions if function not in like]
    return {"of_office": forbidden, "article": forbidden.article, "like": like, "others": others}


def _beside_the_norm(request: ActorRequest, position: OutsidePosition) -> dict[str, Any]:
    norm = law_of(request.organisation.kind).norm_for(offices_held_by(position.declaration.person, today()))
    if norm is None:
        raise Http404
    return {"norm": norm, "article": norm.article}


def _position(pk: UUID) -> OutsidePosition:
    rows = OutsidePosition.objects.select_related("declaration__person")
    found: OutsidePosition = get_object_or_404(
        rows, declaration=pk, declaration__regime=Regime.OFFICE_HOLDERS, declaration__withdrawn_on__isnull=True
    )
    return found


def _crumbs(position: OutsidePosition) -> list[tuple[Any, Any]]:
    return [POSITIONS, (str(position), declaration_address(position.declaration_id))]


@requires(POLICY, "declare")
def incomes(request: ActorRequest, year: int | None = None) -> HttpResponse:
    """The income of a year: of everybody whom it concerns for who may read that, and of oneself."""
    shown = _years_shown()
    year = shown[0] if year is None else year
    if year not in shown:
        raise Http404
    reads_all = POLICY.allows(request.actor, "view_office_holders")
    people = None if reads_all else reader_of(request.actor).own
    context = {
        "rows": income_of(request.organisation, year, today(), people),
        "year": year,
        "due_on": income_due(year),
        "today": today(),
        "years": [(str(one), reverse("outside_positions:incomes_of", args=[one]), one == year) for one in shown],
        "keeps": POLICY.allows(request.actor, "record_office_holders"),
        "own": {person.pk for person in reader_of(request.actor).own} if reads_all else set(),
        "reads_all": reads_all,
        "crumbs": [POSITIONS if reads_all else MINE],
    }
    return render(request, "outside_positions/incomes.html", context)


def _years_shown() -> range:
    newest = today().year - 1
    return range(newest, newest - YEARS_SHOWN, -1)


@requires(POLICY, "declare")
def income(request: ActorRequest, person_id: UUID, year: int) -> HttpResponse:
    """Make public what somebody earned with positions in a year, or say that there is nothing; or correct that."""
    person = get_object_or_404(Person, pk=person_id)
    law = law_of(request.organisation.kind)
    if year not in _years_shown() or not may_write(reader_of(request.actor), person):
        raise Http404
    offices = offices_held_by(person, date(year, 12, 31))
    asking = [office for office in offices if office in law.income]
    if not asking:
        raise Http404
    keeps = POLICY.allows(request.actor, "record_office_holders")
    form = income_form(year, may_be_part_time=keeps and law.part_time_exempt.issuperset(offices))
    address = reverse("outside_positions:incomes_of", args=[year])
    context = {
        "title": _("Income from positions in %(year)d") % {"year": year},
        "person": person,
        "year": year,
        "article": law.income[asking[0]],
        "due_on": income_due(year),
        "without_ex_officio": law.not_ex_officio.issuperset(asking),
        "held": held_in(person, year),
        "crumbs": [POSITIONS if keeps else MINE, (_("Income from positions"), address)],
    }
    known = PositionIncome.objects.filter(person=person, year=year).select_related("person").first()
    template, done = "outside_positions/income.html", _("Thank you. It has been recorded.")
    if known is None or "submission" in request.POST:
        fresh = form(request.POST or None)
        try:
            return create_page(
                request,
                fresh,
                save=lambda key, values: operations.record_income(
                    actor=request.actor, identifier=key, person=person, year=year, values=values
                ),
                template=template,
                context=context,
                then=lambda _saved: address,
                done=done,
            )
        except StaleRecord as stale:
            shown = {**context, "differences": differences(fresh, stale.current)}
            again = on_version(form, request, stale.current)
            return render(request, template, shown | {"form": again}, status=409)
    return change_page(
        request,
        form,
        known,
        save=lambda version, values: operations.change_income(
            known, actor=request.actor, expected_version=version, values=values
        ),
        template=template,
        context=context,
        then=lambda _saved: address,
        done=done,
    )
