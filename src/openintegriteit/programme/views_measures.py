"""Pages about measures and the headings under which they stand."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.db.models import F
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.core.contracts import Carrier
from openintegriteit.core.roles import Actor
from openintegriteit.event_log.changes import history_of
from openintegriteit.policy.obligations import named_obligation
from openintegriteit.policy.permissions import POLICY as NORMS
from openintegriteit.policy.pillars import pillar_named
from openintegriteit.programme import operations
from openintegriteit.programme.forms import (
    HeadingForm,
    MeasureFilter,
    MeasureForm,
    NewMeasureForm,
    NoteForm,
    StatusForm,
)
from openintegriteit.programme.goals import goal_as_it_stands
from openintegriteit.programme.listings import MEASURES, MEASURES_ALONE
from openintegriteit.programme.models import Measure, MeasureHeading
from openintegriteit.programme.permissions import POLICY
from openintegriteit.programme.queries import measure_address, plan_outlines
from openintegriteit.ui.editing import change_page, create_page, save_if_valid, typed_values
from openintegriteit.ui.listing import export, export_format, list_page

type AskedAbout = Callable[[Actor, UUID], list[Carrier]]  # the questions about a measure, as far as the actor may see

CRUMB = (_("Measures"), reverse_lazy("programme:measures"))
ACTIONS = {
    "measure.created": _("Measure added"),
    "measure.changed": _("Measure changed"),
    "measure.noted": _("Progress note added"),
    "measure.taken_over": _("Taken over into another action plan"),
    "measure.proven": _("Evidence added"),
    "measure.evidence_withdrawn": _("Evidence withdrawn"),
}


@requires(POLICY, "view_measures")
def measures(request: ActorRequest) -> HttpResponseBase:
    """The list of measures, as a page or a file."""
    filters = MeasureFilter(request.GET, plan_outlines())
    rows = filters.narrowed(Measure.objects.all())
    if export_format(request):
        file = MEASURES if POLICY.allows(request.actor, "view") else MEASURES_ALONE
        return export(request, file, rows.select_related("heading", "finding", "goal", "plan"))
    listing = list_page(request, MEASURES, rows, filters, shown=lambda page: page.select_related("heading", "plan"))
    asked = [(name, request.GET[name]) for name in filters.fields if request.GET.get(name)]
    context = {"listing": listing, "asked": asked, "today": today(), "several_plans": "plan" in filters.fields}
    context["may_change"] = POLICY.allows(request.actor, "change")
    return render(request, "programme/measures.html", context)


@requires(POLICY, "view_measures")
def measure(request: ActorRequest, pk: UUID, asked_about: AskedAbout) -> HttpResponse:
    """One measure with its notes, finding, activities, the questions about it and its history."""
    return _measure_page(request, pk, NoteForm(), asked_about)


@requires(POLICY, "change")
def measure_note(request: ActorRequest, pk: UUID, asked_about: AskedAbout) -> HttpResponse:
    """Add a progress note; what cannot be added is shown again as it was typed."""
    about = get_object_or_404(Measure, pk=pk)
    if request.method != "POST":
        return redirect(measure_address(pk))
    form = NoteForm(request.POST)
    add = partial(operations.add_note, actor=request.actor, measure=about)
    if not save_if_valid(form, lambda: add(identifier=form.cleaned_data["submission"], values=typed_values(form))):
        return _measure_page(request, pk, form, asked_about, status=422)
    return redirect(f"{measure_address(pk)}#berichten")


def _measure_page(
    request: ActorRequest, pk: UUID, note_form: NoteForm, asked_about: AskedAbout, status: int = 200
) -> HttpResponse:
    found: Measure = get_object_or_404(
        Measure.objects.select_related("heading", "finding", "plan", "owner_person"), pk=pk
    )
    evidence = list(found.evidence.all())
    may_view = POLICY.allows(request.actor, "view")
    context = {
        "measure": found,
        "evidence": evidence,
        "standing": sum(1 for proof in evidence if not proof.withdrawn_at),
        "pillar": pillar_named(found.pillar),
        "earlier_places": found.earlier_places.select_related("plan"),
        "notes": found.notes.all(),
        "activities": found.activities.all(),
        "questions": asked_about(request.actor, pk),
        "goal": goal_as_it_stands(found.goal_id) if found.goal_id else None,
        "duty": named_obligation(found.obligation),
        "may_view_norms": NORMS.allows(request.actor, "view"),
        "crumbs": [CRUMB],
        "history": history_of(found, ACTIONS, hidden=() if may_view else ("finding",)),
        "today": today(),
        "note_form": note_form,
        "status_form": StatusForm(instance=found, initial={"version": found.version}),
        "may_change": POLICY.allows(request.actor, "change"),
        "may_view": may_view,
    }
    return render(request, "programme/measure.html", context, status=status)


@requires(POLICY, "change")
def measure_new(request: ActorRequest) -> HttpResponse:
    """Add a measure."""
    return create_page(
        request,
        NewMeasureForm(request.POST or None),
        save=lambda key, values: operations.create_measure(actor=request.actor, identifier=key, values=values),
        template="programme/measure_form.html",
        context={"title": _("What will be done?"), "crumbs": [CRUMB]},
        then=lambda saved: measure_address(saved.pk),
        done=_("The measure has been added."),
    )


@requires(POLICY, "change")
def measure_edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change a measure."""
    return _change_measure(request, pk, MeasureForm, "programme/measure_form.html")


@requires(POLICY, "change")
def measure_status(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change only how a measure stands."""
    return _change_measure(request, pk, StatusForm, "programme/measure_status.html")


def _change_measure(
    request: ActorRequest, pk: UUID, form: type[MeasureForm] | type[StatusForm], template: str
) -> HttpResponse:
    found: Measure = get_object_or_404(Measure.objects.select_related("finding", "owner_person"), pk=pk)
    name = str(found)
    change = partial(operations.change_measure, actor=request.actor, measure=found)
    return change_page(
        request,
        form,
        found,
        save=lambda version, values: change(expected_version=version, values=values),
        template=template,
        context={
            "title": _("Change measure %(number)d") % {"number": found.number},
            "crumbs": [CRUMB, (name, measure_address(pk))],
        },
        then=lambda saved: measure_address(saved.pk),
        done=_("The measure has been saved."),
    )


@requires(POLICY, "change")
def headings(request: ActorRequest) -> HttpResponse:
    """The headings of the plan, and a form to add one."""
    newest_first = (F("plan__started_on").desc(nulls_last=True), "plan__title")
    rows = list(MeasureHeading.objects.select_related("plan").order_by(*newest_first, "order", "title"))
    initial = {"order": max((row.order for row in rows), default=0) + 1}
    return create_page(
        request,
        HeadingForm(request.POST or None, initial=initial),
        save=lambda key, values: operations.create_heading(actor=request.actor, identifier=key, values=values),
        template="programme/headings.html",
        context={"headings": rows, "several_plans": len({row.plan_id for row in rows}) > 1, "crumbs": [CRUMB]},
        then=lambda saved: reverse("programme:headings"),
        done=_("The heading has been added."),
    )


@requires(POLICY, "change")
def heading(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give a heading another name or place."""
    found: MeasureHeading = get_object_or_404(MeasureHeading, pk=pk)
    title = found.title
    return create_page(
        request,
        HeadingForm(request.POST or None, instance=found),
        save=lambda key, values: operations.change_heading(actor=request.actor, heading=found, **values),
        template="programme/heading.html",
        context={"title": title, "crumbs": [CRUMB, (_("Headings"), reverse("programme:headings"))]},
        then=lambda saved: reverse("programme:headings"),
        done=_("The heading has been saved."),
    )
