"""Reading the event log: a list with filters, one line in full, and the selection as a file."""

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.event_log.changes import changes_of
from openintegriteit.event_log.forms import EntryFilter
from openintegriteit.event_log.listings import HEADS, MOST_LINES, SHOWN, lines_for_file
from openintegriteit.event_log.models import Entry
from openintegriteit.event_log.operations import record
from openintegriteit.event_log.permissions import POLICY
from openintegriteit.event_log.queries import (
    Filters,
    Names,
    chain_of,
    entry_page,
    filtered_entries,
    names_like,
    values_in_log,
)
from openintegriteit.event_log.telling import actor_words, address_word, detail_lines, kind_words, model_of
from openintegriteit.event_log.words import ACTORS
from openintegriteit.ui.listing import as_file, export_format
from openintegriteit.ui.tables import headers

CRUMB = (_("Event log"), reverse_lazy("event_log:entries"))
OLDER = "ouder"
LONGEST_NUMBER = 18


@requires(POLICY, "view")
def entries(request: ActorRequest) -> HttpResponseBase:
    """The lines that fit the filters, newest first, as a page or a file. Reading them is a line itself."""
    body = request.organisation.pk
    form = EntryFilter(request.GET, actions=values_in_log(body, "action"), kinds=values_in_log(body, "subject_type"))
    typed = form.typed_person()
    names = names_like(body, typed, {name: actor_words(name) for name in ACTORS}) if typed else Names(None, ())
    filters = form.filters(names.name)
    if typed and names.name is None:
        return _page(request, form, names, None)
    if export_format(request):
        return _export(request, form, names, filters)
    return _page(request, form, names, filters)


@transaction.atomic
def _page(
    request: ActorRequest, form: EntryFilter, names: Names, filters: Filters | None, *, too_many: bool = False
) -> HttpResponse:
    """The page; `filters` None shows no lines, because nobody or several are meant by what was typed."""
    after = request.GET.get(OLDER, "")
    number = int(after) if after.isascii() and after.isdigit() and len(after) <= LONGEST_NUMBER else None
    record(actor=request.actor, action="event_log.read", subject="event_log", details={"filters": form.told()})
    context = {
        "page": entry_page(request.organisation.pk, filters, number) if filters else None,
        "headers": headers(SHOWN, request.GET),
        "chain": chain_of(request.organisation.pk),
        "form": form,
        "reset": request.path,
        "active": sum(1 for name in form.fields if request.GET.get(name)),
        "names": [actor_words(name) for name in names.choices],
        "beyond_first": number is not None,
        "too_many": MOST_LINES if too_many else 0,
    }
    return render(request, "event_log/entries.html", context, status=422 if too_many else 200)


def _export(request: ActorRequest, form: EntryFilter, names: Names, filters: Filters) -> HttpResponse:
    rows = filtered_entries(request.organisation.pk, filters)
    lines = len(rows.values_list("pk", flat=True)[: MOST_LINES + 1])
    if lines > MOST_LINES:
        return _page(request, form, names, filters, too_many=True)
    file = as_file(request, "logboek", HEADS, lines_for_file(rows))
    with transaction.atomic():
        details = {"filters": form.told(), "lines": lines}
        record(actor=request.actor, action="event_log.exported", subject="event_log", details=details)
    return file


@requires(POLICY, "view")
def entry(request: ActorRequest, pk: UUID) -> HttpResponse:
    """One line of the log in full, in words. Reading it is a line itself."""
    found = get_object_or_404(Entry, pk=pk)
    with transaction.atomic():
        record(actor=request.actor, action="event_log.read", subject=found, label=str(found.number))
    context = {
        "entry": found,
        "changes": changes_of(model_of(found.subject_type), found),
        "details": detail_lines(found.subject_type, found.details),
        "kind_address": address_word(kind_words, found.subject_type),
        "crumbs": [CRUMB],
    }
    return render(request, "event_log/entry.html", context)
