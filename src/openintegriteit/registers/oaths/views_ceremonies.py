"""Ceremonies: planning, inviting, who was there and what they took, calling off, and their certificates."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.core.locking import StaleRecord
from openintegriteit.core.queue import ask_once
from openintegriteit.event_log.changes import history_of
from openintegriteit.organisations.downloads import hand_out_document
from openintegriteit.programme.models import FORESEEN_STATUSES, Activity, ActivityKind, ActivityStatus
from openintegriteit.programme.permissions import POLICY as PROGRAMME
from openintegriteit.registers.oaths import ceremonies as operations
from openintegriteit.registers.oaths.certificates import certificates_of
from openintegriteit.registers.oaths.forms import OwingFilter, SendForm
from openintegriteit.registers.oaths.forms_ceremonies import (
    OF_PERSON,
    PRESENCE,
    AttendanceForm,
    CallOffForm,
    CeremonyFilter,
    CeremonyForm,
    DayForm,
    NewCeremonyForm,
)
from openintegriteit.registers.oaths.listings import CEREMONIES
from openintegriteit.registers.oaths.models import Ceremony
from openintegriteit.registers.oaths.permissions import POLICY, sides_to
from openintegriteit.registers.oaths.queries_ceremonies import (
    ceremonies_to,
    ceremony_address,
    lines_of,
    material_of,
    planned_without_list,
    to_invite,
    told_otherwise,
    with_numbers,
)
from openintegriteit.registers.oaths.rules import groups_of, is_to_come, lacks_authority
from openintegriteit.registers.oaths.tasks import write_certificates
from openintegriteit.registers.oaths.views import FORM, HERE, MOST_OFFERED, tabs
from openintegriteit.ui.editing import change_page, create_page, differences
from openintegriteit.ui.listing import export, export_format, list_page

CRUMBS = (HERE, (_("Ceremonies"), reverse_lazy("oaths:ceremonies")))
ON_ACTIVITY = "activiteit"  # in the address of a new ceremony: the activity that it is
ACTIONS = {
    "ceremony.planned": _("Ceremony planned"),
    "ceremony.changed": _("Ceremony changed"),
    "ceremony.attended": _("Recorded who was at a ceremony"),
}


@requires(POLICY, "view")
def ceremonies(request: ActorRequest) -> HttpResponseBase:
    """The ceremonies of the people whose oaths the reader may see; as a page or a file."""
    filters, may_record = CeremonyFilter(request.GET), POLICY.allows(request.actor, "record")
    rows = filters.narrowed(ceremonies_to("view", request.actor))
    if export_format(request):
        return export(request, CEREMONIES, with_numbers(rows))
    listing = list_page(
        request,
        CEREMONIES,
        rows.select_related(None),
        filters,
        shown=lambda page: with_numbers(page.select_related("activity")),
    )
    context = {
        "listing": listing,
        "tabs": tabs("ceremonies"),
        "may_record": may_record,
        "planned": planned_without_list() if may_record else [],
    }
    return render(request, "oaths/ceremonies.html", context)


@requires(POLICY, "view")
def ceremony(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One ceremony with its list. One of the other regime answers as absent."""
    found = get_object_or_404(ceremonies_to("view", request.actor), pk=pk)
    about, lines, day = found.activity, lines_of(found), today()
    foreseen = about.status in FORESEEN_STATUSES
    has_come = about.starts_on is not None and about.starts_on <= day
    context = {
        "ceremony": found,
        "activity": about,
        "lines": lines,
        "material": material_of(found),
        "foreseen": foreseen,
        "is_to_come": is_to_come(about, today()),
        "lacks_authority": lacks_authority(found) and about.status != ActivityStatus.CALLED_OFF,
        "told_otherwise": told_otherwise(found) if is_to_come(about, day) else [],
        "may_record": found.for_office_holders in sides_to("record", request.actor),
        "may_note": has_come and lines and about.status != ActivityStatus.CALLED_OFF,
        "may_open_activity": PROGRAMME.allows(request.actor, "view"),
        "has_certificates": any(line.oath for line in lines),
        "history": history_of(found, ACTIONS),
        "crumbs": CRUMBS,
    }
    return render(request, "oaths/ceremony.html", context)


@requires(POLICY, "record")
def new(request: ActorRequest) -> HttpResponse:
    """Plan a ceremony; `activiteit` in the address names one in the programme that nobody keeps a list of yet."""
    activity = _on_activity(request)
    if activity and (taken := Ceremony.objects.filter(activity=activity).first()):
        return redirect(ceremony_address(taken.pk))
    if activity and activity.status not in FORESEEN_STATUSES and request.method != "POST":
        raise Http404
    make = partial(NewCeremonyForm, sides=sides_to("record", request.actor), activity=activity)
    form = make(request.POST or None)

    def save(key: UUID, values: dict[str, Any]) -> Ceremony:
        values.pop("side", None)
        return operations.plan_ceremony(
            actor=request.actor,
            identifier=key,
            for_office_holders=form.for_office_holders(),
            values=values,
            activity=activity,
            expected_version=form.cleaned_data.get("version", 0),
        )

    context = {"title": _("Plan a ceremony"), "crumbs": CRUMBS}
    try:
        return create_page(
            request,
            form,
            save=save,
            template=FORM,
            context=context,
            then=lambda saved: ceremony_address(saved.pk),
            done=_("The ceremony has been planned. Now invite people."),
        )
    except StaleRecord as stale:
        data = request.POST.copy()
        data["version"] = str(stale.current.version)
        shown = context | {"form": make(data), "differences": differences(form, stale.current)}
        return render(request, FORM, shown, status=409)
    except operations.NotForeseen:
        messages.error(request, _("This activity is under way, was held or was called off. Plan a new ceremony."))
        return redirect("oaths:ceremonies")


def _on_activity(request: ActorRequest) -> Activity | None:
    try:
        key = UUID(request.GET.get(ON_ACTIVITY, ""))
    except ValueError:
        return None
    found: Activity | None = Activity.objects.filter(pk=key, kind=ActivityKind.CEREMONY).first()
    return found


@requires(POLICY, "record")
def edit(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Change where it is, what people read beforehand, or who is there."""
    found = _recorded(request, pk)
    return change_page(
        request,
        CeremonyForm,
        found,
        save=lambda version, values: operations.change_ceremony(
            actor=request.actor, ceremony=found, expected_version=version, values=values
        ),
        template=FORM,
        context={"title": _("Change this ceremony"), "crumbs": _crumbs(found)},
        then=lambda saved: ceremony_address(pk),
        done=_("The ceremony has been saved."),
    )


@requires(POLICY, "record")
def move(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Give it another day or name, in the year calendar too."""
    found = _recorded(request, pk)
    return change_page(
        request,
        DayForm,
        found.activity,
        save=lambda version, values: operations.move_ceremony(
            actor=request.actor, ceremony=found, expected_version=version, values=values
        ),
        template=FORM,
        context={
            "title": _("Change the day or the name"),
            "lead": _("Whoever was invited does not get to know another day by itself: invite them again."),
            "crumbs": _crumbs(found),
        },
        then=lambda saved: ceremony_address(pk),
        done=_("The ceremony has been saved."),
    )


@requires(POLICY, "record")
def call_off(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Say that it does not go on, and mail whoever was invited."""
    found = _recorded(request, pk)
    if found.activity.status not in FORESEEN_STATUSES:
        messages.info(request, _("This ceremony was held or called off already."))
        return redirect(ceremony_address(pk))
    return change_page(
        request,
        CallOffForm,
        found.activity,
        save=lambda version, values: operations.call_off(
            actor=request.actor, ceremony=found, expected_version=version, reason=values["called_off_because"]
        ),
        template=FORM,
        context={
            "title": _("Call this ceremony off"),
            "button": _("Call it off"),
            "crumbs": _crumbs(found),
        },
        then=lambda saved: ceremony_address(pk),
        done=_("The ceremony has been called off. Whoever was invited gets a mail."),
    )


@requires(POLICY, "record")
def invite(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Choose who is invited of those who owe an oath on its day."""
    found = _recorded(request, pk)
    if found.activity.status == ActivityStatus.CALLED_OFF:
        messages.info(request, _("This ceremony was held or called off already."))
        return redirect(ceremony_address(pk))
    everybody, mails = to_invite(found), is_to_come(found.activity, today())
    if not mails:
        everybody = everybody.exclude(pk__in=found.attendance.values("person"))
    filters = OwingFilter(request.GET, groups=groups_of(found.for_office_holders))
    rows: Any = filters.matching(everybody).select_related("unit")
    offered = list(rows.order_by("asked", "family_name", "given_name", "pk")[: MOST_OFFERED + 1])
    form = SendForm(
        request.POST or None,
        people=everybody,
        offered=offered[:MOST_OFFERED],
        initial={} if mails else {"people": []},
    )
    form.fields["people"].label = _("Who gets an invitation") if mails else _("Who came without an invitation")
    context = {
        "ceremony": found,
        "form": form,
        "filters": filters,
        "active": sum(1 for name in filters.fields if request.GET.get(name)),
        "reset": request.path,
        "offered": offered,
        "there_are_more": len(offered) > MOST_OFFERED,
        "mails": mails,
        "material": material_of(found),
        "crumbs": _crumbs(found),
    }
    if request.method != "POST" or not form.is_valid():
        return render(request, "oaths/invite.html", context, status=422 if form.is_bound else 200)
    keys = [row.pk for row in form.cleaned_data["people"]]
    done = operations.invite(actor=request.actor, ceremony=found, people=keys, now=timezone.now())
    messages.success(request, _in_words(done))
    return redirect(ceremony_address(pk))


def _in_words(done: operations.Invited) -> str:
    if not done.added and not done.mailed:
        return gettext("These people stand on the list already.")
    added = ngettext("%(number)d person came on the list.", "%(number)d people came on the list.", done.added) % {
        "number": done.added
    }
    mailed = ngettext("%(number)d person gets a mail.", "%(number)d people get a mail.", done.mailed) % {
        "number": done.mailed
    }
    return f"{added} {mailed}"


@requires(POLICY, "record")
def attend(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Record who was there and what they took, everybody at once."""
    found = _recorded(request, pk)
    about, day = found.activity, found.activity.starts_on
    if about.status == ActivityStatus.CALLED_OFF or day is None or day > today():
        messages.info(request, _("You can record who was there once its day has come."))
        return redirect(ceremony_address(pk))

    def save(version: int, values: dict[str, Any]) -> Ceremony:
        said = {UUID(name.removeprefix(OF_PERSON)): value for name, value in values.items() if name not in PRESENCE}
        presence = {name: values[name] for name in PRESENCE}
        done = operations.record_attendance(
            actor=request.actor, ceremony=found, expected_version=version, values=presence, said=said
        )
        _tell(request, done)
        return found

    return change_page(
        request,
        AttendanceForm,
        found,
        save=save,
        template="oaths/attend.html",
        context={
            "title": _("Who was there, and what did they take?"),
            "lead": f"{about.title}, {date_format(day, 'j F Y')}",
            "recorded": [line for line in lines_of(found) if line.oath],
            "crumbs": _crumbs(found),
        },
        then=lambda saved: ceremony_address(pk),
        done=_("It has been recorded."),
    )


def _tell(request: ActorRequest, done: operations.Recorded) -> None:
    if done.taken:
        told = ngettext(
            "%(number)d oath or statement stands in the register now.",
            "%(number)d oaths and statements stand in the register now.",
            done.taken,
        )
        messages.info(request, told % {"number": done.taken})
    if done.already:
        messages.info(request, gettext("Had taken it already: %(names)s.") % {"names": ", ".join(done.already)})


@requires(POLICY, "view")
def certificates(request: ActorRequest, pk: UUID) -> HttpResponseBase:
    """The certificates of everything taken at a ceremony, in one file."""
    found = get_object_or_404(ceremonies_to("view", request.actor), pk=pk)
    body, document = request.organisation, certificates_of(found, request.organisation)
    if document is None:
        messages.info(request, _("Nothing that was taken there stands in the register yet."))
        return redirect(ceremony_address(pk))
    return hand_out_document(
        request,
        document,
        name="bewijzen",
        file_format="pdf",
        make=lambda wanted: ask_once(write_certificates, str(body.pk), str(found.pk), wanted),
        back=ceremony_address(pk),
    )


def _recorded(request: ActorRequest, pk: UUID) -> Ceremony:
    found: Ceremony = get_object_or_404(ceremonies_to("record", request.actor), pk=pk)
    return found


def _crumbs(found: Ceremony) -> list[Any]:
    return [*CRUMBS, (str(found), ceremony_address(found.pk))]
