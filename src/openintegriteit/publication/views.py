"""The public site seen from within: what stands on it, what is out of sight, and how the body wants it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.core.clock import today
from openintegriteit.core.roles import Actor
from openintegriteit.publication import operations
from openintegriteit.publication.contents import BY_KEY, REGISTERS
from openintegriteit.publication.forms import WHOLE_PERSON, EntryFilter, HidingForm, SettingsForm
from openintegriteit.publication.listings import ENTRIES
from openintegriteit.publication.models import Entry, Hiding
from openintegriteit.publication.permissions import POLICY
from openintegriteit.publication.queries import hidden_on, path_of
from openintegriteit.ui.editing import change_page, create_page
from openintegriteit.ui.listing import export, export_format, list_page
from openintegriteit.ui.tables import Column, headers

WHAT_TO_DO = Column(_("What you can do"), quiet=True)
HERE = (_("Public site"), reverse_lazy("publication:overview"))


@requires(POLICY, "view")
def overview(request: ActorRequest) -> HttpResponse:
    """What is public of each register, and what the reader keeps out of sight."""
    numbers = dict(Entry.objects.standing().order_by().values_list("register").annotate(Count("pk")))
    context = {
        "publication": operations.publication_of(request.organisation.pk),
        "registers": [(item, path_of(item), numbers.get(item.key, 0)) for item in REGISTERS],
        "hidings": _kept_hidings(request.actor),
        "may_change": POLICY.allows(request.actor, "change"),
    }
    return render(request, "publication/overview.html", context)


@requires(POLICY, "view")
def entries(request: ActorRequest) -> HttpResponseBase:
    """The public lines about people of the registers that the reader keeps, as a page or a file."""
    keys = _kept_by(request.actor)
    filters = EntryFilter(request.GET, keys)
    rows = filters.narrowed(Entry.objects.standing().filter(register__in=keys))
    if export_format(request):
        return export(request, ENTRIES, rows)
    listing = list_page(request, ENTRIES, rows, filters)
    shown = [row.pk for row in listing.page]
    context = {
        "listing": listing,
        "headers": [*listing.headers, *headers([WHAT_TO_DO], request.GET)],
        "crumbs": [HERE],
        "hidden": set(hidden_on(today()).filter(pk__in=shown).values_list("pk", flat=True)),
    }
    return render(request, "publication/entries.html", context)


@requires(POLICY, "hide")
def hide(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Take a line, or all lines about its person, out of sight for somebody's safety."""
    entry = get_object_or_404(Entry.objects.standing(), pk=pk)
    try:
        operations.require_keeping(request.actor, entry)
    except PermissionDenied as denied:
        raise Http404 from denied
    return create_page(
        request,
        HidingForm(request.POST or None),
        save=lambda key, values: operations.hide(
            actor=request.actor,
            identifier=key,
            entry=entry,
            whole_person=values["what"] == WHOLE_PERSON,
            reason=values["reason"],
            hidden_until=values["hidden_until"],
        ),
        template="publication/hide.html",
        context={
            "title": entry.title,
            "lead": gettext(BY_KEY[entry.register].title),
            "button": _("Take out of sight"),
            "crumbs": [HERE, (_("Public lines"), reverse("publication:entries"))],
        },
        then=lambda saved: reverse("publication:overview"),
        done=_("It goes off the public site within a few seconds."),
    )


@require_POST
@requires(POLICY, "hide")
def show_again(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Bring back what was out of sight."""
    hiding = get_object_or_404(Hiding, pk=pk)
    try:
        operations.show_again(actor=request.actor, hiding=hiding)
    except PermissionDenied as denied:
        raise Http404 from denied
    messages.success(request, _("It comes back on the public site within a few seconds."))
    return redirect("publication:overview")


@requires(POLICY, "change")
def settings(request: ActorRequest) -> HttpResponse:
    """Change how the body publishes."""
    return change_page(
        request,
        SettingsForm,
        operations.publication_of(request.organisation.pk),
        save=lambda version, values: operations.change_settings(
            actor=request.actor, expected_version=version, values=values
        ),
        template="ui/form.html",
        context={"title": _("Settings of the public site"), "crumbs": [HERE]},
        then=lambda saved: reverse("publication:overview"),
        done=_("The settings of the public site have been saved."),
    )


def _kept_by(actor: Actor) -> frozenset[str]:
    """The keys of the registers about people that the actor keeps."""
    return frozenset(item.key for item in REGISTERS if item.about_people and actor.has(*item.keepers))


def _kept_hidings(actor: Actor) -> list[Hiding]:
    """What is out of sight now in the registers that the actor keeps."""
    kept = Entry.objects.standing().filter(register__in=_kept_by(actor))
    concerned = Q(entry__in=kept) | Q(entry__isnull=True, person__in=kept.values("person"))
    rows = Hiding.objects.holding_on(today()).filter(concerned)
    return list(rows.select_related("person", "entry").order_by("hidden_until", "id"))
