"""Mail that did not go out, for the technical administrator."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from openintegriteit.core.access import ActorRequest, requires
from openintegriteit.messages import operations, queries
from openintegriteit.messages.models import Message
from openintegriteit.messages.permissions import POLICY
from openintegriteit.ui.tables import PAGE_PARAMETER


@requires(POLICY, "view")
@require_GET
def stuck(request: ActorRequest) -> HttpResponse:
    """The list of mail that was tried and did not go out."""
    page, rows = queries.stuck_messages(request.GET.get(PAGE_PARAMETER))
    return render(request, "messages/stuck.html", {"page": page, "rows": rows})


@requires(POLICY, "change")
@require_POST
def try_again(request: ActorRequest, message_id: UUID) -> HttpResponse:
    """Have a mail sent again."""
    message = get_object_or_404(Message, pk=message_id)
    operations.try_again(actor=request.actor, message=message)
    messages.success(request, _("The mail is tried again now."))
    return redirect("messages:stuck")


@requires(POLICY, "change")
@require_POST
def discard(request: ActorRequest, message_id: UUID) -> HttpResponse:
    """Remove a mail that will never go out."""
    message = get_object_or_404(Message, pk=message_id)
    operations.discard(actor=request.actor, message=message)
    messages.success(request, _("The mail is removed. Nobody gets it any more."))
    return redirect("messages:stuck")
