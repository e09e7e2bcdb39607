"""Pages about reminding owners of measures, and the page behind the link in such a mail."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.core.locking import StaleRecord
from openintegriteit.messages.links import LinkSpent, open_link
from openintegriteit.messages.models import OneTimeLink
from openintegriteit.programme import digests
from openintegriteit.programme.forms import OwnerAnswerForm, RhythmForm
from openintegriteit.programme.models import Digest, Measure
from openintegriteit.programme.permissions import POLICY
from openintegriteit.programme.views_measures import CRUMB
from openintegriteit.ui.editing import change_page

VERSION = "-version"  # with which each answered measure names itself in the form


@requires(POLICY, "change")
def reminders(request: ActorRequest) -> HttpResponse:
    """How often owners get a mail, who would get one now, and who got one."""
    address = reverse("programme:reminders")
    return change_page(
        request,
        RhythmForm,
        digests.rules_of_body(request.organisation),
        save=lambda version, values: digests.set_rhythm(actor=request.actor, expected_version=version, values=values),
        template="programme/reminders.html",
        context={
            "people": digests.people_to_remind(today()),
            "sent": Digest.objects.select_related("person")[:20],
            "without_person": Measure.objects.without_reminded_owner(today()).count(),
            "crumbs": [CRUMB],
        },
        then=lambda saved: address,
        done=_("From now on owners get their mail this way."),
    )


@never_cache
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Tell how one's measures stand, without an account. Opening the page changes nothing."""
    link = open_link(token, digests.PURPOSE)
    if link is None:
        return render(request, "programme/answer_closed.html", status=410)
    measures = digests.measures_to_answer(link)
    if request.method != "POST":
        return _answer_page(request, link, [(row, _form(row)) for row in measures])
    answered = {name.removesuffix(VERSION) for name in request.POST if name.endswith(VERSION)}
    asked = [(row, _form(row, request.POST)) for row in measures if str(row.pk) in answered]
    if gone := answered - {str(row.pk) for row, _form_of_it in asked}:
        typed = [str(request.POST.get(f"{key}-note", "")) for key in sorted(gone)]
        return _answer_page(request, link, _rest(asked, measures, answered), gone=typed, status=409)
    if not asked:
        return _answer_page(request, link, [(row, _form(row)) for row in measures], status=422)
    wrong = [form for _row, form in asked if not form.is_valid()]  # every form is looked at, so that all is told
    if wrong:
        return _answer_page(request, link, asked, status=422)
    try:
        digests.answer(link=link, answers=[_said(form) for _row, form in asked])
    except LinkSpent:
        return render(request, "programme/answer_closed.html", status=410)
    except StaleRecord as stale:
        return _answer_page(request, link, _upon(stale.current, asked, request.POST), stale=stale.current, status=409)
    return render(request, "programme/answered.html", {"person": link.person})


def _rest(
    asked: list[tuple[Measure, OwnerAnswerForm]], measures: list[Measure], answered: set[str]
) -> list[tuple[Measure, OwnerAnswerForm]]:
    """What was typed about measures that are still the person's, and the measures that came since."""
    return [*asked, *((row, _form(row)) for row in measures if str(row.pk) not in answered)]


def _form(measure: Measure, data: Any = None) -> OwnerAnswerForm:
    return OwnerAnswerForm(data, instance=measure, initial={"version": measure.version}, prefix=str(measure.pk))


def _said(form: OwnerAnswerForm) -> digests.Answer:
    typed = form.cleaned_data
    note = typed["note"].replace("\r\n", "\n").strip()
    return digests.Answer(form.instance, typed["version"], typed["status"], typed["finished_on"], note)


def _upon(
    current: Any, asked: list[tuple[Measure, OwnerAnswerForm]], typed: QueryDict
) -> list[tuple[Measure, OwnerAnswerForm]]:
    """The forms as they were typed; that of the measure that somebody else changed upon what it is now."""
    data = typed.copy()
    data[f"{current.pk}-version"] = str(current.version)
    return [(row, _form(row, data)) for row, _form_before in asked]


def _answer_page(
    request: HttpRequest,
    link: OneTimeLink,
    asked: list[tuple[Measure, OwnerAnswerForm]],
    *,
    stale: Any = None,
    gone: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    context = {"person": link.person, "asked": asked, "stale": stale, "gone": gone, "today": today()}
    context["until"] = link.expires_at
    return render(request, "programme/answer.html", context, status=status)
