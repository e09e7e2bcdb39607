"""Pages that repeat an activity, and that call off what is still to come of a series."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext, ngettext

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.locking import StaleRecord
from openintegriteit.programme.forms_activities import CallOffForm, RepeatForm
from openintegriteit.programme.models import Activity
from openintegriteit.programme.permissions import POLICY
from openintegriteit.programme.queries import activity_address
from openintegriteit.programme.recurrence import call_off_following, occurrences, repeat_activity
from openintegriteit.programme.views_activities import CRUMB

APPLY, BACK = "doen", "terug"  # the buttons of the preview


@requires(POLICY, "change")
def activity_repeat(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Choose how often an activity comes back, look at the days, and make them."""
    found: Activity = get_object_or_404(Activity, pk=pk)
    form = RepeatForm(request.POST or None, found)
    if request.method != "POST" or not form.is_valid() or BACK in request.POST:
        wrong = request.method == "POST" and bool(form.errors)
        return _form_page(request, found, form, status=422 if wrong else 200)
    if APPLY not in request.POST:
        return _preview_page(request, found, form)
    try:
        made = repeat_activity(
            actor=request.actor,
            activity=found,
            expected_version=form.cleaned_data["shown"] or 0,
            every=form.cleaned_data["every"],
            last=form.cleaned_data["last_day"],
        )
    except StaleRecord:
        return _preview_page(request, found, form, status=409)
    messages.success(request, _made(len(made)))
    return redirect(f"{activity_address(pk)}#reeks")


def _made(number: int) -> str:
    if not number:
        return gettext("These activities were there already.")
    told = ngettext("%(number)d activity has been added.", "%(number)d activities have been added.", number)
    return told % {"number": number}


def _form_page(request: ActorRequest, found: Activity, form: RepeatForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "activity": found, "crumbs": [CRUMB, (str(found), activity_address(found.pk))]}
    return render(request, "programme/activity_repeat.html", context, status=status)


def _preview_page(request: ActorRequest, found: Activity, form: RepeatForm, status: int = 200) -> HttpResponse:
    """The days as they are counted now; the version of now is what the last click is held against."""
    days = occurrences(found, form.cleaned_data["every"], form.cleaned_data["last_day"])
    context = {
        "activity": found,
        "days": days,
        "new": sum(1 for occurrence in days if not occurrence.made),
        "hidden": [(name, request.POST[name]) for name in ("every", "last_day")] + [("shown", found.version)],
        "moved": status == 409,
        "apply": APPLY,
        "back": BACK,
        "crumbs": [CRUMB, (str(found), activity_address(found.pk))],
    }
    return render(request, "programme/activity_repeat_preview.html", context, status=status)


@requires(POLICY, "change")
def series_call_off(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Call off an activity and what is still to come of its series, with a reason."""
    found: Activity = get_object_or_404(Activity, pk=pk)
    form, address = CallOffForm(request.POST or None), activity_address(pk)
    if request.method == "POST" and form.is_valid():
        number = call_off_following(actor=request.actor, activity=found, why=form.cleaned_data["why"])
        told = ngettext(
            "%(number)d activity has been called off.", "%(number)d activities have been called off.", number
        )
        messages.success(request, told % {"number": number})
        return redirect(f"{address}#reeks")
    rows = Activity.objects.to_call_off_with(found)
    context = {"form": form, "activity": found, "rows": rows, "crumbs": [CRUMB, (str(found), address)]}
    status = 422 if request.method == "POST" else 200
    return render(request, "programme/series_call_off.html", context, status=status)
