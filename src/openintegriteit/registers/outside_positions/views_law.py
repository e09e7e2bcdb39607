"""What the law asks of office holders about their positions: an intention, what was found, and the income of a year.

What may not be read answers as what is not there (404).
"""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse, reverse_lazy
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
from openintegriteit.registers.outside_positions.forms_law import FindingForm, IntentionForm, income_form
from openintegriteit.registers.outside_positions.law import FunctionList, law_of
from openintegriteit.registers.outside_positions.models import OutsidePosition, PositionIncome
from openintegriteit.registers.outside_positions.queries import held_in, income_of
from openintegriteit.registers.outside_positions.rules import income_due, looks_like
from openintegriteit.ui.editing import change_page, create_page, differences, on_version

YEARS_SHOWN = 4
POSITIONS = (_("Outside positions"), reverse_lazy("outside_positions:positions"))


@requires(POLICY, "record_office_holders")
def intention(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Record on what day the intention to accept a position was reported."""
    position = _position(pk)
    law = law_of(request.organisation.kind)
    article = law.intention.get(position.declaration.person.kind)
    if article is None:
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
def finding(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Lay a position beside the functions that do not go together with the office, and record what was found."""
    position = _position(pk)
    declaration = position.declaration
    of_office = law_of(request.organisation.kind).incompatible.get(declaration.person.kind)
    if of_office is None:
        raise Http404
    template = "outside_positions/finding.html"
    try:
        return create_page(
            request,
            FindingForm(request.POST or None, initial={"revision": declaration.revision}),
            save=lambda key, values: operations.record_finding(
                actor=request.actor,
                declaration=declaration,
                identifier=key,
                expected_revision=values.pop("revision"),
                values=values,
            ),
            template=template,
            context=_beside_the_list(request, position, of_office),
            then=lambda _saved: declaration_address(pk),
            done=_("What was found has been recorded."),
        )
    except StaleRecord:
        position = _position(pk)
        data = request.POST.copy()
        data["revision"] = str(position.declaration.revision)
        shown = _beside_the_list(request, position, of_office) | {"form": FindingForm(data), "is_stale": True}
        return render(request, template, shown, status=409)


def _beside_the_list(request: ActorRequest, position: OutsidePosition, of_office: FunctionList) -> dict[str, Any]:
    like = looks_like(position.role, position.where, of_office.functions, request.organisation.name)
    return {
        "title": _("Does this go together with the office?"),
        "position": position,
        "of_office": of_office,
        "like": like,
        "others": [function for function in of_office.functions if function not in like],
        "findings": position.declaration.findings.all(),
        "crumbs": _crumbs(position),
    }


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
    if year not in _years_shown() or person.kind not in law.income or not may_write(reader_of(request.actor), person):
        raise Http404
    keeps = POLICY.allows(request.actor, "record_office_holders")
    form = income_form(year, may_be_part_time=keeps and person.kind in law.part_time_exempt)
    address = reverse("outside_positions:incomes_of", args=[year])
    context = {
        "title": _("Income from positions in %(year)d") % {"year": year},
        "person": person,
        "year": year,
        "article": law.income[person.kind],
        "due_on": income_due(year),
        "without_ex_officio": person.kind in law.not_ex_officio,
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
